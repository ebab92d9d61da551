from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.samples import EffectName, Method, independence
from iahcalc.samples._exact import freeman_halton

# R, help of fisher.test: Fisher's tea tasting, convictions of like-sex twins, job satisfaction (Agresti 2002, p. 57).
TEA = [[3, 1], [1, 3]]
TWINS = [[2, 10], [15, 3]]
JOBS = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]


def by_going_through_all(table: np.ndarray) -> float:
    """The p of Freeman and Halton from every table of the same totals, one by one."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def chance(cells: np.ndarray) -> float:
        return math.exp(-sum(math.lgamma(cell + 1) for cell in cells.ravel().tolist()))

    free = [range(int(min(row, column)) + 1) for row in rows[:-1] for column in columns[:-1]]
    everything = no_likelier = 0.0
    for cells in product(*free):
        inner = np.array(cells).reshape(len(rows) - 1, len(columns) - 1)
        full = np.column_stack([inner, rows[:-1] - inner.sum(axis=1)])
        full = np.vstack([full, columns - full.sum(axis=0)])
        if (full < 0).any():
            continue
        everything += chance(full)
        if chance(full) <= chance(table) * (1 + 1e-7):
            no_likelier += chance(full)
    return no_likelier / everything


def test_the_tea_is_told_apart_as_fisher_says() -> None:
    found = independence(TEA)

    assert found.method is Method.FISHER
    assert found.p == pytest.approx(34 / 70, abs=1e-12)
    assert found.asymptotic_p == pytest.approx(stats.chi2_contingency(TEA).pvalue)
    ratio = found.further_effects[1]
    assert ratio.name is EffectName.ODDS_RATIO
    # The conditional odds ratio t solves t^4 - 36 t^2 - 32 t - 3 = 0.
    assert ratio.value**4 - 36 * ratio.value**2 - 32 * ratio.value - 3 == pytest.approx(0, abs=1e-6)


def test_twins_have_the_exact_p_and_odds_ratio_of_r() -> None:
    found = independence(TWINS, exact=True)
    reference = stats.contingency.odds_ratio(np.array(TWINS))

    assert found.p == pytest.approx(0.0005367241, abs=1e-10)
    ratio = found.further_effects[1]
    assert ratio.value == pytest.approx(0.04693661, abs=1e-6)
    limits = reference.confidence_interval(0.95)
    assert (ratio.low, ratio.high) == pytest.approx((limits.low, limits.high), abs=1e-8)


def test_job_satisfaction_has_the_exact_p_of_r() -> None:
    found = independence(JOBS)

    assert found.method is Method.FREEMAN_HALTON
    # R prints 0.7827.
    assert found.p == pytest.approx(0.7826849390, abs=1e-9)
    assert found.statistic == pytest.approx(5.965515, abs=1e-6)
    assert {item.code for item in found.assumptions} == {
        "answers_independent",
        "expected_counts_small",
        "p_exact",
    }


def test_an_odds_ratio_without_end_is_left_out() -> None:
    found = independence([[5, 0], [1, 4]], exact=True)

    assert found.p == pytest.approx(stats.fisher_exact([[5, 0], [1, 4]]).pvalue)
    assert [effect.name for effect in found.further_effects] == [EffectName.CRAMERS_V_CORRECTED]


def test_tables_too_large_for_an_exact_p_are_simulated_alike_for_one_seed() -> None:
    counts = np.random.default_rng(5).multinomial(400, [1 / 48] * 48).reshape(6, 8)
    counts[0] //= 4

    found = independence(counts, exact=True)
    again = independence(counts, exact=True)
    other = independence(counts, exact=True, seed=2, draws=1999)

    assert found.method is Method.PEARSON_MONTE_CARLO
    assert (found.p, found.p_error) == (again.p, again.p_error)
    assert found.p_error == pytest.approx(math.sqrt(found.p * (1 - found.p) / 9999))
    assert found.asymptotic_p is not None
    assert other.p_error is not None
    assert abs(found.p - found.asymptotic_p) < 0.02
    assert abs(found.p - other.p) < 5 * other.p_error


def test_a_simulated_p_can_not_be_nothing() -> None:
    found = independence(np.diag([40] * 8), exact=True)

    if found.method is Method.PEARSON_MONTE_CARLO:
        assert found.p == 1 / 10_000
    assert found.p <= 1 / 10_000


def test_a_large_table_with_enough_people_keeps_the_approximation() -> None:
    counts = np.full((12, 12), 40)

    found = independence(counts)

    assert (found.method, found.asymptotic_p, found.p_error) == (Method.PEARSON, None, None)


def test_counts_that_are_not_whole_stay_approximate_and_rough() -> None:
    found = independence([[1.5, 4], [3, 1]])

    assert found.method is Method.PEARSON_YATES
    assert {"weights_are_not_counts", "p_rough"} <= {item.code for item in found.assumptions}


def test_v_without_its_bias_is_smaller_and_nothing_at_independence() -> None:
    linked = independence([[20, 30, 5], [30, 20, 9]])
    unlinked = independence([[20, 20], [20, 20]])

    phi2 = linked.statistic / 114
    height, width = 2 - 1 / 113, 3 - 4 / 113
    expected = math.sqrt(max(phi2 - 2 / 113, 0) / min(height - 1, width - 1))
    assert linked.further_effects[0].value == pytest.approx(expected)
    assert linked.further_effects[0].value < linked.effect.value
    assert unlinked.further_effects[0].value == 0


@settings(max_examples=25, deadline=None)
@given(
    counts=st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=3, max_size=3),
    order=st.permutations([0, 1, 2]),
)
def test_the_exact_p_is_that_of_all_tables_whatever_their_order(
    counts: list[list[int]], order: list[int]
) -> None:
    table = np.array(counts)
    if (table.sum(axis=0) == 0).any() or (table.sum(axis=1) == 0).any():
        return

    p = freeman_halton(table)

    assert p == pytest.approx(by_going_through_all(table), abs=1e-9)
    assert freeman_halton(table[order]) == pytest.approx(p, abs=1e-9)
    assert freeman_halton(np.ascontiguousarray(table.T[order])) == pytest.approx(p, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(cells=st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_fishers_p_agrees_with_an_independent_program(cells: list[int]) -> None:
    table = np.array(cells).reshape(2, 2)
    if (table.sum(axis=0) == 0).any() or (table.sum(axis=1) == 0).any():
        return

    assert independence(table, exact=True).p == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-9)
