from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.samples import Method, mann_whitney, wilcoxon_signed_rank

# R, help of wilcox.test: depression scores of Hollander & Wolfe (1973), p. 29; permeability constants, p. 69.
FIRST_VISIT = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
SECOND_VISIT = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
EARLIER = [1.15, 0.88, 0.90, 0.74, 1.21]


def test_depression_fell_as_r_says() -> None:
    found = wilcoxon_signed_rank(SECOND_VISIT, FIRST_VISIT)

    # One-sided 0.01953 in R: 10 of 512 orders.
    assert found.method is Method.WILCOXON_EXACT
    assert found.statistic == 40
    assert found.p == pytest.approx(20 / 512, abs=1e-12)
    assert found.asymptotic_p == wilcoxon_signed_rank(SECOND_VISIT, FIRST_VISIT, exact=False).p
    assert "p_exact_ranks" in {item.code for item in found.assumptions}


def test_permeability_differs_as_r_says() -> None:
    found = mann_whitney(AT_TERM, EARLIER)

    # One-sided 0.1272 in R: 382 of 3,003 choices.
    assert found.method is Method.MANN_WHITNEY_EXACT
    assert found.statistic == 35
    assert found.p == pytest.approx(2 * 382 / 3003, abs=1e-12)
    assert found.asymptotic_p is not None
    assert mann_whitney(AT_TERM, EARLIER, exact=False).method is Method.MANN_WHITNEY


def test_ties_and_many_answers_are_approximated() -> None:
    many = np.arange(50) + 0.5

    assert mann_whitney([1, 2, 3], [3, 4, 5]).method is Method.MANN_WHITNEY
    assert mann_whitney(many, range(10)).method is Method.MANN_WHITNEY
    assert wilcoxon_signed_rank([0, 0, 0], [1, 2, 0]).method is Method.WILCOXON
    assert wilcoxon_signed_rank(np.zeros(50), many).method is Method.WILCOXON


def test_the_largest_groups_that_are_counted_agree_with_an_independent_program() -> None:
    dice = np.random.default_rng(6)
    first, second = dice.normal(size=49), dice.normal(0.3, 1, 49)

    assert mann_whitney(first, second).p == pytest.approx(
        stats.mannwhitneyu(first, second, method="exact").pvalue, rel=1e-9
    )
    assert wilcoxon_signed_rank(first, second).p == pytest.approx(
        stats.wilcoxon(second - first, method="exact").pvalue, rel=1e-9
    )


@settings(max_examples=30, deadline=None)
@given(
    answers=st.lists(st.integers(-1000, 1000), min_size=4, max_size=16, unique=True), cut=st.integers(1, 3)
)
def test_turning_everything_round_changes_no_exact_p(answers: list[int], cut: int) -> None:
    first, second = answers[:cut], answers[cut:]

    found = mann_whitney(first, second)

    assert found.p == pytest.approx(
        mann_whitney([-one for one in first], [-one for one in second]).p, abs=1e-12
    )
    assert found.p == pytest.approx(stats.mannwhitneyu(first, second, method="exact").pvalue, abs=1e-9)
