"""Two people at the same moment, each with a connection of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from at_once import at_once
from biosint.shared.verdicts import Refused
from biosint.situation.models import Value
from biosint.situation.operations import closing, filling
from biosint.situation.operations.filling import Entry, Filled
from biosint.situation.states import RoundState
from clock import NOON
from factories import (
    AdministratorFactory,
    DeanFactory,
    IndicatorFactory,
    OpenRoundFactory,
    QualityBoardFactory,
    RoundParticipationFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def part() -> Any:
    one = OpenRoundFactory(period_until=date(2026, 2, 28))
    IndicatorFactory(dimension__bank=one.bank)
    return RoundParticipationFactory(round=one)


def giving(part: Any, level: int, by: Any) -> Any:
    indicator = part.round.bank.indicators.get()
    entry = Entry(indicator_id=indicator.pk, edition=0, answer=Decimal(level))
    return lambda: filling.fill(participation_id=part.pk, entries=[entry], by=by, at=NOON)


def test_of_two_people_who_give_a_value_at_once_the_second_is_told(part: Any) -> None:
    office, dean = AdministratorFactory(at=part.institution), DeanFactory(at=part.institution)

    outcome = at_once(giving(part, 1, office), giving(part, 3, dean))

    filled = [one for one in outcome if isinstance(one, Filled)]
    assert sorted((len(one.saved), len(one.conflicts)) for one in filled) == [(0, 1), (1, 0)]
    first = next(one for one in filled if one.saved)
    assert Value.objects.get().answer == first.saved[0].answer


def test_the_same_value_given_at_once_is_no_conflict(part: Any) -> None:
    office, dean = AdministratorFactory(at=part.institution), DeanFactory(at=part.institution)

    outcome = at_once(giving(part, 2, office), giving(part, 2, dean))

    assert [one.conflicts for one in outcome if isinstance(one, Filled)] == [(), ()]
    assert Value.objects.get().edition == 1


def test_a_round_is_closed_once_and_a_late_value_is_in_it_or_refused(part: Any) -> None:
    office, board = AdministratorFactory(at=part.institution), QualityBoardFactory(at=part.institution)

    def close() -> Any:
        return closing.close_round(round_id=part.round_id, by=board, at=NOON)

    outcome = at_once(close, close, giving(part, 4, office))

    assert sum(isinstance(one, Refused) for one in outcome[:2]) == 1
    part.refresh_from_db()
    part.round.refresh_from_db()
    assert part.round.state == RoundState.CLOSED
    if isinstance(outcome[2], Refused):
        assert part.index is None
    else:
        assert part.index == 100
