"""The items of a scale: each among the others, and the scale in each language."""

from __future__ import annotations

from typing import Any

import pytest

from biosint.situation.queries import results
from biosint.situation.questions import Question
from biosint.surveys.models import AnswerSet
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

pytestmark = pytest.mark.django_db

SCALE = Question(kind="items", items=("digital_a", "digital_b"), reversed=("digital_b",), low="1", high="5")


@pytest.fixture
def answer_set() -> AnswerSet:
    answer_set = AnswerSetFactory(hides_small_groups=False)
    for number in range(70):
        point = 1 + number % 5
        SubmissionFactory(
            answer_set=answer_set,
            institution=None,
            language="sr" if number % 2 else "en",
            answers={"digital_a": point, "digital_b": 6 - point if number % 7 else point},
        )
    return answer_set


def test_items_that_go_together_are_left_in_peace(answer_set: AnswerSet) -> None:
    found = results.work_out(answer_set, SCALE)

    assert found.sentence == "Every item goes with the others and tells people apart."
    assert found.lines[1].label == "I cannot. (turned)"
    assert found.lines[0].cells[2] == "20\N{NO-BREAK SPACE}%"


def test_an_item_that_was_not_turned_is_named(answer_set: AnswerSet) -> None:
    found = results.work_out(answer_set, Question(kind="items", items=SCALE.items, low="1", high="5"))

    assert found.sentence == "Items to look at: 2 of 2."
    assert "it goes against the others" in found.notes[0]


def test_reliability_is_told_for_each_language(answer_set: AnswerSet) -> None:
    found = results.work_out(
        answer_set, Question(kind="reliability", items=SCALE.items, reversed=SCALE.reversed, by="language")
    )

    assert [line.cells[0] for line in found.parts[0].lines] == ["35", "35"]
    assert "its translation may say something else" in found.parts[0].note


def test_the_page_offers_the_scales(client_of: Any) -> None:
    home = InstitutionFactory()
    answer_set = AnswerSetFactory(owner=home, asked=[home])
    for number in range(9):
        SubmissionFactory(
            answer_set=answer_set,
            institution=home,
            answers={"digital_a": 1 + number % 5, "digital_b": 1 + number % 4},
        )
    client = client_of(CoordinatorFactory(at=home))

    offered = client.get(f"/situation/answers/{answer_set.pk}/ask/?kind=items").content.decode()
    shown = client.get(f"/situation/answers/{answer_set.pk}/ask/?{SCALE.as_address()}")

    assert "How true?</a>" in offered
    assert shown.status_code == 200
