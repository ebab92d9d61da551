"""Moments of a course on the clocks and calendars of everybody who takes part. Pure: no clock, no database.

Teachers write a time as the clock on a wall shows it; it is kept as a moment in UTC. Twice a year a wall clock
skips an hour or shows one twice. Then the moment is settled here, and the answer says what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS_A_WEEK = 7
# A live meeting outside these hours, or a deadline within the second, meets people at night.
MEETING_FROM, MEETING_UNTIL = time(7, 0), time(22, 0)
DEADLINE_NIGHT_UNTIL = time(6, 0)


class ClockChange(StrEnum):
    NONE = ""
    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Settled:
    """A wall-clock time as a moment in UTC; ``change`` tells whether the clock skipped or repeated it."""

    at: datetime
    change: ClockChange = ClockChange.NONE


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def settled(wall: datetime, zone: str) -> Settled:
    """Return the moment at which a clock in ``zone`` shows ``wall`` (a naive datetime).

    A time that the clock skips is moved on by the length of the gap, as clocks do; of a time that it shows twice
    the first is taken.

    >>> settled(datetime(2026, 3, 29, 2, 30), "Europe/Belgrade")
    Settled(at=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.timezone.utc), change=<ClockChange.SKIPPED: 'skipped'>)
    """
    here = wall.replace(tzinfo=zone_of(zone), fold=0)
    at = here.astimezone(UTC)
    if on_wall(at, zone) != wall:
        return Settled(at, ClockChange.SKIPPED)
    if here.utcoffset() != here.replace(fold=1).utcoffset():
        return Settled(at, ClockChange.TWICE)
    return Settled(at)


def on_wall(at: datetime, zone: str) -> datetime:
    """Return what a clock in ``zone`` shows at a moment, as a naive datetime."""
    return at.astimezone(zone_of(zone)).replace(tzinfo=None, fold=0)


def shifted(at: datetime, *, days: int, zone: str) -> datetime:
    """Return the moment some days later at which a clock in ``zone`` shows the same time."""
    return settled(on_wall(at, zone) + timedelta(days=days), zone).at


def week_number(at: datetime, *, start: date, zone: str) -> int:
    """Return the week of the course in which a moment lies, on the clock of ``zone``.

    Week 1 begins on ``start``, whatever its weekday; what lies before is week 0 or less.
    """
    return (on_wall(at, zone).date() - start).days // DAYS_A_WEEK + 1


def week_count(start: date, end: date) -> int:
    """Return how many weeks a course has; a begun week counts.

    >>> week_count(date(2026, 3, 2), date(2026, 3, 15)), week_count(date(2026, 3, 2), date(2026, 3, 16))
    (2, 3)
    """
    return (end - start).days // DAYS_A_WEEK + 1


def moment_in_week(*, week: int, day: int, clock: time, start: date, zone: str) -> datetime:
    """Return the moment at ``clock`` on ``day`` (1 to 7, counted from the first day of the course) of a week."""
    on = start + timedelta(days=(week - 1) * DAYS_A_WEEK + day - 1)
    return settled(datetime.combine(on, clock), zone).at


class Purpose(StrEnum):
    """What a moment of an activity is for. Only meetings and deadlines ask something of people just then."""

    OPENS = "opens"
    MEETING = "meeting"
    DUE = "due"
    CLOSES = "closes"


ASKING = frozenset({Purpose.MEETING, Purpose.DUE})


class Days(StrEnum):
    TEACHING = "teaching"
    EXAMS = "exams"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of an academic year, both ends included."""

    days: Days
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Side:
    """One institution of a course: its clock and what is known of its academic year."""

    key: int
    name: str
    zone: str
    stretches: tuple[Stretch, ...] = ()

    def on(self, day: date) -> list[Stretch]:
        """Return the stretches that hold a day; holidays first, because they weigh most."""
        held = [stretch for stretch in self.stretches if stretch.first <= day <= stretch.last]
        return sorted(held, key=lambda stretch: stretch.days != Days.HOLIDAY)

    @property
    def knows_terms(self) -> bool:
        return any(stretch.days == Days.TEACHING for stretch in self.stretches)


