"""Statements that suggest themselves, and the figures behind them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from biosint.situation.models import Round, Statement, Workshop
from biosint.situation.operations import objectives
from biosint.situation.operations import workshops as operations
from biosint.situation.operations.objectives import Aim
from biosint.situation.queries.objectives import baseline_of, target_words
from biosint.situation.queries.proposals import Proposal, proposals_for
from biosint.situation.states import Side, StatementState
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    ClosedRoundFactory,
    IndicatorFactory,
    InstitutionFactory,
    RoundParticipationFactory,
    ValueFactory,
    consortium_of,
)
from factories.research import PublishedFindingFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory
from factories.workshops import OptionFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> dict[str, Any]:
    homes = [InstitutionFactory() for _number in range(3)]
    consortium = consortium_of(homes)
    office = AdministratorFactory(at=homes[0])
    return {
        "homes": homes,
        "consortium": consortium,
        "office": office,
        "own": WorkshopFactory(consortium=consortium, institution=homes[0], created_by=office),
        "whole": WorkshopFactory(consortium=consortium, created_by=office),
    }


def measured(scene: dict[str, Any], levels: dict[str, list[int]], *, before: Round | None = None) -> Round:
    """A closed round in which each institution has the given level of each indicator."""
    more: dict[str, Any] = (
        {"bank": before.bank, "title": "Later", "period_until": date(2026, 8, 31)}
        if before
        else {"title": "First"}
    )
    one = ClosedRoundFactory(consortium=scene["consortium"], **more)
    parts = [RoundParticipationFactory(round=one, institution=home) for home in scene["homes"]]
    for title, given in levels.items():
        indicator = one.bank.indicators.filter(title={"en": title}).first() or IndicatorFactory(
            dimension__bank=one.bank, title={"en": title}
        )
        for part, level in zip(parts, given, strict=True):
            ValueFactory(participation=part, indicator=indicator, answer=level)
    return one


def proposed(scene: dict[str, Any], workshop: Workshop) -> list[Proposal]:
    return proposals_for(workshop, by=scene["office"], at=NOON)


def words(found: list[Proposal]) -> set[tuple[str, str]]:
    return {(one.side.value, one.text) for one in found}


def test_without_anything_measured_nothing_is_proposed(scene: dict[str, Any]) -> None:
    assert proposed(scene, scene["own"]) == []
    assert proposed(scene, scene["whole"]) == []


def test_what_earns_most_and_least_is_proposed_with_its_figure(scene: dict[str, Any]) -> None:
    one = measured(scene, {"Courses": [4, 4, 4], "Guests": [0, 0, 0], "Books": [2, 2, 2]})

    found = proposed(scene, scene["own"])

    assert words(found) == {
        ("S", "Well on the way: Courses (level 4 of 4)."),
        ("W", "Hardly begun: Guests (level 0 of 4)."),
    }
    figure = found[0].figure
    assert (figure.value, figure.source, figure.day) == ("100 of 100 points", "Index, First", "2026-03-03")
    assert figure.url == f"/situation/index/rounds/{one.pk}/at/{scene['homes'][0].slug}/"
    assert figure.number == 100


def test_what_is_far_from_the_others_is_proposed(scene: dict[str, Any]) -> None:
    measured(scene, {"Courses": [2, 0, 1], "Guests": [2, 4, 3], "Books": [2, 2, 2]})

    assert words(proposed(scene, scene["own"])) == {
        ("S", "Ahead of the others: Courses (level 2 of 4)."),
        ("W", "Behind the others: Guests (level 2 of 4)."),
    }


def test_what_changed_most_since_the_round_before_is_proposed(scene: dict[str, Any]) -> None:
    before = measured(scene, {"Courses": [1, 2, 2], "Guests": [3, 2, 2]})
    measured(scene, {"Courses": [2, 2, 2], "Guests": [2, 2, 2]}, before=before)

    assert words(proposed(scene, scene["own"])) == {
        ("S", "Grown since the round before: Courses (level 2 of 4)."),
        ("W", "Fallen since the round before: Guests (level 2 of 4)."),
    }
    # Over all three, one step at one institution is no clear change.
    assert proposed(scene, scene["whole"]) == []


def test_a_consortium_is_told_the_mean_of_its_institutions(scene: dict[str, Any]) -> None:
    measured(scene, {"Courses": [4, 3, 3], "Guests": [0, 1, 1]})

    found = proposed(scene, scene["whole"])

    assert words(found) == {
        ("S", "Well on the way nearly everywhere: Courses."),
        ("W", "Hardly begun anywhere: Guests."),
    }
    assert found[0].figure.value == "on average 83 of 100 points, 3 institutions"


def test_findings_from_outside_are_opportunities_and_threats_as_their_writer_said(
    scene: dict[str, Any],
) -> None:
    consortium = scene["consortium"]
    chance = PublishedFindingFactory(source__consortium=consortium, text="They pay.", bearing="opportunity")
    PublishedFindingFactory(source__consortium=consortium, text="They leave.", bearing="threat")
    PublishedFindingFactory(source__consortium=consortium, text="It is so.", bearing="context")
    PublishedFindingFactory(text="Elsewhere.", bearing="threat")

    found = proposed(scene, scene["own"])

    assert words(found) == {("O", "They pay."), ("T", "They leave.")}
    figure = next(one for one in found if one.side is Side.OPPORTUNITY).figure
    assert (figure.value, figure.source) == ("Grade B, Netherlands", "Visser et al. 2024")
    assert figure.url == f"/situation/research/sources/{chance.source_id}/#finding-{chance.pk}"


def answered(scene: dict[str, Any], levels: list[tuple[int, int]], *, people: int = 25) -> Any:
    """A closed collection in which the people of each institution answered the two items of a scale alike."""
    answer_set = AnswerSetFactory(owner=scene["homes"][0], asked=scene["homes"])
    for home, (first, second) in zip(scene["homes"], levels, strict=True):
        for number in range(people):
            spread = number % 2 if first < 5 else -(number % 2)
            SubmissionFactory(
                answer_set=answer_set,
                institution=home,
                answers={"digital_a": first + spread, "digital_b": second},
            )
    return answer_set


def test_strong_and_weak_items_are_proposed_with_mean_and_number(scene: dict[str, Any]) -> None:
    # The second item is reversed: agreeing with “I cannot.” is weak.
    answer_set = answered(scene, [(5, 4), (5, 4), (5, 4)])

    found = proposed(scene, scene["own"])

    assert words(found) == {
        ("S", "People agree most with, or value most: “I can.”."),
        ("W", "Many people agree with: “I cannot.”."),
    }
    figure = next(one for one in found if one.side is Side.STRENGTH).figure
    assert figure.value == "mean 4.52 of 5, 25 answers"
    assert figure.url == f"/situation/answers/{answer_set.pk}/?institution={scene['homes'][0].slug}"


def test_few_answers_propose_nothing(scene: dict[str, Any]) -> None:
    answered(scene, [(5, 5), (5, 5), (5, 5)], people=6)

    assert proposed(scene, scene["own"]) == []


def test_an_institution_that_differs_is_told_and_the_consortium_that_they_differ(
    scene: dict[str, Any],
) -> None:
    answered(scene, [(3, 3), (1, 3), (1, 3)])

    own = next(one for one in proposed(scene, scene["own"]) if "than at the others" in one.text)
    whole = next(one for one in proposed(scene, scene["whole"]) if "differ" in one.text)

    assert (own.side, own.text) == (Side.STRENGTH, "Higher here than at the others: “How true?”.")
    assert own.figure.value == "mean 3.24, the others 2.24, p < 0.001"
    assert (whole.side, whole.figure.value) == (Side.WEAKNESS, "means from 2.24 to 3.24, p < 0.001")
    assert "by=institution" in whole.figure.url


def test_answers_that_one_may_not_read_propose_nothing(scene: dict[str, Any]) -> None:
    answer_set = AnswerSetFactory(owner=InstitutionFactory(), asked=scene["homes"][1:])
    for _number in range(30):
        SubmissionFactory(
            answer_set=answer_set, institution=scene["homes"][1], answers={"digital_a": 5, "digital_b": 1}
        )

    assert proposed(scene, scene["whole"]) == []


def test_proposing_again_renews_what_waits_and_leaves_what_was_decided(scene: dict[str, Any]) -> None:
    measured(scene, {"Courses": [4, 4, 4], "Guests": [0, 0, 0]})
    workshop, office = scene["own"], scene["office"]
    assert operations.propose(workshop_id=workshop.pk, by=office, at=NOON) == 2
    taken = Statement.objects.get(side="S")
    operations.move_statement(statement_id=taken.pk, to=StatementState.KEPT, by=office, at=NOON)
    PublishedFindingFactory(source__consortium=scene["consortium"], text="They pay.", bearing="opportunity")

    assert operations.propose(workshop_id=workshop.pk, by=office, at=NOON + DAY) == 1

    assert sorted(Statement.objects.values_list("side", "state")) == [
        ("O", "proposed"),
        ("S", "kept"),
        ("W", "proposed"),
    ]
    taken.refresh_from_db()
    assert taken.figure["value"] == "100 of 100 points"
    aside = Statement.objects.get(side="W")
    operations.move_statement(statement_id=aside.pk, to=StatementState.DISCARDED, by=office, at=NOON)
    assert operations.propose(workshop_id=workshop.pk, by=office, at=NOON) == 0


def test_statements_are_proposed_in_the_language_of_the_workshop(scene: dict[str, Any]) -> None:
    measured(scene, {"Courses": [4, 4, 4]})
    scene["own"].language = "sr"
    scene["own"].save()

    operations.propose(workshop_id=scene["own"].pk, by=scene["office"], at=NOON)

    assert Statement.objects.get().state == StatementState.PROPOSED


def test_an_objective_starts_from_the_last_closed_round(scene: dict[str, Any]) -> None:
    one = measured(scene, {"Courses": [1, 2, 4]})
    indicator = one.bank.indicators.get()
    option = OptionFactory(workshop=scene["own"])

    objective = objectives.add_objective(
        option_id=option.pk,
        aim=Aim(text="Better", target=Decimal(3), due_date=date(2028, 1, 1), indicator=indicator),
        by=scene["office"],
        at=NOON,
    )

    assert objective.baseline["value"] == "level 1 of 4"
    assert objective.baseline["number"] == 1
    assert objective.unit == ""
    assert target_words(objective) == "level 3 of 4"
    whole = baseline_of(scene["whole"], indicator)
    assert whole is not None
    assert (whole.value, round(whole.number or 0, 3)) == (
        "on average level 2.3 of 4, 3 institutions",
        2.333,
    )
    assert baseline_of(scene["own"], IndicatorFactory()) is None
