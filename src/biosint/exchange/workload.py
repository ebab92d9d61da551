"""How much work a plan asks of one learner, in which week and phase. Pure arithmetic on hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# One ECTS credit is 25 to 30 hours of a learner's work (ECTS Users' Guide 2015, section 2).
HOURS_A_CREDIT = (Decimal(25), Decimal(30))
# A week may ask half as much again as the mean of all weeks, and not less than half of it.
EVEN = (Decimal("0.5"), Decimal("1.5"))
# Beside a full study programme nobody finds more hours in a week than this.
MOST_A_WEEK = Decimal(15)


@dataclass(frozen=True, slots=True)
class Piece:
    """The hours of one activity, from its first to its last week (both None: no dates), in one phase."""

    hours: Decimal
    phase: str
    first_week: int | None
    last_week: int | None


@dataclass(frozen=True, slots=True)
class Load:
    """Hours of one learner by week and phase. ``undated``: hours of activities without any date."""

    weeks: int
    by_week_and_phase: dict[tuple[int, str], Decimal]
    undated: Decimal

    def of_week(self, week: int) -> Decimal:
        return sum(
            (hours for (at, _phase), hours in self.by_week_and_phase.items() if at == week), Decimal(0)
        )

    def of_phase(self, phase: str) -> Decimal:
        return sum(
            (hours for (_week, of), hours in self.by_week_and_phase.items() if of == phase), Decimal(0)
        )

    @property
    def total(self) -> Decimal:
        return sum(self.by_week_and_phase.values(), self.undated)

    @property
    def mean(self) -> Decimal:
        """Mean hours of a week; 0 where nothing has a date."""
        return (self.total - self.undated) / self.weeks if self.weeks else Decimal(0)

    @property
    def uneven_weeks(self) -> list[int]:
        """Weeks that ask much more, or much less, than the mean."""
        low, high = (self.mean * share for share in EVEN)
        return [week for week in range(1, self.weeks + 1) if not low <= self.of_week(week) <= high]

    @property
    def full_weeks(self) -> list[int]:
        """Weeks that ask more than anybody finds beside other studies."""
        return [week for week in range(1, self.weeks + 1) if self.of_week(week) > MOST_A_WEEK]


def load_of(pieces: Iterable[Piece], *, weeks: int) -> Load:
    """Share the hours of each piece evenly among its weeks.

    Weeks before the first or after the last of the course count as its first or last, so that no hour is lost.

    >>> load_of([Piece(Decimal(4), "engage", 1, 2)], weeks=2).of_week(2)
    Decimal('2')
    """
    cells: dict[tuple[int, str], Decimal] = {}
    undated = Decimal(0)
    for piece in pieces:
        if piece.first_week is None or piece.last_week is None:
            undated += piece.hours
            continue
        first = min(max(piece.first_week, 1), weeks)
        last = min(max(piece.last_week, first), weeks)
        share = piece.hours / (last - first + 1)
        for week in range(first, last + 1):
            cells[week, piece.phase] = cells.get((week, piece.phase), Decimal(0)) + share
    return Load(weeks=weeks, by_week_and_phase=cells, undated=undated)


def credits_for(hours: Decimal) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most ECTS credits that hours are worth, rounded to tenths.

    >>> credits_for(Decimal(75))
    (Decimal('2.5'), Decimal('3.0'))
    """
    low, high = HOURS_A_CREDIT
    tenth = Decimal("0.1")
    return (hours / high).quantize(tenth), (hours / low).quantize(tenth)
