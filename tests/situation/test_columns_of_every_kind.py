"""Answers of every kind of question become columns of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from biosint.situation.queries.tables import answers_of
from factories.surveys import EVERY_KIND, AnswerSetFactory, SubmissionFactory, VersionFactory

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
