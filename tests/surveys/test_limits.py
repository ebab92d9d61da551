from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from biosint.surveys.models import Submission
from biosint.surveys.web.answering import _hand_out
from biosint.surveys.web.limits import SENDINGS, within_limit
from factories.surveys import AnswerSetFactory


def test_an_address_is_limited_and_others_are_not() -> None:
    one = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    other = RequestFactory().post("/", REMOTE_ADDR="192.0.2.2")

    found = [within_limit(one, purpose="answer", most=3) for _time in range(4)]

    assert found == [True, True, True, False]
    assert within_limit(other, purpose="answer", most=3)


def test_behind_a_proxy_only_the_last_entry_is_believed(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    invented = [
        RequestFactory().post("/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 192.0.2.1")
        for number in range(3)
    ]

    assert [within_limit(request, purpose="x", most=2) for request in invented] == [True, True, False]


@pytest.mark.django_db
def test_beyond_the_limit_everything_typed_is_kept() -> None:
    now = timezone.now()
    answer_set = AnswerSetFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    request = RequestFactory().post("/")
    for _time in range(SENDINGS):
        within_limit(request, purpose=f"answer-{answer_set.pk}")

    response = Client().post(
        f"/surveys/a/{answer_set.token}/",
        {"consent": "yes", "mobility": "yes", "wish": "My wish", "key": _hand_out(answer_set, now)},
    )

    assert response.status_code == 429
    assert "My wish" in response.content.decode()
    assert not Submission.objects.exists()
