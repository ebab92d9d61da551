"""Likeness part by part, weeks in common, rounds in which nobody meets twice."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.partners import WEIGHTS, Profile, Stretch, common_weeks, likeness, meetings

SEPSIS = Profile(
    {"sepsis": "sepsis", "antibiotics": "antibiotics"}, "0912", "en", {"systems": 3, "ethics": 4}
)


def shares(one: Profile, other: Profile, weeks: float | None = None) -> dict[str, float]:
    return {part.name: round(part.share, 3) for part in likeness(one, other, weeks_in_common=weeks).parts}


def test_an_offer_is_wholly_like_itself() -> None:
    assert likeness(SEPSIS, SEPSIS, weeks_in_common=1).score == pytest.approx(1)


def test_parts_are_worked_out_by_hand() -> None:
    other = Profile({"sepsis": "Sepsis", "wards": "wards", "shock": "shock"}, "0923", "sq", {"systems": 1})

    assert shares(SEPSIS, other, 0.25) == {
        "keywords": 0.5,  # one of two
        "subject": 0.3,  # 09 alone
        "coverage": 0.6,  # 3 / (5 * 1)
        "calendar": 0.25,
        "language": 0.0,
    }
    score = likeness(SEPSIS, other, weeks_in_common=0.25).score
    assert score == pytest.approx(0.3 * 0.5 + 0.25 * 0.3 + 0.2 * 0.6 + 0.15 * 0.25)


def test_weights_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_what_is_not_known_is_left_out_and_not_counted_as_nought() -> None:
    found = likeness(Profile({}, "0912"), SEPSIS)

    assert [(part.name, part.weight) for part in found.parts] == [("subject", 1.0)]
    assert found.score == 1
    assert likeness(Profile({}), Profile({})).parts == ()


def test_a_share_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="share from 0 to 1"):
        likeness(SEPSIS, SEPSIS, weeks_in_common=1.5)


def test_a_holiday_inside_a_term_takes_its_week_away() -> None:
    first = [Stretch(date(2027, 3, 1), date(2027, 3, 28))]
    second = [*first, Stretch(date(2027, 3, 8), date(2027, 3, 10), teaches=False)]

    found = common_weeks(first, second, start=date(2027, 3, 1), end=date(2027, 3, 31))

    assert (found.common, found.first_only, found.second_only, found.neither) == (3, 1, 0, 1)
    assert found.mondays == (date(2027, 3, 1), date(2027, 3, 15), date(2027, 3, 22))


def test_a_span_of_a_weekend_has_no_weeks_and_a_backward_one_is_refused() -> None:
    assert common_weeks([], [], start=date(2027, 3, 6), end=date(2027, 3, 7)).weeks == 0
    with pytest.raises(ValueError, match="before it begins"):
        common_weeks([], [], start=date(2027, 3, 7), end=date(2027, 3, 6))


def test_the_worthiest_pairs_meet_first() -> None:
    worth = [[None, 9, 1, 1], [9, None, 1, 1], [1, 1, None, 2], [1, 1, 2, None]]

    assert meetings(worth, rounds=1) == [[(0, 1), (2, 3)]]


def test_pairs_exchange_partners_when_the_round_is_worth_more() -> None:
    # Choosing the best pair first (0-1: 5) would leave 2-3 with nothing: 5 in all instead of 8.
    worth = [[None, 5, 4, 0], [5, None, 0, 4], [4, 0, None, 0], [0, 4, 0, None]]

    assert meetings(worth, rounds=1) == [[(0, 2), (1, 3)]]


def test_of_an_odd_number_nobody_sits_out_twice_before_the_others() -> None:
    worth = [[None if one == other else 1 for other in range(5)] for one in range(5)]

    plan = meetings(worth, rounds=5)

    seats = [sum(person in pair for pairs in plan for pair in pairs) for person in range(5)]
    assert max(seats) - min(seats) <= 1


def test_a_lopsided_table_is_refused() -> None:
    with pytest.raises(ValueError, match="symmetric"):
        meetings([[None, 1], [2, None]], rounds=1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9), st.integers(1, 12), st.randoms(use_true_random=False))
def test_nobody_meets_twice_nor_two_at_once_nor_whom_they_should_not(
    count: int, rounds: int, rng: Random
) -> None:
    worth: list[list[float | None]] = [[None] * count for _row in range(count)]
    for one in range(count):
        for other in range(one + 1, count):
            worth[one][other] = worth[other][one] = rng.choice([None, 0.0, rng.random()])

    plan = meetings(worth, rounds=rounds)

    pairs = [pair for one_round in plan for pair in one_round]
    assert len(pairs) == len(set(pairs))
    assert all(worth[one][other] is not None for one, other in pairs)
    for one_round in plan:
        people = [person for pair in one_round for person in pair]
        assert len(people) == len(set(people))
    assert meetings(worth, rounds=rounds) == plan
