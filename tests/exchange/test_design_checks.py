from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from biosint.exchange import checks
from biosint.exchange.checks import Check, Tone, results_for
from biosint.exchange.models import Activity
from biosint.exchange.operations import design, plans
from biosint.exchange.queries.design import planned
from biosint.exchange.readable import Barrier, barriers_in
from biosint.exchange.states import CourseState
from biosint.people.api import Person
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, TeamFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MONDAY = date(2026, 3, 16)


@pytest.fixture
def cast() -> Cast:
    return a_course(
        state=CourseState.DRAFT,
        start_date=MONDAY,
        end_date=MONDAY + timedelta(days=27),
        workload_hours=8,
        outcomes=[
            {"text": "explain fever", "ioc_dimension": "systems"},
            {"text": "work in a team", "ioc_dimension": "systems"},
        ],
    )


def in_week(cast: Cast, week: int, **fields: Any) -> Activity:
    begins = datetime.combine(MONDAY, time(8), tzinfo=UTC) + timedelta(days=7 * (week - 1))
    return ActivityFactory(course=cast.course, opens_at=begins, due_at=begins + timedelta(days=4), **fields)


def said(cast: Cast, code: str) -> list[str]:
    result = next(one for one in results_for(planned(cast.course)) if one.check.code == code)
    return [str(one.sentence) for one in result.findings]


def a_good_plan(cast: Cast) -> None:
    in_week(cast, 1, kind="survey", hours=1)
    in_week(cast, 1, kind="live", hours=1, outcomes=[0, 1])
    in_week(cast, 2, hours=2, weight=40, outcomes=[0])
    in_week(cast, 3, hours=2, weight=60, outcomes=[1])
    in_week(cast, 4, kind="survey", hours=2)
    TeamFactory(course=cast.course, number=1, facilitator=cast.teacher)


def test_a_good_plan_passes_every_check(cast: Cast) -> None:
    a_good_plan(cast)

    assert {one.check.code: one.tone for one in results_for(planned(cast.course))} == dict.fromkeys(
        checks.CHECKS, Tone.GOOD
    )


def test_outcomes_that_nothing_serves_and_that_nothing_assesses_are_told_apart(cast: Cast) -> None:
    in_week(cast, 1, outcomes=[1])

    assert said(cast, "outcomes") == [
        "No activity serves “explain fever”.",
        "“work in a team” is practised, but nothing with marks shows it.",
    ]


def test_weeks_that_ask_too_much_or_unevenly_are_named(cast: Cast) -> None:
    in_week(cast, 1, hours=20)
    for week in (2, 3):
        in_week(cast, week, hours=2)

    found = said(cast, "load")

    assert found[0].startswith("Week 1 asks 20.0 hours")
    assert "(6.0 hours): 2, 3, 4." in found[1]
    assert "asks 24 hours" in found[2]


def test_shares_of_the_mark_that_do_not_make_a_hundred_are_told(cast: Cast) -> None:
    in_week(cast, 1, weight=40)
    in_week(cast, 2, weight=30)

    assert said(cast, "weights") == ["The shares of the final mark make 70 %, not 100 %."]


def test_teams_without_somebody_who_accompanies_them_are_named(cast: Cast) -> None:
    TeamFactory(course=cast.course, number=1, facilitator=cast.teacher)
    TeamFactory(course=cast.course, number=2)

    assert said(cast, "facilitators") == ["Nobody accompanies these teams: 2."]


def test_a_team_of_seven_is_too_large(cast: Cast) -> None:
    cast.team(*(cast.admitted() for _number in range(7)))

    assert said(cast, "team_size") == ["These teams have more than 6 people, so some will stay silent: 1."]


def test_a_meeting_in_the_third_week_is_late_and_none_is_told(cast: Cast) -> None:
    assert said(cast, "meeting")[0].startswith("There is no live meeting.")

    in_week(cast, 3, kind="live")

    assert said(cast, "meeting") == ["The first live meeting is in week 3. Move it into the first two weeks."]


