"""Three hundred people send within a minute: every answer arrives, each form once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from biosint.surveys.models import AnswerSet, Submission
from biosint.surveys.web.answering import _hand_out
from factories.surveys import AnswerSetFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 300
AT_ONCE = 12


def open_now() -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))


def send(answer_set: AnswerSet, form: dict[str, Any]) -> int:
    try:
        return Client().post(f"/surveys/a/{answer_set.token}/", form).status_code
    finally:
        connections.close_all()


def forms_of(answer_set: AnswerSet, number: int) -> list[dict[str, Any]]:
    return [
        {
            "consent": "yes",
            "mobility": "yes",
            "age": str(17 + place % 80),
            "wish": str(place),
            "key": _hand_out(answer_set, timezone.now()),
        }
        for place in range(number)
    ]


def test_three_hundred_answers_at_once_lose_nothing() -> None:
    answer_set = open_now()
    forms = forms_of(answer_set, PEOPLE)

    with ThreadPoolExecutor(AT_ONCE) as people:
        statuses = Counter(people.map(lambda form: send(answer_set, form), forms))

    assert statuses == {303: PEOPLE}
    wishes = {submission.answers["wish"] for submission in Submission.objects.all()}
    assert wishes == {str(place) for place in range(PEOPLE)}


def test_one_form_sent_from_many_threads_counts_once() -> None:
    answer_set = open_now()
    (form,) = forms_of(answer_set, 1)

    with ThreadPoolExecutor(AT_ONCE) as people:
        statuses = Counter(people.map(lambda _turn: send(answer_set, form), range(40)))

    assert statuses == {303: 40}
    assert Submission.objects.count() == 1
