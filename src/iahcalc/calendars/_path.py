"""The critical path of a work plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iahcalc.calendars._week import CalendarFault


class PlanFault(CalendarFault):
    """A work plan that cannot be worked out.

    - ``DuplicateTask``: two tasks have one key
    - ``UnknownTask``: a predecessor that is not in the plan
    - ``NegativeDuration``: a task that would end before it starts
    - ``CycleInPlan``: tasks that wait for each other
    """


class DuplicateTask(PlanFault):
    """Two tasks have the same key."""


class UnknownTask(PlanFault):
    """A predecessor that is not in the plan."""


class NegativeDuration(PlanFault):
    """A duration, or an earliest start, below 0."""


class CycleInPlan(PlanFault):
    """Tasks that wait for each other. ``cycle`` names them in order, each waiting for the next."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        self.cycle = cycle
        super().__init__("These tasks wait for each other: " + " waits for ".join([*cycle, cycle[0]]) + ".")


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task; all times are whole days (or any one unit) from the start of the plan.

    Attributes:
        duration: 0 is a milestone.
        after: keys of the tasks that must be finished before.
        not_before: the task may not start earlier, whatever its predecessors.
    """

    key: str
    duration: int
    after: tuple[str, ...] = ()
    not_before: int = 0


@dataclass(frozen=True)
class Timing:
    """When a task can be done without delaying the plan.

    ``slack`` is how much later it may start; a task without slack is critical. A task that ends
    at time 3 and one that starts at time 3 follow each other directly.
    """

    earliest_start: int
    earliest_finish: int
    latest_start: int
    latest_finish: int

    @property
    def slack(self) -> int:
        return self.latest_start - self.earliest_start

    @property
    def critical(self) -> bool:
        return self.slack == 0


@dataclass(frozen=True)
class Path:
    """A work plan, worked out.

    Attributes:
        duration: of the whole plan; 0 for an empty one.
        timings: task key -> when, in the order the tasks were given.
        critical: keys of all critical tasks in order of time. There may be several critical
            paths; this is every task on any of them.
    """

    duration: int
    timings: Mapping[str, Timing]
    critical: tuple[str, ...]


def critical_path(tasks: Sequence[Task]) -> Path:
    """Work out when each task can start and which tasks delay the whole plan when they are late.

    Raises:
        DuplicateTask, UnknownTask, NegativeDuration, CycleInPlan: see ``PlanFault``.

    Source:
        Kelley, Walker (1959), Critical-path planning and scheduling,
        doi:10.1145/1460299.1460318.

    >>> path = critical_path([
    ...     Task(key="survey", duration=30), Task(key="translate", duration=10),
    ...     Task(key="report", duration=20, after=("survey", "translate")),
    ... ])
    >>> path.duration, path.critical, path.timings["translate"].slack
    (50, ('survey', 'report'), 20)
    """
    by_key = _checked(tasks)
    order = _ordered(by_key)
    finish: dict[str, int] = {}
    for key in order:
        task = by_key[key]
        start = max([task.not_before, *(finish[before] for before in task.after)])
        finish[key] = start + task.duration
    duration = max(finish.values(), default=0)
    latest = dict.fromkeys(order, duration)
    for key in reversed(order):
        for before in by_key[key].after:
            latest[before] = min(latest[before], latest[key] - by_key[key].duration)
    timings = {
        key: Timing(finish[key] - task.duration, finish[key], latest[key] - task.duration, latest[key])
        for key, task in by_key.items()
    }
    critical = [key for key in order if timings[key].critical]
    # Stable: tasks of one moment stay in an order in which they can be done.
    critical.sort(key=lambda key: (timings[key].earliest_start, timings[key].earliest_finish))
    return Path(duration, timings, tuple(critical))


def _checked(tasks: Sequence[Task]) -> dict[str, Task]:
    by_key: dict[str, Task] = {}
    for task in tasks:
        if task.key in by_key:
            raise DuplicateTask(f"The task “{task.key}” is in the plan more than once.")
        if task.duration < 0 or task.not_before < 0:
            raise NegativeDuration(f"The task “{task.key}” has a duration or an earliest start below 0.")
        by_key[task.key] = task
    for task in tasks:
        for before in task.after:
            if before not in by_key:
                raise UnknownTask(f"The task “{task.key}” comes after “{before}”, which is not in the plan.")
    return by_key


def _ordered(by_key: Mapping[str, Task]) -> list[str]:
    """Return the keys, predecessors first, otherwise in the order given."""
    waits_for = {key: len(set(task.after)) for key, task in by_key.items()}
    followers: dict[str, list[str]] = {key: [] for key in by_key}
    for key, task in by_key.items():
        for before in dict.fromkeys(task.after):
            followers[before].append(key)
    order = [key for key, count in waits_for.items() if count == 0]
    # The list grows while it is walked: each finished task may free others.
    for key in order:
        for follower in followers[key]:
            waits_for[follower] -= 1
            if waits_for[follower] == 0:
                order.append(follower)
    if len(order) < len(by_key):
        raise CycleInPlan(_cycle(by_key, set(by_key) - set(order)))
    return order


def _cycle(by_key: Mapping[str, Task], stuck: set[str]) -> tuple[str, ...]:
    """Follow stuck predecessors until one comes again; every stuck task has a stuck predecessor."""
    key = min(stuck)
    walked: list[str] = []
    while key not in walked:
        walked.append(key)
        key = min(before for before in by_key[key].after if before in stuck)
    return tuple(walked[walked.index(key) :])
