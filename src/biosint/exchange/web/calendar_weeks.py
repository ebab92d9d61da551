"""A plan on the calendars of all institutions: weeks and moments as rows, institutions as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.timetable import (
    DAYS_A_WEEK,
    Purpose,
    Side,
    Trouble,
    WeekOfSide,
    WeekState,
    on_wall,
    warnings_at,
    week_number,
    week_of_side,
)
from biosint.exchange.web.design_words import written_wall
from biosint.exchange.web.plan_weeks import purpose_of

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.shared.verdicts import Sentence

# In words; the shape beside them says the same to who looks from afar.
WEEKS: dict[WeekState, tuple[Sentence, str]] = {
    WeekState.TEACHING: (_("teaching"), "circle-check"),
    WeekState.EXAMS: (_("examinations"), "pencil"),
    WeekState.HOLIDAY: (_("holiday"), "sun"),
    WeekState.BETWEEN: (_("between terms"), "pause"),
    WeekState.UNKNOWN: (_("no dates known"), "circle-help"),
}
TROUBLES: dict[Trouble, tuple[Sentence, str]] = {
    Trouble.HOLIDAY: (_("holiday"), "sun"),
    Trouble.EXAMS: (_("examinations"), "pencil"),
    Trouble.OUT_OF_TERM: (_("outside terms"), "pause"),
    Trouble.NIGHT: (_("night"), "moon"),
    Trouble.TWICE: (_("clocks go back: this hour comes twice"), "repeat"),
}
PURPOSES: dict[Purpose, Sentence] = {
    Purpose.OPENS: _("opens"),
    Purpose.MEETING: _("meets"),
    Purpose.DUE: _("due"),
    Purpose.CLOSES: _("closes"),
}


@dataclass(frozen=True, slots=True)
class WeekCell:
    """What a week is for one institution. ``titles``: its holidays and examinations."""

    state: str
    word: Sentence
    icon: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One moment on one institution's clock, with what speaks against it: (word, icon, name of the days)."""

    wall: str
    troubles: list[tuple[Sentence, str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    activity: Activity
    word: Sentence
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    number: int
    first: date
    last: date
    cells: list[WeekCell]
    lines: list[Line]


def calendar_of(
    activities: Iterable[Activity], sides: Sequence[Side], *, start: date, weeks: int
) -> list[CalendarWeek]:
    """Return the weeks of a course with their moments in order; what lies outside makes weeks of its own."""
    zone = sides[0].zone
    moments: dict[int, list[tuple[datetime, Purpose, Activity]]] = {}
    for activity in activities:
        for at, purpose in ((activity.opens_at, Purpose.OPENS), (activity.due_at, purpose_of(activity))):
            if at is not None:
                number = week_number(at, start=start, zone=zone)
                moments.setdefault(number, []).append((at, purpose, activity))
    return [
        _week(
            number, start, sides, sorted(moments.get(number, []), key=lambda one: (one[0], one[2].position))
        )
        for number in sorted({*moments, *range(1, weeks + 1)})
    ]


def _week(
    number: int, start: date, sides: Sequence[Side], moments: list[tuple[datetime, Purpose, Activity]]
) -> CalendarWeek:
    first = start + timedelta(days=(number - 1) * DAYS_A_WEEK)
    return CalendarWeek(
        number,
        first,
        first + timedelta(days=DAYS_A_WEEK - 1),
        [_week_cell(week_of_side(side, first=first)) for side in sides],
        [Line(activity, PURPOSES[purpose], _cells(at, purpose, sides)) for at, purpose, activity in moments],
    )


def _week_cell(found: WeekOfSide) -> WeekCell:
    word, icon = WEEKS[found.state]
    return WeekCell(found.state.value, word, icon, found.titles)


def _cells(at: datetime, purpose: Purpose, sides: Sequence[Side]) -> list[Cell]:
    against: dict[int, list[tuple[Sentence, str, str]]] = {}
    for warned in warnings_at(at, purpose, sides):
        word, icon = TROUBLES[warned.trouble]
        against.setdefault(warned.side.key, []).append((word, icon, warned.title))
    return [Cell(written_wall(on_wall(at, side.zone)), against.get(side.key, [])) for side in sides]
