"""What the desk of teams and the team room keep to themselves, and that what they do say is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from biosint.exchange import operations, queries, seating
from biosint.exchange.models import Application
from biosint.exchange.plans import Asked, Plan, teams_of
from biosint.exchange.web.consequence import consequence_of
from biosint.exchange.web.effect import NAMED, Effect, effect_of
from biosint.exchange.web.views.teams import score_words
from biosint.notices.models import Notice
from biosint.people import operations as people
from biosint.people.api import Person
from clock import NOON
from exchange.cast import Cast, a_course
from exchange.test_team_pages import ASKED, desk, page_of
from iahcalc import teams

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

PAIRS = Plan(size_low=2, size_high=2, common_hours=0, two_countries=False, nobody_alone=("gender",))


def judged(cast: Cast, plan: Plan, places: dict[int, int]) -> seating.Judged:
    found = seating.judged(seating.roster_of(cast.course, plan), places)
    assert found is not None
    return found


def effect(cast: Cast, plan: Plan, places: dict[int, int]) -> Effect:
    return effect_of(judged(cast, plan, places), plan, now=None, people=len(places))


def couples(cast: Cast) -> list[Application]:
    """Two women, then two men, who differ in nothing else."""
    return [cast.admitted(gender=gender) for gender in ("woman", "woman", "man", "man")]


# Courses of others


def met_before(cast: Cast) -> Cast:
    """A course of other teachers in which two learners of this one were team-mates."""
    earlier = a_course()
    mates = [
        Application.objects.create(
            course=earlier.course, learner=cast.admitted().learner, state="admitted", submitted_at=NOON
        )
        for _one in range(2)
    ]
    earlier.team(*mates)
    earlier.publish_teams()
    return earlier


def test_courses_that_others_taught_are_neither_listed_nor_taken(client_of: ClientOf) -> None:
    cast = a_course()
    earlier = met_before(cast)
    client = client_of(cast.teacher)

    assert earlier.course.title not in page_of(client.get(desk(cast)))
    asked = {**ASKED, "not_again": earlier.course.pk}
    assert client.post(f"{desk(cast)}effect/", asked).status_code == 422
    assert list(queries.earlier_courses(cast.course, person=earlier.teacher)) == [earlier.course]


def test_what_a_colleague_chose_stays_chosen_without_its_title(client_of: ClientOf) -> None:
    cast = a_course()
    earlier = met_before(cast)
    plan = Plan(size_low=2, size_high=2, not_again=earlier.course.pk)
    operations.form_teams(course_id=cast.course.pk, plan=plan, by=cast.teacher, at=NOON)

    page = page_of(client_of(cast.colleague).get(desk(cast)))

    assert earlier.course.title not in page
    assert f'<option value="{earlier.course.pk}" selected>a course that a colleague has chosen' in page


# What learners wrote in confidence


def test_trying_swaps_tells_nothing_about_gender() -> None:
    cast = a_course()
    one, two, three, four = (application.pk for application in couples(cast))
    for number, pair in enumerate(((one, two), (three, four)), 1):
        cast.team(*Application.objects.filter(pk__in=pair), number=number)

    found = consequence_of(seating.roster_of(cast.course, PAIRS), {two: 2, three: 1})

    assert found is not None
    assert (found.better, found.broken, found.mended) == (0, [], [])


def test_the_effect_is_the_same_whether_somebody_is_alone_in_gender_or_not() -> None:
    cast = a_course()
    one, two, three, four = (application.pk for application in couples(cast))

    together = effect(cast, PAIRS, {one: 1, two: 1, three: 2, four: 2})
    apart = effect(cast, PAIRS, {one: 1, three: 1, two: 2, four: 2})

    assert together == apart


def test_that_a_rule_about_gender_cannot_hold_is_not_told() -> None:
    cast = a_course()
    # Two women who are never free at the same time: under this rule each is the only one in any team.
    days = ("Mon 17:00-20:00", "Tue 17:00-20:00")
    women = [cast.admitted(gender="woman", free_hours=day) for day in days]
    men = [cast.admitted(gender="man", free_hours=day) for day in days]
    plan = replace(PAIRS, common_hours=1)
    places = {one.pk: 1 + number for pair in (women, men) for number, one in enumerate(pair)}

    assert teams.conflicts(judged(cast, plan, places).result, trials=0)
    assert effect(cast, plan, places).conflicts == []


# What is said is so


def test_of_conflicts_of_one_kind_a_few_are_told_and_the_others_counted() -> None:
    cast = a_course()
    learners = [cast.admitted(free_hours="Sun 03:00-03:30") for _one in range(NAMED + 3)]

    found = effect(cast, teams_of(3), {one.pk: 1 + number // 3 for number, one in enumerate(learners)})

    assert sum("is free for 0.5 hours a week" in text for text in found.conflicts) == NAMED
    assert "… and so for 3 more." in found.conflicts


@pytest.mark.parametrize(
    ("score", "words"), [(1.0, "as good as a team can be"), (0.999, "close to the best possible")]
)
def test_only_the_best_possible_team_is_called_that(score: float, words: str) -> None:
    assert score_words(score) == words


# What team-mates read


SEVEN = teams_of(7, common_hours=9)


def lone_dutch(**fields: str) -> tuple[Cast, Application]:
    """Published teams in which one learner alone has Dutch as a first language."""
    cast = a_course()
    alone = cast.admitted(cast.partner, native_language="nl", **fields)
    for _one in range(3):
        cast.admitted(native_language="sr")
    plan = replace(SEVEN, nobody_alone=("first_language", "institution"), shared_level="C1")
    operations.form_teams(course_id=cast.course.pk, plan=plan, by=cast.teacher, at=NOON)
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    return cast, alone


def mate_of(alone: Application) -> Person:
    return Application.objects.filter(course=alone.course).exclude(pk=alone.pk)[0].learner


def test_team_mates_are_told_neither_first_languages_nor_what_teachers_asked_for(client_of: ClientOf) -> None:
    cast, alone = lone_dutch()

    to_mate = page_of(client_of(mate_of(alone)).get(f"{desk(cast)}1/about/"))
    to_teacher = page_of(client_of(cast.teacher).get(f"{desk(cast)}1/about/"))

    for text in ("Dutch", "you asked for"):
        assert text in to_teacher
        assert text not in to_mate


def test_why_somebody_is_in_a_team_tells_nothing_about_first_languages(client_of: ClientOf) -> None:
    cast, alone = lone_dutch()
    kept = queries.team_plan_of(cast.course)
    kept.asked = Plan(
        wishes={"first_language": Asked(kind="mix", weight=5)},
        common_hours=0,
        nobody_alone=("first_language",),
        two_countries=False,
    ).as_json()
    kept.save()

    told = page_of(client_of(alone.learner).get(f"{desk(cast)}1/why/"))

    assert "first language" not in told
    assert "free at the same time" in told


def test_a_closed_account_leaves_nothing_of_the_profile_with_the_team() -> None:
    _cast, alone = lone_dutch(country="NL")
    team = alone.membership.team
    team.facilitator = alone.decided_by
    team.save()
    assert "'nl'" in str(team.reasons)

    people.close_account(by=alone.learner, at=NOON)

    team.refresh_from_db()
    assert "'nl'" not in str(team.reasons)
    assert "'NL'" not in str(team.reasons)
    assert team.facilitator == alone.decided_by


# Messages


def test_who_loses_a_team_when_a_change_is_taken_back_is_told_and_so_are_the_others() -> None:
    cast = a_course()
    for number in range(4):
        cast.admitted(cast.partner if number % 2 else cast.host)
    operations.form_teams(course_id=cast.course.pk, plan=teams_of(4), by=cast.teacher, at=NOON)
    operations.publish_teams(course_id=cast.course.pk, by=cast.teacher, at=NOON)
    late = cast.admitted()
    shown = operations.mending(course_id=cast.course.pk, by=cast.teacher)
    operations.repair(course_id=cast.course.pk, mark=shown.mark, by=cast.teacher, at=NOON)
    Notice.objects.all().delete()

    operations.undo(course_id=cast.course.pk, by=cast.teacher, at=NOON)

    told = dict(Notice.objects.values_list("person", "title"))
    assert told.pop(late.learner_id) == f"You have no team in “{cast.course.title}” for now"
    assert set(told.values()) == {f"Your team in “{cast.course.title}” has changed"}
    assert len(told) == 4


def test_who_is_admitted_when_teams_are_published_is_not_told_that_they_will_be_formed() -> None:
    cast = a_course()
    cast.team(cast.admitted(), cast.admitted())
    cast.publish_teams()
    late = cast.applicant()
    Application.objects.filter(pk=late.pk).update(state="waiting")

    operations.admit(application_id=late.pk, by=cast.teacher, at=NOON)

    assert "The teams are there already" in Notice.objects.get(person=late.learner).text
