"""Which teams need somebody now, and why. Pure: facts in, signals out; thresholds are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Weight(IntEnum):
    """How soon somebody should look."""

    NOTE = 1
    SOON = 2
    NOW = 3


class Sign(StrEnum):
    TEAM_SILENT = "team_silent"
    NEVER_BEGAN = "never_began"
    MEMBER_SILENT = "member_silent"
    PULSE_LOW = "pulse_low"
    PULSE_FALLS = "pulse_falls"
    LOW_SHARE = "low_share"
    TASKS_OVERDUE = "tasks_overdue"
    NOTHING_HANDED_IN = "nothing_handed_in"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which value on a fact is a signal.

    Args:
        quiet_days: nobody did anything for so many days.
        very_quiet_days: the same, and somebody should act now.
        member_days: one member did nothing for so many days,
        active_days: while somebody else did something within so many.
        low: mean of “how is it going” (1 to 5) at most so high.
        fall: the mean fell by at least so much since the week before.
        low_share: one member's “fair share” (1 to 5) at most so high.
        overdue_tasks: so many tasks are past their day.
        due_days: work is due within so many days.
    """

    quiet_days: int = 4
    very_quiet_days: int = 8
    member_days: int = 7
    active_days: int = 4
    low: float = 2.5
    fall: float = 1.0
    low_share: int = 2
    overdue_tasks: int = 2
    due_days: int = 3


DEFAULT = Thresholds()


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member: key, and days since they last did something in the room (None: never)."""

    key: int
    silent_days: int | None


@dataclass(frozen=True, slots=True)
class WeekOfPulse:
    """One week: answers to “how is it going” and to “fair share”, 1 to 5 each."""

    going: tuple[int, ...]
    share: tuple[int, ...]

    @property
    def mean(self) -> float:
        return sum(self.going) / len(self.going)


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What is known of one team.

    Args:
        open_days: days since the room opened and the course runs; a team that never wrote is silent so long.
        pulse: weeks with at least one answer, the oldest first.
        overdue_tasks: open tasks past their day.
        due_in_days: days until the team's work is due (negative: past); None where nothing is due.
    """

    open_days: int
    members: Sequence[MemberFacts] = ()
    pulse: Sequence[WeekOfPulse] = ()
    overdue_tasks: int = 0
    due_in_days: int | None = None
    has_handed_in: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to look at a team; ``given`` holds what its sentence names."""

    sign: Sign
    weight: Weight
    given: Mapping[str, Any] = field(default_factory=dict)


def signals(team: TeamFacts, *, thresholds: Thresholds = DEFAULT) -> list[Signal]:
    """Return the reasons to look at a team, the heaviest first."""
    found = [
        *_silence(team, thresholds),
        *_pulse(team.pulse, thresholds),
        *_work(team, thresholds),
    ]
    return sorted(found, key=lambda signal: -signal.weight)


def urgency(found: Iterable[Signal]) -> tuple[int, int]:
    """Return a key that sorts teams: the heaviest signal first, then the sum of all (both negative)."""
    weights = [int(signal.weight) for signal in found]
    return (-max(weights, default=0), -sum(weights))


def silent_days(team: TeamFacts) -> int:
    """Return for how many days nobody did anything."""
    known = [one.silent_days for one in team.members if one.silent_days is not None]
    return min(known, default=team.open_days)


def _silence(team: TeamFacts, limits: Thresholds) -> list[Signal]:
    quiet = silent_days(team)
    if quiet >= limits.quiet_days:
        weight = Weight.NOW if quiet >= limits.very_quiet_days else Weight.SOON
        began = any(one.silent_days is not None for one in team.members)
        return [Signal(Sign.TEAM_SILENT if began else Sign.NEVER_BEGAN, weight, {"days": quiet})]
    if quiet > limits.active_days:
        return []
    gone = [
        (one.key, days)
        for one in team.members
        if (days := team.open_days if one.silent_days is None else one.silent_days) >= limits.member_days
    ]
    return [Signal(Sign.MEMBER_SILENT, Weight.SOON, {"member": key, "days": days}) for key, days in gone]


def _pulse(weeks: Sequence[WeekOfPulse], limits: Thresholds) -> list[Signal]:
    if not weeks:
        return []
    last = weeks[-1]
    found = []
    if last.mean <= limits.low:
        found.append(Signal(Sign.PULSE_LOW, Weight.NOW, {"mean": last.mean}))
    elif len(weeks) > 1 and weeks[-2].mean - last.mean >= limits.fall:
        found.append(Signal(Sign.PULSE_FALLS, Weight.SOON, {"before": weeks[-2].mean, "mean": last.mean}))
    low = sum(1 for share in last.share if share <= limits.low_share)
    if low:
        found.append(Signal(Sign.LOW_SHARE, Weight.SOON, {"count": low}))
    return found


def _work(team: TeamFacts, limits: Thresholds) -> list[Signal]:
    found = []
    if team.due_in_days is not None and not team.has_handed_in and team.due_in_days <= limits.due_days:
        weight = Weight.NOW if team.due_in_days < 1 else Weight.SOON
        found.append(Signal(Sign.NOTHING_HANDED_IN, weight, {"days": team.due_in_days}))
    if team.overdue_tasks >= limits.overdue_tasks:
        found.append(Signal(Sign.TASKS_OVERDUE, Weight.NOTE, {"count": team.overdue_tasks}))
    return found
