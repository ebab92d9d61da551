from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Min, QuerySet

from biosint.jobs import rules
from biosint.jobs.models import Job, Rhythm, Worker
from biosint.jobs.registry import periodic_tasks
from biosint.jobs.states import OPEN, JobState

if TYPE_CHECKING:
    from biosint.people.models import Person


def jobs_for(person: Person) -> QuerySet[Job]:
    """Return the jobs that a person may see."""
    return Job.objects.filter(rules.viewable_by(person))


def open_job(name: str, *, key: str) -> Job | None:
    """Return the job of this name and idempotence key that waits or runs, if there is one."""
    return Job.objects.filter(name=name, key=key, state__in=OPEN).first()


def workers_seen_since(moment: datetime) -> QuerySet[Worker]:
    """Return the workers that have shown themselves since ``moment``, newest first."""
    return Worker.objects.filter(seen_at__gte=moment)


def periodic_due(*, at: datetime) -> bool:
    """Whether a periodic task waits to be asked for: its beat has come, or it was never asked for."""
    later = set(Rhythm.objects.filter(next_at__gt=at).values_list("name", flat=True))
    return any(each.name not in later for each in periodic_tasks())


def oldest_due(*, at: datetime) -> datetime | None:
    """Return since when the longest-waiting job is due, or None where nothing waits."""
    found = Job.objects.filter(state=JobState.QUEUED, due_at__lte=at).aggregate(oldest=Min("due_at"))
    oldest: datetime | None = found["oldest"]
    return oldest
