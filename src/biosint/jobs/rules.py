from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.jobs.states import MOVES, JobState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.jobs.models import Job
    from biosint.people.models import Person


def may_view(person: Person, job: Job) -> Verdict:
    """Whoever asked for a job sees it, and so does the administrator of the site."""
    if person.is_staff or job.owner_id == person.pk:
        return ALLOWED
    return refused(_("Only the person who started this work can see it."))


def viewable_by(person: Person) -> Q:
    """The same sentence as ``may_view``, for lists. Their test keeps them equal."""
    return Q() if person.is_staff else Q(owner=person)


def may_cancel(person: Person, job: Job) -> Verdict:
    """Whoever sees a job may stop it while it is open."""
    verdict = may_view(person, job)
    if not verdict:
        return verdict
    if JobState.CANCELLED not in MOVES[JobState(job.state)]:
        return refused(_("This work has already ended."))
    if job.cancel_requested_at is not None:
        return refused(_("Stopping was already asked for. It ends after the step it is in."))
    return ALLOWED
