"""Where quizzes stand in courses, and the banks that teachers keep through theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.exchange.models import Activity, Application, Course, CourseBank, QuizActivity
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.rules import taught_by
from biosint.exchange.rules.activities import may_work
from biosint.exchange.states import ApplicationState
from biosint.quizzes.api import Attachment, Quiz
from biosint.shared.verdicts import refused

if TYPE_CHECKING:
    from biosint.people.api import Person


def quiz_of(activity: Activity) -> Quiz | None:
    """Return the quiz that learners answer in an activity, once its teachers have begun it."""
    found = QuizActivity.objects.filter(activity=activity).select_related("quiz__bank").first()
    return found.quiz if found is not None else None


def placed(quiz_id: int) -> QuizActivity | None:
    """Return the standing activity in which a quiz is answered; None once the activity is removed."""
    return (
        QuizActivity.objects.filter(quiz=quiz_id, activity__removed_at=None)
        .select_related("activity__course__host")
        .first()
    )


def admission_to(course_id: int, person_id: int) -> Application | None:
    return (
        Application.objects.filter(course=course_id, learner=person_id, state=ApplicationState.ADMITTED)
        .select_related("more_time", "membership")
        .first()
    )


def attachment_of(quiz: Quiz, person: Person, at: datetime) -> Attachment | None:
    """Return a quiz's place in its course as one person finds it."""
    found = placed(quiz.pk)
    if found is None:
        return None
    return attachment(found.activity, quiz, admission_to(found.activity.course_id, person.pk), at=at)


def attachment(
    activity: Activity, quiz: Quiz, application: Application | None, *, at: datetime
) -> Attachment:
    """Return the place of a quiz whose activity and learner are at hand, with the learner's own end."""
    course = activity.course
    place = Attachment(
        title=activity.title,
        url=reverse("exchange:activity", args=[course.slug, activity.pk]),
        trail=_trail(course, activity),
        closes_at=activity.closes_at,
        may_answer=refused(_("Only learners of the course answer its quizzes.")),
    )
    if application is None:
        return place
    if activity.is_hidden:
        return replace(place, may_answer=refused(_("This quiz is not open yet.")))
    end = due_for(activity, application).closes_at
    return replace(
        place,
        may_answer=may_work(course, activity, at=at, closes_at=end),
        closes_at=end,
        more_time=_more_time(application, quiz),
    )


def _trail(course: Course, activity: Activity) -> tuple[tuple[str, str], ...]:
    return (
        (course.title, reverse("exchange:course", args=[course.slug])),
        (activity.title, reverse("exchange:activity", args=[course.slug, activity.pk])),
    )


def _more_time(application: Application, quiz: Quiz) -> timedelta:
    granted = getattr(application, "more_time", None)
    if granted is None or not quiz.minutes:
        return timedelta(0)
    percent: int = granted.percent
    return timedelta(minutes=quiz.minutes) * percent / 100


def banks_of_teacher(person: Person) -> Iterable[int]:
    """Return keys of the banks of courses that a person teaches, as a query that others join."""
    return CourseBank.objects.filter(course__in=Course.objects.filter(taught_by(person))).values_list(
        "bank", flat=True
    )
