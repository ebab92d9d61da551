"""Scoring keys: values worked by hand, missing answers, cut-offs, and keys that cannot be."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from biosint.surveys.definitions import DefinitionFault, parse
from biosint.surveys.instruments import Instrument, bands, scores
from factories.surveys import EVERY_KIND, AnswerSetFactory, VersionFactory

KEY: dict[str, Any] = {
    "code": "mixed_teams",
    "version": "1",
    "title": {"en": "Confidence in mixed teams"},
    "items": ["confidence_a", "confidence_b", "confidence_c"],
    "reverse": ["confidence_b"],
    "points": {"least": 1, "most": 5},
    "least_answered": 2,
    "subscales": [
        {"code": "speaking", "title": {"en": "Speaking"}, "items": ["confidence_a", "confidence_b"]},
    ],
    "cutoffs": [
        {"at_least": 4, "label": {"en": "high"}},
        {"at_least": 1, "label": {"en": "low"}},
        {"score": "speaking", "at_least": 3, "label": {"en": "speaks"}},
    ],
    "licence": "CC BY 4.0",
    "source": "Made for this test",
}
# Rows: everything answered; one left out; two left out; nothing.
ANSWERS = {
    "confidence_a": np.array([5, 4, np.nan, np.nan]),
    "confidence_b": np.array([2, np.nan, np.nan, np.nan]),
    "confidence_c": np.array([3, 5, 4, np.nan]),
}


def with_key(**changes: Any) -> dict[str, Any]:
    content = copy.deepcopy(EVERY_KIND)
    content["instruments"] = [{**copy.deepcopy(KEY), **changes}]
    return content


def key(**changes: Any) -> Instrument:
    return parse(with_key(**changes)).instruments[0]


def test_means_are_those_worked_by_hand() -> None:
    found = scores(key(), ANSWERS)

    # (5 + (1 + 5 - 2) + 3) / 3 = 4; (4 + 5) / 2 = 4.5; one answer of two demanded; none.
    np.testing.assert_array_equal(found["mixed_teams:total"], [4, 4.5, np.nan, np.nan])
    # (5 + 4) / 2 = 4.5; a subscale demands all of its items where it does not say otherwise.
    np.testing.assert_array_equal(found["mixed_teams:speaking"], [4.5, np.nan, np.nan, np.nan])


def test_sums_take_a_left_out_item_for_the_persons_own_mean() -> None:
    instrument = key(scoring="sum")

    found = scores(instrument, ANSWERS)

    np.testing.assert_array_equal(found["mixed_teams:total"], [12, 13.5, np.nan, np.nan])
    np.testing.assert_array_equal(found["mixed_teams:speaking"], [9, np.nan, np.nan, np.nan])
    assert instrument.score_range("mixed_teams:total") == (3, 15)
    assert instrument.score_range("mixed_teams:speaking") == (2, 10)
    assert key().score_range("mixed_teams:total") == (1, 5)


def test_turning_every_item_and_the_key_leaves_the_score_mirrored() -> None:
    turned = {item: 6 - points for item, points in ANSWERS.items()}

    np.testing.assert_allclose(
        scores(key(), turned)["mixed_teams:total"], 6 - scores(key(), ANSWERS)["mixed_teams:total"]
    )


def test_answers_are_left_as_they_were() -> None:
    before = {item: points.copy() for item, points in ANSWERS.items()}

    scores(key(), ANSWERS)

    for item, points in before.items():
        np.testing.assert_array_equal(ANSWERS[item], points)


def test_cut_offs_describe_from_their_value_on() -> None:
    labels, places = bands(key(), "mixed_teams:total", np.array([4.0, 3.99, 1.0, 0.5, np.nan]))

    assert [label["en"] for label in labels] == ["low", "high"]
    np.testing.assert_array_equal(places, [1, 0, 0, np.nan, np.nan])


def test_without_cut_offs_nobody_is_described() -> None:
    labels, places = bands(key(cutoffs=[]), "mixed_teams:total", np.array([4.0]))

    assert labels == []
    assert np.isnan(places).all()


def test_scores_have_titles_and_an_instrument_may_have_no_total() -> None:
    assert list(key().score_titles) == ["mixed_teams:total", "mixed_teams:speaking"]
    without = key(total=False, cutoffs=[])

    assert list(without.score_titles) == ["mixed_teams:speaking"]
    assert list(scores(without, ANSWERS)) == ["mixed_teams:speaking"]


def test_columns_name_the_instrument_of_their_items() -> None:
    columns = {column.code: column.instrument for column in parse(with_key()).columns()}

    assert columns["confidence_c"] == "mixed_teams"
    assert columns["support_net"] == ""


@pytest.mark.django_db
def test_a_set_knows_the_instruments_of_its_questionnaire() -> None:
    asked = AnswerSetFactory(version=VersionFactory(content=with_key()))
    from_file = AnswerSetFactory(
        version=None, token=None, owner=asked.owner, created_by=asked.created_by, own_columns=[]
    )

    assert [instrument.code for instrument in asked.instruments] == ["mixed_teams"]
    assert from_file.instruments == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "Mixed Teams"}, "cannot be the code"),
        ({"items": []}, "nothing in it"),
        ({"items": ["confidence_a", "confidence_a"]}, "twice"),
        (
            {"items": ["confidence_a", "confidence_z"], "reverse": [], "subscales": [], "cutoffs": []},
            "is not asked",
        ),
        ({"reverse": ["confidence_z"]}, "none of its items"),
        ({"reverse": []}, "which way it is worded"),
        ({"points": {"least": 1, "most": 7}}, "from 1 to 7"),
        ({"points": {"least": 5, "most": 1}}, "lowest and the highest"),
        ({"scoring": "median"}, "“mean” or by “sum”"),
        ({"least_answered": 4}, "from 1 to 3"),
        ({"total": False, "subscales": [], "cutoffs": []}, "a total or subscales"),
        ({"subscales": [{"code": "total", "title": {"en": "T"}, "items": ["confidence_a"]}]}, "subscale"),
        ({"subscales": [{"code": "x", "title": {"en": "X"}, "items": ["support_net"]}]}, "none of its items"),
        ({"cutoffs": [{"score": "writing", "at_least": 2, "label": {"en": "w"}}]}, "one of its scores"),
    ],
)
def test_a_key_that_cannot_be_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(DefinitionFault, match=words):
        parse(with_key(**changes))


def test_an_item_belongs_to_one_instrument() -> None:
    content = with_key()
    content["instruments"].append({**KEY, "code": "other"})

    with pytest.raises(DefinitionFault, match="another instrument"):
        parse(content)
