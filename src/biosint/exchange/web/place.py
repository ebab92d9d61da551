"""Where a person stands in front of an activity: which course, which team, learner or teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import queries, rules
from biosint.exchange.models import Activity, Application, Course, Progress, Team
from biosint.exchange.queries.activities import admission_of, mates_of
from biosint.exchange.queries.deadlines import Deadline, deadline_for
from biosint.exchange.rules.activities import is_shown, may_work, was_shown_just_now
from biosint.exchange.states import ActivityKind
from biosint.shared.verdicts import Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.shared.requests import SignedIn


@dataclass(frozen=True)
class Place:
    """One person in front of one activity.

    Attributes:
        application: by which the person learns in the course; None for its teachers.
        now: one moment for everything that is judged in the request.
    """

    course: Course
    activity: Activity
    person: Person
    application: Application | None
    now: datetime

    @property
    def is_teacher(self) -> bool:
        return rules.teaches(self.person, self.course)

    @property
    def team(self) -> Team | None:
        """The learner's team, once the course has published its teams."""
        if self.application is None or self.course.teams_published_at is None:
            return None
        membership = getattr(self.application, "membership", None)
        return membership.team if membership is not None else None

    @cached_property
    def workers(self) -> list[Application]:
        """Whose work this is: the learner, or the whole team where the activity is for teams."""
        if self.application is None:
            return []
        if self.activity.for_teams and self.team is not None:
            return list(mates_of(self.application))
        return [self.application]

    @cached_property
    def progress(self) -> Progress | None:
        """What the learner has done here; None for teachers and for learners who have done nothing."""
        if self.application is None:
            return None
        return self.application.progress.filter(activity=self.activity).first()

    @cached_property
    def deadline(self) -> Deadline:
        """When the work is due and the activity ends for this learner, extensions included."""
        if self.application is None:
            return Deadline(self.activity.due_at, self.activity.closes_at)
        return deadline_for(self.activity, self.application)

    @property
    def may_work(self) -> Verdict:
        """Whether the learner may work here now."""
        if self.application is None:
            return refused(_("Only learners of the course work here. You see what they see."))
        return may_work(self.course, self.activity, at=self.now, closes_at=self.deadline.closes_at)


def place_or_404(
    request: SignedIn, slug: str, activity_id: int, *, kind: ActivityKind | None = None, removed: bool = False
) -> Place:
    """Return where the signed-in person stands; strangers, and learners before hidden activities, get 404.

    Args:
        kind: the activity must be of it.
        removed: find activities that were just removed or hidden as well, for actions that keep what somebody was just writing.
    """
    course = get_object_or_404(queries.courses_for(request.user), slug=slug)
    application = admission_of(request.user, course)
    if application is None and not rules.teaches(request.user, course):
        raise Http404
    standing = Activity.everything if removed else Activity.objects
    activity = get_object_or_404(
        standing.filter(course=course).select_related("marking_plan__rubric"), pk=activity_id
    )
    # The course in hand has its teachers already: rules read them without another query.
    activity.course = course
    now = timezone.now()
    is_open_to_them = is_shown(request.user, course, activity) or (
        removed and was_shown_just_now(activity, at=now)
    )
    if not is_open_to_them or (kind is not None and activity.kind != kind):
        raise Http404
    return Place(course, activity, request.user, application, now)
