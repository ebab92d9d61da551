"""Locks for work in activities: whoever works in one and whoever removes or closes it have an order."""

from __future__ import annotations

from biosint.exchange.models import Activity, Course


def locked_activity(activity_id: int) -> Activity:
    """Return the activity with its course, also a removed one, locked until the transaction ends."""
    # Rows that refer to the activity, such as progress, may still be written: its key does not change.
    activity = (
        Activity.everything.select_for_update(of=["self"], no_key=True)
        .select_related(None)
        .get(pk=activity_id)
    )
    # Read after the lock is ours: a joined row would still show the course from before the wait.
    activity.course = Course.objects.get(pk=activity.course_id)
    return activity
