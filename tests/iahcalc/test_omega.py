from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.scales import Concern, cronbach_alpha, item_analysis, omega, reliability, reverse_items

if TYPE_CHECKING:
    import numpy.typing as npt

SURVEYS = Path(__file__).parent.parent / "survey_files"
NAN = float("nan")


def bfi_scale(letter: str, reversed_items: tuple[str, ...]) -> npt.NDArray[np.float64]:
    names = [f"{letter}{number}" for number in range(1, 6)]
    with (SURVEYS / "bfi.csv").open(encoding="utf-8", newline="") as file:
        rows = [[float(row[name]) if row[name] else NAN for name in names] for row in csv.DictReader(file)]
    return reverse_items(rows, items=[names.index(name) for name in reversed_items], low=1, high=6)


def one_factor_answers(
    loadings: list[float], *, people: int, dice: np.random.Generator
) -> npt.NDArray[np.float64]:
    strengths = np.array(loadings)
    factor = dice.normal(size=(people, 1))
    return factor * strengths + dice.normal(size=(people, len(strengths))) * np.sqrt(1 - strengths**2)


@pytest.mark.parametrize(
    ("letter", "turned", "expected", "standardised", "loadings"),
    [
        # A likelihood of one factor minimised over all loadings and own variances by another program
        # (scipy 1.17, BFGS over the full covariance); loadings also by statsmodels 0.15, Factor(method="ml").
        (
            "A",
            ("A1",),
            0.7121292679,
            0.7240213052,
            [0.37622403, 0.65815015, 0.76171323, 0.48268036, 0.62715354],
        ),
        (
            "C",
            ("C4", "C5"),
            0.7330221928,
            0.7337561260,
            [0.55122618, 0.61192083, 0.55341984, 0.67453008, 0.58631763],
        ),
        (
            "E",
            ("E1", "E2"),
            0.7673337120,
            0.7630599466,
            [0.60780678, 0.72992626, 0.57220988, 0.69239361, 0.51776835],
        ),
        ("N", (), 0.8128445740, 0.8149667760, [0.81793931, 0.80270227, 0.71678061, 0.55413751, 0.5016477]),
        (
            "O",
            ("O2", "O5"),
            0.6103739504,
            0.6179778698,
            [0.54596613, 0.44904582, 0.64893034, 0.29368343, 0.51723917],
        ),
    ],
)
def test_the_personality_scales_have_the_omegas_of_an_independent_program(
    letter: str, turned: tuple[str, ...], expected: float, standardised: float, loadings: list[float]
) -> None:
    answers = bfi_scale(letter, turned)

    found = omega(answers)

    assert found.value == pytest.approx(expected, abs=1e-7)
    assert found.standardised == pytest.approx(standardised, abs=1e-7)
    assert found.loadings == pytest.approx(loadings, abs=2e-7)
    assert found.heywood == ()
    assert found.low < found.value < found.high
    assert reliability(answers).omega == found


def test_three_items_are_explained_completely() -> None:
    # With three items the loadings solve r12 = l1 l2, r13 = l1 l3, r23 = l2 l3.
    answers = one_factor_answers([0.8, 0.7, 0.6], people=400, dice=np.random.default_rng(1))
    r = np.corrcoef(answers.T)

    found = omega(answers)

    first = np.sqrt(r[0, 1] * r[0, 2] / r[1, 2])
    assert found.loadings == pytest.approx([first, r[0, 1] / first, r[0, 2] / first], abs=1e-8)
    assert found.fit == pytest.approx(0, abs=1e-10)


def test_an_item_without_variance_of_its_own_is_told() -> None:
    found = omega([[1, 2, 2], [2, 2, 3], [3, 5, 3], [4, 4, 5], [5, 4, 4], [2, 3, 1]])

    assert found.heywood == (0,)
    assert "heywood" in {item.code for item in found.assumptions}
    assert 0 < found.low <= found.value <= found.high < 1


def test_an_item_that_runs_against_the_scale_has_a_negative_loading() -> None:
    answers = one_factor_answers([0.8, 0.7, 0.7, 0.6], people=300, dice=np.random.default_rng(2))
    answers[:, 2] *= -1

    assert [loading < 0 for loading in omega(answers).loadings] == [False, False, True, False]


