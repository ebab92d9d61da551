"""Answers of every kind of question become columns of numbers."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from biosint.situation.queries.tables import answers_of
from clock import DAY, NOON
from factories.people import CoordinatorFactory
from factories.surveys import EVERY_KIND, AnswerSetFactory, SubmissionFactory, VersionFactory

KEY: dict[str, Any] = {
    "code": "confidence",
    "title": {"en": "Confidence"},
    "items": ["confidence_a", "confidence_b", "confidence_c"],
    "reverse": ["confidence_b"],
    "points": {"least": 1, "most": 5},
}

pytestmark = pytest.mark.django_db


def test_dates_ranks_countries_and_languages_become_numbers() -> None:
    answer_set = AnswerSetFactory(version=VersionFactory(content=EVERY_KIND))
    for answers in (
        {"since": "2020-10-01", "wishes": ["friends", "money"], "where": "RS", "spoken": ["sq", "sr"]},
        {"wishes": ["time"], "where": "AL", "support_net": "good"},
    ):
        SubmissionFactory(answer_set=answer_set, answers=answers)

    found = answers_of(answer_set).variables

    np.testing.assert_array_equal(found["since"].values, [18536, np.nan])
    np.testing.assert_array_equal(found["wishes:friends"].values, [1, np.nan])
    np.testing.assert_array_equal(found["wishes:money"].values, [2, np.nan])
    np.testing.assert_array_equal(found["wishes:time"].values, [np.nan, 1])
    assert [option.code for option in found["where"].options] == ["AL", "RS"]
    np.testing.assert_array_equal(found["where"].values, [1, 0])
    assert {code for code in found if code.startswith("spoken")} == {"spoken:sq", "spoken:sr"}
    assert found["support_net"].label_of(2) == "Good"


def test_results_and_files_of_every_kind_can_be_opened(client_of: Any) -> None:
    content = {**copy.deepcopy(EVERY_KIND), "instruments": [KEY]}
    answer_set = AnswerSetFactory(version=VersionFactory(content=content), closes_at=NOON - 4 * DAY)
    for number in range(12):
        answers: dict[str, Any] = {
            "abroad": "yes" if number % 2 else "no",
            "since": f"2020-10-{number + 1:02}",
            "hours": number / 2,
            "spoken": ["sq", "sr"],
            "wishes": ["friends", "money", "time"],
            "support_net": "good",
            "ways": ["online"],
            "confidence_a": 1 + number % 5,
            "confidence_b": 5 - number % 5,
            "confidence_c": 3,
            "word": "curious",
        }
        if number % 2:
            answers["where"] = "RS"
        SubmissionFactory(answer_set=answer_set, answers=answers)
    client = client_of(CoordinatorFactory(at=answer_set.owner))

    page = client.get(f"/situation/answers/{answer_set.pk}/")
    csv = b"".join(client.get(f"/situation/answers/{answer_set.pk}/answers.csv").streaming_content).decode()
    workbook = client.get(f"/situation/answers/{answer_set.pk}/answers.xlsx")

    assert page.status_code == 200
    assert "Serbia" in page.content.decode()
    assert "friends; money; time" in csv
    assert workbook.status_code == 200
