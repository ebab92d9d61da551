"""When each learner's work is due, with the extensions they have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from biosint.exchange.late import Lateness, days_late, end_of_day
from biosint.exchange.models import Activity, Application, Course, Extension, LateRule


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due time and the end of one learner in one activity; empty where there is none."""

    due_at: datetime | None
    closes_at: datetime | None
    is_extended: bool = False


@dataclass(frozen=True)
class Deadlines:
    """The deadlines of some learners, read once.

    ``extended``: (activity, application or None, team or None) -> new due time.
    """

    zone: ZoneInfo
    rule: Lateness
    last_moment: datetime
    extended: Mapping[tuple[int, int | None, int | None], datetime]

    def of(self, activity: Activity, *, application_id: int, team_id: int | None) -> Deadline:
        """Return a learner's deadline: the latest of their own extension and their team's."""
        until = max(
            (
                moment
                for key in ((activity.pk, application_id, None), (activity.pk, None, team_id))
                if (moment := self.extended.get(key)) is not None
            ),
            default=None,
        )
        return _extended(activity, until)

    def days_late(self, came_at: datetime | None, deadline: Deadline) -> int:
        if came_at is None or deadline.due_at is None:
            return 0
        return days_late(came_at, deadline.due_at, grace=self.rule.grace, zone=self.zone)

    def is_over(self, deadline: Deadline, *, at: datetime) -> bool:
        """Whether nothing can come any more: after the end of the activity, else after the course's last day."""
        return at > (deadline.closes_at or max(self.last_moment, deadline.due_at or self.last_moment))


def _extended(activity: Activity, until: datetime | None) -> Deadline:
    if until is None:
        return Deadline(activity.due_at, activity.closes_at)
    return Deadline(
        max(until, activity.due_at or until),
        None if activity.closes_at is None else max(until, activity.closes_at),
        is_extended=True,
    )


def deadline_for(activity: Activity, application: Application) -> Deadline:
    """Return one learner's deadline; one query, none where the activity has neither due time nor end."""
    if activity.due_at is None and activity.closes_at is None:
        return Deadline(None, None)
    given = Extension.objects.filter(
        Q(application=application) | Q(team__isnull=False, team=team_of(application)), activity=activity
    )
    return _extended(activity, max(given.values_list("until_at", flat=True), default=None))


def lateness_of(course: Course) -> Lateness:
    kept = LateRule.objects.filter(course=course).first()
    if kept is None:
        return Lateness()
    return Lateness(timedelta(minutes=kept.grace_minutes), kept.points_per_day, kept.at_most)


def zone_of(course: Course) -> ZoneInfo:
    """Return the zone whose days are the days of the course: its host's."""
    return ZoneInfo(course.host.time_zone or "UTC")


def deadlines_of(course: Course, applications: Collection[Application]) -> Deadlines:
    """Return the deadlines of some learners of a course; two queries at any number of activities."""
    teams = {team for one in applications if (team := team_of(one)) is not None}
    extensions = Extension.objects.filter(
        Q(application__in=[one.pk for one in applications]) | Q(team__in=teams), activity__course=course
    ).values_list("activity_id", "application_id", "team_id", "until_at")
    zone = zone_of(course)
    return Deadlines(
        zone=zone,
        rule=lateness_of(course),
        last_moment=end_of_day(course.end_date, zone),
        extended={(activity, learner, team): until for activity, learner, team, until in extensions},
    )


def team_of(application: Application) -> int | None:
    membership = getattr(application, "membership", None)
    return membership.team_id if membership is not None else None


def due_for(activity: Activity, application: Application) -> Deadline:
    """Return one learner's deadline in one activity."""
    deadlines = deadlines_of(activity.course, [application])
    return deadlines.of(activity, application_id=application.pk, team_id=team_of(application))
