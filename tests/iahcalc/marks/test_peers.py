from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from iahcalc.marks import Flag, FlagKind, peer_factors

NAN = float("nan")
# Members are worth 4, 3, 3, 2; the second rater gives one more than they are worth, the last one less.
MILD_AND_STRICT = [[NAN, 3, 3, 2], [5, NAN, 4, 3], [4, 3, NAN, 2], [3, 2, 2, NAN]]


def factors(ratings: Any, **asked: Any) -> list[float]:
    return [round(member.factor, 4) for member in peer_factors(ratings, **asked).members]


def test_leniency_of_raters_is_taken_out() -> None:
    # Members are worth 1, 0, 0, -1 more than the mean, on a scale that is 4 long.
    found = peer_factors(MILD_AND_STRICT, bounds=(0, 2))

    assert [round(member.score or 0, 9) for member in found.members] == [1.25, 1, 1, 0.75]
    assert [round(member.factor, 9) for member in found.members] == [1.25, 1, 1, 0.75]
    assert [round(one, 9) for one in found.leniency] == [0, 1, 0, -1]
    assert found.reliability == pytest.approx(1)
    # What was plainly received would have put the second below the third.
    assert [round(member.received or 0, 2) for member in found.members] == [4, 2.67, 3, 2.33]


def test_equal_ratings_leave_every_factor_at_one() -> None:
    found = peer_factors(np.full((4, 4), 4.0))

    assert [member.factor for member in found.members] == pytest.approx([1] * 4)
    assert found.reliability is None


@pytest.mark.parametrize("silent", range(4))
def test_rating_nobody_neither_helps_nor_harms(silent: int) -> None:
    ratings = np.array(MILD_AND_STRICT)
    ratings[silent] = NAN

    found = peer_factors(ratings, bounds=(0, 2))

    assert [round(member.factor, 9) for member in found.members] == [1.25, 1, 1, 0.75]
    assert Flag(FlagKind.SILENT, (silent,)) in found.flags


@pytest.mark.parametrize("own", [1.0, 5.0, NAN])
def test_what_one_gives_oneself_changes_no_factor(own: float) -> None:
    ratings = np.array(MILD_AND_STRICT)
    ratings[3, 3] = own

    assert factors(ratings) == factors(MILD_AND_STRICT)


def test_rating_everybody_lower_does_not_raise_ones_own_factor() -> None:
    ratings = np.array(MILD_AND_STRICT)
    ratings[1] -= 1

    assert factors(ratings) == factors(MILD_AND_STRICT)
    assert peer_factors(ratings).leniency[1] == pytest.approx(
        peer_factors(MILD_AND_STRICT).leniency[1] - 0.75
    )


def test_weight_and_bounds_hold_the_factor() -> None:
    assert factors(MILD_AND_STRICT, weight=0) == [1, 1, 1, 1]
    assert factors(MILD_AND_STRICT, weight=0.5) == [1.125, 1, 1, 0.875]
    assert factors(MILD_AND_STRICT, bounds=(0.9, 1.1)) == [1.1, 1, 1, 0.9]


def test_criteria_are_averaged_and_gaps_left_out() -> None:
    cube = np.stack([np.array(MILD_AND_STRICT)] * 2, axis=2)
    cube[0, 1] = (NAN, 3)

    assert factors(cube) == factors(MILD_AND_STRICT)


def test_a_free_rider_loses_and_the_others_gain_within_the_bounds() -> None:
    # Fair values 5, 5, 5, 1 with mean 4: scores 1.25 and .25.
    assert factors([[NAN, 5, 5, 1], [5, NAN, 5, 1], [5, 5, NAN, 1], [5, 5, 5, NAN]]) == [1.2, 1.2, 1.2, 0.5]


def test_contradicting_raters_are_not_reliable() -> None:
    found = peer_factors([[NAN, 5, 1, 3], [1, NAN, 5, 3], [5, 1, NAN, 3], [1, 3, 5, NAN]])

    assert found.reliability is not None
    assert found.reliability < 0.3


def test_a_team_of_two_says_nothing() -> None:
    found = peer_factors([[NAN, 1], [5, NAN]])

    assert [member.factor for member in found.members] == [1, 1]
    assert {flag.kind for flag in found.flags} == {FlagKind.TOO_FEW}


def test_nobody_rated_at_all() -> None:
    found = peer_factors(np.full((3, 3), NAN))

    assert [member.factor for member in found.members] == [1, 1, 1]
    assert found.reliability is None


def test_everybody_at_the_lowest_leaves_the_factors_alone() -> None:
    assert factors(np.ones((3, 3))) == [1, 1, 1]


def kinds(ratings: Any) -> set[tuple[FlagKind, tuple[int, ...]]]:
    return {(flag.kind, flag.people) for flag in peer_factors(ratings).flags}


def test_two_who_rate_each_other_up_and_the_rest_down_are_flagged() -> None:
    ratings = [[NAN, 5, 2, 2], [5, NAN, 2, 2], [3.5, 3.5, NAN, 4], [3.5, 3.5, 4, NAN]]

    assert (FlagKind.CAMPS, (0, 1)) in kinds(ratings)
    assert FlagKind.CAMPS not in {kind for kind, _people in kinds(MILD_AND_STRICT)}


def test_one_rater_who_gives_all_the_same_is_flagged() -> None:
    ratings = [[NAN, 3, 3, 3], [5, NAN, 4, 3], [4, 3, NAN, 2], [3, 2, 2, NAN]]

    assert (FlagKind.ALL_THE_SAME, (0,)) in kinds(ratings)
    assert FlagKind.ALL_THE_SAME not in {kind for kind, _people in kinds(MILD_AND_STRICT)}


def test_a_big_gap_between_own_view_and_the_others_is_flagged() -> None:
    ratings = np.array(MILD_AND_STRICT)
    ratings[3, 3] = 5

    assert kinds(ratings) == {(FlagKind.OWN_VIEW, (3,))}


def test_one_voice_far_from_all_others_is_flagged() -> None:
    ratings = [[NAN, 5, 4, 4], [4, NAN, 4, 4], [4, 5, NAN, 4], [4, 1, 4, NAN]]

    assert (FlagKind.LONE_VOICE, (3, 1)) in kinds(ratings)


@pytest.mark.parametrize("wrong", [[[1, 2, 3], [1, 2, 3]], [[1, 6], [1, 2]], [[0, 1], [1, 2]], []])
def test_impossible_ratings_are_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"row and a column|outside the scale"):
        peer_factors(wrong)


def test_bounds_hold_one() -> None:
    with pytest.raises(ValueError, match="hold 1"):
        peer_factors(MILD_AND_STRICT, bounds=(1.1, 1.2))
