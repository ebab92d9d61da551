"""The loop that does the jobs: a thread in the server, or a process of its own (``biosint worker``)."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone, translation

from biosint.jobs import operations, queries
from biosint.jobs.registry import Cancelled, LeaseLost, Sentence, TaskUnknown, WorkerStops, task_of
from biosint.shared.verdicts import Fault, Refused

if TYPE_CHECKING:
    from biosint.jobs.models import Job
    from biosint.people.models import Person

log = logging.getLogger(__name__)

LOOK = 0.25  # seconds between two looks at the queue; a look at an empty queue is one quick read
ROUND = timedelta(seconds=10)  # between two signs of life and two looks for silent workers
REPORT = 0.5  # seconds between two written reports
Clock = Callable[[], datetime]


class _Running:
    """The ``Progress`` of one running job."""

    def __init__(self, job: Job, lease: UUID, stop: threading.Event, clock: Clock) -> None:
        self.public_id = job.public_id
        self.by: Person | None = job.owner
        self.attempt = job.attempts
        self._lease = lease
        self._stop = stop
        self._clock = clock
        self._written = -REPORT

    def report(self, done: int, total: int, step: Sentence = "") -> None:
        if self._stop.is_set():
            raise WorkerStops
        now = monotonic()
        if now - self._written < REPORT and done < total:
            return
        self._written = now
        job = operations.note_progress(
            lease=self._lease, done=done, total=total, step=str(step), at=self._clock()
        )
        if job is None:
            raise LeaseLost
        if job.cancel_requested_at is not None:
            raise Cancelled


@contextlib.contextmanager
def _beating(lease: UUID, clock: Clock) -> Iterator[None]:
    """Show from a thread of its own that the work lives, however long one step takes."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(operations.HEARTBEAT.total_seconds()):
            try:
                if not operations.beat(lease=lease, at=clock()):
                    break
            except DatabaseError:
                log.warning("A sign of life could not be written; the next one follows.", exc_info=True)
                connections.close_all()
        connections.close_all()

    thread = threading.Thread(target=beat, name="biosint-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def _as_the_owner_reads(owner: Person | None) -> Iterator[None]:
    """Texts that a job makes are in the language and zone of the person who asked."""
    zone = (owner.time_zone if owner else "") or settings.TIME_ZONE
    with translation.override((owner.language if owner else "") or settings.LANGUAGE_CODE):
        try:
            with timezone.override(ZoneInfo(zone)):
                yield
        except ZoneInfoNotFoundError:
            log.warning("The time zone %r is unknown; the site's own is used.", zone)
            with timezone.override(ZoneInfo(settings.TIME_ZONE)):
                yield


def run_one(job: Job, *, stop: threading.Event, clock: Clock = timezone.now) -> None:
    """Do one claimed job and write how it ended. Never raises what the task raised."""
    lease = job.lease
    assert lease is not None  # noqa: S101 -- claim() has just given it
    with _as_the_owner_reads(job.owner):
        try:
            work = task_of(job.name).work
            result = work(_Running(job, lease, stop, clock), **job.arguments)
            ended = operations.finish(lease=lease, result=result, at=clock())
        except Cancelled:
            ended = operations.end_cancelled(lease=lease, at=clock())
        except WorkerStops:
            ended = operations.hand_back(job=job, lease=lease, at=clock())
        except LeaseLost:
            ended = False
        except (Fault, Refused) as answer:
            ended = operations.end_failed(lease=lease, failure=str(answer), at=clock())
        except TaskUnknown:
            # Another version of the platform may know it: a rolling upgrade must not lose work.
            log.exception("Job %s asks for a task that this version does not know.", job.pk)
            ended = operations.try_again_or_fail(job=job, lease=lease, at=clock())
        except Exception:
            log.exception("Job %s (%s) broke at attempt %s.", job.pk, job.name, job.attempts)
            ended = operations.try_again_or_fail(job=job, lease=lease, at=clock())
    if not ended:
        log.warning(
            "Job %s (%s) was taken over by another worker; this run does not count.", job.pk, job.name
        )


def run_due(*, clock: Clock = timezone.now) -> int:
    """Do everything that is due, in the calling thread, and return how many jobs that were."""
    count = 0
    while (job := operations.claim(at=clock())) is not None:
        run_one(job, stop=threading.Event(), clock=clock)
        count += 1
    return count


def work_until(stop: threading.Event, *, clock: Clock = timezone.now) -> None:
    """Do jobs until ``stop`` is set: by the thread or signal that owns the worker."""
    name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
    started_at = clock()
    next_round = started_at
    while not stop.is_set():
        try:
            if clock() >= next_round:
                operations.show_worker(name=name, started_at=started_at, at=clock())
                operations.reap(at=clock())
                if queries.periodic_due(at=clock()):
                    operations.ask_for_periodic(at=clock())
                next_round = clock() + ROUND
            # Reading first: to claim is to write, which an idle worker must not do four times a second.
            waits = queries.oldest_due(at=clock()) is not None
            job = operations.claim(at=clock()) if waits else None
            if job is None:
                stop.wait(LOOK)
                continue
            with _beating(job.lease or uuid4(), clock):
                run_one(job, stop=stop, clock=clock)
        except DatabaseError:
            log.exception("The database does not answer; the worker looks again in five seconds.")
            connections.close_all()
            stop.wait(5)
    with contextlib.suppress(DatabaseError):
        operations.hide_worker(name=name)
    connections.close_all()


class EmbeddedWorker:
    """The worker as a thread of the server process, for one machine on its own."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=work_until, args=(self._stop,), name="biosint-worker", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def end(self, *, patience: float = 10) -> None:
        """Ask the running job to hand itself back, and wait for it at most ``patience`` seconds."""
        self._stop.set()
        self._thread.join(patience)
