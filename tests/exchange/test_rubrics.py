from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biosint.exchange.models import Rubric as KeptRubric
from biosint.exchange.operations.rubrics import (
    RubricChangedMeanwhile,
    RubricStands,
    TitleTaken,
    copy_rubric,
    note_used,
    write_rubric,
)
from biosint.exchange.rubrics import (
    Criterion,
    CriterionLeftOut,
    Level,
    Rubric,
    RubricUnfit,
    content_of,
    measures_the_same,
    points_of,
    rubric_from,
    supplied,
)
from biosint.exchange.web.rubric_forms import RubricMarking
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from exchange.cast import a_course
from factories import RubricFactory, TeacherFactory, TeachingFactory

ClientOf = Callable[[Person], Client]


def criterion(code: str = "a", *points: float, weight: float = 1) -> Criterion:
    return Criterion(
        code=code,
        title=code.upper(),
        weight=Decimal(str(weight)),
        levels=tuple(Level(Decimal(str(one)), f"{one} points") for one in points or (4, 2, 0)),
    )


def test_points_are_the_weighted_shares_of_the_best_levels() -> None:
    rubric = Rubric((criterion("a", 4, 3, 1, weight=2), criterion("b", 10, 5, 0, weight=1)))

    # (2 x 3/4 + 1 x 5/10) / 3 = 2/3
    assert points_of(rubric, {"a": 1, "b": 1}) == Decimal("66.67")
    assert points_of(rubric, {"a": 0, "b": 0}) == Decimal(100)


@pytest.mark.parametrize("chosen", [{"a": 0}, {"a": 0, "b": 3}, {"a": 0, "b": -1}])
def test_every_criterion_needs_a_level_that_exists(chosen: dict[str, int]) -> None:
    with pytest.raises(CriterionLeftOut, match="B"):
        points_of(Rubric((criterion("a"), criterion("b"))), chosen)


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ((), "at least one criterion"),
        ((criterion("a"), criterion("a")), "same code"),
        ((criterion("a", 4),), "at least two levels"),
        ((criterion("a", 7, 6, 5, 4, 3, 2, 1),), "too many levels"),
        ((criterion("a", 1, 4),), "from the best to the weakest"),
        ((criterion("a", 4, 4),), "from the best to the weakest"),
        ((criterion("a", 4, -1),), "fewer than 0"),
        ((criterion("a", 4, 1, weight=0),), "weight above 0"),
    ],
)
def test_a_rubric_that_cannot_tell_works_apart_is_refused(criteria: tuple[Criterion, ...], said: str) -> None:
    with pytest.raises(RubricUnfit, match=said):
        Rubric(criteria)


def test_a_rubric_survives_being_kept() -> None:
    rubric = Rubric((criterion("a", 4.5, 2.3, 0, weight=0.1),))

    assert rubric_from(content_of(rubric)) == rubric


def test_supplied_rubrics_are_whole_and_told_apart() -> None:
    assert [one.code for one in supplied()] == [
        "joint_product",
        "team_work",
        "presentation",
        "reflection",
        "intercultural_collaboration",
    ]
    for one in supplied():
        assert points_of(one.rubric, {each.code: 0 for each in one.rubric.criteria}) == 100


def test_words_alone_do_not_change_what_is_measured() -> None:
    rubric = Rubric((criterion("a"),))
    reworded = Rubric((Criterion("a", "Other words", Decimal(1), rubric.criteria[0].levels),))

    assert measures_the_same(rubric, reworded)
    assert not measures_the_same(rubric, Rubric((criterion("a", weight=2),)))


def test_a_marking_gives_points_once_every_criterion_has_a_level() -> None:
    rubric = Rubric((criterion("a"), criterion("b")))

    whole = RubricMarking({"level_a": "0", "level_b": "1"}, rubric=rubric)
    partial = RubricMarking({"level_a": "0"}, rubric=rubric, is_required=False)

    assert whole.is_valid()
    assert (whole.chosen, whole.points) == ({"a": 0, "b": 1}, Decimal(75))
    assert partial.is_valid()
    assert (partial.chosen, partial.is_complete) == ({"a": 0}, False)
    assert not RubricMarking({"level_a": "0", "level_b": "9"}, rubric=rubric).is_valid()


@pytest.mark.django_db
def test_two_teachers_never_overwrite_each_other_unseen() -> None:
    cast = a_course()
    kept = RubricFactory(course=cast.course)
    rubric = rubric_from(kept.content)

    write_rubric(
        course_id=cast.course.pk,
        rubric_id=kept.pk,
        title="First",
        rubric=rubric,
        seen_version=1,
        by=cast.teacher,
        at=NOON,
    )
    with pytest.raises(RubricChangedMeanwhile):
        write_rubric(
            course_id=cast.course.pk,
            rubric_id=kept.pk,
            title="Second",
            rubric=rubric,
            seen_version=1,
            by=cast.colleague,
            at=NOON,
        )

    kept.refresh_from_db()
    assert (kept.title, kept.version) == ("First", 2)


