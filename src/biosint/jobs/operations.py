from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.jobs.models import Job, Rhythm, Worker
from biosint.jobs.registry import Json, periodic_tasks, task_of
from biosint.jobs.rules import may_cancel
from biosint.jobs.states import OPEN, JobState
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.models import Person

log = logging.getLogger(__name__)

# A worker shows that a job lives every few seconds; silent for this long, it is taken for dead.
HEARTBEAT = timedelta(seconds=5)
SILENCE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=5)
WORKERS_KEPT = timedelta(days=1)
JOBS_KEPT = timedelta(days=30)
# One key for all runs of a periodic task: while one waits or runs, none is added.
PERIODIC_KEY = "periodic"


def enqueue(
    name: str,
    *,
    by: Person | None,
    at: datetime,
    key: str = "",
    due_at: datetime | None = None,
    **arguments: Json,
) -> Job:
    """Ask for a piece of work; it starts when the caller's transaction is committed.

    Args:
        by: who may see and stop it; None for work of the platform itself.
        key: idempotence key. While a job of this name and key is open, it is returned instead of a second one.
        due_at: not before this moment; at once when left out.
        arguments: handed to the task by name. Small and JSON: keys of records, never records.

    Raises:
        TaskUnknown: no app registers ``name``.
        IntegrityError: the open job of this key ended in the same instant; asking again settles it.
    """
    task = task_of(name)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                name=name,
                key=key,
                owner=by,
                arguments=arguments,
                enqueued_at=at,
                due_at=due_at or at,
                attempts_allowed=task.attempts,
            )
    except IntegrityError:
        same = Job.objects.filter(name=name, key=key, state__in=OPEN).first() if key else None
        if same is None:
            raise
        return same
    return job


@transaction.atomic
def cancel(*, job_id: int, by: Person, at: datetime) -> Job:
    """Stop a job: at once while it waits, else at its next report."""
    job = Job.objects.select_for_update(of=["self"]).get(pk=job_id)
    require(may_cancel(by, job))
    job.cancel_requested_by = by
    job.cancel_requested_at = at
    if job.state == JobState.QUEUED:
        job.state = JobState.CANCELLED
        job.finished_at = at
    job.save(update_fields=["cancel_requested_by", "cancel_requested_at", "state", "finished_at"])
    audit.record("jobs.job.cancelled", job, by=by, at=at)
    return job


@transaction.atomic
def claim(*, at: datetime) -> Job | None:
    """Take the longest-due job for the calling worker, or return None where nothing is due.

    Several workers may ask at once: on PostgreSQL each skips the rows another one holds, on
    SQLite an immediate transaction lets one in at a time.
    """
    job = (
        Job.objects.select_for_update(of=["self"], skip_locked=True)
        .filter(state=JobState.QUEUED, due_at__lte=at)
        .order_by("due_at", "pk")
        .first()
    )
    if job is None:
        return None
    job.state = JobState.RUNNING
    job.lease = uuid.uuid4()
    job.attempts += 1
    job.started_at = job.started_at or at
    job.heartbeat_at = at
    job.save(update_fields=["state", "lease", "attempts", "started_at", "heartbeat_at"])
    return job


def beat(*, lease: uuid.UUID, at: datetime) -> bool:
    """Show that the work lives. False: the lease is lost."""
    return Job.objects.filter(lease=lease).update(heartbeat_at=at) == 1


def note_progress(*, lease: uuid.UUID, done: int, total: int, step: str, at: datetime) -> Job | None:
    """Write how far the work is and return the job; None: the lease is lost."""
    held = Job.objects.filter(lease=lease)
    if not held.update(done=done, total=total, step=step[:200], heartbeat_at=at):
        return None
    return held.first()


def _end(lease: uuid.UUID, state: JobState, at: datetime, **fields: object) -> bool:
    ended = Job.objects.filter(lease=lease).update(
        state=state, lease=None, finished_at=at if state not in OPEN else None, **fields
    )
    return ended == 1


