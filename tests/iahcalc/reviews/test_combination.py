from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iahcalc.faults import TooFewAnswers
from iahcalc.reviews import Ratings, allocate, combine, reliability, reviewer_weights

NAN = float("nan")


def ratings(rows: list[tuple[int, int, float]]) -> Ratings:
    by, of, points = zip(*rows, strict=True) if rows else ((), (), ())
    return Ratings(np.array(by, dtype=np.intp), np.array(of, dtype=np.intp), np.array(points, dtype=float))


def a_course(
    people: int, each: int, *, seed: int, leniency: npt.NDArray[np.float64], scatter: npt.NDArray[np.float64]
) -> tuple[Ratings, npt.NDArray[np.float64]]:
    """Reviews of works of known worth."""
    dice = np.random.default_rng(seed)
    worth = dice.normal(70, 8, people)
    shared = allocate([{one} for one in range(people)], works=people, each=each, seed=seed)
    rows = [
        (by, of, worth[of] + leniency[by] + dice.normal() * scatter[by])
        for by, mine in enumerate(shared)
        for of in mine
    ]
    return ratings(rows), worth


def test_leniency_is_taken_out_as_worked_by_hand() -> None:
    # Reviewer 0 gives 20 more than the two others. By hand, with fairness 2: the leniency a of reviewer 0 is
    # (2 (90 - q)) / 4 with q = 80 - (a + b) / 2, and b = -a / 2 since leniencies add up to 0: a = 40 / 7.
    given_points = ratings([(0, 0, 90), (1, 0, 70), (0, 1, 90), (2, 1, 70), (1, 2, 70), (2, 2, 70)])

    found = combine(given_points, reviewers=3, works=3)

    assert found.leniency == pytest.approx([40 / 7, -20 / 7, -20 / 7])
    assert found.results == pytest.approx([80 - 10 / 7, 80 - 10 / 7, 70 + 20 / 7])
    assert found.counts.tolist() == [2, 2, 2]
    assert found.gaps[:2] == pytest.approx([20 - 60 / 7, 60 / 7 - 20])
    assert found.spreads == pytest.approx([10 - 30 / 7, 10 - 30 / 7, 0], abs=1e-6)


def test_the_teachers_points_tell_leniency_where_reviewers_never_meet() -> None:
    alone = ratings([(0, 0, 80), (1, 1, 60)])

    found = combine(alone, reviewers=2, works=2, deviations=[[10.0, 10.0, 10.0, 10.0], [0.0, 0.0, 0.0, 0.0]])

    # With fairness 2, four ratings 10 above the teacher's count as 40 / 6 above.
    assert found.results == pytest.approx([80 - 40 / 6, 60])


def test_a_work_without_reviews_has_no_result() -> None:
    found = combine(ratings([(0, 1, 50)]), reviewers=1, works=3)

    assert np.isnan(found.results).tolist() == [True, False, True]
    assert np.isnan(found.spreads).all()
    assert np.isnan(found.gaps).all()
    assert found.counts.tolist() == [0, 1, 0]
    nothing = combine(ratings([]), reviewers=2, works=1)
    assert np.isnan(nothing.results).all()


def test_a_heavier_voice_moves_the_result_further() -> None:
    two = ratings([(0, 0, 90), (1, 0, 60)])

    found = combine(two, reviewers=2, works=1, weights=[3.0, 1.0], fairness=1e9)

    assert found.results == pytest.approx([82.5], abs=1e-5)
    assert found.spreads == pytest.approx([np.sqrt((3 * 7.5**2 + 22.5**2) / 4)], abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.integers(2, 4))
def test_the_sum_of_squares_has_no_lower_point_nearby(seed: int, each: int) -> None:
    dice = np.random.default_rng(seed)
    people = 8
    given_points, _worth = a_course(
        people, each, seed=seed, leniency=dice.normal(0, 8, people), scatter=np.full(people, 6.0)
    )
    trust = dice.uniform(0.5, 2, people)

    found = combine(given_points, reviewers=people, works=people, weights=trust)

    def total(results: npt.NDArray[np.float64], leniency: npt.NDArray[np.float64]) -> float:
        by, of = given_points.reviewers, given_points.works
        left = given_points.points - results[of] - leniency[by]
        return float((trust[by] * left**2).sum() + 2 * (trust * leniency**2).sum())

    best = total(found.results, found.leniency)
    for _try in range(20):
        step, other = dice.normal(0, 0.01, people), dice.normal(0, 0.01, people)
        assert best < total(found.results + step, found.leniency + other)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999))
