from __future__ import annotations

import pytest

from biosint.evidence import api as evidence
from biosint.portal.demonstration import consortium, questionnaires, study
from biosint.portal.demonstration.world import World, begin
from biosint.situation import api as situation
from biosint.situation.queries import results
from biosint.situation.queries.tables import answers_of
from biosint.situation.questions import from_json
from biosint.surveys import api as surveys

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    told = begin()
    consortium.tell(told)
    questionnaires.tell(told)
    study.tell(told)
    return told


def found_in(analysis: situation.Analysis) -> list[results.Result]:
    return [results.work_out(analysis.answer_set, from_json(entry["question"])) for entry in analysis.results]


def test_the_design_of_the_published_study_is_repeated_and_counted(world: World) -> None:
    campaigns = [world.kept[name] for name in ("student_campaign", "staff_campaign", "dean_campaign")]

    asked = [sum(surveys.counts_by_institution(each.answer_set).values()) for each in campaigns]

    later = sum(surveys.counts_by_institution(world.kept["later_campaign"].answer_set).values())
    assert asked == [2927, 308, 7]
    assert evidence.total(situation.ANSWERS_COLLECTED) == 2927 + 308 + 7 + later
    assert len(evidence.items(kinds=[situation.ANALYSIS_PUBLISHED])) == 27


def test_the_analyses_hold_findings_and_nulls(world: World) -> None:
    students, staff = found_in(world.kept["student_analysis"]), found_in(world.kept["staff_analysis"])

    assert "are linked" in students[0].sentence
    assert students[4].exact["alpha"] > 0.7
    assert "was found" in students[9].sentence
    assert "was found" in staff[2].sentence


def test_some_students_can_be_compared_with_themselves(world: World) -> None:
    before, later = (world.kept[name].answer_set for name in ("student_campaign", "later_campaign"))

    pairs = surveys.pairs_between(before, later)

    assert len(pairs.before) > 400
    # The same person answers in the same faculty, read from both sides.
    places = [answers_of(one).variables[surveys.INSTITUTION] for one in (before, later)]
    assert (places[0].values[pairs.before] == places[1].values[pairs.after]).all()


def test_every_answer_fits_the_questionnaire_it_was_given_to(world: World) -> None:
    for name in ("student_campaign", "staff_campaign", "dean_campaign", "later_campaign"):
        answer_set = world.kept[name].answer_set
        known = {column.code: {option.code for option in column.options} for column in answer_set.columns}
        for answers in surveys.Submission.objects.filter(answer_set=answer_set).values_list(
            "answers", flat=True
        )[:300]:
            for code, answer in answers.items():
                chosen = answer if isinstance(answer, list) else [answer]
                assert not known[code] or set(chosen) <= known[code], (name, code, answer)


def test_one_campaign_is_open(world: World) -> None:
    answer_set = world.kept["teacher_campaign"].answer_set

    assert answer_set.phase_at(world.today) == surveys.Phase.OPEN
