"""The home of external tools (LTI) in courses: one activity is one place, its course the context."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from biosint.exchange import rules
from biosint.exchange.models import Activity, Application, Teaching
from biosint.exchange.operations import give_score, note_progress
from biosint.exchange.operations.tools import HOME
from biosint.exchange.queries.activities import admission_of
from biosint.exchange.queries.deadlines import deadline_for
from biosint.exchange.rules.activities import is_shown, may_work
from biosint.exchange.states import ActivityKind, ApplicationState, CourseState, ScoreSource
from biosint.lti.api import Choice, Context, Link, Member, Role

__all__ = ["HOME", "ActivityHome"]

if TYPE_CHECKING:
    from biosint.people.api import Person


class ActivityHome:
    """What courses answer when LTI asks about an activity that opens a tool."""

    def _activity(self, key: str) -> Activity:
        return (
            Activity.everything.select_related("course")
            .prefetch_related("course__teachings")
            .get(pk=int(key))
        )

    def context_of(self, link: Link) -> Context:
        course = self._activity(link.key).course
        return Context(key=f"course-{course.public_id}", title=course.title, label=course.slug)

    def role_of(self, person: Person, link: Link) -> Role | None:
        activity = self._activity(link.key)
        if activity.removed_at is not None or not is_shown(person, activity.course, activity):
            return None
        if rules.teaches(person, activity.course):
            return Role.INSTRUCTOR
        application = admission_of(person, activity.course)
        if application is None:
            return None
        end = deadline_for(activity, application).closes_at
        is_open = may_work(activity.course, activity, at=timezone.now(), closes_at=end)
        return Role.LEARNER if is_open else None

    def members_of(self, link: Link, *, role: Role | None, offset: int, limit: int) -> Sequence[Member]:
        course = self._activity(link.key).course
        teachers: list[Member] = []
        if role in (None, Role.INSTRUCTOR):
            teaching = Teaching.objects.filter(course=course, accepted_at__isnull=False)
            teachers = [
                Member(one.person, Role.INSTRUCTOR)
                for one in teaching.select_related("person").order_by("pk")
            ]
        here = teachers[offset : offset + limit]
        if role == Role.INSTRUCTOR or len(here) == limit:
            return here
        begin = max(0, offset - len(teachers))
        learners = (
            course.applications.filter(state=ApplicationState.ADMITTED)
            .select_related("learner")
            .order_by("pk")
        )
        return [
            *here,
            *(Member(one.learner, Role.LEARNER) for one in learners[begin : begin + limit - len(here)]),
        ]

    def address_of(self, link: Link) -> str:
        return self._activity(link.key).get_absolute_url()

    def take_result(
        self,
        link: Link,
        person: Person,
        *,
        percent: Decimal | None,
        is_done: bool,
        comment: str,
        at: datetime,
    ) -> None:
        activity = self._activity(link.key)
        application: Application | None = admission_of(person, activity.course)
        # What a tool says after the end stays with the tool's own records; marks stand.
        if application is None or activity.course.state in (CourseState.FINISHED, CourseState.CANCELLED):
            return
        if is_done or percent is not None:
            note_progress(
                activity=activity,
                applications=[application],
                at=at,
                handed_in=True,
                due_at=deadline_for(activity, application).due_at,
            )
        if percent is not None:
            give_score(
                activity=activity,
                application=application,
                points=percent,
                source=ScoreSource.TOOL,
                comment=comment,
                by=None,
                at=at,
            )

    def may_choose(self, person: Person, key: str) -> bool:
        activity = self._activity(key)
        return activity.kind == ActivityKind.TOOL and bool(rules.may_edit(person, activity.course))

    def address_of_choice(self, choice: Choice) -> str:
        activity = self._activity(choice.key)
        return (
            reverse("exchange:tool_setup", args=[activity.course.slug, activity.pk])
            + f"?choice={choice.public_id}"
        )
