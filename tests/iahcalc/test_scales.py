from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.scales import (
    How,
    Missing,
    alpha_interval,
    cronbach_alpha,
    reliability,
    reverse_items,
    score,
    standardised_alpha,
)

if TYPE_CHECKING:
    import numpy.typing as npt

SURVEYS = Path(__file__).parent.parent / "survey_files"
NAN = float("nan")
LIKERT = hnp.arrays(
    np.float64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 5).map(float)
)


def bfi_scale(letter: str, reversed_items: tuple[str, ...]) -> npt.NDArray[np.float64]:
    names = [f"{letter}{number}" for number in range(1, 6)]
    with (SURVEYS / "bfi.csv").open(encoding="utf-8", newline="") as file:
        rows = [[float(row[name]) if row[name] else NAN for name in names] for row in csv.DictReader(file)]
    return reverse_items(rows, items=[names.index(name) for name in reversed_items], low=1, high=6)


def attitude() -> npt.NDArray[np.float64]:
    return np.loadtxt(SURVEYS / "attitude.csv", delimiter=",", skiprows=1)


@pytest.mark.parametrize(
    ("letter", "turned", "n", "listwise", "pairwise"),
    [
        ("A", ("A1",), 2709, 0.7037558944, 0.7030184461),
        ("C", ("C4", "C5"), 2707, 0.7292772032, 0.7267349729),
        ("E", ("E1", "E2"), 2713, 0.7609326395, 0.7617328203),
        ("N", (), 2694, 0.8133031432, 0.8139629499),
        ("O", ("O2", "O5"), 2726, 0.6025464286, 0.6001725148),
    ],
)
def test_the_personality_scales_have_the_alphas_that_r_gives(
    letter: str, turned: tuple[str, ...], n: int, listwise: float, pairwise: float
) -> None:
    answers = bfi_scale(letter, turned)

    found = reliability(answers)

    assert found.alpha == pytest.approx(listwise, abs=1e-9)
    assert found.pairwise == pytest.approx(pairwise, abs=1e-9)
    assert (found.n, found.missing) == (n, 2800 - n)
    assert cronbach_alpha(answers) == pytest.approx(listwise, abs=1e-9)
    assert cronbach_alpha(answers, missing=Missing.PAIRWISE) == pytest.approx(pairwise, abs=1e-9)


def test_the_department_ratings_have_the_alphas_that_r_gives() -> None:
    found = reliability(attitude())

    assert found.alpha == pytest.approx(0.8431427696, abs=1e-9)
    assert found.standardised == pytest.approx(0.8390838, abs=1e-7)
    assert found.pairwise == found.alpha
    assert standardised_alpha(attitude()) == found.standardised


def test_item_figures_agree_with_their_definitions() -> None:
    answers = attitude()

    found = reliability(answers)

    for item in found.items:
        others = np.delete(answers, item.position, axis=1)
        assert item.item_rest == pytest.approx(
            np.corrcoef(answers[:, item.position], others.sum(axis=1))[0, 1]
        )
        assert item.alpha_if_dropped == pytest.approx(cronbach_alpha(others))
        assert item.mean == pytest.approx(answers[:, item.position].mean())
        assert item.sd == pytest.approx(answers[:, item.position].std(ddof=1))


def test_the_interval_of_alpha_is_the_quantile_of_f() -> None:
    from scipy import stats

    found = alpha_interval(alpha=0.8, n=100, items=5, level=0.9)

    assert found.low == pytest.approx(1 - 0.2 * stats.f.ppf(0.95, 99, 396))
    assert found.high == pytest.approx(1 - 0.2 * stats.f.ppf(0.05, 99, 396))
    assert found.level == 0.9


def test_small_numbers_and_gaps_give_the_same_alpha_as_floating_ones() -> None:
    answers = np.random.default_rng(5).integers(1, 7, (20_000, 4)).astype(np.int8)

    assert cronbach_alpha(answers) == pytest.approx(cronbach_alpha(answers.astype(float)), abs=1e-15)
    with_gap = np.vstack([answers.astype(float), [NAN, 1, 2, 3]])
    assert cronbach_alpha(with_gap) == pytest.approx(cronbach_alpha(answers), abs=1e-12)


