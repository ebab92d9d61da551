from __future__ import annotations

from typing import Any

import pytest

from biosint.people.api import Office, Person
from biosint.situation.models import Round
from biosint.situation.rules import rounds as rules
from biosint.situation.states import ROUND_MOVES, RoundState
from factories import (
    ClosedRoundFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    OpenRoundFactory,
    PersonFactory,
    RoundFactory,
    RoundParticipationFactory,
    SiteAdministratorFactory,
    consortium_of,
)

pytestmark = pytest.mark.django_db


def in_office(office: Office, institution: Any) -> Person:
    person = PersonFactory()
    OfficeHeldFactory(person=person, office=office, institution=institution)
    return person


@pytest.fixture
def places() -> dict[str, Any]:
    lead, partner, outside = InstitutionFactory(), InstitutionFactory(), InstitutionFactory()
    return {"lead": lead, "partner": partner, "outside": outside, "of": consortium_of([lead, partner])}


@pytest.mark.parametrize(
    ("office", "at", "allowed"),
    [
        (Office.STUDENT, "partner", set()),
        (Office.TEACHER, "partner", set()),
        (Office.ADMINISTRATOR, "partner", {"fill", "read"}),
        (Office.COORDINATOR, "partner", {"fill", "read"}),
        (Office.DEAN, "partner", {"fill", "read"}),
        (Office.QUALITY_BOARD, "partner", {"plan", "open", "discard", "close", "fill", "read"}),
        (Office.COORDINATOR, "lead", {"plan", "open", "discard"}),
        (Office.QUALITY_BOARD, "lead", {"plan", "open", "discard", "close"}),
        (Office.QUALITY_BOARD, "outside", set()),
        (Office.COORDINATOR, "outside", set()),
    ],
)
def test_each_office_may_do_its_part(
    office: Office, at: str, allowed: set[str], places: dict[str, Any]
) -> None:
    person = in_office(office, places[at])
    draft = RoundFactory(consortium=places["of"])
    running = OpenRoundFactory(consortium=places["of"])
    part = RoundParticipationFactory(round=running, institution=places["partner"])

    verdicts = {
        "plan": rules.may_plan(person, places["of"]),
        "open": rules.may_open(person, draft),
        "discard": rules.may_discard(person, draft),
        "close": rules.may_close(person, running),
        "fill": rules.may_fill(person, part),
        "read": rules.may_read_values(person, part),
    }

    assert {deed for deed, verdict in verdicts.items() if verdict} == allowed
    assert all(str(verdict.reason) for verdict in verdicts.values() if not verdict)


@pytest.mark.parametrize("state", RoundState)
def test_values_are_given_only_while_the_round_is_open(state: RoundState, places: dict[str, Any]) -> None:
    make = {
        RoundState.DRAFT: RoundFactory,
        RoundState.OPEN: OpenRoundFactory,
        RoundState.CLOSED: ClosedRoundFactory,
    }[state]
    part = RoundParticipationFactory(round=make(consortium=places["of"]), institution=places["partner"])
    board = in_office(Office.QUALITY_BOARD, places["partner"])

    assert bool(rules.may_fill(board, part)) is (state is RoundState.OPEN)
    assert bool(rules.may_close(board, part.round)) is (state is RoundState.OPEN)
    assert bool(rules.may_open(board, part.round)) is (state is RoundState.DRAFT)


def test_values_of_a_closed_round_are_open_to_the_consortium(places: dict[str, Any]) -> None:
    part = RoundParticipationFactory(
        round=ClosedRoundFactory(consortium=places["of"]), institution=places["partner"]
    )

    assert rules.may_read_values(in_office(Office.TEACHER, places["lead"]), part)
    assert not rules.may_read_values(in_office(Office.DEAN, places["outside"]), part)


def test_every_state_has_its_moves() -> None:
    assert set(ROUND_MOVES) == set(RoundState)


@pytest.mark.parametrize("office", [None, *Office])
@pytest.mark.parametrize("at", ["lead", "partner", "outside"])
def test_may_view_and_viewable_by_say_the_same(
    office: Office | None, at: str, places: dict[str, Any]
) -> None:
    person = in_office(office, places[at]) if office else SiteAdministratorFactory()
    RoundFactory(consortium=places["of"])
    RoundFactory()

    listed = set(Round.objects.filter(rules.viewable_by(person)))

    assert listed == {one for one in Round.objects.all() if rules.may_view(person, one)}