def test_the_order_of_reviews_does_not_matter(seed: int) -> None:
    dice = np.random.default_rng(seed)
    given_points, _worth = a_course(
        12, 3, seed=seed, leniency=dice.normal(0, 8, 12), scatter=np.full(12, 5.0)
    )
    order = dice.permutation(len(given_points.points))
    mixed = Ratings(given_points.reviewers[order], given_points.works[order], given_points.points[order])

    first = combine(given_points, reviewers=12, works=12)
    second = combine(mixed, reviewers=12, works=12)

    assert second.results == pytest.approx(first.results, abs=1e-6)
    assert second.gaps == pytest.approx(first.gaps[order], abs=1e-6)


def test_results_come_nearer_to_the_worth_than_plain_means() -> None:
    dice = np.random.default_rng(4)
    people = 400
    leniency, scatter = dice.normal(0, 10, people), dice.uniform(3, 15, people)
    given_points, worth = a_course(people, 4, seed=4, leniency=leniency, scatter=scatter)
    deviations = leniency[:, None] + dice.normal(size=(people, 4)) * scatter[:, None]
    weights = reviewer_weights(deviations)

    plain = combine(given_points, reviewers=people, works=people, fairness=1e12).results
    fair = combine(
        given_points, reviewers=people, works=people, weights=weights, deviations=deviations
    ).results

    missed = [float(np.sqrt(((found - worth) ** 2).mean())) for found in (plain, fair)]
    assert missed[1] < 0.8 * missed[0]


def test_a_reviewer_who_scatters_counts_less_and_one_who_is_only_strict_does_not() -> None:
    deviations: list[list[float]] = [[1, -1, 1, -1], [-9, -11, -9, -11], [25, -25, 25, -25], [NAN] * 4]

    steady, strict, wild, unknown = reviewer_weights(deviations)

    assert wild < 0.6
    assert 1 < strict < steady
    assert unknown == 1


def test_weights_as_worked_by_hand() -> None:
    # Reviewer 0: leniency 0, scatter 8. Reviewer 1: leniency 12 / 5, squares 7.6² + 12.4² + 9.6² = 303.68.
    # The usual scatter is 311.68 / 6, mixed in four times.
    usual = 311.68 / 6

    found = reviewer_weights([[0, 2, -2], [10, -10, 12]])

    assert found == pytest.approx([usual / ((8 + 4 * usual) / 7), usual / ((303.68 + 4 * usual) / 7)])


def test_weights_without_any_difference_are_equal() -> None:
    assert reviewer_weights([[0, 0], [0, 0]]).tolist() == [1, 1]
    assert reviewer_weights(np.empty((3, 0))).tolist() == [1, 1, 1]


def test_reliability_agrees_with_shrout_and_fleiss() -> None:
    # Shrout and Fleiss (1979), table 2: six targets, four judges; table 4: ICC(1,1) = .17, ICC(1,4) = .44.
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    works = [row for row in range(6) for _judge in range(4)]

    found = reliability(works, [points for row in table for points in row])

    assert found.single == pytest.approx(0.17, abs=0.005)
    assert found.mean == pytest.approx(0.44, abs=0.005)
    assert (found.reviews, found.works) == (4, 6)


def test_a_work_with_one_review_does_not_change_reliability() -> None:
    with_one = reliability([0, 0, 1, 1, 2], [60, 64, 80, 76, 5])

    assert with_one == reliability([0, 0, 1, 1], [60, 64, 80, 76])


@pytest.mark.parametrize(
    ("works", "points"), [([], []), ([0, 0], [1, 2]), ([0, 1], [1, 2]), ([0, 0, 1, 1], [5, 5, 5, 5])]
)
def test_reliability_needs_several_works_that_differ(works: list[int], points: list[float]) -> None:
    with pytest.raises(TooFewAnswers):
        reliability(works, points)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: reviewer_weights([1, 2]), "shape"),
        (lambda: reviewer_weights([[1]], steadiness=0), "above 0"),
        (lambda: combine(ratings([(0, 0, 1)]), reviewers=1, works=1, fairness=0), "above 0"),
        (lambda: combine(ratings([(0, 0, 1)]), reviewers=1, works=1, weights=[0.0]), "above 0"),
        (lambda: combine(ratings([(0, 0, 1)]), reviewers=2, works=1, weights=[1.0]), "one entry"),
        (lambda: combine(ratings([(1, 0, 1)]), reviewers=1, works=1), "numbered"),
        (lambda: combine(ratings([(0, 0, NAN)]), reviewers=1, works=1), "without points"),
        (
            lambda: combine(Ratings(np.array([0]), np.array([0]), np.array([])), reviewers=1, works=1),
            "one length",
        ),
        (lambda: reliability([0, 0], [1]), "one length"),
    ],
)
def test_a_wrong_call_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
