"""The home page of a learner: team, hours, news and progress of each course that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.exchange.models import Application, Progress
from biosint.exchange.queries.learning import learning_now
from biosint.people.api import Person
from clock import NOON
from factories import (
    ActivityFactory,
    ApplicationFactory,
    CourseFactory,
    PersonFactory,
    PostFactory,
    TeamFactory,
    TeamMemberFactory,
)
from factories.rooms import MeetingFactory

pytestmark = pytest.mark.django_db


def place(**course: Any) -> Application:
    """A learner in a published team of two."""
    start = timezone.localdate() - timedelta(days=8)
    shown = CourseFactory(
        state="running",
        start_date=start,
        end_date=start + timedelta(days=27),
        teams_published_at=NOON,
        teams_published_by=PersonFactory(),
        **course,
    )
    team = TeamFactory(course=shown, common_slots=[4 * 24 * 1 + 4 * 17])
    own: Application = ApplicationFactory(course=shown, state="admitted")
    for application in (own, ApplicationFactory(course=shown, state="admitted")):
        TeamMemberFactory(team=team, application=application)
    return own


def test_everything_of_a_course_is_told(client_of: Callable[[Person], Client]) -> None:
    own = place(title="Wards of two cities")
    first = ActivityFactory(course=own.course, position=1)
    ActivityFactory(course=own.course, position=2)
    hidden = ActivityFactory(course=own.course, position=3, is_hidden=True)
    for done in (first, hidden):
        Progress.objects.create(application=own, activity=done, done_at=NOON)
    team = own.membership.team
    mate = team.members.exclude(application=own).get().application.learner
    PostFactory(team=team, author=mate)
    PostFactory(team=team, author=own.learner)
    now = timezone.now()
    later, soon, gone = (
        MeetingFactory(team=team, starts_at=now + gap, closed_by=mate, closed_at=now)
        for gap in (timedelta(days=3), timedelta(days=1), timedelta(days=-1))
    )

    (one,) = learning_now(own.learner, now=now)
    assert (one.done, one.activities, one.unread, one.mates, one.meeting) == (1, 2, 1, [mate], soon)
    assert {later, gone} & {one.meeting} == set()

    said = client_of(own.learner).get("/").content.decode()
    for words in (
        "Wards of two cities",
        "Week 2 of 4",
        "1 of 2 done",
        "1 new message",
        mate.name,
        "We meet:",
        "Our common hours:",
    ):
        assert words in said
    assert "Your courses now" not in client_of(PersonFactory()).get("/").content.decode()


def test_a_team_that_is_not_published_is_not_told(client_of: Callable[[Person], Client]) -> None:
    own = place()
    own.course.teams_published_at = own.course.teams_published_by = None
    own.course.save()

    said = client_of(own.learner).get("/").content.decode()
    assert "Teams are not formed yet." in said
    assert "Our common hours:" not in said


@pytest.mark.parametrize("change", [{"state": "waiting"}, {"course": "closed"}])
def test_other_courses_are_left_out(change: dict[str, str]) -> None:
    own = place()
    if "course" in change:
        own.course.state = change["course"]
        own.course.save()
    else:
        Application.objects.filter(pk=own.pk).update(**change)

    assert learning_now(own.learner, now=timezone.now()) == []


def test_the_number_of_queries_does_not_grow_with_courses(django_assert_num_queries: Any) -> None:
    own = place()
    with django_assert_num_queries(6):
        learning_now(own.learner, now=timezone.now())
    for _more in range(3):
        other = place()
        Application.objects.filter(pk=other.pk).update(learner=own.learner)
    with django_assert_num_queries(6):
        assert len(learning_now(own.learner, now=timezone.now())) == 4
