from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from at_once import at_once
from biosint.jobs import operations, queries, registry
from biosint.jobs.api import Job, JobState, Progress, periodic, run_due
from biosint.jobs.models import Rhythm
from clock import DAY, HOUR, NOON
from factories import JobFactory, PersonFactory

pytestmark = pytest.mark.django_db
NAME = "tests.beat"


@pytest.fixture
def beats() -> Iterator[list[int]]:
    """Registers ``tests.beat``, every hour, as the only periodic task, and returns the attempts of its runs."""
    seen: list[int] = []
    others = dict(registry._PERIODIC)
    registry._PERIODIC.clear()

    def beat(job: Progress) -> None:
        seen.append(job.attempt)

    periodic(NAME, every=HOUR)(beat)
    yield seen
    registry._PERIODIC.clear()
    registry._PERIODIC.update(others)
    del registry._TASKS[NAME]


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_a_periodic_task_is_asked_for_once_per_beat(beats: list[int]) -> None:
    assert operations.ask_for_periodic(at=NOON) == 1
    run_due(clock=at(NOON))
    assert operations.ask_for_periodic(at=NOON + HOUR / 2) == 0
    assert operations.ask_for_periodic(at=NOON + HOUR) == 1
    run_due(clock=at(NOON + HOUR))

    assert beats == [1, 1]


def test_beats_do_not_drift_with_the_moment_of_a_look(beats: list[int]) -> None:
    operations.ask_for_periodic(at=NOON + timedelta(minutes=7))

    assert Rhythm.objects.get(name=NAME).next_at == NOON + HOUR


def test_after_a_standstill_it_runs_once_and_not_once_per_missed_beat(beats: list[int]) -> None:
    operations.ask_for_periodic(at=NOON)
    run_due(clock=at(NOON))

    assert operations.ask_for_periodic(at=NOON + 9 * DAY) == 1
    run_due(clock=at(NOON + 9 * DAY))

    assert beats == [1, 1]


def test_a_run_that_is_not_over_is_not_joined_by_a_second(beats: list[int]) -> None:
    operations.ask_for_periodic(at=NOON)
    running = operations.claim(at=NOON)
    assert running is not None

    operations.ask_for_periodic(at=NOON + HOUR)

    assert list(Job.objects.values_list("name", "state")) == [(NAME, JobState.RUNNING)]


def test_a_run_whose_worker_was_killed_is_begun_again(beats: list[int]) -> None:
    operations.ask_for_periodic(at=NOON)
    operations.claim(at=NOON)

    operations.reap(at=NOON + HOUR / 2)
    run_due(clock=at(NOON + HOUR))

    assert beats == [2]


def test_a_look_says_whether_a_beat_has_come(beats: list[int]) -> None:
    assert queries.periodic_due(at=NOON)
    operations.ask_for_periodic(at=NOON)

    assert not queries.periodic_due(at=NOON)
    assert queries.periodic_due(at=NOON + HOUR)


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_once_ask_once(beats: list[int]) -> None:
    operations.ask_for_periodic(at=NOON)
    run_due(clock=at(NOON))

    asked = at_once(*[lambda: operations.ask_for_periodic(at=NOON + HOUR)] * 4)

    assert sorted(str(count) for count in asked) == ["0", "0", "0", "1"]

    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


def test_a_beat_of_three_hours_falls_on_hours_divisible_by_three() -> None:
    every_three = registry.Periodic(NAME, 3 * HOUR)

    assert every_three.after(datetime(2026, 3, 2, 12, 1, tzinfo=UTC)).hour == 15
    assert every_three.after(NOON).hour == 15


def test_old_jobs_of_the_platform_are_swept_and_those_of_people_stay() -> None:
    old = {"state": JobState.DONE, "finished_at": NOON - 31 * DAY}
    JobFactory(owner=None, **old)
    kept = [
        JobFactory(owner=PersonFactory(), **old),
        JobFactory(owner=None, state=JobState.FAILED, finished_at=NOON - 31 * DAY),
        JobFactory(owner=None, state=JobState.DONE, finished_at=NOON - DAY),
    ]

    operations.sweep(at=NOON)

    assert set(Job.objects.all()) == set(kept)