def test_omega_is_undefined_without_a_factor() -> None:
    dice = np.random.default_rng(3)
    two = dice.normal(size=(50, 2))
    with pytest.raises(TooFewAnswers, match="3 items"):
        omega(two)
    with pytest.raises(Undefined, match="sum of others"):
        omega(np.column_stack([two, two.sum(axis=1)]))
    with pytest.raises(TooFewAnswers, match="same answer"):
        omega(np.column_stack([two, np.ones(50)]))
    with pytest.raises(TooFewAnswers, match="more respondents"):
        omega(dice.normal(size=(4, 4)))
    assert reliability(two).omega is None


def test_the_interval_of_omega_holds_the_true_value_about_as_often_as_it_says() -> None:
    dice = np.random.default_rng(11)
    loadings = [0.8, 0.7, 0.6, 0.5]
    true = sum(loadings) ** 2 / (sum(loadings) ** 2 + sum(1 - one**2 for one in loadings))

    held = 0
    for _ in range(200):
        found = omega(one_factor_answers(loadings, people=150, dice=dice))
        held += found.low <= true <= found.high

    assert 0.9 <= held / 200 <= 0.99


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), factor=st.integers(2, 9))
def test_omega_ignores_order_unit_and_origin(seed: int, factor: int) -> None:
    dice = np.random.default_rng(seed)
    answers = one_factor_answers([0.8, 0.7, 0.6, 0.7], people=80, dice=dice)

    found = omega(answers)
    moved = omega(factor * answers[dice.permutation(80)][:, ::-1] + 3)

    assert moved.value == pytest.approx(found.value, abs=1e-7)
    assert moved.loadings[::-1] == pytest.approx(found.loadings, abs=1e-6)
    assert (moved.low, moved.high) == pytest.approx((found.low, found.high), abs=1e-6)


def test_items_are_described_and_the_odd_one_is_named() -> None:
    answers = bfi_scale("A", ())

    found = item_analysis(answers, low=1, high=6)

    first = answers[:, 0]
    kept = first[~np.isnan(first)]
    assert (found[0].n, found[0].missing) == (len(kept), 2800 - len(kept))
    assert found[0].mean == pytest.approx(kept.mean())
    assert found[0].difficulty == pytest.approx((kept.mean() - 1) / 5)
    assert found[0].skewness == pytest.approx(stats.skew(kept, bias=False))
    assert found[0].at_bottom == pytest.approx((kept == 1).mean())
    # A1 is worded against the others and was not turned here.
    assert Concern.AGAINST in found[0].concerns
    assert Concern.HARMS in found[0].concerns
    assert Concern.AGAINST not in found[1].concerns
    complete = answers[~np.isnan(answers).any(axis=1)]
    rest = np.delete(complete, 1, axis=1)
    assert found[1].item_rest == pytest.approx(np.corrcoef(complete[:, 1], rest.sum(axis=1))[0, 1])
    assert found[1].alpha_if_dropped == pytest.approx(cronbach_alpha(rest))


def test_discrimination_compares_the_outer_groups() -> None:
    # Of 11 people the 3 with the lowest and the 3 with the highest totals.
    answers = np.column_stack([np.arange(11.0) / 2, np.arange(11.0) / 2])

    found = item_analysis(answers, low=0, high=5)

    assert found[0].discrimination == pytest.approx((4.5 - 0.5) / 5)


def test_items_that_cannot_be_analysed_say_so() -> None:
    with pytest.raises(TooFewAnswers):
        item_analysis([[1], [2]], low=1, high=5)
    with pytest.raises(TooFewAnswers):
        item_analysis([[1, NAN], [2, NAN]], low=1, high=5)
    with pytest.raises(ValueError, match="outside 1 to 5"):
        item_analysis([[1, 6], [2, 3]], low=1, high=5)
    with pytest.raises(ValueError, match="must be below"):
        item_analysis([[1, 6], [2, 3]], low=5, high=1)


def test_everybody_at_the_top_is_told() -> None:
    found = item_analysis([[5, 1], [5, 2], [5, 3], [5, NAN]], low=1, high=5)

    assert found[0].concerns == (Concern.SAME, Concern.AT_TOP)
    assert Concern.LEFT_OUT in found[1].concerns
    assert found[0].item_rest is None
