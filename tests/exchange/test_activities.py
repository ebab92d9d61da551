from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from biosint.audit.models import Line
from biosint.exchange import operations
from biosint.exchange.models import Activity, Progress, Score
from biosint.exchange.rules.activities import may_work
from biosint.exchange.states import ActivityKind, CourseState, ScoreSource
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, PersonFactory, ScoreFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return a_course(state=CourseState.RUNNING)


def address(activity: Activity, word: str = "") -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/{word}"


def test_learners_tick_what_they_have_read_and_take_it_back(cast: Cast, client: Client) -> None:
    learner = cast.admitted()
    page = ActivityFactory(course=cast.course)
    client.force_login(learner.learner)

    assert client.post(address(page, "done/"), {"done": "yes"}).status_code == 302
    client.post(address(page, "done/"), {"done": "yes"})

    assert Progress.objects.get(application=learner, activity=page).done_at is not None
    assert "Not done yet" in client.get(address(page)).content.decode()
    client.post(address(page, "done/"), {"done": "no"})
    assert Progress.objects.get(application=learner, activity=page).done_at is None


def test_what_leaves_work_behind_is_not_ticked(cast: Cast) -> None:
    learner = cast.admitted()
    quiz = ActivityFactory(course=cast.course, kind=ActivityKind.QUIZ)
    with pytest.raises(Refused, match="nothing to tick"):
        operations.tick(activity_id=quiz.pk, is_done=True, by=learner.learner, at=NOON)


def test_hidden_and_removed_activities_are_not_there_for_learners(cast: Cast, client: Client) -> None:
    learner = cast.admitted()
    hidden = ActivityFactory(course=cast.course, is_hidden=True)
    removed = ActivityFactory(course=cast.course, removed_at=NOON, removed_by=cast.teacher)
    client.force_login(learner.learner)
    assert client.get(address(hidden)).status_code == 404
    assert client.get(address(removed)).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(address(ActivityFactory(course=cast.course))).status_code == 404
    client.force_login(cast.teacher)
    assert client.get(address(hidden)).status_code == 200
    assert client.get(address(removed)).status_code == 404
    assert list(cast.course.activities.filter(pk=removed.pk)) == []
    assert Activity.everything.filter(pk=removed.pk).exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"opens_at": NOON + HOUR}, "not open yet"),
        ({"closes_at": NOON - HOUR}, "is closed"),
        ({"removed_at": NOON}, "has removed"),
    ],
)
def test_work_is_taken_while_an_activity_is_open(cast: Cast, fields: dict[str, object], said: str) -> None:
    activity = ActivityFactory.build(course=cast.course, **fields)
    assert said in str(may_work(cast.course, activity, at=NOON).reason)


def test_an_extension_moves_the_end_for_one_learner(cast: Cast) -> None:
    activity = ActivityFactory.build(course=cast.course, closes_at=NOON - HOUR)
    assert may_work(cast.course, activity, at=NOON, closes_at=NOON + HOUR)


def test_what_is_done_late_is_noted_as_late_and_stays_done(cast: Cast) -> None:
    learner, mate = cast.admitted(), cast.admitted()
    activity = ActivityFactory(course=cast.course, due_at=NOON)
    both = [learner, mate]

    operations.note_progress(activity=activity, applications=both, at=NOON, handed_in=True, done=False)
    operations.note_progress(activity=activity, applications=[mate], at=NOON + HOUR, handed_in=True)

    kept = {one.application_id: one for one in Progress.objects.all()}
    assert (kept[learner.pk].is_late, kept[learner.pk].done_at) == (False, None)
    assert (kept[mate.pk].is_late, kept[mate.pk].done_at) == (True, NOON + HOUR)
    operations.note_progress(
        activity=activity, applications=[learner], at=NOON + HOUR, handed_in=True, due_at=NOON + 2 * HOUR
    )
    assert Progress.objects.get(application=learner).is_late is False


def test_points_that_nobody_gave_never_replace_those_of_a_teacher(cast: Cast) -> None:
    learner = cast.admitted()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.QUIZ)
    asked = {"activity": activity, "application": learner}

    operations.give_score(**asked, points=Decimal(60), source=ScoreSource.AUTO, by=None, at=NOON)
    operations.give_score(
        **asked, points=Decimal(70), source=ScoreSource.TEACHER, seen_version=1, by=cast.teacher, at=NOON
    )
    operations.give_score(**asked, points=Decimal(90), source=ScoreSource.AUTO, by=None, at=NOON)

    assert Score.objects.get().points == 70
    assert Line.objects.filter(action="exchange.score.given").count() == 2


def test_two_markers_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    score = ScoreFactory(application=cast.admitted(), activity__course=cast.course, version=2)
    with pytest.raises(operations.ScoredMeanwhile, match="Look at them"):
        operations.give_score(
            activity=score.activity,
            application=score.application,
            points=Decimal(10),
            source=ScoreSource.TEACHER,
            seen_version=1,
            by=cast.teacher,
            at=NOON,
        )
