"""The steps of a course plan apart from any course: what is asked, how many days after the first, on which hour.

Templates, kept versions, copies and open templates are lists of steps. A step becomes an activity when a course
gives it a first day and the clock of its host.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from biosint.exchange.states import ActivityKind
from biosint.exchange.timetable import ClockChange, on_wall, settled, week_number

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Course

MOMENTS = ("opens_at", "due_at", "closes_at")
# What teachers say of an activity, besides its moments; in the order in which changes are told.
SAID = (
    "title",
    "kind",
    "phase",
    "hours",
    "for_teams",
    "is_required",
    "weight",
    "outcomes",
    "is_hidden",
    "settings",
    "text",
)


# {"field": …, "before": …, "after": …}
Difference = dict[str, Any]


@dataclass(frozen=True, slots=True)
class When:
    """A moment told from a course: days after its first day (0), and what the host's clock shows."""

    day: int
    clock: time

    def as_json(self) -> list[Any]:
        return [self.day, self.clock.isoformat("minutes")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One activity without its course. The fields are those of ``Activity``."""

    title: str
    text: str = ""
    kind: str = ActivityKind.PAGE.value
    phase: str = ""
    hours: Decimal = Decimal(0)
    for_teams: bool = False
    is_required: bool = True
    weight: Decimal = Decimal(0)
    outcomes: tuple[int, ...] = ()
    is_hidden: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    opens_at: When | None = None
    due_at: When | None = None
    closes_at: When | None = None

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        for name in MOMENTS:
            when = getattr(self, name)
            plain[name] = when.as_json() if when else None
        return {
            **plain,
            "hours": str(self.hours),
            "weight": str(self.weight),
            "outcomes": list(self.outcomes),
            "settings": dict(self.settings),
        }


def step_from(plain: Mapping[str, Any]) -> Step:
    """Return a step from the plain values that ``Step.as_json`` gave; words it does not know are left out."""
    moments: dict[str, Any] = {
        name: When(plain[name][0], time.fromisoformat(plain[name][1])) if plain.get(name) else None
        for name in MOMENTS
    }
    said = {name: plain[name] for name in SAID if name in plain}
    said["hours"] = Decimal(plain.get("hours", 0))
    said["weight"] = Decimal(plain.get("weight", 0))
    said["outcomes"] = tuple(plain.get("outcomes", ()))
    return Step(**said, **moments)


def step_of(activity: Activity, *, start: date, zone: str) -> Step:
    """Return what an activity says, with its moments told from ``start`` on the clock of ``zone``."""

    def when(at: datetime | None) -> When | None:
        if at is None:
            return None
        wall = on_wall(at, zone)
        return When((wall.date() - start).days, wall.time().replace(second=0, microsecond=0))

    said = {name: getattr(activity, name) for name in SAID}
    said["outcomes"] = tuple(activity.outcomes)
    said["settings"] = dict(activity.settings)
    moments: dict[str, Any] = {name: when(getattr(activity, name)) for name in MOMENTS}
    return Step(**said, **moments)


def moments_of(step: Step, *, start: date, zone: str) -> tuple[dict[str, datetime | None], set[ClockChange]]:
    """Return the step's moments in UTC for a course that begins on ``start``, and what the clock did to them."""
    moments: dict[str, datetime | None] = {}
    changes: set[ClockChange] = set()
    for name in MOMENTS:
        when: When | None = getattr(step, name)
        if when is None:
            moments[name] = None
            continue
        found = settled(datetime.combine(start + timedelta(days=when.day), when.clock), zone)
        moments[name] = found.at
        changes.add(found.change)
    return moments, changes - {ClockChange.NONE}


def said_of(step: Step) -> dict[str, Any]:
    """Return the fields of an activity that a step sets, besides its moments."""
    return {
        name: list(step.outcomes)
        if name == "outcomes"
        else dict(step.settings)
        if name == "settings"
        else getattr(step, name)
        for name in SAID
    }


def zone_of_course(course: Course) -> str:
    """The clock on which a course is planned: its host's."""
    return str(course.host.time_zone)


def week_of(activity: Activity, course: Course) -> int | None:
    """Return the week in which an activity begins, from 1; None where it has no date.

    What begins before the first day of the course counts as its first week.
    """
    return _week(activity.opens_at or activity.due_at, course)


def last_week_of(activity: Activity, course: Course) -> int | None:
    """Return the week in which an activity is due, or (without a due time) begins; None where it has no date."""
    return _week(activity.due_at or activity.opens_at, course)


def _week(at: datetime | None, course: Course) -> int | None:
    if at is None:
        return None
    return max(1, week_number(at, start=course.start_date, zone=zone_of_course(course)))


def plain(value: Any) -> Any:
    """Return a value of an activity as the log keeps it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        # 2 and 2.0 are the same hours.
        return f"{value.normalize():f}"
    return value


def state_of(activity: Activity) -> dict[str, Any]:
    return {name: plain(getattr(activity, name)) for name in (*SAID, *MOMENTS)}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return every field that two states of an activity do not share, in the order in which changes are told."""
    return [
        {"field": name, "before": before.get(name), "after": after[name]}
        for name in after
        if before.get(name) != after[name]
    ]
