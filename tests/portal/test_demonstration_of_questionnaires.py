from __future__ import annotations

import pytest

from biosint.evidence import api as evidence
from biosint.portal.demonstration import questionnaires
from biosint.portal.demonstration.world import World, begin
from biosint.situation import api as situation
from biosint.situation.queries import results
from biosint.situation.questions import from_json
from biosint.surveys import api as surveys

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    told = begin()
    questionnaires.tell(told)
    return told


def test_nine_faculties_have_answered_and_it_is_counted(world: World) -> None:
    campaign = world.kept["student_campaign"]

    counts = surveys.counts_by_institution(campaign.answer_set)
    assert sum(counts.values()) == sum(questionnaires.TURNOUT.values()) == 1214
    assert evidence.total(situation.ANSWERS_COLLECTED) == 1214
    assert len(evidence.items(kinds=[situation.ANALYSIS_PUBLISHED])) == 9


def test_the_analysis_holds_findings_and_a_null(world: World) -> None:
    analysis = world.kept["student_analysis"]

    found = [
        results.work_out(analysis.answer_set, from_json(entry["question"])) for entry in analysis.results
    ]

    assert "are linked" in found[0].sentence
    assert found[2].exact["alpha"] > 0.7
    assert "was found" in found[4].sentence


def test_one_campaign_is_open(world: World) -> None:
    answer_set = world.kept["teacher_campaign"].answer_set

    assert answer_set.phase_at(world.today) == surveys.Phase.OPEN
