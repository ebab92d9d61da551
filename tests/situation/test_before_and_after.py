"""Two answer sets: the same people before and after, and a group against all others."""

from __future__ import annotations

from typing import Any

import pytest

from biosint.situation.queries import results
from biosint.situation.queries.tables import answers_of
from biosint.situation.questions import Question
from biosint.surveys.models import AnswerSet
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory
from iahcalc import samples

pytestmark = pytest.mark.django_db


def answered(answer_set: AnswerSet, people: list[tuple[str, Any, dict[str, Any]]]) -> None:
    for code, place, answers in people:
        SubmissionFactory(answer_set=answer_set, institution=place, pairing=code, answers=answers)


@pytest.fixture
def sets() -> tuple[AnswerSet, AnswerSet]:
    """Thirty people at two institutions; at the first one everybody's age and wish for mobility grew, at the other little."""
    programme, other = InstitutionFactory(short_name="With"), InstitutionFactory(short_name="Without")
    version = AnswerSetFactory(owner=programme).version
    before = AnswerSetFactory(version=version, owner=programme, title="Spring", asked=[programme, other])
    after = AnswerSetFactory(version=version, owner=programme, title="Autumn", asked=[programme, other])
    people = [(f"code{number}", programme if number % 2 else other) for number in range(40)]
    answered(
        before,
        [
            (code, place, {"age": 20 + number % 5, "mobility": "yes" if number % 4 == 0 else "no"})
            for number, (code, place) in enumerate(people)
        ],
    )
    answered(
        after,
        [
            (
                code,
                place,
                {
                    "age": 20 + number % 5 + (3 if place is programme else 0) + number % 3,
                    "mobility": "yes" if place is programme or number % 4 == 0 else "no",
                },
            )
            for number, (code, place) in reversed(list(enumerate(people)))
            if number >= 4
        ],
    )
    return before, after


def test_numbers_of_the_same_people_are_compared_pair_by_pair(sets: tuple[AnswerSet, AnswerSet]) -> None:
    before, after = sets

    found = results.work_out(after, Question(kind="paired", outcome="age", earlier=str(before.pk)))

    ages = [20 + number % 5 for number in range(4, 40)]
    later = [20 + number % 5 + (3 if number % 2 else 0) + number % 3 for number in range(4, 40)]
    expected = samples.paired_t(ages, later)
    assert found.n == 36
    assert found.exact["findings"][0]["statistic"] == pytest.approx(expected.statistic)
    assert "rose from 22.06 to 24.56: +2.50" in found.sentence
    assert [line.label for line in found.parts[0].lines] == ["With", "Without"]
    assert found.parts[1].lines[1].cells == ("4", "0")
    assert found.compared_with == "Spring"


def test_choices_of_the_same_people_are_tested_by_who_changed(sets: tuple[AnswerSet, AnswerSet]) -> None:
    before, after = sets
    everybody = Question(kind="paired", outcome="mobility", earlier=str(before.pk))

    found = results.work_out(after, everybody)

    assert found.exact["method"] == "mcnemar_exact"
    assert found.n == 36
    assert "fell by 50.0 percentage points" in found.sentence


def test_a_null_says_which_change_would_have_been_seen(sets: tuple[AnswerSet, AnswerSet]) -> None:
    before, _after = sets
    same = AnswerSetFactory(version=before.version, owner=before.owner, title="Again")
    answered(
        same, [(f"code{number}", None, {"age": 20 + (number + number // 5 % 2) % 5}) for number in range(40)]
    )

    found = results.work_out(same, Question(kind="paired", outcome="age", earlier=str(before.pk)))

    assert "No change of “Age” was found" in found.sentence
    assert "or more would have been seen" in found.sentence


def test_one_group_is_compared_with_all_others(sets: tuple[AnswerSet, AnswerSet]) -> None:
    before, after = sets
    slug = before.owner.slug
    question = Question(
        kind="difference", outcome="age", by="institution", treated=slug, earlier=str(before.pk)
    )

    found = results.work_out(after, question)

    assert found.exact["method"] == "difference_in_changes"
    assert "more in “With” than with all others" in found.sentence
    assert [line.cells[0] for line in found.lines] == ["18", "18"]


def test_without_codes_all_answers_of_both_times_are_compared(sets: tuple[AnswerSet, AnswerSet]) -> None:
    before, after = sets
    after.submissions.update(pairing="")
    question = Question(
        kind="difference", outcome="age", by="institution", treated=before.owner.slug, earlier=str(before.pk)
    )

    found = results.work_out(after, question)

    assert found.exact["method"] == "difference_in_differences"
    assert "who answered may differ" in found.notes[0]
    with pytest.raises(results.CannotAnswer, match="Only 0 people can be followed"):
        results.work_out(after, Question(kind="paired", outcome="age", earlier=str(before.pk)))


@pytest.mark.parametrize("kind", ["paired", "difference"])
def test_the_page_asks_and_answers(client_of: Any, sets: tuple[AnswerSet, AnswerSet], kind: str) -> None:
    before, after = sets
    client = client_of(CoordinatorFactory(at=before.owner))
    address = f"/situation/answers/{after.pk}/ask/?kind={kind}"
    asked = f"&outcome=age&earlier={before.pk}&by=institution&treated={before.owner.slug}"

    empty = client.get(address)
    full = client.get(address + asked)
    kept = client.post(
        f"/situation/answers/{after.pk}/keep/",
        {
            "kind": kind,
            "outcome": "age",
            "earlier": before.pk,
            "by": "institution",
            "treated": before.owner.slug,
        },
    )

    assert "Spring" in empty.content.decode()
    assert full.status_code == 200
    assert kept.status_code == 302


def test_answers_that_a_person_may_not_read_cannot_be_looked_back_to(
    client_of: Any, sets: tuple[AnswerSet, AnswerSet]
) -> None:
    _before, after = sets
    strange = AnswerSetFactory(owner=InstitutionFactory())
    client = client_of(CoordinatorFactory(at=after.owner))
    words = {"kind": "paired", "outcome": "age", "earlier": str(strange.pk)}

    assert client.get(f"/situation/answers/{after.pk}/ask/", words).status_code == 404
    assert client.post(f"/situation/answers/{after.pk}/keep/", words).status_code == 404


def test_positions_of_pairs_are_those_of_columns(sets: tuple[AnswerSet, AnswerSet]) -> None:
    _before, after = sets

    assert answers_of(after).keys.tolist() == sorted(after.submissions.values_list("pk", flat=True))
