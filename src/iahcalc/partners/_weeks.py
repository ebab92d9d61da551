from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CommonWeeks", "Stretch", "common_weeks"]

WORKING_DAYS = 5
# A week counts for what fills more than half of its five working days.
MOST_OF_A_WEEK = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, first and last included, in which an institution teaches, or in which nobody is there."""

    first: date
    last: date
    teaches: bool = True


@dataclass(frozen=True, slots=True)
class CommonWeeks:
    """Weeks, Monday to Friday, of one span of days.

    ``common``: both teach. ``first_only``, ``second_only``: one of them teaches. ``neither``: nobody does.
    ``mondays`` are those of the common weeks, in order.
    """

    common: int
    first_only: int
    second_only: int
    neither: int
    mondays: tuple[date, ...]

    @property
    def weeks(self) -> int:
        return self.common + self.first_only + self.second_only + self.neither


def common_weeks(
    first: Sequence[Stretch], second: Sequence[Stretch], *, start: date, end: date
) -> CommonWeeks:
    """Return in how many weeks of a span two institutions teach at the same time.

    A week is a teaching week when at least three of its five working days lie in a stretch of teaching and in no
    stretch without it; a holiday inside a term therefore takes its days away.

    Args:
        start, end: days, both included. Every week with a working day among them counts.

    Raises:
        ValueError: ``end`` is before ``start``.

    >>> from datetime import date
    >>> term = [Stretch(date(2027, 3, 1), date(2027, 3, 26))]
    >>> late = [Stretch(date(2027, 3, 15), date(2027, 4, 30))]
    >>> common_weeks(term, late, start=date(2027, 3, 1), end=date(2027, 4, 9)).common
    2
    """
    if end < start:
        raise ValueError(f"The span ends on {end}, before it begins on {start}.")
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    mondays = []
    monday = start - timedelta(days=start.weekday())
    while monday <= end:
        days = [monday + timedelta(days=number) for number in range(WORKING_DAYS)]
        if days[-1] >= start:
            both = (_teaches(first, days), _teaches(second, days))
            counts[both] += 1
            if all(both):
                mondays.append(monday)
        monday += timedelta(days=7)
    return CommonWeeks(
        common=counts[True, True],
        first_only=counts[True, False],
        second_only=counts[False, True],
        neither=counts[False, False],
        mondays=tuple(mondays),
    )


def _teaches(stretches: Iterable[Stretch], days: Sequence[date]) -> bool:
    known = list(stretches)
    taught = [
        day
        for day in days
        if any(stretch.teaches and stretch.first <= day <= stretch.last for stretch in known)
        and not any(not stretch.teaches and stretch.first <= day <= stretch.last for stretch in known)
    ]
    return len(taught) >= MOST_OF_A_WEEK
