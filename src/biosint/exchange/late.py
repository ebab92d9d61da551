"""When work is late, and what that costs. Pure.

The days of a course are those of its host's time zone: “due on Sunday” means the end of Sunday there, and every page
shows the moment on the reader's own clock, with its zone. A day late ends when that clock shows the due time again,
so it has 23 or 25 hours where the clock is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

MOST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Lateness:
    """What late work of a course costs: nothing within ``grace``, then points for each day that has begun."""

    grace: timedelta = timedelta(0)
    points_per_day: Decimal = Decimal(0)
    at_most: Decimal = MOST

    def points_lost(self, days: int) -> Decimal:
        return min(days * self.points_per_day, self.at_most)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last second of a day on the clocks of a zone, in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)


def days_late(came_at: datetime, due_at: datetime, *, grace: timedelta, zone: ZoneInfo) -> int:
    """Return how many days late work came, each day that has begun counted whole; 0 within the grace.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> due = datetime(2026, 3, 28, 22, 59, tzinfo=UTC)  # Saturday 23:59, the night the clocks go forward
    >>> sunday = datetime(2026, 3, 29, 21, 59, tzinfo=UTC)  # 23 hours later the clocks show 23:59 again
    >>> none = timedelta(0)
    >>> [days_late(sunday + timedelta(minutes=more), due, grace=none, zone=berlin) for more in (0, 1)]
    [1, 2]
    """
    if came_at <= due_at + grace:
        return 0
    wall = due_at.astimezone(zone).replace(tzinfo=None)
    # A little fewer days than have passed on the calendar, then up to the first clock that has not yet struck.
    days = max((came_at.astimezone(zone).date() - wall.date()).days - 1, 1)
    while (wall + timedelta(days=days)).replace(tzinfo=zone).astimezone(UTC) < came_at:
        days += 1
    return days
