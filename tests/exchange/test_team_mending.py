"""Teams that learners leave or join while some are locked, changes pressed twice, and changes of two teachers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.utils import timezone

from biosint.audit.models import Line
from biosint.exchange import operations, queries
from biosint.exchange.models import Application, Team, TeamMember, TeamPlan
from biosint.exchange.operations import _teams
from biosint.exchange.plans import Plan, teams_of
from biosint.exchange.web.views import teams as views
from biosint.jobs import api as jobs
from biosint.jobs.models import Job
from biosint.jobs.states import JobState
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
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

    assert "Unlock a team or a person." in page
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


def test_teams_that_a_teacher_has_not_seen_are_not_published(client_of: ClientOf) -> None:
    cast = formed(4, 4)
    client = client_of(cast.teacher)
    seen = client.get(desk(cast)).context["kept"].version
    operations.move(
        course_id=cast.course.pk, application_id=member(cast, 1).pk, to=2, by=cast.colleague, at=LATER
    )

    told = client.post(f"{desk(cast)}publish/", {"version": seen}, follow=True).content.decode()
    cast.course.refresh_from_db()
    assert cast.course.teams_published_at is None
    assert f"{cast.colleague} has changed the teams" in told
    client.post(f"{desk(cast)}publish/", {"version": version(cast)})
    cast.course.refresh_from_db()
    assert cast.course.teams_published_at is not None


def test_publishing_counts_as_a_change_of_the_teams() -> None:
    cast = formed(4, 4)
    seen = version(cast)
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    with pytest.raises(operations.TeamsChanged):
        operations.move(
            course_id=cast.course.pk,
            application_id=member(cast, 1).pk,
            to=2,
            seen_version=seen,
            by=cast.colleague,
            at=LATER,
        )


def test_asking_for_other_teams_while_some_are_formed_is_told(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 7)
    cast = formed(4, 4)
    client = client_of(cast.teacher)
    asked = {"preset": "coil", "size_low": 4, "size_high": 4, "common_hours": 2, "version": 0}

    pages = [
        client.post(f"{desk(cast)}form/", asked | other, follow=True).content.decode()
        for other in ({}, {}, {"weight_country": 5})
    ]

    assert ["being formed already" in page for page in pages] == [False, False, True]
    assert Job.objects.count() == 1


def test_a_job_that_had_formed_its_teams_before_its_worker_was_killed_ends_well(
    run_jobs: Callable[[], int],
) -> None:
    cast = formed(4, 4)
    jobs.enqueue(
        "exchange.form_teams",
        by=cast.teacher,
        at=timezone.now() - timedelta(seconds=1),
        course_id=cast.course.pk,
        plan=teams_of(2).as_json(),
        seed=1,
        seen_version=0,
    )
    run_jobs()
    before = (places(cast), version(cast))
    # As if the worker had been killed after the teams were kept, before the job was.
    Job.objects.update(state=JobState.QUEUED, result=None, finished_at=None)

    run_jobs()

    job = Job.objects.get()
    assert (job.state, job.failure) == (JobState.DONE, "")
    assert (places(cast), version(cast)) == before


def test_moving_somebody_keeps_every_teacher_within_what_they_can_accompany() -> None:
    cast = formed(4, 4)
    plan = Plan(
        size_low=2, size_high=4, common_hours=0, facilitators={cast.teacher.pk: 1, cast.colleague.pk: 1}
    )
    operations.form_teams(course_id=cast.course.pk, plan=plan, by=cast.teacher, at=LATER)
    cast.course.teams.update(facilitator=cast.teacher)
    one, other = (team.number for team in cast.course.teams.all()[:2])

    operations.move(
        course_id=cast.course.pk, application_id=member(cast, one).pk, to=other, by=cast.teacher, at=LATER
    )

    accompanied = list(cast.course.teams.exclude(facilitator=None).values_list("facilitator", flat=True))
    assert sorted(accompanied) == sorted([cast.teacher.pk, cast.colleague.pk])


def test_taking_back_what_was_formed_takes_back_what_was_asked() -> None:
    cast = formed(4, 4)
    asked = TeamPlan.objects.get().plan
    operations.form_teams(course_id=cast.course.pk, plan=teams_of(2), by=cast.teacher, at=LATER)

    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    assert TeamPlan.objects.get().plan == asked


def test_what_was_locked_since_is_not_taken_apart_by_taking_back() -> None:
    cast = formed(4, 4)
    moved = member(cast, 1)
    operations.move(course_id=cast.course.pk, application_id=moved.pk, to=2, by=cast.teacher, at=LATER)
    lock(cast, number=2)

    with pytest.raises(Refused, match="nothing to take back"):
        operations.undo(course_id=cast.course.pk, by=cast.colleague, at=LATER)

    assert places(cast)[moved.pk] == 2


def test_a_change_between_the_look_and_the_search_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = formed(4, 4)
    moved = member(cast, 1)
    draft = _teams.drafted

    def late(**asked: Any) -> Any:
        operations.move(course_id=cast.course.pk, application_id=moved.pk, to=2, by=cast.colleague, at=LATER)
        return draft(**asked)

    monkeypatch.setattr(_teams, "drafted", late)
    with pytest.raises(operations.TeamsChanged):
        operations.form_teams(course_id=cast.course.pk, seen_version=0, by=cast.teacher, at=LATER)

    assert places(cast)[moved.pk] == 2


def test_leaving_pressed_twice_is_told_once_more(client_of: ClientOf) -> None:
    cast = formed(4, 4)
    gone = member(cast, 1)
    client = client_of(cast.teacher)

    answers = [client.post(f"{desk(cast)}leave/", {"who": gone.pk}, follow=True) for _pressed in range(2)]

    assert [f"{gone.learner} has left the course." in page.content.decode() for page in answers] == [
        True,
        True,
    ]


def test_nobody_of_another_course_is_locked_and_nothing_is_noted() -> None:
    cast, other = formed(4), formed(4)

    for what in ({"application_id": member(other, 1).pk}, {"number": 7}, {}):
        with pytest.raises(operations.NotInATeam):
            lock(cast, **what)

    assert version(cast) == 0
    assert not Line.objects.filter(action="exchange.teams.locked").exists()
    assert not TeamMember.objects.filter(is_locked=True).exists()


def test_numbers_of_teams_reach_as_far_as_learners_do() -> None:
    kind = Team._meta.get_field("number").get_internal_type()

    assert BaseDatabaseOperations.integer_field_ranges[kind][1] >= 1_000_000


def test_two_people_locked_apart_are_not_left_alone_by_a_repair() -> None:
    cast = formed(2, 2)
    for number in (1, 2):
        kept = member(cast, number)
        lock(cast, application_id=kept.pk)
        gone = cast.course.applications.filter(membership__team__number=number).exclude(pk=kept.pk).get()
        operations.withdraw(application_id=gone.pk, by=gone.learner, at=LATER)

    with pytest.raises(operations.CannotForm, match="Unlock a team or a person"):
        mark(cast)
