from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from biosint.exchange.models import Activity, Application, CourseBank, Progress, Score
from biosint.exchange.operations import quizzes as operations
from biosint.exchange.operations.scores import give_score
from biosint.exchange.queries.quizzes import attachment_of
from biosint.exchange.states import ApplicationState, CourseState, ScoreSource
from biosint.people.api import Person
from biosint.quizzes import api as quizzes
from biosint.quizzes.api import QuestionKind
from biosint.shared.verdicts import Refused
from clock import HOUR, NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, PersonFactory, TeacherFactory
from factories.quizzes import ESSAY, SAMPLES

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def with_quiz(**fields: Any) -> tuple[Cast, Activity, quizzes.Quiz]:
    """A running course with one learner and a quiz of one question of one answer."""
    cast = a_course(state=CourseState.RUNNING)
    activity = ActivityFactory(course=cast.course, kind="quiz", title="Pulse", **fields)
    quiz = operations.begin_quiz(activity_id=activity.pk, by=cast.teacher, at=NOON)
    question = quizzes.add_question(
        bank_id=quiz.bank_id, draft=quizzes.Draft(SAMPLES[QuestionKind.CHOICE]), by=cast.teacher, at=NOON
    )
    quiz = quizzes.set_parts(
        quiz_id=quiz.pk,
        parts=[quizzes.Asked(question_id=question.pk)],
        seen_version=1,
        by=cast.teacher,
        at=NOON,
    )
    return cast, activity, quiz


def answered(quiz: quizzes.Quiz, learner: Person, answer: str = "a") -> quizzes.Attempt:
    attempt = quizzes.begin(quiz_id=quiz.pk, key=uuid4(), by=learner, at=NOON)
    return quizzes.send(
        attempt_id=attempt.pk, answers={"0": answer}, seen_revision=0, by=learner, at=NOON
    ).attempt


def test_a_sent_quiz_gives_its_points_and_counts_as_done() -> None:
    cast, activity, quiz = with_quiz(due_at=NOON - HOUR)
    application = cast.admitted()

    answered(quiz, application.learner)

    score, progress = Score.objects.get(), Progress.objects.get()
    assert (score.points, score.source, score.activity) == (100, ScoreSource.AUTO, activity)
    assert (progress.done_at, progress.handed_in_at, progress.is_late) == (NOON, NOON, True)


def test_points_that_a_teacher_gave_stand_against_the_quiz() -> None:
    cast, activity, quiz = with_quiz()
    application = cast.admitted()
    give_score(
        activity=activity,
        application=application,
        points=Decimal(40),
        source=ScoreSource.TEACHER,
        seen_version=0,
        by=cast.teacher,
        at=NOON,
    )

    answered(quiz, application.learner)

    assert Score.objects.get().points == 40


def test_an_activity_removed_while_somebody_answers_keeps_the_attempt_and_gives_no_points() -> None:
    cast, activity, quiz = with_quiz()
    learner = cast.admitted().learner
    attempt = quizzes.begin(quiz_id=quiz.pk, key=uuid4(), by=learner, at=NOON)
    activity.removed_by, activity.removed_at = cast.teacher, NOON
    activity.save()

    sent = quizzes.send(attempt_id=attempt.pk, answers={"0": "a"}, seen_revision=0, by=learner, at=NOON)

    assert sent.attempt.points == 1
    assert not Score.objects.exists()


def test_strangers_and_withdrawn_learners_do_not_begin() -> None:
    cast, _activity, quiz = with_quiz()
    gone = cast.admitted()
    Application.objects.filter(pk=gone.pk).update(state=ApplicationState.WITHDRAWN)

    for person in (PersonFactory(), gone.learner, cast.teacher):
        with pytest.raises(Refused):
            quizzes.begin(quiz_id=quiz.pk, key=uuid4(), by=person, at=NOON)


