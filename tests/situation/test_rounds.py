from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from biosint.audit.api import Line
from biosint.evidence import api as evidence
from biosint.indicators import api as indicators
from biosint.indicators.api import BankVersion
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from biosint.situation.models import Participation, Round, Value
from biosint.situation.operations import closing, filling
from biosint.situation.operations import rounds as operations
from biosint.situation.operations.filling import Entry
from biosint.situation.providers.rounds import search, waiting
from biosint.situation.queries import index, rounds
from biosint.situation.states import RoundState
from clock import DAY, NOON
from factories import (
    AdministratorFactory,
    DeanFactory,
    EvidenceFactory,
    InstitutionFactory,
    PersonFactory,
    QualityBoardFactory,
    RoundFactory,
    RoundParticipationFactory,
    StudentFactory,
    ValueFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> BankVersion:
    return indicators.load_bank(source=indicators.supplied_bank("2026"), by=None, at=NOON)


@pytest.fixture
def scene(bank: BankVersion) -> dict[str, Any]:
    """Two faculties of 200 students in an open round over the half year before the tests."""
    one, other = InstitutionFactory(students=200, teachers=40), InstitutionFactory(students=200, teachers=40)
    board = QualityBoardFactory(at=one)
    drafted = draft(consortium_of([one, other]), bank, board)
    running = operations.open_round(round_id=drafted.pk, by=board, at=NOON)
    return {
        "round": running,
        "board": board,
        "part": running.participations.get(institution=one),
        "other": running.participations.get(institution=other),
        "office": AdministratorFactory(at=one),
        "asked": {each.code: each for each in indicators.indicators_of(bank)},
    }


def draft(consortium: Any, bank: BankVersion, by: Person, **more: Any) -> Round:
    told = {
        "title": "Spring 2026",
        "period_from": date(2025, 9, 1),
        "period_until": date(2026, 2, 28),
        "is_baseline": False,
    }
    return operations.draft_round(consortium=consortium, bank=bank, by=by, at=NOON, **{**told, **more})


def entry(scene: dict[str, Any], code: str, edition: int = 0, **parts: Any) -> Entry:
    exact = {
        name: Decimal(part) if name in {"answer", "numerator", "denominator"} else part
        for name, part in parts.items()
    }
    return Entry(indicator_id=scene["asked"][code].pk, edition=edition, **exact)


def give(scene: dict[str, Any], *entries: Entry, part: str = "part", by: Person | None = None) -> Any:
    return filling.fill(participation_id=scene[part].pk, entries=entries, by=by or scene["office"], at=NOON)


def everything(scene: dict[str, Any], level: int) -> list[Entry]:
    """An answer to every indicator that somebody types."""
    entries = []
    for code, one in scene["asked"].items():
        if not rounds.is_typed(one):
            continue
        if one.kind == "yes_no":
            entries.append(entry(scene, code, answer=1 if level > 1 else 0))
        elif one.kind == "level":
            entries.append(entry(scene, code, answer=level))
        elif one.is_counted:
            entries.append(entry(scene, code, denominator=300))
        else:
            entries.append(entry(scene, code, numerator=level, denominator=40))
    return entries


def test_a_round_asks_the_members_of_its_consortium(scene: dict[str, Any]) -> None:
    assert scene["round"].state == RoundState.OPEN
    assert scene["round"].participations.count() == 2


def test_values_are_saved_with_who_and_when(scene: dict[str, Any]) -> None:
    filled = give(
        scene, entry(scene, "S1", answer=3, note="Adopted in May.", evidence_url="https://x.example")
    )

    (value,) = filled.saved
    assert (value.answer, value.filled_by, value.filled_at, value.edition) == (3, scene["office"], NOON, 1)
    assert Line.objects.filter(action="situation.values.filled").count() == 1


def test_the_second_of_two_people_overwrites_nothing(scene: dict[str, Any]) -> None:
    dean = DeanFactory(at=scene["part"].institution)
    give(scene, entry(scene, "S1", answer=3))

    filled = give(scene, entry(scene, "S1", answer=1), entry(scene, "S3", answer=2), by=dean)

    assert [value.answer for value in filled.conflicts] == [3]
    assert [value.indicator.code for value in filled.saved] == ["S3"]
    assert scene["part"].values.get(indicator__code="S1").answer == 3

    again = give(scene, entry(scene, "S1", edition=1, answer=1), by=dean)
    assert (again.conflicts, scene["part"].values.get(indicator__code="S1").answer) == ((), 1)


def test_two_people_who_save_the_same_figure_do_not_disagree(scene: dict[str, Any]) -> None:
    give(scene, entry(scene, "S1", answer=3))

    filled = give(scene, entry(scene, "S1", answer=3), by=DeanFactory(at=scene["part"].institution))

    assert (filled.saved, filled.conflicts) == ((), ())


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("S1", {"answer": 5}),
        ("S6", {"answer": 2}),
        ("P1", {"numerator": 5, "denominator": 4}),
        ("P1", {"numerator": -1, "denominator": 4}),
        ("P1", {"numerator": 1, "denominator": 0}),
        ("P2", {"numerator": 1}),
    ],
)
def test_a_bad_figure_saves_nothing_of_the_page(scene: dict[str, Any], code: str, parts: Any) -> None:
    with pytest.raises(filling.BadValue):
        give(scene, entry(scene, "S3", answer=2), entry(scene, code, **parts))

    assert not Value.objects.exists()


