"""Where a learner stands in every course that runs now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from biosint.exchange.models import Activity, Application, Meeting, Post, Progress, RoomVisit, TeamMember
from biosint.exchange.queries._courses import applications_of
from biosint.exchange.states import ApplicationState, CourseState

if TYPE_CHECKING:
    from biosint.people.api import Person

# A meeting that has begun is still worth going to.
STILL_MEETS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Learning:
    """One course of a learner. ``done`` of ``activities``; ``unread`` messages of team-mates."""

    application: Application
    activities: int
    done: int
    mates: list[Person]
    unread: int
    meeting: Meeting | None


def learning_now(person: Person, *, now: datetime) -> list[Learning]:
    """Return the courses that run and in which the person has a place; six queries, one when there are none."""
    places = list(
        applications_of(person).filter(
            state=ApplicationState.ADMITTED, course__state=CourseState.RUNNING, completion=None
        )
    )
    if not places:
        return []
    courses = [place.course_id for place in places]
    teams = [
        place.membership.team_id
        for place in places
        if place.course.teams_published_at and hasattr(place, "membership")
    ]
    shown = Activity.objects.filter(course__in=courses, is_hidden=False)
    activities = dict(shown.order_by().values_list("course").annotate(Count("pk")))
    done = dict(
        Progress.objects.filter(application__in=places, activity__is_hidden=False, done_at__isnull=False)
        .values_list("application")
        .annotate(Count("pk"))
    )
    mates: dict[int, list[Person]] = defaultdict(list)
    for member in TeamMember.objects.filter(team__in=teams).select_related("application__learner"):
        if member.application.learner_id != person.pk:
            mates[member.team_id].append(member.application.learner)
    seen = RoomVisit.objects.filter(team=OuterRef("team"), person=person).values("last_post")[:1]
    unread = dict(
        Post.objects.filter(team__in=teams)
        .exclude(author=person)
        .filter(pk__gt=Coalesce(Subquery(seen), 0))
        .order_by()
        .values_list("team")
        .annotate(Count("pk"))
    )
    meetings: dict[int, Meeting] = {}
    for meeting in Meeting.objects.filter(team__in=teams, starts_at__gte=now - STILL_MEETS).order_by(
        F("starts_at").desc()
    ):
        meetings[meeting.team_id] = meeting
    return [
        Learning(
            place,
            activities.get(place.course_id, 0),
            done.get(place.pk, 0),
            mates[team],
            unread.get(team, 0),
            meetings.get(team),
        )
        for place in places
        for team in [place.membership.team_id if hasattr(place, "membership") else 0]
    ]
