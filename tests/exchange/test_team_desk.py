"""What teachers do with teams once they are formed: move, lock, form the rest again, take back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

import iahcalc.teams
from at_once import at_once
from biosint.audit.models import Line
from biosint.evidence import api as evidence
from biosint.exchange import operations, queries
from biosint.exchange.models import Application, Course, Team, TeamMember, TeamPlan
from biosint.exchange.plans import ATTRIBUTES, PRESETS, Asked, Plan, number_of_teams, plan_from, teams_of
from biosint.exchange.states import CourseState
from biosint.notices.models import Notice
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import Cast, a_course
from factories import CourseFactory, PostFactory, TeamFactory
from migrating import stepwise

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


def two_teams(*, people: int = 8, **fields: Any) -> tuple[Cast, list[Application]]:
    """An open course whose teams have been formed: of four, from two countries."""
    cast = a_course(**fields)
    learners = [cast.admitted(cast.partner if number % 2 else cast.host) for number in range(people)]
    form(cast)
    return cast, learners


def form(cast: Cast, **more: Any) -> list[Team]:
    return operations.form_teams(
        course_id=cast.course.pk, **{"plan": teams_of(4), "by": cast.teacher, "at": NOON, **more}
    )


def places(cast: Cast) -> dict[int, int]:
    return dict(
        TeamMember.objects.filter(team__course=cast.course).values_list("application_id", "team__number")
    )


def version(cast: Cast) -> int:
    return TeamPlan.objects.get(course=cast.course).version


def strangers(cast: Cast, number: int) -> Application:
    """Return somebody who is not in a team."""
    return Application.objects.filter(course=cast.course).exclude(membership__team__number=number)[0]


def members(cast: Cast, number: int) -> list[Application]:
    return list(Application.objects.filter(course=cast.course, membership__team__number=number))


# What is asked


def test_a_plan_is_kept_with_the_course_as_it_was_asked() -> None:
    cast = a_course()
    for place in (cast.host, cast.partner):
        cast.admitted(place)
    plan = Plan(
        size_low=2,
        size_high=3,
        wishes={"country": Asked(kind="balance", weight=5)},
        common_hours=1.5,
        nobody_alone=("country",),
        institutions_at_most=2,
        shared_level="B1",
        facilitators={cast.teacher.pk: 4},
    )

    form(cast, plan=plan)

    assert queries.team_plan_of(cast.course).plan == plan


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_forms_teams_and_is_read_back(preset: str) -> None:
    cast = a_course()
    for number in range(9):
        cast.admitted(cast.partner if number % 2 else cast.host)
    plan = PRESETS[preset].plan

    formed = form(cast, plan=plan)

    assert plan_from(plan.as_json()) == plan
    assert set(plan.wishes) <= set(ATTRIBUTES)
    assert len(formed) == number_of_teams(9, plan)
    assert sorted(places(cast)) == sorted(cast.course.applications.values_list("pk", flat=True))


def test_what_is_stored_about_a_team_is_its_score_and_what_does_not_hold() -> None:
    cast, _learners = two_teams()

    team = cast.course.teams.get(number=1)

    assert team.score is not None
    assert 0 <= team.score <= 1
    assert [one["attribute"] for one in team.wishes] == ["country", "profession", "institution", "english"]
    assert team.broken_rules == 0


def test_a_rule_about_gender_that_does_not_hold_is_counted_nowhere() -> None:
    cast = a_course()
    for number in range(4):
        cast.admitted(cast.partner if number % 2 else cast.host, gender="man" if number else "woman")

    (team,) = form(cast)

    assert "gender" not in str(team.reasons)
    assert team.broken_rules == 0


def test_teachers_accompany_teams_as_far_as_they_can() -> None:
    cast, _learners = two_teams()
    plan = Plan(
        size_low=4, size_high=4, common_hours=0, facilitators={cast.teacher.pk: 1, cast.colleague.pk: 1}
    )

    formed = form(cast, plan=plan)

    assert {team.facilitator for team in formed} == {cast.teacher, cast.colleague}


def test_team_mates_of_an_earlier_course_are_parted() -> None:
    cast, learners = two_teams()
    earlier = a_course()
    before = [
        Application.objects.create(
            course=earlier.course, learner=one.learner, state="admitted", submitted_at=NOON
        )
        for one in learners
    ]
    earlier.team(*before[:2], number=1)
    earlier.team(*before[2:4], number=2)
    earlier.publish_teams()

    form(cast, plan=Plan(size_low=4, size_high=4, not_again=earlier.course.pk, nobody_alone=()))

    assert list(queries.earlier_courses(cast.course, person=earlier.teacher)) == [earlier.course]
    now = places(cast)
    assert now[learners[0].pk] != now[learners[1].pk]
    assert now[learners[2].pk] != now[learners[3].pk]


# Moving


def test_a_learner_moves_to_another_team_and_both_teams_are_judged_again() -> None:
    cast, _learners = two_teams()
    moved = members(cast, 1)[0]

    operations.move(
        course_id=cast.course.pk,
        application_id=moved.pk,
        to=2,
        seen_version=version(cast),
        by=cast.teacher,
        at=LATER,
    )

    assert places(cast)[moved.pk] == 2
    assert [team.reasons[0]["parameters"]["count"] for team in cast.course.teams.all()] == [3, 5]
    assert [team.broken_rules > 0 for team in cast.course.teams.all()] == [True, True]
    assert Line.objects.filter(action="exchange.teams.moved").count() == 1


def test_two_learners_change_places() -> None:
    cast, _learners = two_teams()
    one, other = members(cast, 1)[0], members(cast, 2)[0]

    operations.swap(
        course_id=cast.course.pk, application_id=one.pk, with_id=other.pk, by=cast.teacher, at=LATER
    )

    now = places(cast)
    assert (now[one.pk], now[other.pk]) == (2, 1)


def test_a_team_that_everybody_has_left_ends_before_learners_have_seen_it() -> None:
    cast = a_course()
    one, other = cast.admitted(), cast.admitted(cast.partner)
    cast.team(one, number=1)
    cast.team(other, number=2)

    operations.move(course_id=cast.course.pk, application_id=one.pk, to=2, by=cast.teacher, at=LATER)

    assert [team.number for team in cast.course.teams.all()] == [2]


@pytest.mark.parametrize("to", [7, -1])
def test_nobody_moves_to_a_team_that_is_not_there(to: int) -> None:
    cast, learners = two_teams()

    with pytest.raises(operations.NotInATeam, match="no longer there"):
        operations.move(
            course_id=cast.course.pk, application_id=learners[0].pk, to=to, by=cast.teacher, at=LATER
        )


def test_somebody_of_another_course_is_not_moved() -> None:
    cast, _learners = two_teams()
    other, strange = two_teams()
    before = places(other)

    with pytest.raises(operations.NotInATeam):
        operations.move(
            course_id=cast.course.pk, application_id=strange[0].pk, to=1, by=cast.teacher, at=LATER
        )

    assert places(other) == before


def test_only_teachers_of_the_course_move_and_only_until_it_is_finished() -> None:
    cast, learners = two_teams()
    asked = {"course_id": cast.course.pk, "application_id": learners[0].pk, "to": 1, "at": LATER}

    with pytest.raises(Refused, match="Only a teacher of this course"):
        operations.move(by=learners[0].learner, **asked)
    cast.move(CourseState.FINISHED)
    with pytest.raises(Refused, match="finished"):
        operations.move(by=cast.teacher, **asked)


def test_after_publishing_a_move_is_told_to_those_concerned_and_counts_no_team_twice() -> None:
    cast, _learners = two_teams()
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    Notice.objects.all().delete()
    moved = members(cast, 1)[0]

    operations.move(course_id=cast.course.pk, application_id=moved.pk, to=2, by=cast.teacher, at=LATER)

    told = Notice.objects.filter(title__startswith="You have another team")
    assert [notice.person for notice in told] == [moved.learner]
    assert Notice.objects.filter(title__contains="has changed").count() == 7
    assert Line.objects.filter(action="exchange.teams.published").count() == 1


# Taking back


def test_the_last_move_is_taken_back_once() -> None:
    cast, _learners = two_teams()
    before = places(cast)
    moved = members(cast, 1)[0]
    operations.move(course_id=cast.course.pk, application_id=moved.pk, to=2, by=cast.teacher, at=LATER)

    operations.undo(course_id=cast.course.pk, by=cast.colleague, at=LATER)

    assert places(cast) == before
    with pytest.raises(Refused, match="nothing to take back"):
        operations.undo(course_id=cast.course.pk, by=cast.colleague, at=LATER)


def test_forming_again_is_taken_back_with_the_numbers_of_the_teams() -> None:
    cast, _learners = two_teams()
    before = places(cast)
    form(cast, plan=teams_of(2), seed=3)

    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    assert places(cast) == before
    assert [team.number for team in cast.course.teams.all()] == [1, 2]


def test_taking_back_leaves_out_who_has_left_meanwhile() -> None:
    cast, _learners = two_teams()
    leaving = members(cast, 1)[0]
    operations.move(course_id=cast.course.pk, application_id=leaving.pk, to=2, by=cast.teacher, at=LATER)
    Application.objects.filter(pk=leaving.pk).update(state="withdrawn")
    TeamMember.objects.filter(application=leaving).delete()

    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    assert leaving.pk not in places(cast)


# Locking


def test_locked_people_keep_their_team_when_the_others_are_formed_again() -> None:
    cast, _learners = two_teams(people=12)
    kept = [members(cast, number)[0] for number in (1, 3)]
    for application in kept:
        operations.lock(
            course_id=cast.course.pk, application_id=application.pk, is_locked=True, by=cast.teacher, at=LATER
        )

    for seed in range(3):
        form(cast, plan=None, seed=seed)

        assert [places(cast)[application.pk] for application in kept] == [1, 3]


def test_a_locked_team_keeps_its_people_and_nobody_else_comes_in() -> None:
    cast, _learners = two_teams(people=12)
    kept = set(members(cast, 2))
    operations.lock(course_id=cast.course.pk, number=2, is_locked=True, by=cast.teacher, at=LATER)

    form(cast, plan=teams_of(2), seed=5)

    assert set(members(cast, 2)) == kept
    assert sorted(team.number for team in cast.course.teams.all()) == [1, 2, 3, 4, 5]


def test_a_lock_is_let_go_again() -> None:
    cast, _learners = two_teams()
    for is_locked in (True, False):
        operations.lock(course_id=cast.course.pk, number=1, is_locked=is_locked, by=cast.teacher, at=LATER)

    assert not cast.course.teams.filter(is_locked=True).exists()


def test_more_people_locked_together_than_fit_are_an_answer_and_no_breakage() -> None:
    cast, _learners = two_teams()
    for application in members(cast, 1):
        operations.lock(
            course_id=cast.course.pk, application_id=application.pk, is_locked=True, by=cast.teacher, at=LATER
        )

    with pytest.raises(operations.CannotForm, match="locked into one team"):
        form(cast, plan=teams_of(2))


def test_published_teams_are_neither_locked_nor_formed_again() -> None:
    cast, _learners = two_teams()
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    with pytest.raises(Refused, match="published"):
        operations.lock(course_id=cast.course.pk, number=1, is_locked=True, by=cast.teacher, at=LATER)
    with pytest.raises(Refused, match="Move people by hand"):
        form(cast)


# Two at once


def test_a_second_teacher_who_has_seen_older_teams_is_told_and_changes_nothing() -> None:
    cast, _learners = two_teams()
    seen, moved = version(cast), members(cast, 1)[0]
    operations.move(
        course_id=cast.course.pk,
        application_id=moved.pk,
        to=2,
        seen_version=seen,
        by=cast.colleague,
        at=LATER,
    )
    before = places(cast)

    for late in (
        lambda: operations.move(
            course_id=cast.course.pk,
            application_id=moved.pk,
            to=1,
            seen_version=seen,
            by=cast.teacher,
            at=LATER,
        ),
        lambda: operations.undo(course_id=cast.course.pk, seen_version=seen, by=cast.teacher, at=LATER),
        lambda: form(cast, seen_version=seen),
        lambda: operations.lock(
            course_id=cast.course.pk, number=1, is_locked=True, seen_version=seen, by=cast.teacher, at=LATER
        ),
    ):
        with pytest.raises(operations.TeamsChanged, match=f"{cast.colleague} has changed the teams"):
            late()

    assert places(cast) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_the_same_moment_one_is_done() -> None:
    cast, _learners = two_teams()
    seen = version(cast)
    one, other = members(cast, 1)[:2]

    outcome = at_once(
        *(
            lambda who=who, by=by: operations.move(
                course_id=cast.course.pk, application_id=who.pk, to=2, seen_version=seen, by=by, at=LATER
            )
            for who, by in ((one, cast.teacher), (other, cast.colleague))
        )
    )

    assert sorted(type(one).__name__ for one in outcome) == ["Course", "TeamsChanged"]
    assert sorted(places(cast).values()) == [1, 1, 1, 2, 2, 2, 2, 2]


def test_teams_that_a_colleague_changed_during_the_search_are_not_overwritten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast, _learners = two_teams()
    moved = members(cast, 1)[0]
    search = iahcalc.teams.form_teams

    def slowly(*args: Any, **kwargs: Any) -> Any:
        operations.move(course_id=cast.course.pk, application_id=moved.pk, to=2, by=cast.colleague, at=LATER)
        return search(*args, **kwargs)

    monkeypatch.setattr(iahcalc.teams, "form_teams", slowly)
    with pytest.raises(operations.TeamsChanged):
        form(cast)

    assert places(cast)[moved.pk] == 2


# Stopping


def test_a_search_that_is_stopped_leaves_the_teams_as_they_were() -> None:
    cast, _learners = two_teams()
    before = (places(cast), version(cast))

    class Stopped(Exception):
        pass

    def stop(_share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        form(cast, plan=teams_of(2), told=stop)

    assert (places(cast), version(cast)) == before


# Leaving


def test_a_teacher_records_that_a_learner_has_left_after_publishing() -> None:
    cast, _learners = two_teams()
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    gone = members(cast, 1)[0]

    for _pressed_twice in range(2):
        operations.take_out(application_id=gone.pk, by=cast.teacher, at=LATER)

    assert gone.pk not in places(cast)
    assert queries.who_left(queries.team_plan_of(cast.course)) == [gone]
    assert Line.objects.filter(action="exchange.application.taken_out").count() == 1
    with pytest.raises(Refused, match="Only a teacher"):
        operations.take_out(application_id=members(cast, 2)[0].pk, by=gone.learner, at=LATER)


# Repairing


def mark(cast: Cast) -> str:
    return operations.mending(course_id=cast.course.pk, by=cast.teacher).mark


def test_late_joiners_get_a_team_and_nobody_moves_without_need() -> None:
    cast, _learners = two_teams()
    before = places(cast)
    late = cast.admitted(cast.host)

    operations.repair(course_id=cast.course.pk, mark=mark(cast), by=cast.teacher, at=LATER)

    after = places(cast)
    assert after.pop(late.pk) in {1, 2}
    assert after == before
    assert Line.objects.get(action="exchange.teams.repaired").details["joined"] == 1


def test_after_publishing_rooms_stay_and_those_concerned_are_told() -> None:
    cast, _learners = two_teams()
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    room = cast.course.teams.get(number=1)
    written = PostFactory(team=room)
    gone, waiting = members(cast, 1)[0], cast.applicant(cast.partner)
    operations.take_out(application_id=gone.pk, by=cast.teacher, at=LATER)
    operations.admit(application_id=waiting.pk, by=cast.teacher, at=LATER)
    Notice.objects.all().delete()

    operations.repair(course_id=cast.course.pk, mark=mark(cast), by=cast.teacher, at=LATER)

    assert places(cast)[waiting.pk] == 1
    assert list(room.posts.all()) == [written]
    ready = Notice.objects.get(title__endswith="is ready")
    assert (ready.person, ready.url) == (waiting.learner, f"/courses/{cast.course.slug}/teams/1/")
    assert Notice.objects.filter(title__contains="has changed").count() == 3
    assert queries.team_plan_of(cast.course).left == []
    assert evidence.total("exchange.team_formed", institution=cast.host) == 2


def test_a_repair_is_done_as_it_was_shown_or_not_at_all() -> None:
    cast, _learners = two_teams()
    cast.admitted(cast.host)
    shown = mark(cast)
    cast.admitted(cast.partner)
    before = places(cast)

    with pytest.raises(operations.TeamsChanged, match="Look at the new one"):
        operations.repair(course_id=cast.course.pk, mark=shown, by=cast.teacher, at=LATER)

    assert places(cast) == before


def test_a_repair_is_taken_back_and_who_left_is_named_again() -> None:
    cast, _learners = two_teams()
    late, gone = cast.admitted(cast.host), members(cast, 2)[0]
    operations.withdraw(application_id=gone.pk, by=gone.learner, at=LATER)
    before = places(cast)
    operations.repair(course_id=cast.course.pk, mark=mark(cast), by=cast.teacher, at=LATER)

    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=LATER)

    assert places(cast) == before
    assert list(queries.without_team(cast.course)) == [late]
    assert queries.who_left(queries.team_plan_of(cast.course)) == [gone]


def test_a_repair_leaves_locked_teams_alone_and_their_numbers_too() -> None:
    cast, _learners = two_teams()
    kept = set(members(cast, 2))
    operations.lock(course_id=cast.course.pk, number=2, is_locked=True, by=cast.teacher, at=LATER)
    late = [cast.admitted(place) for place in (cast.host, cast.partner) * 3]

    operations.repair(course_id=cast.course.pk, mark=mark(cast), by=cast.teacher, at=LATER)

    assert set(members(cast, 2)) == kept
    assert not {places(cast)[application.pk] for application in late} & {2}


def test_teams_that_do_not_stand_are_not_repaired() -> None:
    cast = a_course()
    cast.admitted()

    with pytest.raises(Refused, match="Form teams first"):
        operations.mending(course_id=cast.course.pk, by=cast.teacher)
    with pytest.raises(Refused, match="Only a teacher"):
        operations.mending(course_id=cast.course.pk, by=cast.student())


# The move of what was asked into the plan


@pytest.mark.django_db(transaction=True)
def test_courses_keep_what_was_asked_before_there_were_plans() -> None:
    executor = stepwise()
    latest = executor.loader.graph.leaf_nodes()
    course = TeamFactory(course=CourseFactory()).course
    executor.migrate([("exchange", "0002_team_desk")])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_course SET team_size = 7, minimum_common_hours = 3")

    executor = stepwise()
    executor.migrate(latest)

    kept = TeamPlan.objects.get(course=Course.objects.get(pk=course.pk)).plan
    assert (kept.size_low, kept.size_high, kept.common_hours) == (7, 7, 3)
