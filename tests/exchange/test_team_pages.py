"""The pages of the desk of teams, asked as a browser without scripts asks them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.exchange import operations
from biosint.exchange.models import Application, TeamMember, TeamPlan
from biosint.exchange.plans import PRESETS, teams_of
from biosint.exchange.web.views import teams as views
from biosint.jobs import api as jobs
from biosint.jobs.models import Job
from biosint.jobs.states import JobState
from biosint.people.api import Person
from clock import NOON
from exchange.cast import Cast, a_course
from factories import TeacherFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

ASKED = {
    "preset": "coil",
    "size_low": 4,
    "size_high": 4,
    "common_hours": 2,
    "weight_country": 3,
    "kind_country": "mix",
    "nobody_alone": ["institution", "gender"],
}


def course_with(learners: int, *, formed: bool = True) -> Cast:
    cast = a_course()
    for number in range(learners):
        cast.admitted(cast.partner if number % 2 else cast.host, gender="man" if number else "woman")
    if formed:
        operations.form_teams(course_id=cast.course.pk, plan=teams_of(4), by=cast.teacher, at=NOON)
    return cast


def desk(cast: Cast) -> str:
    return f"/courses/{cast.course.slug}/teams/"


def page_of(response: Any) -> str:
    return str(response.content.decode())


def places(cast: Cast) -> dict[int, int]:
    return dict(
        TeamMember.objects.filter(team__course=cast.course).values_list("application_id", "team__number")
    )


def member(cast: Cast, number: int) -> Application:
    return Application.objects.filter(course=cast.course, membership__team__number=number).order_by("pk")[0]


def test_who_is_in_stands_there_before_anything_is_formed(client_of: ClientOf) -> None:
    cast = course_with(4, formed=False)
    cast.admitted(free_hours="", english_level="")

    page = page_of(client_of(cast.teacher).get(desk(cast)))

    assert "Serbia" in page
    assert "Belgium" in page
    assert "Free hours not known of 1" in page
    assert "Level of English not known of 1" in page


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_fills_the_form_and_keeps_nothing(preset: str, client_of: ClientOf) -> None:
    cast = course_with(4, formed=False)

    page = page_of(client_of(cast.teacher).get(f"{desk(cast)}?preset={preset}"))

    assert f'value="{PRESETS[preset].plan.size_high}"' in page
    assert not TeamPlan.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["page", "part"])
def test_the_effect_is_shown_and_nothing_is_kept(headers: dict[str, str], client_of: ClientOf) -> None:
    cast = course_with(8, formed=False)

    page = page_of(client_of(cast.teacher).post(f"{desk(cast)}effect/", ASKED, headers=headers))

    assert "8 learners in 2 teams of 4" in page
    assert "At least 2 common hours a week: <strong>holds</strong>" in page
    assert ("<html" in page) is not bool(headers)
    assert not cast.course.teams.exists()
    assert not TeamPlan.objects.exists()


def test_the_effect_names_nobody_for_what_was_written_in_confidence(client_of: ClientOf) -> None:
    cast = course_with(4, formed=False)
    alone = Application.objects.get(course=cast.course, learner__gender="woman").learner
    type(alone).objects.filter(
        pk__in=cast.course.applications.exclude(learner=alone).values("learner")[:1]
    ).update(gender="woman")
    asked = ASKED | {"size_low": 2, "size_high": 2, "nobody_alone": ["gender"], "common_hours": 0}

    page = page_of(
        client_of(cast.teacher).post(f"{desk(cast)}effect/", asked, headers={"hx-request": "true"})
    )

    assert str(alone) not in page


def test_the_effect_says_what_cannot_hold_and_for_whom(client_of: ClientOf) -> None:
    cast = course_with(7, formed=False)
    never = cast.admitted(cast.partner, free_hours="Sun 03:00-03:30")

    page = page_of(
        client_of(cast.teacher).post(f"{desk(cast)}effect/", ASKED, headers={"hx-request": "true"})
    )

    assert "What cannot hold with 2 teams of these sizes" in page
    assert f"{never.learner} is free for 0.5 hours a week" in page


def test_a_form_that_does_not_fit_is_shown_again_with_the_reason(client_of: ClientOf) -> None:
    cast = course_with(4, formed=False)

    refusal = client_of(cast.teacher).post(f"{desk(cast)}form/", ASKED | {"size_low": 6})

    assert refusal.status_code == 422
    assert "The largest team is smaller than the smallest one." in page_of(refusal)
    assert not cast.course.teams.exists()


def test_the_teams_that_were_shown_are_the_teams_that_are_formed(client_of: ClientOf) -> None:
    cast = course_with(12, formed=False)
    plan = teams_of(4)
    draft = operations.drafted(course_id=cast.course.pk, by=cast.teacher, plan=plan, seed=7)

    operations.form_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON, plan=plan, seed=7)

    assert places(cast) == draft.places


def test_a_move_is_shown_with_its_consequence_and_done_when_posted(client_of: ClientOf) -> None:
    cast = course_with(8)
    client, moved = client_of(cast.teacher), member(cast, 1)
    version = TeamPlan.objects.get().version

    shown = page_of(client.get(f"{desk(cast)}move/?who={moved.pk}&to=2"))
    assert "goes from team 1 to team 2" in shown
    assert "Team 2: 5 people; you asked for 4" in shown
    assert places(cast)[moved.pk] == 1
    done = page_of(
        client.post(f"{desk(cast)}move/", {"who": moved.pk, "to": 2, "version": version}, follow=True)
    )

    assert "is in team 2 now." in done
    assert "Take the last change back" in done
    assert places(cast)[moved.pk] == 2


def test_a_swap_is_asked_for_by_the_person_to_change_with(client_of: ClientOf) -> None:
    cast = course_with(8)
    client, one, other = client_of(cast.teacher), member(cast, 1), member(cast, 2)

    shown = page_of(client.get(f"{desk(cast)}move/?who={one.pk}&with={other.pk}&part=1"))
    asked = {"who": one.pk, "to": 2, "with": other.pk, "version": TeamPlan.objects.get().version}
    done = page_of(client.post(f"{desk(cast)}move/", asked, follow=True))

    assert "change places" in shown
    assert "<html" not in shown
    assert "The two have changed places." in done
    assert (places(cast)[one.pk], places(cast)[other.pk]) == (2, 1)


def test_an_old_page_moves_nobody_and_says_who_was_quicker(client_of: ClientOf) -> None:
    cast = course_with(8)
    moved, other = member(cast, 1), member(cast, 2)
    old = TeamPlan.objects.get().version
    operations.move(
        course_id=cast.course.pk, application_id=other.pk, to=1, by=cast.colleague, at=timezone.now()
    )

    answer = page_of(
        client_of(cast.teacher).post(
            f"{desk(cast)}move/", {"who": moved.pk, "to": 2, "version": old}, follow=True
        )
    )

    assert f"{cast.colleague} has changed the teams" in answer
    assert places(cast)[moved.pk] == 1


def test_people_and_teams_are_locked_from_their_card(client_of: ClientOf) -> None:
    cast = course_with(8)
    client, kept = client_of(cast.teacher), member(cast, 1)

    client.post(f"{desk(cast)}lock/", {"lock": f"person-{kept.pk}-1", "version": 1})
    page = page_of(client.post(f"{desk(cast)}lock/", {"lock": "team-2-2", "version": 2}, follow=True))

    assert "Form the rest again" in page
    assert "5 learners are locked and stay" in page
    assert TeamMember.objects.get(application=kept).is_locked


def test_the_worst_come_first_and_broken_ones_alone(client_of: ClientOf) -> None:
    cast = course_with(8)
    operations.move(
        course_id=cast.course.pk, application_id=member(cast, 1).pk, to=2, by=cast.teacher, at=NOON
    )
    cast.course.teams.filter(number=1).update(broken_rules=0)
    client = client_of(cast.teacher)

    worst = page_of(client.get(f"{desk(cast)}?order=worst"))
    broken = page_of(client.get(f"{desk(cast)}?show=broken"))

    assert worst.index('id="team-2"') < worst.index('id="team-1"')
    assert 'id="team-1"' not in broken


def test_late_joiners_are_named_and_repaired_on_a_page(client_of: ClientOf) -> None:
    cast = course_with(8)
    late = cast.admitted(cast.host)
    client = client_of(cast.teacher)

    named = page_of(client.get(desk(cast)))
    shown = client.get(f"{desk(cast)}repair/")
    done = page_of(client.post(f"{desk(cast)}repair/", {"mark": shown.context["mark"]}, follow=True))

    assert f"<strong>{late.learner}</strong>" in named
    assert "Nobody else needs to move." in page_of(shown)
    assert "The teams are repaired." in done
    assert late.pk in places(cast)


@pytest.mark.parametrize("page", ["", "move/?who=1", "repair/"])
def test_strangers_learners_and_other_teachers_find_no_desk(page: str, client_of: ClientOf) -> None:
    cast = course_with(4)
    learner = member(cast, 1).learner

    for person in (learner, cast.student(), TeacherFactory(at=cast.host)):
        assert client_of(person).get(f"{desk(cast)}{page}").status_code == 404


@pytest.mark.parametrize(
    "action", ["form/", "effect/", "lock/", "undo/", "leave/", "move/", "repair/", "publish/"]
)
def test_strangers_change_nothing(action: str, client_of: ClientOf) -> None:
    cast = course_with(4)

    assert client_of(TeacherFactory(at=cast.host)).post(f"{desk(cast)}{action}", ASKED).status_code == 404


def test_learners_are_told_why_they_are_in_their_team_and_nobody_else(client_of: ClientOf) -> None:
    cast = course_with(8)
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    one, other = member(cast, 1).learner, member(cast, 2).learner

    told = page_of(client_of(one).get(f"{desk(cast)}1/why/"))

    assert "You" in told
    assert "woman" not in told
    assert client_of(other).get(f"{desk(cast)}1/why/").status_code == 404
    assert client_of(cast.teacher).get(f"{desk(cast)}1/why/").status_code == 404


@pytest.mark.parametrize("learners", [8, 64])
def test_the_desk_costs_the_same_for_few_and_many_learners(
    learners: int, client_of: ClientOf, count_queries: Any
) -> None:
    cast = course_with(learners)
    one = member(cast, 1)
    client = client_of(cast.teacher)
    client.get("/courses/")

    with count_queries(13):
        page = page_of(client.get(desk(cast)))
    with count_queries(8):
        client.get(f"{desk(cast)}move/?who={one.pk}&to=2")

    assert page.count("data-team=") == min(views.TEAMS_PER_PAGE, learners // 4)


# Large courses


def test_a_large_course_is_formed_by_a_job(
    client_of: ClientOf, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 7)
    cast = course_with(8, formed=False)
    client = client_of(cast.teacher)

    asked = client.post(f"{desk(cast)}form/", ASKED | {"version": 0})
    assert not cast.course.teams.exists()
    run_jobs()
    done = page_of(client.get(asked.url))

    assert "Teams are formed: 2." in done
    assert desk(cast) in done
    assert cast.course.teams.count() == 2


def test_while_a_colleague_forms_the_teams_of_a_large_course_one_is_told(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 7)
    cast = course_with(8, formed=False)
    client_of(cast.colleague).post(f"{desk(cast)}form/", ASKED | {"version": 0})

    told = page_of(client_of(cast.teacher).post(f"{desk(cast)}form/", ASKED | {"version": 0}, follow=True))

    assert f"{cast.colleague} is forming these teams just now." in told
    assert Job.objects.count() == 1


def test_a_job_that_the_teacher_stops_leaves_the_teams_as_they_were(
    client_of: ClientOf, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 7)
    cast = course_with(8)
    before = places(cast)
    client = client_of(cast.teacher)
    asked = client.post(f"{desk(cast)}form/", ASKED | {"size_low": 2, "size_high": 2, "version": 1})
    # Asked for while it waits for its worker, or while it works: the first report finds it.
    Job.objects.update(cancel_requested_by=cast.teacher, cancel_requested_at=timezone.now())
    run_jobs()

    assert Job.objects.get().state == JobState.CANCELLED
    assert "It was stopped." in page_of(client.get(asked.url))
    assert places(cast) == before


def test_a_worker_that_ends_in_the_middle_leaves_the_teams_and_the_next_one_forms_them(
    client_of: ClientOf, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 7)
    cast = course_with(8)
    before = places(cast)
    client_of(cast.teacher).post(f"{desk(cast)}form/", ASKED | {"size_low": 2, "size_high": 2, "version": 1})
    stop = threading.Event()
    keep = operations.form_teams

    def killed(**asked: Any) -> Any:
        stop.set()
        return keep(**asked)

    with monkeypatch.context() as patch:
        patch.setattr(operations, "form_teams", killed)
        from biosint.jobs import operations as of_jobs
        from biosint.jobs.worker import run_one

        job = of_jobs.claim(at=timezone.now())
        assert job is not None
        run_one(job, stop=stop)
    assert places(cast) == before
    assert Job.objects.get().state == JobState.QUEUED

    run_jobs()

    assert Job.objects.get().state == JobState.DONE
    assert cast.course.teams.count() == 4


def test_a_job_whose_teams_a_colleague_has_changed_meanwhile_says_so(run_jobs: Callable[[], int]) -> None:
    cast = course_with(8)
    job = jobs.enqueue(
        "exchange.form_teams",
        by=cast.teacher,
        at=timezone.now() - timedelta(seconds=1),
        course_id=cast.course.pk,
        plan=teams_of(2).as_json(),
        seed=1,
        seen_version=0,
    )

    run_jobs()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "The teams have changed" in job.failure
    assert str(cast.teacher) not in job.failure
