"""Quizzes of courses: beginning one, taking its results, more time for one learner."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from biosint.audit import api as audit
from biosint.exchange.models import Activity, Application, Course, CourseBank, MoreTime, QuizActivity
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations.progress import note_progress
from biosint.exchange.operations.scores import give_score
from biosint.exchange.queries.deadlines import due_for
from biosint.exchange.queries.quizzes import admission_to, placed
from biosint.exchange.rules import may_edit
from biosint.exchange.states import ActivityKind, ScoreSource
from biosint.quizzes import api as quizzes
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


@transaction.atomic
def begin_quiz(*, activity_id: int, by: Person, at: datetime) -> quizzes.Quiz:
    """Return the quiz of an activity; begin it, and the bank of the course, where there is none yet."""
    course = locked(Activity.objects.values_list("course_id", flat=True).get(pk=activity_id))
    require(may_edit(by, course))
    activity = Activity.objects.get(pk=activity_id, kind=ActivityKind.QUIZ)
    known = QuizActivity.objects.filter(activity=activity).select_related("quiz").first()
    if known is not None:
        return known.quiz
    quiz = quizzes.create_quiz(
        bank_id=_bank_of(course, by, at).pk,
        settings=quizzes.Settings(title=activity.title),
        by=by,
        at=at,
    )
    QuizActivity.objects.create(activity=activity, quiz=quiz)
    audit.record("exchange.activity.quiz_begun", activity, by=by, at=at)
    return quiz


def _bank_of(course: Course, by: Person, at: datetime) -> quizzes.Bank:
    known = CourseBank.objects.filter(course=course).select_related("bank").first()
    if known is not None:
        return known.bank
    bank = quizzes.open_bank(title=course.title, institution=course.host, by=by, at=at)
    CourseBank.objects.create(course=course, bank=bank)
    return bank


@transaction.atomic
def allow_more_time(*, application_id: int, percent: int, by: Person, at: datetime) -> None:
    """Give a learner so much more time in every quiz of the course, also in those they answer now; 0 for none."""
    application = Application.objects.select_related("course").get(pk=application_id)
    require(may_edit(by, application.course))
    if percent:
        MoreTime.objects.update_or_create(
            application=application, defaults={"percent": percent, "granted_by": by, "granted_at": at}
        )
    else:
        MoreTime.objects.filter(application=application).delete()
    audit.record("exchange.application.more_time", application, by=by, at=at, percent=percent)


def take_result(event: quizzes.AttemptJudged, **_more: Any) -> None:
    """Give the points of a quiz to its learner, in the transaction in which the attempt was judged.

    An activity that was removed, or a learner who left, meanwhile takes no points; the attempt stays where it is.
    """
    found = placed(event.quiz_id)
    if found is None:
        return
    activity = found.activity
    application = admission_to(activity.course_id, event.person_id)
    if application is None:
        return
    if event.was_sent:
        note_progress(
            activity=activity,
            applications=[application],
            at=event.at,
            handed_in=True,
            due_at=due_for(activity, application).due_at,
        )
    if event.percent is not None:
        give_score(
            activity=activity,
            application=application,
            points=event.percent,
            source=ScoreSource.AUTO,
            by=None,
            at=event.at,
        )
