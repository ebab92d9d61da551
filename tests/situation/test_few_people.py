"""Nobody's answer follows from figures: not by taking one page from another, nor from exact figures of a small table."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from biosint.situation.queries import results
from biosint.situation.queries.distributions import _single, distributions
from biosint.situation.queries.overviews import figures_of
from biosint.situation.queries.tables import answers_of
from biosint.situation.queries.tables._variables import MISSING
from biosint.situation.questions import Question
from biosint.surveys.models import AnswerSet
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import EVERY_KIND, AnswerSetFactory, SubmissionFactory, VersionFactory

pytestmark = pytest.mark.django_db

BY_WISH = Question(kind="crosstab", rows="mobility", columns="obstacles:money")


def answered(*sizes: int) -> AnswerSet:
    """Institutions of so many people each, every second of whom wants to go abroad; seven are hindered by money."""
    places = [InstitutionFactory(short_name=f"Place {number}") for number in range(len(sizes))]
    answer_set = AnswerSetFactory(owner=places[0], asked=places)
    for place, size in zip(places, sizes, strict=True):
        for row in range(size):
            SubmissionFactory(
                answer_set=answer_set,
                institution=place,
                answers={
                    "mobility": "yes" if row % 2 else "no",
                    "obstacles": ["money"] if row < 7 and place is places[0] else ["time"],
                    "digital_a": 1 + row % 5,
                    **({"age": 30 + row} if row < 2 and place is places[0] else {}),
                },
            )
    return answer_set


def at(answer_set: AnswerSet, number: int) -> str:
    return [one.institution.slug for one in answer_set.asked.order_by("pk")][number]


def test_answers_of_few_at_one_institution_do_not_follow_from_all_less_those_of_another(
    client_of: Any,
) -> None:
    answer_set = answered(28, 2)
    alone = Question(
        kind="crosstab", rows="mobility", columns="obstacles:time", institution=at(answer_set, 0)
    )

    with pytest.raises(results.CannotAnswer, match="taking these answers from all would show theirs"):
        results.work_out(answer_set, alone)

    page = client_of(CoordinatorFactory(at=answer_set.owner)).get(
        f"/situation/answers/{answer_set.pk}/?institution={alone.institution}"
    )
    assert "taking these answers from all would show theirs" in page.content.decode()
    assert page.context["answers"].n == 30


def test_only_the_next_smallest_institution_covers_the_small_one() -> None:
    answer_set = answered(28, 9, 2)
    answers, smallest = answers_of(answer_set), 5

    assert results.limited(answers, at(answer_set, 0), smallest=smallest)[0].n == 28
    with pytest.raises(results.CannotAnswer, match="So few people"):
        results.limited(answers, at(answer_set, 1), smallest=smallest)


def test_the_mean_of_few_people_is_not_told() -> None:
    answer_set = answered(30)
    answers = answers_of(answer_set)

    found = {one.code: one for one in distributions(answers, weight_code="", smallest=5, source="")}
    whole = figures_of(answers, (), about=(), smallest=5)

    assert (found["age"].n, found["age"].description, found["age"].has_hidden) == (2, None, True)
    age = next(one for one in whole["questions"] if one["code"] == "age")
    assert (age["n"], "mean" in age) == (2, False)
    open_to_all = distributions(answers, weight_code="", smallest=0, source="")
    assert next(one for one in open_to_all if one.code == "age").description is not None


def test_the_first_and_the_last_day_are_never_those_of_one_person() -> None:
    place = InstitutionFactory()
    answer_set = AnswerSetFactory(version=VersionFactory(content=EVERY_KIND), asked=[place])
    for day in range(1, 13):
        SubmissionFactory(answer_set=answer_set, institution=place, answers={"since": f"2026-03-{day:02}"})

    found = distributions(answers_of(answer_set), weight_code="", smallest=5, source="")

    days = next(one.days for one in found if one.days)
    assert [day.day for day in days] == [5, 6, 8]


def test_exact_figures_of_a_table_with_hidden_cells_fit_several_tables() -> None:
    answer_set = answered(60)

    found = results.work_out(answer_set, BY_WISH)

    assert "few" in json.dumps([line.cells for line in found.lines])
    assert found.exact["statistic"] is None
    assert found.exact["p"] in {0.0009, 0.009, 0.049, 0.1, 0.2, 0.5, 1.0}
    assert found.tests[0].p == found.exact["p"]
    assert round(found.exact["value"], 1) == found.exact["value"]
    assert not any(label == "χ²" for label, _value in found.figures)
    whole = figures_of(answers_of(answer_set), ("mobility",), about=("obstacles",), smallest=5)
    money = next(one for one in whole["tests"] if one["question"] == "obstacles:money")
    assert money["statistic"] is None
    assert money["counts"] == [[None, None], [None, None]]


def test_how_many_changed_an_answer_is_not_told_where_cells_are_hidden() -> None:
    place = InstitutionFactory()
    before = AnswerSetFactory(owner=place, asked=[place])
    after = AnswerSetFactory(owner=place, version=before.version, asked=[place])
    for row in range(40):
        was, now = "yes" if row < 15 else "no", "yes" if row < 13 or row == 20 else "no"
        for answer_set, wish in ((before, was), (after, now)):
            SubmissionFactory(
                answer_set=answer_set, institution=place, pairing=f"code{row}", answers={"mobility": wish}
            )

    found = results.work_out(after, Question(kind="paired", outcome="mobility", earlier=str(before.pk)))

    assert "few" in found.lines[0].cells
    assert found.exact["statistic"] is None
    assert not any("changed their answer" in one.sentence for one in found.assumptions)
    assert found.exact["value"] == pytest.approx(1 / 40)


def test_an_answer_that_few_gave_does_not_stand_in_the_totals_of_a_table() -> None:
    answer_set = answered(60)
    SubmissionFactory(
        answer_set=answer_set,
        institution=answer_set.owner,
        answers={"mobility": "no", "obstacles": ["money"], "age": 77},
    )

    found = results.work_out(answer_set, Question(kind="crosstab", rows="mobility", columns="digital_a"))
    with pytest.raises(results.CannotAnswer):
        results.work_out(answer_set, Question(kind="crosstab", rows="mobility", columns="age"))

    assert found.n == 60


def test_a_question_that_one_person_answered_does_not_tell_what_they_did_not_say() -> None:
    answer_set = answered(30)
    SubmissionFactory(answer_set=answer_set, institution=answer_set.owner, answers={"mobility": "yes"})
    alone = answers_of(answer_set).variables["mobility"]
    only_one = replace(alone, stored=np.where(np.arange(31) == 30, alone.stored, MISSING).astype(np.int8))

    shown = _single(only_one, weights=None, kept=None, smallest=5, source="")

    assert {share.count for share in shown.shares} == {None}
