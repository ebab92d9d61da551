from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Method, holm, kruskal_wallis, mann_whitney, post_hoc, welch_t
from iahcalc.samples._studentized_range import range_chance, range_quantile

# R, data set PlantGrowth (Dobson 1983): control and two treatments.
PLANTS = [
    [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
]
# R, data set airquality (Chambers et al. 1983): ozone in New York, May to September 1973, days measured.
OZONE = [
    [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
    [29, 71, 39, 23, 21, 37, 20, 12, 13],
    [135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59],
    [
        39,
        9,
        16,
        78,
        35,
        66,
        122,
        89,
        110,
        44,
        28,
        65,
        22,
        59,
        23,
        31,
        44,
        21,
        9,
        45,
        168,
        73,
        76,
        118,
        84,
        85,
    ],
    [
        96,
        78,
        73,
        91,
        47,
        32,
        20,
        23,
        21,
        24,
        44,
        21,
        28,
        9,
        13,
        46,
        18,
        13,
        24,
        16,
        13,
        23,
        36,
        7,
        14,
        30,
        14,
        18,
        20,
    ],
]


def test_ozone_differs_by_month_as_r_says() -> None:
    # R, help of kruskal.test: chi-squared = 29.267, df = 4, p-value = 6.901e-06.
    found = kruskal_wallis(OZONE)

    assert found.statistic == pytest.approx(29.266576, abs=1e-6)
    assert found.p == pytest.approx(6.900714e-06, rel=1e-6)


def test_pairs_of_months_have_the_z_values_published_with_dunn_test() -> None:
    # The example of R's package dunn.test prints six decimals, cut off.
    published = [
        -0.925158,
        -4.419470,
        -4.132813,
        -1.321202,
        -2.244208,
        -2.038635,
        0.002538,
        0.286657,
        3.217199,
        2.922827,
    ]

    found = post_hoc(OZONE, ranks=True)

    assert [pair.statistic for pair in found] == pytest.approx(published, abs=1e-6)


def test_plants_differ_in_pairs_as_two_independent_programs_say() -> None:
    # pingouin 0.7.0 (pairwise_gameshowell) and statsmodels 0.15.0 (pairwise_tukeyhsd, unequal variances).
    found = post_hoc(PLANTS)

    assert [(pair.first, pair.second) for pair in found] == [(0, 1), (0, 2), (1, 2)]
    assert [pair.adjusted_p for pair in found] == pytest.approx(
        [0.4745549222, 0.1128891769, 0.0237034547], abs=1e-8
    )
    assert [pair.df for pair in found] == pytest.approx(
        [16.5235850569, 16.7857644826, 14.1035691228], abs=1e-9
    )
    assert [pair.low for pair in found] == pytest.approx([-0.43008751, -1.08855444, -1.61648701], abs=1e-7)
    assert [pair.high for pair in found] == pytest.approx([1.17208751, 0.10055444, -0.11351299], abs=1e-7)
    assert found[0].effect == welch_t(PLANTS[0], PLANTS[1]).effect
    assert found[0].p == welch_t(PLANTS[0], PLANTS[1]).p


def test_ranks_of_plants_are_compared_by_dunn() -> None:
    found = post_hoc(PLANTS, ranks=True)

    # z from mean ranks 15.45, 11.05, 20.9 of 30, spread sqrt((30 * 31 / 12 - 6 / (12 * 29)) (1/10 + 1/10)): one tie of two.
    means = stats.rankdata(np.concatenate(PLANTS)).reshape(3, 10).mean(axis=1)
    spread = np.sqrt((30 * 31 / 12 - 6 / (12 * 29)) * 0.2)
    expected = [(means[one] - means[other]) / spread for one, other in ((0, 1), (0, 2), (1, 2))]
    assert [pair.statistic for pair in found] == pytest.approx(expected, abs=1e-12)
    p_values = 2 * stats.norm.sf(np.abs(expected))
    assert [pair.p for pair in found] == pytest.approx(p_values.tolist(), abs=1e-12)
    assert [pair.adjusted_p for pair in found] == pytest.approx(holm(p_values).tolist(), abs=1e-12)
    assert found[2].adjusted_p == pytest.approx(0.0150008711, abs=1e-9)
    assert {pair.method for pair in found} == {Method.DUNN}
    assert found[0].effect.value == mann_whitney(PLANTS[0], PLANTS[1]).effect.value


@pytest.mark.parametrize(
    ("distance", "means", "df", "expected"),
    [
        # scipy 1.17 (studentized_range.sf)
        (3.5, 3, 20.0, 0.055891849081749934),
        (1.2, 4, 3.3, 0.8306721580786576),
        (8.0, 10, 17.5, 0.0008098952373775115),
        (4.0, 20, 30.0, 0.3851513717687752),
    ],
)
def test_the_studentized_range_agrees_with_an_independent_program(
    distance: float, means: int, df: float, expected: float
) -> None:
    assert range_chance(distance, means=means, df=df) == pytest.approx(expected, abs=1e-9)


def test_two_means_give_students_t() -> None:
    assert range_chance(2.5, means=2, df=7.5) == pytest.approx(
        2 * stats.t.sf(2.5 / np.sqrt(2), 7.5), abs=1e-9
    )
    assert range_chance(0, means=3, df=4) == 1
    # Table of Tukey: 3.578 for 3 means and 20 degrees of freedom.
    assert range_quantile(0.95, means=3, df=20) == pytest.approx(3.57793472522, abs=1e-8)


def test_pairs_that_cannot_be_compared_say_so() -> None:
    with pytest.raises(TooFewAnswers):
        post_hoc([[1, 2, 3]])
    with pytest.raises(TooFewAnswers):
        post_hoc([[1, 1], [2, 2], [1, 2]])
    with pytest.raises(TooFewAnswers):
        post_hoc([[1, 1], [1, 1]], ranks=True)


@settings(max_examples=25, deadline=None)
@given(
    samples=st.lists(st.lists(st.integers(1, 5).map(float), min_size=4, max_size=9), min_size=3, max_size=4),
    ranks=st.booleans(),
)
def test_the_order_of_the_groups_turns_signs_alone(samples: list[list[float]], *, ranks: bool) -> None:
    try:
        found = post_hoc(samples, ranks=ranks)
    except TooFewAnswers:
        return

    back = post_hoc(samples[::-1], ranks=ranks)

    last = len(samples) - 1
    turned = {(last - pair.second, last - pair.first): pair for pair in back}
    for pair in found:
        other = turned[pair.first, pair.second]
        assert pair.adjusted_p == pytest.approx(other.adjusted_p, abs=1e-9)
        assert pair.difference == pytest.approx(-other.difference, abs=1e-9)
        assert pair.low == pytest.approx(-other.high, abs=1e-6)
        assert pair.p <= pair.adjusted_p + 1e-9
