from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biosint.exchange.api import local_grade
from biosint.exchange.models import Completion, LocalScale
from biosint.exchange.operations.scales import ScaleUnfit, keep_scale
from biosint.exchange.states import CourseState, OverlapRule
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import running
from factories import AdministratorFactory, CompletionFactory, MarkFactory
from factories.gradebook import LocalScaleFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

ROMANIA = [("10", 30), ("9", 30), ("8", 20), ("7", 10), ("6", 6), ("5", 4)]


def completed(*points: int) -> tuple[Any, list[Completion]]:
    cast, _learners, _team = running()
    return cast, [CompletionFactory(application=cast.admitted(), points=one) for one in points]


def test_the_place_among_those_who_completed_is_laid_over_the_institutions_table() -> None:
    # Places 0-25 %, 25-75 % and 75-100 % over 10: 0-10, 9: 10-30, 8: 30-60, 7: 60-85, 6: 85-100.
    cast, (best, middle, other_middle, last) = completed(95, 80, 80, 60)
    LocalScaleFactory(institution=cast.host)

    found = [local_grade(one, cast.host) for one in (best, middle, other_middle, last)]

    assert [one and (one.grade, one.highest, one.lowest) for one in found] == [
        ("9", "10", "9"),
        ("8", "9", "7"),
        ("8", "9", "7"),
        ("6", "7", "6"),
    ]
    assert [(one.group_size, one.is_thin) for one in found if one] == [(4, True)] * 4


def test_an_institution_that_keeps_no_table_gets_no_grade() -> None:
    cast, (one,) = completed(80)

    assert local_grade(one, cast.partner) is None


@pytest.mark.parametrize(("overlap", "grade"), [("lowest", "7"), ("middle", "8"), ("highest", "9")])
def test_the_institution_settles_beforehand_which_of_several_it_takes(overlap: str, grade: str) -> None:
    cast, (_best, middle, *_more) = completed(95, 80, 80, 60)
    LocalScaleFactory(institution=cast.host, overlap=overlap)

    found = local_grade(middle, cast.host)

    assert found is not None
    assert found.grade == grade


def test_only_the_recognising_offices_keep_the_table() -> None:
    cast, _learners, _team = running()
    asked: dict[str, Any] = {
        "institution": cast.host,
        "grades": ROMANIA,
        "failing": "4",
        "reference": "2025",
        "overlap": OverlapRule.MIDDLE,
        "at": NOON,
    }

    with pytest.raises(Refused):
        keep_scale(by=cast.teacher, **asked)
    with pytest.raises(ScaleUnfit):
        keep_scale(by=AdministratorFactory(at=cast.host), **{**asked, "grades": [("10", 0)]})

    assert keep_scale(by=AdministratorFactory(at=cast.host), **asked).grades[0] == {
        "grade": "10",
        "count": 30,
    }


def test_an_administrator_writes_the_table_line_by_line(client_of: ClientOf) -> None:
    cast, _learners, _team = running()
    client = client_of(AdministratorFactory(at=cast.host))
    page = reverse("exchange:scale", args=[cast.host.pk])
    typed = {"reference": "All exams <2025>", "failing": "5", "overlap": "middle"}

    wrong = [client.post(page, {**typed, "table": table}) for table in ("ten many", "10", "10 5\n10 6", "")]
    right = client.post(page, {**typed, "table": "10 120\n9: 300\n\n8\t500\nwith honours 7"})

    assert [answer.status_code for answer in wrong] == [422] * 4
    assert right.status_code == 302
    assert [row["grade"] for row in LocalScale.objects.get().grades] == ["10", "9", "8", "with honours"]
    assert "All exams &lt;2025&gt;" in client.get(page).content.decode()
    assert client_of(cast.teacher).get(page).status_code == 403


@pytest.mark.parametrize("many", [3, 30])
def test_teachers_see_both_distributions_and_each_learners_grade(
    client_of: ClientOf, count_queries: Any, many: int
) -> None:
    cast, learners, _team = running()
    LocalScaleFactory(institution=cast.host)
    LocalScaleFactory(institution=cast.partner, grades=[{"grade": "14/20", "count": 9}], failing="9/20")
    for number in range(many):
        MarkFactory(application=cast.admitted(), points=60 + number)
    MarkFactory(application=learners[0], points=20)
    client, page = client_of(cast.teacher), reverse("exchange:local_grades", args=[cast.course.slug])
    client.get(page)

    with count_queries(9):
        answer = client.get(page)

    html = answer.content.decode()
    assert "14/20" in html
    assert "9/20" in html
    assert answer.context["size"] == many
    assert client_of(learners[0].learner).get(page).status_code == 404


def test_a_course_without_marks_says_what_to_do(client_of: ClientOf) -> None:
    cast, _learners, _team = running()
    cast.move(CourseState.RUNNING)

    answer = client_of(cast.teacher).get(reverse("exchange:local_grades", args=[cast.course.slug]))

    assert "Nobody has passed yet" in answer.content.decode()
