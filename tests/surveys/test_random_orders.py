"""Random orders: the same for one form, even on average, and without any trace in the code book."""

from __future__ import annotations

import copy
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.surveys.definitions import parse
from biosint.surveys.orders import ORDERS, in_order, number_of_orders, order_of
from biosint.surveys.web.answering import _hand_out
from biosint.surveys.web.drawing import blank_of
from factories.surveys import EVERY_KIND, SMALL, AnswerSetFactory, VersionFactory

DEFINITION = parse(EVERY_KIND)


def items_in(order: int) -> list[str]:
    shown = in_order(DEFINITION, order)
    return [
        item.code for question in shown.questions if question.code == "confidence" for item in question.items
    ]


def test_nothing_random_has_one_order() -> None:
    definition = parse(SMALL)

    assert number_of_orders(definition) == 1
    assert in_order(definition, 0) is definition


def test_every_item_stands_in_the_middle_on_average() -> None:
    places: Counter[str] = Counter()
    for order in range(ORDERS):
        for place, code in enumerate(items_in(order)):
            places[code] += place

    assert set(places.values()) == {ORDERS * 1}
    assert len({tuple(items_in(order)) for order in range(ORDERS)}) > 3


def test_the_same_key_has_the_same_order() -> None:
    key = uuid.UUID(int=12345)

    assert order_of(key, ORDERS) == order_of(key, ORDERS) == 12345 % ORDERS


def test_the_code_book_is_the_same_in_every_order() -> None:
    content = copy.deepcopy(EVERY_KIND)
    content["sections"][2]["random_order"] = True
    content["sections"][2]["questions"][-1].pop("shown_if")
    definition = parse(content)

    for order in range(ORDERS):
        shown = in_order(definition, order)

        assert sorted(column.code for column in shown.columns()) == sorted(
            column.code for column in definition.columns()
        )
    firsts = {in_order(definition, order).sections[2].questions[0].code for order in range(ORDERS)}
    assert len(firsts) > 3


def test_an_answer_that_stays_last_is_last_in_every_order() -> None:
    for order in range(ORDERS):
        ways = next(question for question in in_order(DEFINITION, order).questions if question.code == "ways")

        assert ways.options[-1].code == "none"


@pytest.mark.django_db
def test_after_a_mistake_the_page_keeps_its_order() -> None:
    now = timezone.now()
    answer_set = AnswerSetFactory(
        version=VersionFactory(content=EVERY_KIND),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )

    def order_on(page: str) -> list[str]:
        return sorted(
            ("confidence_a", "confidence_b", "confidence_c"), key=lambda code: page.index(f'id="q_{code}"')
        )

    for number in (0, 7, 10):
        sealed = _hand_out(answer_set, now, key=uuid.UUID(int=number))

        response = Client().post(f"/surveys/a/{answer_set.token}/", {"key": sealed})

        assert response.status_code == 422
        assert order_on(response.content.decode()) == items_in(number)


@pytest.mark.django_db
def test_a_shuffled_page_asks_the_database_as_little_as_any_other(django_assert_num_queries: Any) -> None:
    now = timezone.now()
    answer_set = AnswerSetFactory(
        version=VersionFactory(content=EVERY_KIND),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    drawn = {
        str(blank_of(answer_set, language="en", key=uuid.UUID(int=order)).questions)
        for order in range(ORDERS)
    }
    Client().get(f"/surveys/a/{answer_set.token}/")

    with django_assert_num_queries(2):
        Client().get(f"/surveys/a/{answer_set.token}/")

    assert len(drawn) > ORDERS / 2