class Trouble(StrEnum):
    """Why a moment is awkward for one side."""

    HOLIDAY = "holiday"
    EXAMS = "exams"
    OUT_OF_TERM = "out_of_term"
    NIGHT = "night"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Warned:
    trouble: Trouble
    side: Side
    # What the clock of that side shows.
    wall: datetime
    # The name of the holiday, or of the examinations.
    title: str = ""


def warnings_at(at: datetime, purpose: Purpose, sides: Iterable[Side]) -> list[Warned]:
    """Return what speaks against a moment, side by side. Openings and closings ask nothing of anybody: none."""
    if purpose not in ASKING:
        return []
    return [warned for side in sides for warned in _warnings_of(at, purpose, side)]


def _warnings_of(at: datetime, purpose: Purpose, side: Side) -> list[Warned]:
    wall = on_wall(at, side.zone)
    found = []
    held = side.on(wall.date())
    if held and held[0].days is Days.HOLIDAY:
        found.append(Warned(Trouble.HOLIDAY, side, wall, held[0].title))
    elif held and all(stretch.days is Days.EXAMS for stretch in held):
        found.append(Warned(Trouble.EXAMS, side, wall, held[0].title))
    elif not held and side.knows_terms:
        found.append(Warned(Trouble.OUT_OF_TERM, side, wall))
    if is_night(wall.time(), purpose):
        found.append(Warned(Trouble.NIGHT, side, wall))
    if is_shown_twice(at, side.zone):
        found.append(Warned(Trouble.TWICE, side, wall))
    return found


def is_night(clock: time, purpose: Purpose) -> bool:
    """Whether people sleep at a time: a meeting needs them awake for its whole length, a deadline not after midnight."""
    if purpose is Purpose.MEETING:
        return not MEETING_FROM <= clock < MEETING_UNTIL
    return clock < DEADLINE_NIGHT_UNTIL


def is_shown_twice(at: datetime, zone: str) -> bool:
    """Whether the clock of a zone shows this moment's time twice on that day."""
    here = at.astimezone(zone_of(zone))
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


@dataclass(frozen=True, slots=True)
class SameClock:
    """Sides whose clocks show the same at one moment."""

    wall: datetime
    sides: tuple[Side, ...]


def clocks_at(at: datetime, sides: Sequence[Side]) -> list[SameClock]:
    """Return what the clocks of the sides show, sides with the same time together, the earliest first."""
    by_wall: dict[datetime, list[Side]] = {}
    for side in sides:
        by_wall.setdefault(on_wall(at, side.zone), []).append(side)
    return [SameClock(wall, tuple(found)) for wall, found in sorted(by_wall.items(), key=lambda row: row[0])]


class WeekState(StrEnum):
    """What a week of the course is for one side, by most of its five working days."""

    TEACHING = "teaching"
    EXAMS = "exams"
    HOLIDAY = "holiday"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class WeekOfSide:
    state: WeekState
    # The holidays and examinations that touch the week, by name.
    titles: tuple[str, ...]


def week_of_side(side: Side, *, first: date) -> WeekOfSide:
    """Return what the seven days from ``first`` are for one side."""
    days = [first + timedelta(days=number) for number in range(DAYS_A_WEEK)]
    states = []
    titles: dict[str, None] = {}
    for day in days:
        held = side.on(day)
        titles.update((stretch.title, None) for stretch in held if stretch.days is not Days.TEACHING)
        if day.weekday() < 5:
            states.append(_state_of(held, side))
    # Of two states that come as often, the one that asks for more care counts.
    return WeekOfSide(max(states, key=lambda state: (states.count(state), _CARE[state])), tuple(titles))


_CARE = {
    WeekState.UNKNOWN: 0,
    WeekState.TEACHING: 1,
    WeekState.EXAMS: 2,
    WeekState.BETWEEN: 3,
    WeekState.HOLIDAY: 4,
}


def _state_of(held: Sequence[Stretch], side: Side) -> WeekState:
    if held:
        by_days = {stretch.days for stretch in held}
        if Days.HOLIDAY in by_days:
            return WeekState.HOLIDAY
        return WeekState.TEACHING if Days.TEACHING in by_days else WeekState.EXAMS
    return WeekState.BETWEEN if side.knows_terms else WeekState.UNKNOWN