def test_what_the_platform_counts_cannot_be_typed(scene: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        give(scene, entry(scene, "L2", answer=4))


def test_only_the_institution_gives_its_values(scene: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        give(scene, entry(scene, "S1", answer=3), part="other")


def test_evidence_of_the_period_is_counted_and_no_other(scene: dict[str, Any]) -> None:
    one = scene["part"].institution
    for days, kind in [
        (-10, "exchange.learner_completed"),
        (-40, "exchange.learner_completed"),
        (-400, "exchange.learner_completed"),
        (1, "exchange.learner_completed"),
    ]:
        EvidenceFactory(kind=kind, institution=one, occurred_at=NOON + timedelta(days=days))
    EvidenceFactory(kind="exchange.learner_completed", occurred_at=NOON - timedelta(days=10))

    found = index.readings(scene["part"], list(scene["asked"].values()), {}, index.counted_at(scene["part"]))

    reading = found[scene["asked"]["L1"].pk]
    assert (reading.numerator, reading.denominator, reading.figure) == (2, 200, 1)


def test_a_round_closes_after_its_period_and_only_by_a_quality_board(scene: dict[str, Any]) -> None:
    with pytest.raises(closing.PeriodRuns, match="28 Feb 2026"):
        closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON - 5 * DAY)
    with pytest.raises(Refused, match="quality board"):
        closing.close_round(round_id=scene["round"].pk, by=scene["office"], at=NOON)


def test_closing_writes_index_counts_and_evidence_once(scene: dict[str, Any]) -> None:
    give(scene, *everything(scene, 2))
    EvidenceFactory(
        kind="exchange.course_run", institution=scene["part"].institution, occurred_at=NOON - 10 * DAY
    )

    closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON)

    part = Participation.objects.get(pk=scene["part"].pk)
    assert part.index is not None
    assert part.low is not None
    assert part.high is not None
    assert 0 < part.low <= part.index <= part.high < 100
    assert part.answered == 36
    counted = part.values.get(indicator__code="L2")
    assert (counted.answer, counted.numerator, counted.filled_by) == (1, 1, None)
    assert "exchange.course_run" in counted.evidence_url
    assert evidence.total(closing.CLOSED) == 2
    silent = Participation.objects.get(pk=scene["other"].pk)
    assert (silent.index, silent.answered) == (None, 6)


def test_the_index_of_a_closed_round_follows_from_its_values(scene: dict[str, Any]) -> None:
    give(scene, *everything(scene, 3))
    closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON)
    part = rounds.participations_of(scene["round"]).get(pk=scene["part"].pk)
    asked = list(scene["asked"].values())

    again = index.index_of(asked, index.readings(part, asked, rounds.values_of(part)))

    assert again.value == pytest.approx(part.index)
    by_hand = {side["code"]: side["value"] for side in part.dimensions}
    # Strategy: S1 3/4 (2), S2 0 (1), S3 3/4, S4 3/40 of 10 % = 0.75, S5 3/4, S6 1: of weight 7.
    assert by_hand["strategy"] == pytest.approx(100 * (1.5 + 0 + 0.75 + 0.75 + 0.75 + 1) / 7)


def test_a_closed_round_never_changes(scene: dict[str, Any]) -> None:
    give(scene, *everything(scene, 2))
    closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON)
    before = list(Participation.objects.values()), list(Value.objects.values()), list(Round.objects.values())
    EvidenceFactory(
        kind="exchange.course_run", institution=scene["part"].institution, occurred_at=NOON - 10 * DAY
    )

    for deed in (
        lambda: give(scene, entry(scene, "S1", edition=1, answer=4)),
        lambda: closing.close_round(round_id=scene["round"].pk, by=scene["board"], at=NOON + DAY),
        lambda: operations.open_round(round_id=scene["round"].pk, by=scene["board"], at=NOON + DAY),
    ):
        with pytest.raises(Refused):
            deed()

    after = list(Participation.objects.values()), list(Value.objects.values()), list(Round.objects.values())
    assert after == before


