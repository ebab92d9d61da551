"""Learners say themselves that they have done something."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.exchange.models import Activity, Course
from biosint.exchange.operations.progress import note_progress, undo_done
from biosint.exchange.queries.activities import admission_of
from biosint.exchange.queries.deadlines import Deadline, deadline_for
from biosint.exchange.rules.activities import may_tick
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


@transaction.atomic
def tick(*, activity_id: int, is_done: bool, by: Person, at: datetime) -> None:
    """Note that the learner has done an activity that is only read, or take it back. Pressing twice is once."""
    activity = Activity.everything.get(pk=activity_id)
    course = Course.objects.prefetch_related("teachings").get(pk=activity.course_id)
    application = admission_of(by, course)
    deadline = deadline_for(activity, application) if application is not None else Deadline(None, None)
    require(may_tick(course, activity, application=application, at=at, closes_at=deadline.closes_at))
    if application is None:
        return
    if is_done:
        note_progress(activity=activity, applications=[application], at=at, due_at=deadline.due_at)
    else:
        undo_done(activity=activity, applications=[application])
