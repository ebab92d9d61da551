"""The critical path of a work plan, against one worked by hand and against what must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iahcalc.calendars import (
    CycleInPlan,
    DuplicateTask,
    NegativeDuration,
    PlanFault,
    Task,
    Timing,
    UnknownTask,
    critical_path,
)


@st.composite
def plans(draw: st.DrawFn) -> list[Task]:
    tasks = []
    for number in range(draw(st.integers(0, 12))):
        after = draw(st.lists(st.integers(0, max(0, number - 1)).map(str), max_size=3)) if number else []
        tasks.append(
            Task(
                key=str(number),
                duration=draw(st.integers(0, 9)),
                after=tuple(after),
                not_before=draw(st.integers(0, 4)),
            )
        )
    return draw(st.permutations(tasks))


def test_a_plan_worked_by_hand() -> None:
    path = critical_path(
        [
            Task(key="analysis", duration=60),
            Task(key="strategy", duration=90, after=("analysis",)),
            Task(key="platform", duration=100),
            Task(key="pilot", duration=30, after=("strategy", "platform")),
            Task(key="kick-off", duration=0),
        ]
    )

    assert path.duration == 180
    assert path.critical == ("analysis", "strategy", "pilot")
    assert path.timings["platform"] == Timing(0, 100, 50, 150)
    assert path.timings["kick-off"].slack == 180


def test_a_late_start_delays_what_follows() -> None:
    path = critical_path([Task(key="a", duration=2, not_before=5), Task(key="b", duration=1, after=("a",))])

    assert path.duration == 8
    assert path.critical == ("a", "b")


def test_an_empty_plan_takes_no_time() -> None:
    assert critical_path([]).duration == 0


@given(plans())
def test_every_start_keeps_the_order_and_every_slack_is_used_up_exactly(tasks: list[Task]) -> None:
    path = critical_path(tasks)

    for task in tasks:
        timing = path.timings[task.key]
        assert timing.earliest_start >= task.not_before
        assert timing.slack >= 0
        for before in task.after:
            assert path.timings[before].earliest_finish <= timing.earliest_start
            assert path.timings[before].latest_finish <= timing.latest_start
        later = [_started_at(other, task, timing.latest_start) for other in tasks]
        assert critical_path(later).duration == path.duration
        latest = [_started_at(other, task, timing.latest_start + 1) for other in tasks]
        assert critical_path(latest).duration == path.duration + 1
    assert bool(path.critical) == bool(tasks)


def _started_at(task: Task, chosen: Task, start: int) -> Task:
    if task is not chosen:
        return task
    return Task(key=task.key, duration=task.duration, after=task.after, not_before=start)


def test_a_cycle_is_named() -> None:
    tasks = [
        Task(key="report", duration=1, after=("review",)),
        Task(key="review", duration=1, after=("draft",)),
        Task(key="draft", duration=1, after=("report", "data")),
        Task(key="data", duration=1),
        Task(key="party", duration=1, after=("report",)),
    ]

    with pytest.raises(
        CycleInPlan, match="draft waits for report waits for review waits for draft"
    ) as caught:
        critical_path(tasks)

    assert caught.value.cycle == ("draft", "report", "review")


@pytest.mark.parametrize(
    ("tasks", "fault"),
    [
        ([Task(key="a", duration=1, after=("a",))], CycleInPlan),
        ([Task(key="a", duration=1), Task(key="a", duration=2)], DuplicateTask),
        ([Task(key="a", duration=1, after=("b",))], UnknownTask),
        ([Task(key="a", duration=-1)], NegativeDuration),
    ],
)
def test_plans_that_cannot_be_worked_out(tasks: list[Task], fault: type[PlanFault]) -> None:
    with pytest.raises(fault):
        critical_path(tasks)


def test_a_long_chain_is_no_problem() -> None:
    tasks = [Task(key="0", duration=1)]
    tasks += [Task(key=str(number), duration=1, after=(str(number - 1),)) for number in range(1, 20_000)]

    assert critical_path(tasks).duration == 20_000
