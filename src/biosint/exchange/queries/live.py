"""Live sessions and who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.exchange.models import Application, Attendance
from biosint.exchange.queries.deadlines import zone_of
from biosint.exchange.sessions import Session, sessions_of
from biosint.exchange.states import ApplicationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from biosint.exchange.models import Activity, Course


def sessions_in(activity: Activity) -> list[Session]:
    """Return the sessions of a live activity, in order of time."""
    return sessions_of(activity.due_at, activity.settings, zone_of(activity.course))


def session_at(activity: Activity, stamp: int) -> Session | None:
    """Return the session that an address names; None where the plan has moved."""
    return next((one for one in sessions_in(activity) if one.stamp == stamp), None)


def zones_in(course: Course) -> list[str]:
    """Return the time zones of the institutions that take part."""
    return [
        zone
        for zone in course.participations.order_by()
        .values_list("institution__time_zone", flat=True)
        .distinct()
        if zone
    ]


def attended_by(activity: Activity, application: Application) -> dict[int, Attendance]:
    """Return in which sessions a learner was, by stamp."""
    found = Attendance.objects.filter(activity=activity, application=application)
    return {int(one.begins_at.timestamp()): one for one in found}


def learners_of(activity: Activity) -> QuerySet[Application]:
    return (
        Application.objects.filter(course=activity.course_id, state=ApplicationState.ADMITTED)
        .select_related("learner", "institution")
        .order_by("learner__name", "pk")
    )


def standing_of(
    activity: Activity, session: Session, applications: Iterable[Application]
) -> dict[int, Attendance]:
    """Return who of some learners was in a session, by key of the application."""
    found = Attendance.objects.filter(
        activity=activity, begins_at=session.begins_at, application__in=[one.pk for one in applications]
    )
    return {one.application_id: one for one in found}
