"""What would raise an index, how firmly an order stands, and gains dimension by dimension."""

from __future__ import annotations

import numpy as np
import pytest

from iahcalc.faults import TooFewAnswers
from iahcalc.maturity import (
    Indicator,
    Kind,
    gains,
    gains_by_dimension,
    index,
    order_under_weights,
    parse_formula,
    raisers,
)

ASKED = [
    Indicator("S1", "strategy", Kind.LEVEL, weight=2),
    Indicator("S2", "strategy", Kind.YES_NO),
    Indicator("S3", "strategy", Kind.YES_NO),
    Indicator("L1", "learning", Kind.COUNT_PER_100, cap=20),
    Indicator("L2", "learning", Kind.RATIO, cap=50),
    Indicator("L3", "learning", Kind.RATIO, weight=2),
]
ANSWERS: dict[str, float | None] = {"S1": 2, "S2": 0, "S3": 1, "L1": 5, "L2": 45, "L3": None}


def test_each_step_is_worked_by_hand_and_the_largest_gain_comes_first() -> None:
    found = raisers(ASKED, ANSWERS)

    steps = {step.code: step for step in found.steps}
    # Half of the index is each dimension: strategy weighs 4, learning (without L3) 2.
    assert steps["S2"].gain == pytest.approx(50 * 1 / 4)
    assert steps["S1"].gain == pytest.approx(50 * 2 * 0.25 / 4)
    assert steps["L1"].gain == pytest.approx(50 * 0.1 / 2)
    assert steps["L2"].gain == pytest.approx(50 * 0.1 / 2)
    assert [step.code for step in found.steps] == ["S2", "S1", "L1", "L2"]
    assert (steps["L1"].after, steps["L2"].after, steps["S1"].after) == (7, 50, 3)
    assert steps["S2"].dimension_gain == pytest.approx(25)
    assert (found.full, found.unanswered) == (("S3",), ("L3",))


@pytest.mark.parametrize("mean", ["arithmetic", "geometric"])
def test_a_gain_is_what_the_index_gains_when_the_step_is_taken(mean: str) -> None:
    formula = parse_formula(f"{{code: a, title: A, mean: {{of_indicators: {mean}, of_dimensions: {mean}}}}}")
    weights = {"strategy": 2.0, "learning": 0.5}
    stands = index(ASKED, ANSWERS, formula=formula, dimension_weights=weights).value

    for step in raisers(ASKED, ANSWERS, formula=formula, dimension_weights=weights).steps:
        taken = index(
            ASKED, {**ANSWERS, step.code: step.after}, formula=formula, dimension_weights=weights
        ).value
        assert stands is not None
        assert taken is not None
        assert step.gain == pytest.approx(taken - stands), step.code


def test_without_an_index_a_step_still_raises_its_dimension() -> None:
    found = raisers(ASKED, {"S1": 2, "S2": 0, "S3": 1})

    assert [(step.code, step.gain, step.dimension_gain) for step in found.steps] == [
        ("S2", None, pytest.approx(25)),
        ("S1", None, pytest.approx(12.5)),
    ]


def test_the_order_of_clear_differences_stands_and_that_of_mixed_ones_wavers() -> None:
    found = order_under_weights(
        {
            "ahead": {"s": 90, "l": 90},
            "strong in s": {"s": 70, "l": 40},
            "strong in l": {"s": 41, "l": 68},
            "no value": {"s": 50, "l": None},
        },
        {"s": 1, "l": 1},
    )

    assert [row.name for row in found] == ["ahead", "strong in s", "strong in l"]
    assert (found[0].low, found[0].high, found[0].same) == (1, 1, 1)
    assert (found[1].low, found[1].high) == (2, 3)
    # Ahead by 110 to 109 with even weights: hardly better than a coin.
    assert 0.4 < found[1].same < 0.6
    assert found[1].same == found[2].same


def test_the_spread_of_an_average_weight_is_what_was_asked_for() -> None:
    from iahcalc.maturity._order import _concentration

    drawn = np.random.default_rng(1).dirichlet(np.full(6, _concentration(6, 0.3) / 6), 20_000)

    assert drawn.std(axis=0) == pytest.approx(0.3 / 6, rel=0.03)


def test_equal_institutions_share_the_better_place() -> None:
    found = order_under_weights({"a": {"s": 50}, "b": {"s": 50}, "c": {"s": 10}}, {"s": 1})

    assert [(row.name, row.rank, row.low, row.high) for row in found] == [
        ("a", 1, 1, 1),
        ("b", 1, 1, 1),
        ("c", 3, 3, 3),
    ]


def test_an_order_of_one_or_a_spread_that_cannot_be_is_refused() -> None:
    with pytest.raises(TooFewAnswers):
        order_under_weights({"a": {"s": 50}, "b": {"s": None}}, {"s": 1})
    both = {"a": {"s": 50, "l": 1}, "b": {"s": 1, "l": 50}}
    with pytest.raises(ValueError, match="spread"):
        order_under_weights(both, {"s": 1, "l": 1}, spread=0)
    with pytest.raises(ValueError, match="spread"):
        order_under_weights(both, {"s": 1, "l": 1}, spread=1)


def of_the_paper() -> tuple[dict[str, float | None], dict[str, float | None]]:
    """Seven faculties whose index rises from 39.3 to 55.6 so evenly that t is 41.00."""
    shape = np.array([-3, -2, -1, 0, 1, 2, 3], dtype=float)
    spread = 16.3 * np.sqrt(7) / 41.0
    rises = 16.3 + shape / shape.std(ddof=1) * spread
    start = 39.3 + np.array([4, -6, 9, -3, 1, -8, 3], dtype=float)
    before: dict[str, float | None] = {f"f{at}": float(value) for at, value in enumerate(start)}
    after = {name: float(start[at] + rises[at]) for at, name in enumerate(before)}
    return before, dict(after)


def test_the_published_figures_of_the_paper_come_out_of_data_that_have_them() -> None:
    before, after = of_the_paper()

    found = gains(before, after)

    assert (found.before, found.after) == (pytest.approx(39.3), pytest.approx(55.6))
    assert found.means is not None
    assert (found.means.statistic, found.means.df) == (pytest.approx(41.0), 6)
    assert found.means.p < 0.001
    # d = t / sqrt(n); the interval of the mean gain is 16.3 -+ 2.4469 x 16.3 / 41.00.
    assert found.means.effect.value == pytest.approx(41 / 7**0.5)
    assert (found.means.further_effects[-1].low, found.means.further_effects[-1].high) == (
        pytest.approx(15.327, abs=0.001),
        pytest.approx(17.273, abs=0.001),
    )


def test_dimensions_are_corrected_for_their_number() -> None:
    before, after = of_the_paper()
    early = {name: {"s": value, "l": 30.0 + at, "q": None} for at, (name, value) in enumerate(before.items())}
    late = {
        name: {"s": value, "l": 30.0 + at + (-1) ** at * at, "q": 5.0}
        for at, (name, value) in enumerate(after.items())
    }

    strategy, learning, quality = gains_by_dimension(early, late)

    assert strategy.gains is not None
    assert learning.gains is not None
    assert strategy.gains.means is not None
    assert learning.gains.means is not None
    # Two tests were possible: the smaller p doubles, the larger stays.
    assert strategy.adjusted_p == pytest.approx(2 * strategy.gains.means.p)
    assert learning.adjusted_p == pytest.approx(learning.gains.means.p)
    assert (quality.code, quality.gains, quality.adjusted_p) == ("q", None, None)
