"""Activities of a course, and what learners have done in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.exchange import rules
from biosint.exchange.models import Activity, Application, Course, Progress
from biosint.exchange.states import ApplicationState

if TYPE_CHECKING:
    from biosint.people.api import Person


def shown_to(person: Person, course: Course) -> QuerySet[Activity]:
    """Return the activities on the pages of a person who takes part, without their texts, in order."""
    found = course.activities.defer("text")
    return found if rules.teaches(person, course) else found.filter(is_hidden=False)


def admission_of(person: Person, course: Course) -> Application | None:
    """Return the application by which a person learns in the course, with their team, if they do."""
    return (
        course.applications.filter(learner=person, state=ApplicationState.ADMITTED)
        .select_related("membership__team")
        .first()
    )


def progress_of(application: Application) -> dict[int, Progress]:
    """Return what a learner has done, by key of the activity."""
    return {progress.activity_id: progress for progress in application.progress.all()}


def mates_of(application: Application) -> QuerySet[Application]:
    """Return the learners of a learner's team, themselves among them; only themselves where there is no team."""
    found = Application.objects.select_related("learner", "institution").order_by("learner__name", "pk")
    membership = getattr(application, "membership", None)
    if membership is None:
        return found.filter(pk=application.pk)
    return found.filter(membership__team=membership.team_id, state=ApplicationState.ADMITTED)