@pytest.mark.django_db
def test_what_a_used_rubric_measures_stands_and_its_words_do_not() -> None:
    cast = a_course()
    kept = RubricFactory(course=cast.course)
    note_used(kept, at=NOON)
    content = kept.content
    content["criteria"][0]["title"] = "Better words"

    written = write_rubric(
        course_id=cast.course.pk,
        rubric_id=kept.pk,
        title=kept.title,
        rubric=rubric_from(content),
        seen_version=1,
        by=cast.teacher,
        at=NOON,
    )
    content["criteria"][0]["weight"] = "3"
    with pytest.raises(RubricStands):
        write_rubric(
            course_id=cast.course.pk,
            rubric_id=kept.pk,
            title=kept.title,
            rubric=rubric_from(content),
            seen_version=2,
            by=cast.teacher,
            at=NOON,
        )

    assert written.content["criteria"][0]["title"] == "Better words"


@pytest.mark.django_db
def test_titles_are_told_apart_and_copies_find_a_free_one() -> None:
    cast = a_course()
    kept = RubricFactory(course=cast.course, title="Poster")
    rubric = rubric_from(kept.content)

    copied = copy_rubric(course_id=cast.course.pk, title="Poster", rubric=rubric, by=cast.teacher, at=NOON)

    assert copied.title == "Poster (2)"
    with pytest.raises(TitleTaken):
        write_rubric(course_id=cast.course.pk, title="Poster", rubric=rubric, by=cast.teacher, at=NOON)


@pytest.mark.django_db
def test_only_a_teacher_of_the_course_writes_rubrics() -> None:
    cast = a_course()

    with pytest.raises(Refused):
        copy_rubric(
            course_id=cast.course.pk,
            title="Mine",
            rubric=supplied()[0].rubric,
            by=TeacherFactory(at=cast.host),
            at=NOON,
        )


@pytest.mark.django_db
def test_a_teacher_copies_changes_and_lengthens_a_rubric(client_of: ClientOf) -> None:
    cast = a_course()
    client = client_of(cast.teacher)

    copied = client.post(reverse("exchange:copy_rubric", args=[cast.course.slug]), {"supplied": "reflection"})
    kept = KeptRubric.objects.get()
    page = client.get(copied["Location"])
    typed: dict[str, Any] = {
        field.html_name: field.value() if field.value() is not None else "" for field in page.context["form"]
    }
    longer = client.post(copied["Location"], {**typed, "title": "Look <b>back</b>", "more": "1"})
    saved = client.post(
        copied["Location"], {**typed, "title": "Look <b>back</b>", "text_0_0": "<script>x</script>"}
    )
    kept.refresh_from_db()
    shown = client.get(reverse("exchange:rubrics", args=[cast.course.slug])).content.decode()

    assert (page.status_code, longer.status_code, saved.status_code) == (200, 200, 302)
    assert longer.context["form"].count == 4
    assert (kept.title, kept.version) == ("Look <b>back</b>", 2)
    assert "<script>x" not in shown
    assert "&lt;script&gt;x" in shown


@pytest.mark.django_db
def test_mistakes_stand_in_the_form_and_nothing_is_saved(client_of: ClientOf) -> None:
    cast = a_course()
    new = reverse("exchange:new_rubric", args=[cast.course.slug])

    answer = client_of(cast.teacher).post(new, {"title": "", "rows": "999999", "text_0_0": "Good"})

    assert answer.status_code == 422
    assert answer.context["form"].count == 3
    assert not KeptRubric.objects.exists()


@pytest.mark.django_db
def test_rubrics_of_courses_i_do_not_teach_are_not_mine_to_copy(client_of: ClientOf) -> None:
    cast, other = a_course(), a_course()
    mine, theirs = (
        RubricFactory(course=TeachingFactory(person=cast.teacher).course),
        RubricFactory(course=other.course),
    )
    client = client_of(cast.teacher)
    copy = reverse("exchange:copy_rubric", args=[cast.course.slug])

    assert client.post(copy, {"rubric": theirs.pk}).status_code == 404
    assert client.post(copy, {"rubric": "²"}).status_code == 404
    assert client.post(copy, {"rubric": mine.pk}).status_code == 302
    assert (
        client_of(cast.student()).get(reverse("exchange:rubrics", args=[cast.course.slug])).status_code == 404
    )


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 30])
def test_the_list_of_rubrics_costs_the_same_at_any_length(
    client_of: ClientOf, count_queries: Any, count: int
) -> None:
    cast = a_course()
    RubricFactory.create_batch(count, course=cast.course)
    RubricFactory.create_batch(count, course=TeachingFactory(person=cast.teacher).course)
    client = client_of(cast.teacher)
    client.get(reverse("exchange:rubrics", args=[cast.course.slug]))

    with count_queries(7):
        client.get(reverse("exchange:rubrics", args=[cast.course.slug]))