def test_surveys_are_looked_for_before_and_after(cast: Cast) -> None:
    in_week(cast, 1, kind="survey")

    assert said(cast, "surveys") == ["There is no survey at the end."]


def test_texts_tell_their_barriers_with_the_place(cast: Cast) -> None:
    in_week(cast, 1, title="Fever", text="See [here](https://example.org).")

    assert said(cast, "texts") == ["“Fever”: the link “here” does not say where it leads."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## One\n\n### Two\n\n## Three", []),
        ("# One\n\n### Two", [Barrier.HEADING_SKIPS]),
        ("![](a/pulse.png)", [Barrier.IMAGE_UNSAID]),
        ("![A pulse curve](pulse.png)", []),
        ("[ ](https://example.org)", [Barrier.LINK_UNNAMED]),
        ("[Guideline on fever](https://example.org)", []),
        ("[![Guideline](x.png)](https://example.org)", []),
        ("`[here](x)`", []),
    ],
)
def test_barriers_in_a_text(text: str, found: list[Barrier]) -> None:
    assert [one.barrier for one in barriers_in(text)] == found


def test_two_checks_cannot_have_one_code() -> None:
    with pytest.raises(ValueError, match="outcomes"):
        checks.register(Check("outcomes", "Again", lambda _planned: []))


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("word", ["checks", "outcomes", "workload"])
def test_pages_ask_the_database_as_often_for_three_as_for_thirty(
    cast: Cast, client_of: ClientOf, count_queries: Any, number: int, word: str
) -> None:
    for week in range(number):
        in_week(cast, week % 4 + 1, outcomes=[0])
        TeamFactory(course=cast.course, number=week + 1)
    client = client_of(cast.teacher)
    expected = {"checks": 10, "outcomes": 6, "workload": 6}[word]

    with count_queries(expected):
        response = client.get(f"/courses/{cast.course.slug}/design/{word}/")

    assert response.status_code == 200


def test_strangers_do_not_find_the_checks(cast: Cast, client_of: ClientOf) -> None:
    for word in ("checks", "outcomes", "workload"):
        assert client_of(cast.student()).get(f"/courses/{cast.course.slug}/design/{word}/").status_code == 404


def test_outcomes_are_ticked_by_activity_and_told_in_the_log(cast: Cast, client_of: ClientOf) -> None:
    first, second = in_week(cast, 1, outcomes=[0]), in_week(cast, 2)

    client_of(cast.teacher).post(
        f"/courses/{cast.course.slug}/design/outcomes/",
        {
            "row": [f"{first.pk}:{first.version}", f"{second.pk}:{second.version}"],
            f"o{first.pk}": ["0", "1", "77"],
            f"o{second.pk}": ["1"],
        },
    )

    assert [one.outcomes for one in cast.course.activities.all()] == [[0, 1], [1]]
    assert cast.course.plan_changes.count() == 2


def test_outcomes_of_an_activity_that_a_colleague_changed_are_not_overwritten(cast: Cast) -> None:
    activity = in_week(cast, 1)
    design.write_activity(
        course_id=cast.course.pk, activity_id=activity.pk, outcomes=[1], by=cast.colleague, at=NOON
    )

    with pytest.raises(design.ActivityChanged):
        design.align(
            course_id=cast.course.pk,
            links={activity.pk: [0]},
            seen_versions={activity.pk: activity.version},
            by=cast.teacher,
            at=NOON,
        )

    activity.refresh_from_db()
    assert activity.outcomes == [1]


def test_a_supplied_plan_has_even_weeks_and_full_marks(cast: Cast) -> None:
    plans.place_supplied(course_id=cast.course.pk, code="coil-4", by=cast.teacher, at=NOON)

    assert said(cast, "weights") == []
    assert said(cast, "meeting") == []
    assert said(cast, "texts") == []