def finish(*, lease: uuid.UUID, result: Json, at: datetime) -> bool:
    """Write that the work is done. False: the lease is lost, so another worker's run counts."""
    return _end(lease, JobState.DONE, at, result=result, failure="")


def end_cancelled(*, lease: uuid.UUID, at: datetime) -> bool:
    """Write that the work stopped as the person asked."""
    return _end(lease, JobState.CANCELLED, at)


def end_failed(*, lease: uuid.UUID, failure: str, at: datetime) -> bool:
    """Write that the work ended without success and will not be tried again."""
    return _end(lease, JobState.FAILED, at, failure=failure)


def hand_back(*, job: Job, lease: uuid.UUID, at: datetime) -> bool:
    """Let the next worker begin anew, because this one is told to end. It does not count as an attempt."""
    return _end(lease, JobState.QUEUED, at, due_at=at, attempts=max(0, job.attempts - 1))


def try_again_or_fail(*, job: Job, lease: uuid.UUID, at: datetime) -> bool:
    """After a breakage: wait (5 s, 20 s, 80 s …) and try again, or fail when the attempts are used up."""
    if job.attempts >= job.attempts_allowed:
        return end_failed(lease=lease, failure=_broken(), at=at)
    pause = FIRST_PAUSE * 4 ** (job.attempts - 1)
    return _end(lease, JobState.QUEUED, at, due_at=at + pause)


def _broken() -> str:
    return _(
        "Something broke while this ran, also when it was tried again. Tell the administrator of this site; the log says more."
    )


@transaction.atomic
def reap(*, at: datetime) -> int:
    """Take back the jobs of workers that fell silent (killed, unplugged) and return how many."""
    silent = Job.objects.select_for_update(of=["self"], skip_locked=True).filter(
        state=JobState.RUNNING, heartbeat_at__lt=at - SILENCE
    )
    taken = 0
    for job in silent:
        log.warning("The worker of job %s (%s) fell silent; attempt %s.", job.pk, job.name, job.attempts)
        assert job.lease is not None  # noqa: S101 -- a database constraint says so
        if job.cancel_requested_at is not None:
            end_cancelled(lease=job.lease, at=at)
        else:
            try_again_or_fail(job=job, lease=job.lease, at=at)
        taken += 1
    return taken


@transaction.atomic
def ask_for_periodic(*, at: datetime) -> int:
    """Enqueue the periodic tasks whose beat has come and return how many; called by every worker in its rounds.

    Several workers may look at once: whoever moves the beat on enqueues. Both happen in one
    transaction, so a killed worker neither loses a beat nor doubles it.
    """
    known = dict(Rhythm.objects.values_list("name", "next_at"))
    asked = 0
    for each in periodic_tasks():
        next_at = known.get(each.name)
        if next_at is None:
            # A task that this site has not known: its first beat is now.
            Rhythm.objects.get_or_create(name=each.name, defaults={"next_at": at})
            next_at = at
        if next_at > at:
            continue
        moved = Rhythm.objects.filter(name=each.name, next_at=next_at).update(next_at=each.after(at))
        if moved:
            enqueue(each.name, by=None, at=at, key=PERIODIC_KEY)
            asked += 1
    return asked


def sweep(*, at: datetime) -> int:
    """Delete the platform's own jobs that ended a month ago and return how many; people's own jobs stay."""
    gone, _rows = Job.objects.filter(
        owner=None, state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=at - JOBS_KEPT
    ).delete()
    return gone


def show_worker(*, name: str, started_at: datetime, at: datetime) -> None:
    """Leave a sign that a worker lives; signs a day old are swept away."""
    Worker.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": at})
    Worker.objects.filter(seen_at__lt=at - WORKERS_KEPT).delete()


def hide_worker(*, name: str) -> None:
    """Take the sign away when a worker ends in order."""
    Worker.objects.filter(name=name).delete()
