"""What the desk of teams and the team room keep to themselves, and that what they do say is so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from biosint.exchange import operations, queries, seating
from biosint.exchange.models import Application
from biosint.exchange.plans import Plan, teams_of
from biosint.exchange.web.consequence import consequence_of
from biosint.exchange.web.effect import NAMED, Effect, effect_of
from biosint.exchange.web.views.teams import score_words
from biosint.people.api import Person
from clock import NOON
from exchange.cast import Cast, a_course
from exchange.test_team_pages import ASKED, desk, page_of

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
    learners = [cast.admitted(gender=gender) for gender in ("woman", "man", "man", "man")]

    found = effect(cast, PAIRS, {one.pk: 1 + number // 2 for number, one in enumerate(learners)})

    assert found.conflicts == []


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