def test_two_rounds_are_compared_institution_by_institution(bank: BankVersion) -> None:
    places = [InstitutionFactory(students=200) for _n in range(3)]
    consortium, board = consortium_of(places), QualityBoardFactory(at=places[0])
    offices = [AdministratorFactory(at=place) for place in places]
    asked = {each.code: each for each in indicators.indicators_of(bank)}
    for title, levels, until in [("Baseline", (1, 1, 2), 2025), ("Later", (2, 3, 1), 2026)]:
        one = draft(
            consortium,
            bank,
            board,
            title=title,
            period_from=date(until - 1, 3, 1),
            period_until=date(until, 2, 28),
            is_baseline=title == "Baseline",
        )
        operations.open_round(round_id=one.pk, by=board, at=NOON)
        for place, office, level in zip(places, offices, levels, strict=True):
            scene = {"asked": asked, "part": one.participations.get(institution=place), "office": office}
            give(scene, *everything(scene, level))
        closing.close_round(round_id=one.pk, by=board, at=NOON)

    before, after = rounds.latest_pair(list(rounds.rounds_of(consortium)))
    assert before is not None
    assert after is not None
    compared = index.comparison(before, after)

    changes = [pair.change for pair in compared.pairs]
    assert [change > 0 for change in changes if change is not None] == [True, True, False]
    assert compared.gains is not None
    assert compared.gains.gain == pytest.approx(sum(change for change in changes if change) / 3)
    assert compared.same_bank


def test_one_closed_round_is_compared_with_nothing() -> None:
    assert rounds.latest_pair([]) == (None, None)


def test_a_consortium_has_one_baseline_and_each_title_once(bank: BankVersion) -> None:
    place = InstitutionFactory()
    consortium, board = consortium_of([place]), QualityBoardFactory(at=place)
    draft(consortium, bank, board, is_baseline=True)

    with pytest.raises(operations.RoundKnown, match="another round"):
        draft(consortium, bank, board)
    with pytest.raises(operations.RoundKnown, match="baseline already"):
        draft(consortium, bank, board, title="Again", is_baseline=True)
    with pytest.raises(operations.PeriodBackwards):
        draft(consortium, bank, board, title="Back", period_until=date(2025, 1, 1))


def test_a_wrong_draft_is_thrown_away_and_an_open_round_is_not(scene: dict[str, Any]) -> None:
    wrong = draft(
        scene["round"].consortium, scene["round"].bank, scene["board"], title="Wrong", is_baseline=True
    )

    operations.discard_round(round_id=wrong.pk, by=scene["board"], at=NOON)
    with pytest.raises(Refused, match="has been opened"):
        operations.discard_round(round_id=scene["round"].pk, by=scene["board"], at=NOON)

    assert list(Round.objects.all()) == [scene["round"]]
    assert Line.objects.filter(action="situation.round.discarded").count() == 1


def test_constraints_hold_below_the_operations() -> None:
    value = ValueFactory()
    with pytest.raises(IntegrityError, match="value"), transaction.atomic():
        ValueFactory(participation=value.participation, indicator=value.indicator)
    with pytest.raises(IntegrityError, match="denominator"), transaction.atomic():
        ValueFactory(denominator=0)
    with pytest.raises(IntegrityError, match="participation"), transaction.atomic():
        RoundParticipationFactory(round=value.participation.round)
    with pytest.raises(IntegrityError, match="in_range"), transaction.atomic():
        RoundParticipationFactory(index=101)
    with pytest.raises(IntegrityError, match="forward"), transaction.atomic():
        RoundFactory(period_until=date(2020, 1, 1))
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        RoundFactory(state=RoundState.CLOSED)


def test_offices_are_reminded_until_every_value_is_given(scene: dict[str, Any]) -> None:
    (reminder,) = waiting(scene["office"])
    assert "0 of 30" in str(reminder.why)
    assert list(waiting(StudentFactory(at=scene["part"].institution))) == []

    give(scene, *everything(scene, 2))

    assert list(waiting(scene["office"])) == []


def test_the_search_is_for_people_of_the_consortium(scene: dict[str, Any]) -> None:
    assert [found.title for found in search("spring", person=scene["office"], limit=3)] == ["Spring 2026"]
    assert list(search("spring", person=PersonFactory(), limit=3)) == []
    assert list(search("spring", person=None, limit=3)) == []


def test_an_entry_knows_when_it_is_empty() -> None:
    empty = Entry(indicator_id=1, edition=0)

    assert empty.is_empty
    assert not replace(empty, note="x").is_empty
