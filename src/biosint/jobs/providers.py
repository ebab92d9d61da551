"""What jobs hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from biosint.jobs.models import Job
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.models import Person


def _export(person: Person) -> Iterable[dict[str, Any]]:
    """Long work that the person asked for."""
    for job in Job.objects.filter(owner=person):
        yield {
            "name": job.name,
            "state": job.get_state_display(),
            "enqueued_at": job.enqueued_at,
            "finished_at": job.finished_at,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.EXPORTERS.append(("jobs.job", _export))
