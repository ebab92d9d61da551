"""What learners have done in the activities of a course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from biosint.exchange.models import Activity, Application, Progress


@transaction.atomic
def note_progress(
    *,
    activity: Activity,
    applications: Iterable[Application],
    at: datetime,
    handed_in: bool = False,
    done: bool = True,
    due_at: datetime | None = None,
) -> None:
    """Note that a learner, or a whole team, has done something. The calling operation has asked its own rule.

    What was done once stays done: the first ``done_at`` is kept, the newest ``handed_in_at`` counts.

    Args:
        handed_in: work arrived; whether it is late is judged by this arrival.
        done: nothing is missing any more.
        due_at: the due time of these learners where it is another than that of the activity (an extension).
    """
    keys = sorted(application.pk for application in applications)
    known = {
        progress.application_id: progress
        for progress in Progress.objects.select_for_update(of=["self"])
        .filter(activity=activity, application__in=keys)
        .order_by("pk")
    }
    due = due_at or activity.due_at
    new: list[Progress] = []
    changed: list[Progress] = []
    for key in keys:
        progress = known.get(key) or Progress(application_id=key, activity=activity)
        if handed_in:
            progress.handed_in_at = at
        if handed_in or (done and progress.done_at is None):
            progress.is_late = due is not None and at > due
        if done and progress.done_at is None:
            progress.done_at = at
        (changed if key in known else new).append(progress)
    # Two pages of one learner at once: the second row is the same fact.
    Progress.objects.bulk_create(new, ignore_conflicts=True)
    Progress.objects.bulk_update(changed, ["handed_in_at", "done_at", "is_late"])


@transaction.atomic
def undo_done(*, activity: Activity, applications: Iterable[Application]) -> None:
    """Take back that something is done, where a learner ticked it by mistake or a teacher asks for more."""
    Progress.objects.filter(activity=activity, application__in=list(applications)).update(done_at=None)