def test_answers_far_from_zero_keep_their_digits() -> None:
    answers = attitude()

    assert cronbach_alpha(answers + 1e9) == pytest.approx(cronbach_alpha(answers), abs=1e-7)


@pytest.mark.parametrize(
    "answers",
    [
        [[1.0], [2.0]],
        [[1.0, 2.0]],
        [[1.0, NAN], [NAN, 2.0], [3.0, 4.0]],
        [[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]],
        [[2.0, 2.0], [2.0, 2.0]],
        np.zeros((0, 3)),
    ],
    ids=["one item", "one respondent", "one complete respondent", "equal totals", "all equal", "nobody"],
)
def test_alpha_is_undefined_without_enough_answers(answers: npt.ArrayLike) -> None:
    with pytest.raises(TooFewAnswers):
        cronbach_alpha(answers)
    with pytest.raises(Undefined):
        reliability(answers)


def test_pairs_nobody_answered_leave_only_pairwise_alpha_undefined() -> None:
    with pytest.raises(TooFewAnswers):
        cronbach_alpha([[1, NAN], [2, NAN], [NAN, 1], [NAN, 3]], missing=Missing.PAIRWISE)


def test_an_item_all_answered_alike_leaves_the_standardised_alpha_out() -> None:
    found = reliability([[1, 2, 3], [2, 2, 3], [3, 2, 5]])

    assert found.standardised is None
    assert found.items[1].item_rest is None
    with pytest.raises(TooFewAnswers):
        standardised_alpha([[1, 2, 3], [2, 2, 3], [3, 2, 5]])


def test_disagreeing_items_give_a_negative_alpha() -> None:
    assert cronbach_alpha([[1, 5], [2, 4], [3, 3], [5, 2]]) < 0


def test_an_infinite_answer_or_a_flat_list_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        cronbach_alpha([[1, 2], [float("inf"), 2], [2, 3]])
    with pytest.raises(ValueError, match="infinite"):
        cronbach_alpha([[1, 2], [float("inf"), 2], [2, 3]], missing=Missing.PAIRWISE)
    with pytest.raises(ValueError, match="shape"):
        cronbach_alpha([1, 2, 3])
    with pytest.raises(TooFewAnswers):
        alpha_interval(alpha=0.5, n=1, items=4)


@settings(max_examples=40, deadline=None)
@given(answers=LIKERT, factor=st.integers(2, 9), shift=st.integers(-5, 5))
def test_alpha_ignores_unit_and_origin_and_never_passes_1(
    answers: npt.NDArray[np.float64], factor: int, shift: int
) -> None:
    try:
        alpha = cronbach_alpha(answers)
    except TooFewAnswers:
        return

    assert alpha <= 1 + 1e-12
    assert cronbach_alpha(answers * factor + shift) == pytest.approx(alpha, abs=1e-9)
    assert cronbach_alpha(answers[::-1, ::-1]) == pytest.approx(alpha, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(answers=LIKERT)
def test_turning_twice_gives_the_answers_back(answers: npt.NDArray[np.float64]) -> None:
    turned = reverse_items(answers, items=[0], low=1, high=5)

    assert np.array_equal(reverse_items(turned, items=[0], low=1, high=5), answers)


def test_turning_refuses_answers_outside_the_range() -> None:
    with pytest.raises(ValueError, match="outside 1 to 5"):
        reverse_items([[1, 6]], items=[0], low=1, high=5)
    with pytest.raises(ValueError, match="must be below"):
        reverse_items([[1, 1]], items=[0], low=1, high=1)


def test_scores_follow_the_rule_for_missing_answers() -> None:
    answers = [[1, 2, 3], [4, NAN, 2], [NAN, NAN, 5], [NAN, NAN, NAN]]

    assert score(answers, least_answered=2 / 3).tolist() == pytest.approx([2, 3, NAN, NAN], nan_ok=True)
    assert score(answers, how=How.SUM, least_answered=2 / 3).tolist() == pytest.approx(
        [6, 9, NAN, NAN], nan_ok=True
    )
    assert score(answers, least_answered=0.01).tolist() == pytest.approx([2, 3, 5, NAN], nan_ok=True)
    with pytest.raises(ValueError, match="above 0"):
        score(answers, least_answered=0)
    with pytest.raises(ValueError, match="at least one item"):
        score(np.zeros((2, 0)))
