from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _

from biosint.jobs import operations, queries, registry, rules
from biosint.jobs.api import Cancelled, Job, JobState, Progress, enqueue, run_due
from biosint.shared.verdicts import Fault, Refused
from clock import HOUR, NOON
from factories import JobFactory, PersonFactory, SiteAdministratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs() -> Iterator[list[dict[str, object]]]:
    """Registers ``tests.count`` and returns what each of its runs was given."""
    seen: list[dict[str, object]] = []

    def count(job: Progress, **arguments: object) -> dict[str, str]:
        seen.append({**arguments, "attempt": job.attempt})
        for number in range(3):
            job.report(number + 1, 3, _("Counting"))
        return {"url": "/reports/1/", "text": "Counted."}

    registry.task("tests.count", title="Counting")(count)
    yield seen
    del registry._TASKS["tests.count"]


@pytest.fixture
def register() -> Iterator[Callable[..., None]]:
    """Registers ``tests.own`` with any work."""

    def add(work: registry.Work, attempts: int = 3) -> None:
        registry._TASKS.pop("tests.own", None)
        registry.task("tests.own", attempts=attempts)(work)

    yield add
    registry._TASKS.pop("tests.own", None)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_an_enqueued_job_is_done_and_keeps_its_result(runs: list[dict[str, object]]) -> None:
    job = enqueue("tests.count", by=PersonFactory(), at=NOON, edition=7)

    assert run_due(clock=at(NOON)) == 1

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert job.result == {"url": "/reports/1/", "text": "Counted."}
    assert job.finished_at == NOON
    assert runs == [{"edition": 7, "attempt": 1}]


def test_a_job_waits_until_it_is_due(runs: list[dict[str, object]]) -> None:
    enqueue("tests.count", by=None, at=NOON, due_at=NOON + HOUR)

    assert run_due(clock=at(NOON)) == 0
    assert run_due(clock=at(NOON + HOUR)) == 1


def test_asking_twice_with_one_key_is_asking_once(runs: list[dict[str, object]]) -> None:
    first = enqueue("tests.count", by=None, at=NOON, key="report-7")
    second = enqueue("tests.count", by=None, at=NOON, key="report-7")

    assert first == second
    run_due(clock=at(NOON))
    assert enqueue("tests.count", by=None, at=NOON, key="report-7") != first


def test_an_unknown_task_cannot_be_enqueued() -> None:
    with pytest.raises(registry.TaskUnknown, match=r"tests\.absent"):
        enqueue("tests.absent", by=None, at=NOON)


def test_a_breakage_is_tried_again_later_and_then_fails(register: Callable[..., None]) -> None:
    def breaks(_job: Progress) -> None:
        raise ZeroDivisionError

    register(breaks, attempts=2)
    job = enqueue("tests.own", by=None, at=NOON)

    run_due(clock=at(NOON))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.due_at) == (JobState.QUEUED, 1, NOON + timedelta(seconds=5))

    run_due(clock=at(NOON + HOUR))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 2)
    assert "Tell the administrator" in job.failure


def test_a_fault_is_an_answer_and_is_not_tried_again(register: Callable[..., None]) -> None:
    def answers(_job: Progress) -> None:
        raise Fault("No place is left.")

    register(answers)
    job = enqueue("tests.own", by=None, at=NOON)

    run_due(clock=at(NOON))

    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, "No place is left.")


def test_a_waiting_job_is_cancelled_at_once(runs: list[dict[str, object]]) -> None:
    owner = PersonFactory()
    job = enqueue("tests.count", by=owner, at=NOON)

    operations.cancel(job_id=job.pk, by=owner, at=NOON)

    assert run_due(clock=at(NOON)) == 0
    job.refresh_from_db()
    assert (job.state, job.cancel_requested_by) == (JobState.CANCELLED, owner)


def test_a_running_job_stops_at_its_next_report(register: Callable[..., None]) -> None:
    owner = PersonFactory()
    steps: list[int] = []

    def long_work(progress: Progress) -> None:
        steps.append(1)
        job = Job.objects.get(public_id=progress.public_id)
        operations.cancel(job_id=job.pk, by=owner, at=NOON)
        with pytest.raises(Cancelled):
            progress.report(1, 2)
        raise Cancelled

    register(long_work)
    job = enqueue("tests.own", by=owner, at=NOON)

    run_due(clock=at(NOON))

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert steps == [1]


def test_a_stranger_cannot_cancel(runs: list[dict[str, object]]) -> None:
    job = enqueue("tests.count", by=PersonFactory(), at=NOON)

    with pytest.raises(Refused, match="Only the person who started"):
        operations.cancel(job_id=job.pk, by=PersonFactory(), at=NOON)


def test_the_job_of_a_silent_worker_is_taken_back_and_done_by_another(runs: list[dict[str, object]]) -> None:
    job = enqueue("tests.count", by=None, at=NOON)
    dead = operations.claim(at=NOON)
    assert dead is not None

    assert operations.reap(at=NOON + timedelta(seconds=59)) == 0
    assert operations.reap(at=NOON + timedelta(seconds=61)) == 1
    assert run_due(clock=at(NOON + HOUR)) == 1

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_worker_that_lost_its_lease_cannot_write(runs: list[dict[str, object]]) -> None:
    job = enqueue("tests.count", by=None, at=NOON)
    slow = operations.claim(at=NOON)
    assert slow is not None
    assert slow.lease is not None
    operations.reap(at=NOON + HOUR)

    assert not operations.finish(lease=slow.lease, result="late", at=NOON + HOUR)
    assert not operations.beat(lease=slow.lease, at=NOON + HOUR)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.QUEUED, None)


def test_a_job_that_kills_its_worker_every_time_fails_in_the_end(runs: list[dict[str, object]]) -> None:
    job = enqueue("tests.count", by=None, at=NOON)

    for day in range(1, 4):
        assert operations.claim(at=NOON + timedelta(days=day)) is not None
        operations.reap(at=NOON + timedelta(days=day, hours=1))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)


def test_texts_of_a_job_are_in_the_language_of_its_owner(register: Callable[..., None]) -> None:
    spoken: list[str | None] = []

    def speaks(_job: Progress) -> None:
        spoken.append(translation.get_language())

    register(speaks)
    enqueue("tests.own", by=PersonFactory(language="sq"), at=NOON)

    run_due(clock=at(NOON))

    assert spoken == ["sq"]


def test_a_lease_stands_exactly_while_a_job_runs() -> None:
    with pytest.raises(IntegrityError, match="job_has_a_lease_while_running"):
        JobFactory(lease=uuid4())


def test_who_may_view_a_job_equals_who_finds_it_in_lists() -> None:
    owner, stranger, administrator = PersonFactory(), PersonFactory(), SiteAdministratorFactory()
    jobs = [JobFactory(owner=owner), JobFactory(owner=None)]

    for person in (owner, stranger, administrator):
        assert set(queries.jobs_for(person)) == {job for job in jobs if rules.may_view(person, job)}


def test_every_state_says_whether_it_can_be_cancelled() -> None:
    owner = PersonFactory()
    for state in JobState:
        lease = {"lease": uuid4(), "heartbeat_at": NOON} if state == JobState.RUNNING else {}
        job = JobFactory(owner=owner, state=state, **lease)

        assert bool(rules.may_cancel(owner, job)) == (state in {JobState.QUEUED, JobState.RUNNING})