@pytest.mark.parametrize(
    "fields", [{"is_hidden": True}, {"opens_at": NOON + HOUR}, {"closes_at": NOON - HOUR}]
)
def test_nobody_begins_what_is_not_open(fields: dict[str, Any]) -> None:
    cast, _activity, quiz = with_quiz(**fields)

    with pytest.raises(Refused):
        quizzes.begin(quiz_id=quiz.pk, key=uuid4(), by=cast.admitted().learner, at=NOON)


def test_more_time_is_a_share_of_the_limit() -> None:
    cast, _activity, quiz = with_quiz()
    quiz.minutes = 40
    application = cast.admitted()
    operations.allow_more_time(application_id=application.pk, percent=25, by=cast.teacher, at=NOON)

    place = attachment_of(quiz, application.learner, NOON)

    assert place is not None
    assert place.more_time == timedelta(minutes=10)


def test_the_bank_of_a_course_is_kept_by_its_teachers_as_long_as_they_teach(client_of: ClientOf) -> None:
    cast, _activity, _quiz = with_quiz()
    address = f"/quizzes/banks/{CourseBank.objects.get().bank_id}/"

    assert client_of(cast.colleague).get(address).status_code == 200
    assert client_of(TeacherFactory()).get(address).status_code == 404
    cast.course.teachings.filter(person=cast.colleague).delete()
    assert client_of(cast.colleague).get(address).status_code == 404


def test_beginning_a_quiz_twice_is_one_quiz() -> None:
    cast, activity, quiz = with_quiz()

    assert operations.begin_quiz(activity_id=activity.pk, by=cast.colleague, at=NOON) == quiz


def test_the_whole_way_of_a_learner(client_of: ClientOf) -> None:
    cast, activity, quiz = with_quiz()
    client = client_of(cast.admitted().learner)
    address = f"/courses/{cast.course.slug}/pages/{activity.pk}/"

    assert "Begin the quiz" in client.get(address).content.decode()
    opened = client.post(f"/quizzes/{quiz.pk}/begin/", {"key": uuid4()})
    assert "Go on answering" in client.get(address).content.decode()
    done = client.post(f"{opened['Location']}send/", {"q0": "a", "revision": 0}, follow=True)

    assert "1 of 1 points" in " ".join(done.content.decode().split())
    assert "You have used all your attempts" in client.get(address).content.decode()


def test_an_essay_gives_points_when_it_is_marked(client_of: ClientOf) -> None:
    cast, _activity, quiz = with_quiz()
    question = quizzes.add_question(
        bank_id=quiz.bank_id, draft=quizzes.Draft(ESSAY), by=cast.teacher, at=NOON
    )
    quiz = quizzes.set_parts(
        quiz_id=quiz.pk,
        parts=[quizzes.Asked(question_id=question.pk)],
        seen_version=quiz.version,
        by=cast.teacher,
        at=NOON,
    )
    attempt = answered(quiz, cast.admitted().learner, "Because.")
    assert not Score.objects.exists()

    page = client_of(cast.colleague).post(
        f"/quizzes/{quiz.pk}/marking/", {f"mark-{attempt.pk}-0-share": "75"}, follow=True
    )

    assert "1 answer is marked" in page.content.decode()
    assert Score.objects.get().points == 75


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_of_a_quiz_asks_as_often_for_many_attempts(
    client_of: ClientOf, count_queries: Any, count: int
) -> None:
    cast, activity, quiz = with_quiz()
    quizzes.change_quiz(
        quiz_id=quiz.pk,
        settings=quizzes.Settings(title="Pulse", attempts_allowed=0),
        seen_version=quiz.version,
        by=cast.teacher,
        at=NOON,
    )
    learner = cast.admitted().learner
    for _each in range(count):
        answered(quiz, learner)
    client = client_of(learner)
    client.get("/")

    with count_queries(16):
        client.get(f"/courses/{cast.course.slug}/pages/{activity.pk}/")
