from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iahcalc.agreement import KappaWeights, Measure, cohen_kappa, krippendorff_alpha
from iahcalc.faults import TooFewAnswers

NAN = float("nan")
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units, gaps.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
# Two raters, 100 people, three ordered categories.
RATINGS = [[53, 5, 2], [11, 14, 5], [1, 6, 3]]


def judgements(table: npt.ArrayLike) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    counts = np.asarray(table)
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


@pytest.mark.parametrize(
    ("weights", "value", "low", "high", "p"),
    [
        # statsmodels 0.15.0, cohens_kappa
        (None, 0.4285714285714285, 0.27969485445574205, 0.5774480026871149, 4.7866485487233964e-08),
        ("linear", 0.4923076923076922, 0.3517254678093234, 0.6328899168060611, 1.6812059275127923e-09),
        ("quadratic", 0.5666666666666667, 0.41237027924098396, 0.7209630540923493, 1.3276064570234534e-08),
    ],
)
def test_kappa_agrees_with_an_independent_program(
    weights: str | None, value: float, low: float, high: float, p: float
) -> None:
    found = cohen_kappa(*judgements(RATINGS), weights=weights)

    assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=1e-12)
    assert found.p == pytest.approx(p, rel=1e-9)
    assert found.counts.tolist() == RATINGS


def test_couples_agree_as_published() -> None:
    # Agresti (1990), p. 368; R, package vcd, help of Kappa: SexualFun, 91 couples.
    couples = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]

    plain = cohen_kappa(*judgements(couples))
    weighted = cohen_kappa(*judgements(couples), weights="linear")

    assert plain.value == pytest.approx(0.1293, abs=5e-5)
    assert (plain.high - plain.low) / 2 / 1.959964 == pytest.approx(0.06860, abs=5e-6)
    assert weighted.value == pytest.approx(0.2374, abs=5e-5)
    assert (weighted.high - weighted.low) / 2 / 1.959964 == pytest.approx(0.07832, abs=5e-6)


def test_kappa_of_a_published_example() -> None:
    # Fifty proposals, two readers: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
    found = cohen_kappa(*judgements([[20, 5], [10, 15]]))

    assert (found.value, found.observed, found.by_chance) == pytest.approx((0.4, 0.7, 0.5))


def test_codes_may_be_words_and_gaps_are_left_out() -> None:
    found = cohen_kappa(["cost", "time", "", "cost", "visa"], ["cost", "cost", "time", None, "visa"])

    assert found.labels == ("cost", "time", "visa")
    assert (found.n, found.missing) == (3, 2)
    assert found.observed == pytest.approx(2 / 3)


def test_kappa_is_undefined_without_two_categories() -> None:
    with pytest.raises(TooFewAnswers, match="same category"):
        cohen_kappa([1, 1], [1, 1])
    with pytest.raises(TooFewAnswers, match="judged by both"):
        cohen_kappa([1, NAN], [NAN, 1])
    with pytest.raises(ValueError, match="same things"):
        cohen_kappa([1], [1, 2])
    with pytest.raises(ValueError, match="cubic"):
        cohen_kappa([1, 2], [1, 2], weights="cubic")


@pytest.mark.parametrize(
    ("measure", "published", "digits"),
    [
        # Printed with three digits by Krippendorff; further digits by the package krippendorff 0.9.0.
        ("nominal", 0.743, 0.743421052631579),
        ("ordinal", 0.815, 0.8153875037548813),
        ("interval", 0.849, 0.8491071428571428),
    ],
)
def test_krippendorffs_example_has_his_alphas(measure: str, published: float, digits: float) -> None:
    found = krippendorff_alpha(OBSERVERS, measure=measure)

    assert found.value == pytest.approx(published, abs=5e-4)
    assert found.value == pytest.approx(digits, abs=1e-12)
    assert (found.units, found.pairable, found.left_out) == (11, 40, 1)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high <= 1
    assert krippendorff_alpha(OBSERVERS, measure=measure) == found


def test_alpha_is_undefined_without_pairs_or_difference() -> None:
    with pytest.raises(TooFewAnswers, match="two coders"):
        krippendorff_alpha([[1, NAN], [NAN, 2]])
    with pytest.raises(TooFewAnswers, match="the same"):
        krippendorff_alpha([[1, 1], [1, 1]])
    with pytest.raises(ValueError, match="not words"):
        krippendorff_alpha([["a", "b"], ["a", "a"]], measure=Measure.ORDINAL)
    with pytest.raises(ValueError, match="shape"):
        krippendorff_alpha([1, 2])
    assert krippendorff_alpha([["a", "b"], ["a", "b"]], draws=0).low is None


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=30),
    weights=st.sampled_from([None, *KappaWeights]),
    seed=st.integers(0, 99),
)
@example(pairs=[(1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 4)], weights=None, seed=0)
def test_agreement_ignores_who_is_who_and_the_order(
    pairs: list[tuple[int, int]], weights: KappaWeights | None, seed: int
) -> None:
    first, second = np.array(pairs).T
    try:
        found = cohen_kappa(first, second, weights=weights)
    except TooFewAnswers:
        return
    order = np.random.default_rng(seed).permutation(len(pairs))

    swapped = cohen_kappa(second[order], first[order], weights=weights)

    assert (swapped.value, swapped.low, swapped.p) == pytest.approx(
        (found.value, found.low, found.p), abs=1e-9
    )
    assert found.low <= found.value <= found.high
    for measure in Measure:
        alpha = krippendorff_alpha([first, second], measure=measure, draws=0)
        assert alpha.value <= 1
        assert krippendorff_alpha(
            [second[order], first[order]], measure=measure, draws=0
        ).value == pytest.approx(alpha.value, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(names=st.permutations(["a", "b", "c"]))
def test_names_of_categories_do_not_matter(names: list[str]) -> None:
    first, second = judgements(RATINGS)

    named = cohen_kappa(np.array(names)[first], np.array(names)[second])

    assert named.value == pytest.approx(cohen_kappa(first, second).value)
