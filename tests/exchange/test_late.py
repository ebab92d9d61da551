from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from biosint.exchange.late import Lateness, days_late, end_of_day

BELGRADE = ZoneInfo("Europe/Belgrade")
SATURDAY_BEFORE_SPRING = datetime(2026, 3, 28, 22, 59, tzinfo=UTC)  # 23:59 in Belgrade
SATURDAY_BEFORE_AUTUMN = datetime(2026, 10, 24, 21, 59, tzinfo=UTC)  # 23:59 in Belgrade
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("due", "after", "days"),
    [
        (SATURDAY_BEFORE_SPRING, timedelta(0), 0),
        (SATURDAY_BEFORE_SPRING, MINUTE, 1),
        # The Sunday has 23 hours in spring, 25 in autumn; its end is the end of the first late day.
        (SATURDAY_BEFORE_SPRING, 23 * HOUR, 1),
        (SATURDAY_BEFORE_SPRING, 23 * HOUR + MINUTE, 2),
        (SATURDAY_BEFORE_AUTUMN, 25 * HOUR, 1),
        (SATURDAY_BEFORE_AUTUMN, 25 * HOUR + MINUTE, 2),
        # Summer time again: whole days have passed.
        (SATURDAY_BEFORE_AUTUMN, 300 * 24 * HOUR, 300),
    ],
)
def test_a_late_day_ends_when_the_clock_shows_the_due_time_again(
    due: datetime, after: timedelta, days: int
) -> None:
    assert days_late(due + after, due, grace=timedelta(0), zone=BELGRADE) == days


def test_a_due_time_that_the_clock_skips_on_a_later_day() -> None:
    # Due at 02:30 the day before 02:30 does not exist.
    due = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)

    assert [
        days_late(due + more, due, grace=timedelta(0), zone=BELGRADE) for more in (HOUR, 24 * HOUR, 26 * HOUR)
    ] == [1, 1, 2]


def test_within_the_grace_nothing_is_late_and_beyond_it_the_whole_day_is() -> None:
    due = SATURDAY_BEFORE_SPRING

    assert days_late(due + 10 * MINUTE, due, grace=10 * MINUTE, zone=BELGRADE) == 0
    assert days_late(due + 11 * MINUTE, due, grace=10 * MINUTE, zone=BELGRADE) == 1


def test_the_end_of_a_day_is_that_of_the_zone() -> None:
    assert end_of_day(date(2026, 3, 28), BELGRADE) == datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 3, 29), BELGRADE) == datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)


def test_points_are_lost_by_the_day_up_to_the_most() -> None:
    rule = Lateness(points_per_day=Decimal(5), at_most=Decimal(12))

    assert [rule.points_lost(days) for days in (0, 1, 2, 3)] == [0, 5, 10, 12]
