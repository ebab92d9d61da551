"""Who answered what."""

from __future__ import annotations

from typing import Any

import pytest

from biosint.situation.queries.gaps import gaps_of
from biosint.situation.queries.tables import answers_of
from biosint.surveys.models import AnswerSet
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, PersonFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer_set() -> AnswerSet:
    """Forty people at two institutions; at the second, most leave their age out, and three leave the wish to go abroad out."""
    places = [InstitutionFactory(short_name=name) for name in ("Alpha", "Beta")]
    answer_set = AnswerSetFactory(owner=places[0], asked=places)
    for number in range(40):
        answers: dict[str, Any] = {
            "mobility": "yes", "obstacles": ["money"], "digital_a": 3, "digital_b": 2, "age": 20, "wish": "more"
        }  # fmt: skip
        if number >= 20 and number % 4:
            answers.pop("age")
        if number >= 37:
            answers.pop("mobility")
        SubmissionFactory(answer_set=answer_set, institution=places[number // 20], answers=answers)
    return answer_set


def test_shares_missing_are_told_for_all_and_for_each_group(answer_set: AnswerSet) -> None:
    found = gaps_of(answers_of(answer_set), by="institution", smallest=0)

    assert found is not None
    age = next(gap for gap in found.questions if gap.name == "Age")
    assert (age.missing, age.share, age.groups) == (15, 0.375, (0.0, 0.75))
    assert age.differs
    assert [gap.name for gap in found.questions] == ["Abroad?", "What hinders?", "I can.", "I cannot.", "Age"]
    assert found.groups == (("Alpha", 1.0), ("Beta", 0.25))
    assert "Left out most often: “Age” (38\N{NO-BREAK SPACE}%)" in found.sentence
    assert "left out differently much" in found.sentence


def test_shares_that_tell_of_few_people_are_hidden(answer_set: AnswerSet) -> None:
    found = gaps_of(answers_of(answer_set), by="institution", smallest=5)

    assert found is not None
    assert found.questions[0].groups == (None, None)


def test_nobody_answered_nothing_to_show() -> None:
    assert gaps_of(answers_of(AnswerSetFactory()), by="", smallest=0) is None


def test_the_page_is_for_readers_of_the_results(answer_set: AnswerSet, client_of: Any) -> None:
    address = f"/situation/answers/{answer_set.pk}/missing/"

    page = client_of(CoordinatorFactory(at=answer_set.owner)).get(address)

    assert "37.5" in page.content.decode()
    assert client_of(PersonFactory()).get(address).status_code == 404
