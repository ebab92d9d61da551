from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import EffectName, Method, mcnemar, mcnemar_of

NAN = float("nan")
# Approval of the prime minister in two surveys of the same people: Agresti (1990), p. 350; R, help of mcnemar.test.
APPROVAL = [[794, 150], [86, 570]]


def test_approval_fell_as_published() -> None:
    found = mcnemar_of(APPROVAL)
    plain = mcnemar_of(APPROVAL, correction=False)

    # (150 - 86)^2 / 236, Agresti's 17.36, and (|150 - 86| - 1)^2 / 236.
    assert plain.statistic == pytest.approx(17.3559322034, abs=1e-9)
    assert plain.p == pytest.approx(3.099293e-05, rel=1e-6)
    assert found.statistic == pytest.approx(16.8177966102, abs=1e-9)
    assert found.p == pytest.approx(4.114562e-05, rel=1e-6)
    assert (found.df, found.method, found.n) == (1, Method.MCNEMAR, 1600)
    assert found.effect.value == pytest.approx(0.04)
    assert found.effect.low < 0.04 < found.effect.high
    assert found.further_effects[0].value == pytest.approx(150 / 236 - 0.5)


def test_the_interval_of_paired_shares_is_newcombes() -> None:
    # Method 10 by hand for 21, 9, 2, 12: phi-hat (21 * 12 - 9 * 2 - 22) / sqrt(30 * 14 * 23 * 21).
    found = mcnemar_of([[21, 9], [2, 12]])

    phi = (252 - 18 - 22) / math.sqrt(30 * 14 * 23 * 21)
    late, early = (stats.binomtest(count, 44).proportion_ci(method="wilson") for count in (21, 14))
    down, up = 21 / 44 - late.low, early.high - 14 / 44
    assert found.effect.value == pytest.approx(7 / 44)
    assert found.effect.low == pytest.approx(
        7 / 44 - math.sqrt(down**2 - 2 * phi * down * up + up**2), abs=1e-9
    )


def test_few_changes_are_tested_exactly() -> None:
    found = mcnemar_of([[10, 7], [1, 12]])

    assert found.method is Method.MCNEMAR_EXACT
    assert found.p == pytest.approx(stats.binomtest(1, 8).pvalue)
    assert found.asymptotic_p == pytest.approx(stats.chi2.sf((6 - 1) ** 2 / 8, 1))
    assert mcnemar_of([[10, 7], [1, 12]], exact=False).p == found.asymptotic_p


def test_more_categories_are_tested_for_symmetry() -> None:
    # Bowker by hand: (20 - 10)^2 / 30 + (10 - 5)^2 / 15 + (12 - 8)^2 / 20.
    found = mcnemar_of([[30, 20, 10], [10, 40, 12], [5, 8, 50]])

    assert found.method is Method.BOWKER
    assert found.statistic == pytest.approx(100 / 30 + 25 / 15 + 16 / 20, abs=1e-12)
    assert found.df == 3
    assert found.p == pytest.approx(stats.chi2.sf(5.8, 3))
    assert found.effect.name is EffectName.COHENS_W
    assert found.effect.value == pytest.approx(math.sqrt(5.8 / 65))


def test_answers_are_paired_by_place_and_gaps_left_out() -> None:
    before = ["no", "no", "yes", "", "no", "no"]
    after = ["yes", "yes", "no", "yes", "yes", "no"]

    found = mcnemar(before, after)

    assert found.labels == ("no", "yes")
    assert found.counts is not None
    assert found.counts.tolist() == [[1, 3], [1, 0]]
    assert (found.n, found.missing) == (5, 1)
    assert found.effect.value == pytest.approx(3 / 5 - 1 / 5)
    assert mcnemar([0.0, 1.0, NAN, 0.0], [1.0, 1.0, 1.0, 1.0]).counts.tolist() == [[0, 2], [0, 1]]  # type: ignore[union-attr]


def test_what_cannot_be_tested_says_so() -> None:
    with pytest.raises(TooFewAnswers, match="Nobody changed"):
        mcnemar([1, 2, 1], [1, 2, 1])
    with pytest.raises(TooFewAnswers, match="2 categories"):
        mcnemar([1, 1], [1, 1])
    with pytest.raises(ValueError, match="same people"):
        mcnemar([1, 2], [1])
    with pytest.raises(ValueError, match="same categories"):
        mcnemar_of([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ValueError, match="whole number"):
        mcnemar_of([[1, 2.5], [1, 2]])


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_looking_back_turns_the_sign_alone(cells: list[int]) -> None:
    table = np.array(cells).reshape(2, 2)
    if table[0, 1] + table[1, 0] == 0:
        return

    found, back = mcnemar_of(table), mcnemar_of(table.T)

    assert found.p == pytest.approx(back.p, abs=1e-12)
    assert found.effect.value == pytest.approx(-back.effect.value, abs=1e-12)
    assert found.effect.low == pytest.approx(-back.effect.high, abs=1e-9)
    assert -1 <= found.effect.low <= found.effect.value <= found.effect.high <= 1
