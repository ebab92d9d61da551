"""A plan as its readers see it: by week, and inside a week by phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from biosint.exchange.models import Activity, Course, Progress
from biosint.exchange.states import ActivityKind, Phase
from biosint.exchange.steps import week_of
from biosint.exchange.timetable import DAYS_A_WEEK, Purpose, week_count
from biosint.exchange.web.kinds import kind_of
from biosint.shared.verdicts import Sentence

PHASES = {phase.value: number for number, phase in enumerate(Phase, start=1)}


@dataclass(frozen=True, slots=True)
class Row:
    """One activity on the page. ``asks_at``: when a meeting begins, or work is due."""

    activity: Activity
    icon: str
    kind: Sentence
    is_meeting: bool
    asks_at: datetime | None
    is_open: bool = True
    progress: Progress | None = None
    warnings: int = 0

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.done_at is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one phase that follow each other."""

    phase: str
    label: Sentence
    number: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the course. ``number`` None: what has no date; days are those of the host's calendar."""

    number: int | None
    first: date | None = None
    last: date | None = None
    groups: list[Group] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def hours(self) -> Decimal:
        return sum((row.activity.hours for row in self.rows), Decimal(0))

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.is_done)


def purpose_of(activity: Activity) -> Purpose:
    """What an activity's due time is for: a live session begins then."""
    return Purpose.MEETING if activity.kind == ActivityKind.LIVE else Purpose.DUE


def weeks_of(
    course: Course,
    activities: Iterable[Activity],
    *,
    now: datetime,
    empty_weeks: bool = False,
    progress: Mapping[int, Progress] | None = None,
    warnings: Mapping[int, int] | None = None,
) -> list[Week]:
    """Return the plan by week and phase, in the order of its activities.

    Args:
        empty_weeks: show every week of the course, for those who plan.
        progress: activity -> what the learner has done in it.
        warnings: activity -> how much speaks against its moments.
    """
    by_week: dict[int | None, list[Row]] = {}
    for activity in activities:
        row = _row(activity, now, progress or {}, warnings or {})
        by_week.setdefault(week_of(activity, course), []).append(row)
    dated = {number for number in by_week if number is not None}
    if empty_weeks:
        dated |= set(range(1, week_count(course.start_date, course.end_date) + 1))
    weeks = [_week(number, course.start_date, by_week.get(number, [])) for number in sorted(dated)]
    if None in by_week:
        weeks.append(Week(None, groups=_groups(by_week[None])))
    return weeks


def _row(
    activity: Activity, now: datetime, progress: Mapping[int, Progress], warnings: Mapping[int, int]
) -> Row:
    return Row(
        activity,
        icon=kind_of(activity.kind).icon,
        # Django's own way compares every label of the list each time: a fifth of a long page.
        kind=ActivityKind(activity.kind).label,
        is_meeting=activity.kind == ActivityKind.LIVE,
        asks_at=activity.due_at,
        is_open=activity.opens_at is None or activity.opens_at <= now,
        progress=progress.get(activity.pk),
        warnings=warnings.get(activity.pk, 0),
    )


def _week(number: int, start: date, rows: list[Row]) -> Week:
    first = start + timedelta(days=(number - 1) * DAYS_A_WEEK)
    return Week(number, first, first + timedelta(days=DAYS_A_WEEK - 1), _groups(rows))


def _groups(rows: list[Row]) -> list[Group]:
    return [
        Group(phase, Phase(phase).label if phase else "", PHASES.get(phase, 0), list(found))
        for phase, found in groupby(rows, key=lambda row: row.activity.phase)
    ]
