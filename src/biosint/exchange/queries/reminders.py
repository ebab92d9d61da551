"""Who has not done, and has not been told of, what is due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from biosint.exchange.models import Activity, Application, Progress, Reminder
from biosint.exchange.states import ApplicationState, CourseState


def unreminded(*, from_at: datetime, until: datetime) -> Iterator[tuple[Activity, QuerySet[Application]]]:
    """Yield required activities due in that time, with the learners who have not done them and know of no reminder."""
    soon = (
        Activity.objects.filter(
            course__state=CourseState.RUNNING,
            is_hidden=False,
            is_required=True,
            due_at__gt=from_at,
            due_at__lte=until,
        )
        .select_related("course")
        .defer("text")
        .order_by("due_at", "pk")
    )
    for activity in soon:
        done = Progress.objects.filter(application=OuterRef("pk"), activity=activity, done_at__isnull=False)
        known = Reminder.objects.filter(
            application=OuterRef("pk"), activity=activity, due_at=F("activity__due_at")
        )
        yield (
            activity,
            activity.course.applications.filter(state=ApplicationState.ADMITTED)
            .filter(~Exists(done), ~Exists(known))
            .select_related("learner"),
        )
