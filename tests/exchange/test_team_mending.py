"""Teams that learners leave or join while some are locked, changes pressed twice, and changes of two teachers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from biosint.exchange import operations, queries
from biosint.exchange.models import Application, TeamMember, TeamPlan
from biosint.exchange.plans import Plan, teams_of
from biosint.people.api import Person
from clock import NOON
from exchange.cast import Cast, a_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

LATER = NOON + timedelta(hours=1)


def formed(*sizes: int) -> Cast:
    """Return a course with teams of these sizes, judged."""
    cast = a_course()
    for number, size in enumerate(sizes, start=1):
        cast.team(
            *(cast.admitted(cast.partner if odd % 2 else cast.host) for odd in range(size)), number=number
        )
    TeamPlan.objects.create(course=cast.course, asked=teams_of(4).as_json())
    return cast


def places(cast: Cast) -> dict[int, int]:
    return dict(
        TeamMember.objects.filter(team__course=cast.course).values_list("application_id", "team__number")
    )


def member(cast: Cast, number: int) -> Application:
    return Application.objects.filter(course=cast.course, membership__team__number=number).order_by("pk")[0]


def version(cast: Cast) -> int:
    return TeamPlan.objects.get(course=cast.course).version


def desk(cast: Cast) -> str:
    return f"/courses/{cast.course.slug}/teams/"


def lock(cast: Cast, **what: Any) -> None:
    operations.lock(course_id=cast.course.pk, is_locked=True, by=cast.teacher, at=LATER, **what)


def mark(cast: Cast) -> str:
    return operations.mending(course_id=cast.course.pk, by=cast.teacher).mark


def test_a_repair_where_everybody_left_is_locked_moves_nobody(client_of: ClientOf) -> None:
    cast = formed(4, 4)
    for number in (1, 2):
        lock(cast, number=number)
    gone = member(cast, 2)
    operations.withdraw(application_id=gone.pk, by=gone.learner, at=LATER)
    before = places(cast)
    client = client_of(cast.teacher)

    shown = client.get(f"{desk(cast)}repair/")
    client.post(f"{desk(cast)}repair/", {"mark": shown.context["mark"]})

    assert places(cast) == before
    assert queries.who_left(TeamPlan.objects.get()) == []


def test_a_published_course_that_everybody_has_left_says_so(client_of: ClientOf) -> None:
    cast = formed(2)
    cast.publish_teams()
    for application in cast.course.applications.all():
        operations.take_out(application_id=application.pk, by=cast.teacher, at=LATER)

    page = client_of(cast.teacher).get(f"{desk(cast)}repair/", follow=True).content.decode()

    assert "Nobody is in this course any more." in page


def test_one_newcomer_beside_locked_teams_never_becomes_a_team_of_one(client_of: ClientOf) -> None:
    cast = formed(4, 3)
    for number in (1, 2):
        lock(cast, number=number)
    cast.admitted(cast.host)

    page = client_of(cast.teacher).get(f"{desk(cast)}repair/", follow=True).content.decode()

    assert "Unlock a team." in page
    for again in (
        lambda: mark(cast),
        lambda: operations.form_teams(course_id=cast.course.pk, by=cast.teacher, at=LATER),
    ):
        with pytest.raises(operations.CannotForm, match="alone"):
            again()


def test_pairs_that_lost_people_are_joined_instead_of_left_alone() -> None:
    cast = formed(2, 2, 2)
    asked = Plan(size_low=2, size_high=2, two_countries=False, nobody_alone=(), common_hours=0)
    TeamPlan.objects.update(asked=asked.as_json())
    for number in (1, 2):
        operations.take_out(application_id=member(cast, number).pk, by=cast.teacher, at=LATER)

    operations.repair(course_id=cast.course.pk, mark=mark(cast), by=cast.teacher, at=LATER)

    assert sorted(Counter(places(cast).values()).values()) == [2, 2]


def test_a_repair_pressed_twice_is_done_once_and_can_still_be_taken_back() -> None:
    cast = formed(4, 4)
    late = cast.admitted(cast.host)
    shown = mark(cast)
    operations.repair(course_id=cast.course.pk, mark=shown, by=cast.teacher, at=LATER)

    with pytest.raises(operations.TeamsChanged):
        operations.repair(course_id=cast.course.pk, mark=shown, by=cast.teacher, at=LATER)
    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    assert late.pk not in places(cast)


def test_locks_that_even_sizes_cannot_hold_are_told_with_the_true_reason() -> None:
    cast = formed(3, 5)
    for application in cast.course.applications.all():
        lock(cast, application_id=application.pk)

    with pytest.raises(operations.CannotForm, match="differ by one person at most"):
        operations.form_teams(
            course_id=cast.course.pk,
            plan=Plan(size_low=2, size_high=8),
            by=cast.teacher,
            at=LATER,
        )
