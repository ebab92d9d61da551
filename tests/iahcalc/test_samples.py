from __future__ import annotations

import csv
import math
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import (
    ASSUMPTION_SENTENCES,
    EffectName,
    Finding,
    Method,
    benjamini_hochberg,
    compare,
    cross_tabulate,
    describe,
    holm,
    independence,
    kruskal_wallis,
    mann_whitney,
    paired_change,
    paired_t,
    proportion,
    split,
    welch_anova,
    welch_t,
    wilcoxon_signed_rank,
)
from iahcalc.samples._intervals import t_noncentrality

if TYPE_CHECKING:
    from collections.abc import Sequence

SURVEYS = Path(__file__).parent.parent / "survey_files"
NAN = float("nan")

# R data sets: sleep (Cushny & Peebles 1905), PlantGrowth (Dobson 1983), InsectSprays (Beall 1942).
SLEEP_ONE = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_TWO = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
PLANTS = [
    [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
]
SPRAYS = [
    [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
]
ANSWERS = st.lists(st.integers(1, 7).map(float), min_size=3, max_size=15)


def counted(file_name: str, rows: str, columns: str) -> tuple[list[str], list[str], list[float]]:
    with (SURVEYS / file_name).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return (
        [line[rows] for line in lines],
        [line[columns] for line in lines],
        [float(line["Freq"]) for line in lines],
    )


def test_hair_and_eye_colour_have_the_chi_square_that_r_gives() -> None:
    rows, columns, weights = counted("hair_eye_color.csv", "Hair", "Eye")

    found = independence(cross_tabulate(rows, columns, weights=weights).counts)

    assert found.method is Method.PEARSON
    assert found.statistic == pytest.approx(138.2898416, abs=1e-7)
    assert found.df == 9
    assert found.p == pytest.approx(2.325286787e-25, rel=1e-8)
    assert found.n == 592
    assert found.effect.name is EffectName.CRAMERS_V
    assert found.effect.value == pytest.approx(math.sqrt(138.2898416 / (592 * 3)), abs=1e-9)
    assert 0 < found.effect.low < found.effect.value < found.effect.high < 1


def test_berkeley_admissions_have_the_corrected_chi_square_that_r_gives() -> None:
    rows, columns, weights = counted("ucb_admissions.csv", "Admit", "Gender")
    table = cross_tabulate(rows, columns, weights=weights)

    corrected = independence(table.counts)
    plain = independence(table.counts, correction=False)

    assert corrected.method is Method.PEARSON_YATES
    assert corrected.statistic == pytest.approx(91.60959786, abs=1e-7)
    assert corrected.df == 1
    assert corrected.p == pytest.approx(1.055796809e-21, rel=1e-8)
    assert plain.statistic == pytest.approx(stats.chi2_contingency(table.counts, correction=False).statistic)
    assert plain.effect == corrected.effect


def test_weights_count_like_repeated_lines() -> None:
    rows, columns, weights = counted("hair_eye_color.csv", "Hair", "Sex")
    times = np.array(weights, dtype=int)

    by_weight = cross_tabulate(rows, columns, weights=weights)
    by_line = cross_tabulate(np.repeat(rows, times), np.repeat(columns, times))

    assert by_weight.rows == by_line.rows == ("Black", "Blond", "Brown", "Red")
    assert np.array_equal(by_weight.counts, by_line.counts)


def test_gaps_are_left_out_and_counted() -> None:
    table = cross_tabulate([1.0, 2.0, NAN, 1.0], ["a", "b", "a", ""], weights=[2, 3, 4, NAN])

    assert table.counts.tolist() == [[2, 0], [0, 3]]
    assert table.missing == 5
    assert cross_tabulate([1, 2], [None, "x"]).missing == 1


def test_numbers_are_tabulated_alike_whatever_their_type() -> None:
    generator = np.random.default_rng(3)
    rows, columns = generator.integers(-2, 5, 500), generator.integers(0, 3, 500)
    expected = cross_tabulate(rows, columns).counts

    for kind in (np.int8, np.int64, np.float64):
        assert np.array_equal(cross_tabulate(rows.astype(kind), columns.astype(kind)).counts, expected)
    assert np.array_equal(cross_tabulate(rows + 0.5, columns * 1_000_000).counts, expected)


def test_expected_counts_and_residuals_are_those_of_r() -> None:
    # chisq.test(matrix(c(12, 5, 7, 9, 3, 8), 2))$stdres and $expected
    found = independence([[12, 7, 3], [5, 9, 8]])

    assert found.expected is not None
    assert found.standardised_residuals is not None
    assert found.expected == pytest.approx(stats.contingency.expected_freq([[12, 7, 3], [5, 9, 8]]))
    first = (12 - 8.5) / math.sqrt(8.5 * 0.5 * (1 - 17 / 44))
    assert found.standardised_residuals[0, 0] == pytest.approx(first)
    assert found.standardised_residuals.sum(axis=0) == pytest.approx([0, 0, 0])


def test_small_expected_counts_are_said_in_words() -> None:
    small = independence([[1, 9], [8, 2]])
    enough = independence([[20, 30], [30, 20]])

    warning = next(item for item in small.assumptions if item.code == "expected_counts_small")
    assert warning.ok is False
    assert warning.figures == {"smallest": 4.5, "share_below_5": 0.5}
    assert warning.sentence.startswith(
        "Some expected counts are small: the smallest is 4.50, and 50% of the cells"
    )
    assert any(item.code == "expected_counts_enough" and item.ok for item in enough.assumptions)


def test_weights_that_are_not_counts_are_flagged() -> None:
    found = independence([[20.5, 30], [30, 20]])

    assert "weights_are_not_counts" in {item.code for item in found.assumptions}


def test_empty_rows_are_left_out_of_the_test() -> None:
    with_empty = independence([[20, 0, 30], [0, 0, 0], [30, 0, 20]])

    assert with_empty.statistic == independence([[20, 30], [30, 20]]).statistic
    assert with_empty.df == 1


@pytest.mark.parametrize("counts", [[[1, 2]], [[1], [2]], [[1, 2], [0, 0]], [[0, 0], [0, 0]]])
def test_a_table_with_one_row_or_column_has_no_test(counts: list[list[int]]) -> None:
    with pytest.raises(TooFewAnswers):
        independence(counts)


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        independence([[1, -2], [3, 4]])
    with pytest.raises(ValueError, match="rows and columns"):
        independence([1, 2])
    with pytest.raises(ValueError, match="one answer or gap"):
        cross_tabulate([1, 2], [1])
    with pytest.raises(ValueError, match="too large to count"):
        cross_tabulate(np.arange(5000) * 3, np.arange(5000) * 3)
    with pytest.raises(ValueError, match="one weight"):
        cross_tabulate([1, 2], [1, 2], weights=[1])
    with pytest.raises(ValueError, match="negative or infinite"):
        cross_tabulate([1, 2], [1, 2], weights=[1, -1])
    with pytest.raises(ValueError, match="one outcome"):
        split([1, 2], ["a"])
    with pytest.raises(ValueError, match="one dimension"):
        describe([[1, 2]])
    with pytest.raises(ValueError, match="infinite"):
        describe([1, math.inf])
    with pytest.raises(ValueError, match="same people"):
        paired_t([1, 2], [1])
    with pytest.raises(ValueError, match="infinite"):
        paired_t([1, 2, math.inf], [1, 2, 3])
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([1.2])


def test_the_sleep_groups_differ_as_published() -> None:
    found = welch_t(SLEEP_ONE, SLEEP_TWO)

    assert found.statistic == pytest.approx(-1.860813, abs=1e-6)
    assert found.df == pytest.approx(17.776474, abs=1e-6)
    assert found.p == pytest.approx(0.07939414, abs=1e-8)
    difference = found.further_effects[0]
    assert (difference.value, difference.low, difference.high) == pytest.approx(
        (-1.58, -3.3654832, 0.2054832), abs=1e-7
    )


def test_hedges_g_solves_the_noncentral_t_distribution() -> None:
    found = welch_t(SLEEP_ONE, SLEEP_TWO)

    exact = math.gamma(9) / (math.sqrt(9) * math.gamma(8.5))
    pooled = math.sqrt((np.var(SLEEP_ONE, ddof=1) + np.var(SLEEP_TWO, ddof=1)) / 2)
    assert found.effect.value == pytest.approx(exact * -1.58 / pooled)
    statistic = -1.58 / pooled * math.sqrt(5)
    assert stats.nct.cdf(statistic, 18, found.effect.high / exact * math.sqrt(5)) == pytest.approx(0.025)
    assert stats.nct.cdf(statistic, 18, found.effect.low / exact * math.sqrt(5)) == pytest.approx(0.975)


@pytest.mark.parametrize(("statistic", "df"), [(8.2835, 2750), (-8.2835, 2750), (563.4, 1.51), (0.0, 3)])
def test_limits_are_found_where_the_distribution_is_hard_to_compute(statistic: float, df: float) -> None:
    low, high = t_noncentrality(statistic, df=df, level=0.95)

    assert low < statistic < high
    assert stats.nct.cdf(abs(statistic), df, max(abs(low), abs(high))) == pytest.approx(0.025, abs=1e-9)


def test_the_sleep_ranks_differ_as_r_says() -> None:
    found = mann_whitney(SLEEP_ONE, SLEEP_TWO)

    assert found.statistic == 25.5
    assert found.p == pytest.approx(0.06932758, abs=1e-8)
    reference = stats.mannwhitneyu(SLEEP_ONE, SLEEP_TWO, method="asymptotic", use_continuity=True)
    assert (found.statistic, found.p) == pytest.approx((reference.statistic, reference.pvalue), abs=1e-12)
    assert found.effect.value == pytest.approx(2 * 25.5 / 100 - 1)
    assert -1 < found.effect.low < found.effect.value < found.effect.high < 1


def test_the_interval_of_ranks_stays_inside_when_groups_do_not_overlap() -> None:
    found = mann_whitney([1, 2, 3], [4, 5, 6])

    assert (found.effect.value, found.effect.low) == (-1, -1)
    assert -1 < found.effect.high < 1


def test_the_same_people_slept_longer_as_published() -> None:
    found = paired_change(SLEEP_ONE, SLEEP_TWO)

    assert found.means.statistic == pytest.approx(4.062128, abs=1e-6)
    assert found.means.df == 9
    assert found.means.p == pytest.approx(0.00283289, abs=1e-8)
    assert found.means.effect.value == pytest.approx(4.0621277 / math.sqrt(10), abs=1e-7)
    average = math.sqrt((np.var(SLEEP_ONE, ddof=1) + np.var(SLEEP_TWO, ddof=1)) / 2)
    d_av, difference = found.means.further_effects
    assert d_av.value == pytest.approx(1.58 / average)
    assert (difference.low, difference.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert found.ranks.statistic == 45
    assert found.ranks.p == pytest.approx(0.009090698, abs=1e-9)
    assert found.ranks.effect.value == found.ranks.effect.high == 1


def test_signed_ranks_agree_with_an_independent_program() -> None:
    generator = np.random.default_rng(8)
    before, after = generator.integers(1, 8, 40).astype(float), generator.integers(2, 9, 40).astype(float)

    found = wilcoxon_signed_rank(before, after)

    reference = stats.wilcoxon(after - before, correction=True, method="approx", zero_method="wilcox")
    changes = (after - before)[after != before]
    ranks = stats.rankdata(np.abs(changes))
    assert found.statistic == ranks[changes > 0].sum()
    assert found.p == pytest.approx(reference.pvalue, abs=1e-12)


def test_changes_of_means_that_differ_by_rounding_only_are_ties() -> None:
    # 3.6 - 3.2 and 2.4 - 2.0 differ in the last bit; the points behind them changed alike.
    found = wilcoxon_signed_rank([3.2, 2.0, 1.1, 4.0], [3.6, 2.4, 1.1 + 1e-16, 3.0])
    exact = wilcoxon_signed_rank([8, 5, 3, 10], [9, 6, 3, 7.5])

    assert (found.statistic, found.p) == (exact.statistic, exact.p)


def test_plant_growth_differs_as_published() -> None:
    means = welch_anova(PLANTS)
    ranks = kruskal_wallis(PLANTS)

    assert means.statistic == pytest.approx(5.180972, abs=1e-6)
    assert (means.df, means.df_denominator) == pytest.approx((2, 17.128), abs=1e-3)
    assert means.p == pytest.approx(0.01739282, abs=1e-8)
    # anova(lm(weight ~ group)): sums of squares 3.76634 and 10.49209
    assert means.effect.value == pytest.approx(3.76634 / (3.76634 + 10.49209), abs=1e-6)
    assert ranks.statistic == pytest.approx(7.988229, abs=1e-6)
    assert ranks.p == pytest.approx(0.01842376, abs=1e-8)
    assert ranks.effect.value == pytest.approx(7.988229 / 29, abs=1e-6)


def test_eta_squared_solves_the_noncentral_f_distribution() -> None:
    found = welch_anova(PLANTS)
    classical = stats.f_oneway(*PLANTS).statistic

    for limit, chance in ((found.effect.low, 0.975), (found.effect.high, 0.025)):
        assert stats.ncf.cdf(classical, 2, 27, 30 * limit / (1 - limit)) == pytest.approx(chance, abs=1e-8)
    omega = found.further_effects[0]
    assert omega.value == pytest.approx(
        (3.76634 - 2 * 10.49209 / 27) / (3.76634 + 10.49209 + 10.49209 / 27), abs=1e-5
    )
    assert (omega.low, omega.high) == (found.effect.low, found.effect.high)


def test_insect_sprays_differ_as_published() -> None:
    found = kruskal_wallis(SPRAYS)

    assert found.statistic == pytest.approx(54.69134, abs=1e-5)
    assert found.df == 5
    assert found.p == pytest.approx(1.510845e-10, rel=1e-5)
    means = welch_anova(SPRAYS)
    assert means.statistic == pytest.approx(36.06540, abs=1e-4)
    assert means.df_denominator == pytest.approx(30.04252, abs=1e-4)


def test_two_groups_get_two_tests_and_more_groups_two_others() -> None:
    two = compare([SLEEP_ONE, SLEEP_TWO], missing=3)
    three = compare(PLANTS)

    assert [finding.method.code for finding in two.findings] == ["welch_t", "mann_whitney"]
    assert [finding.missing for finding in two.findings] == [3, 3]
    assert [finding.method.code for finding in three.findings] == ["welch_anova", "kruskal_wallis"]
    assert three.impossible == ()


def test_a_test_that_is_undefined_is_named_beside_the_other() -> None:
    found = compare([[1, 1, 1], [2, 3, 4], [5, 6, 7]])

    assert [finding.method for finding in found.findings] == [Method.KRUSKAL_WALLIS]
    assert found.impossible[0].method is Method.WELCH_ANOVA
    assert "same answer" in found.impossible[0].reason


@pytest.mark.parametrize("samples", [[[1, 2]], [[3, 3], [3, 3]], [[1, 2], []], [[3, 3], [3, 3], [3, 3]]])
def test_groups_that_cannot_be_compared_say_so(samples: Sequence[Sequence[float]]) -> None:
    with pytest.raises(TooFewAnswers):
        compare(samples)


def test_equal_answers_with_rounding_have_no_spread() -> None:
    found = compare([[0.1] * 3, [0.3] * 6, [1, 2, 3]])

    assert [item.method for item in found.impossible] == [Method.WELCH_ANOVA]
    with pytest.raises(TooFewAnswers):
        welch_t([0.1] * 3, [0.3] * 6)


def test_change_is_undefined_without_pairs_or_without_difference() -> None:
    with pytest.raises(TooFewAnswers):
        paired_t([1, NAN], [2, 3])
    with pytest.raises(TooFewAnswers):
        paired_t([0.1, 0.2, 0.7], [0.3, 0.4, 0.9])
    with pytest.raises(TooFewAnswers):
        wilcoxon_signed_rank([1, 2], [1, 2])
    with pytest.raises(TooFewAnswers):
        welch_anova([[1, 2]])
    with pytest.raises(TooFewAnswers):
        kruskal_wallis([[1, 2]])


def test_a_published_mean_gain_over_seven_faculties_gives_its_t_back() -> None:
    # 39.3 to 55.6 per cent with t = 41.00 over 7: standard deviation of gains 1.05.
    gains = np.array([-1.2, -0.8, -0.3, 0.1, 0.2, 0.6, 1.4])
    gains = gains / gains.std(ddof=1) * (16.3 * math.sqrt(7) / 41.0)
    before = np.array([30.0, 33.5, 37.0, 39.3, 41.6, 45.1, 48.6])

    found = paired_t(before, before + 16.3 + gains)

    assert found.statistic == pytest.approx(41.0)
    difference = found.further_effects[1]
    assert (difference.low, difference.high) == pytest.approx((15.3, 17.3), abs=0.05)


def test_a_description_counts_gaps_and_gives_the_interval_of_the_mean() -> None:
    found = describe([*SLEEP_TWO, NAN])

    assert (found.n, found.missing) == (10, 1)
    assert found.mean == pytest.approx(2.33)
    assert (found.lower_quartile, found.median, found.upper_quartile) == pytest.approx((0.875, 1.75, 4.15))
    reference = stats.ttest_1samp(SLEEP_TWO, 0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))
    alone = describe([4])
    assert (alone.sd, alone.low, alone.high) == (None, None, None)
    with pytest.raises(TooFewAnswers):
        describe([NAN])


@pytest.mark.parametrize(("count", "n"), [(0, 12), (7, 10), (30, 30), (81, 263)])
def test_shares_carry_wilsons_interval(count: int, n: int) -> None:
    reference = stats.binomtest(count, n).proportion_ci(method="wilson")

    found = proportion(count, n)

    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_an_impossible_share_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be a part"):
        proportion(3, 2)
    with pytest.raises(TooFewAnswers):
        proportion(0, 0)


def test_adjusted_p_values_are_those_of_r() -> None:
    # What p.adjust gives for them, by both methods.
    p_values = [0.01, 0.02, 0.03, 0.04, 0.05]

    assert holm(p_values).tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert benjamini_hochberg(p_values).tolist() == pytest.approx([0.05] * 5)
    shuffled = [0.04, NAN, 0.001, 0.9, 0.02]
    made = [0.04, 0.001, 0.9, 0.02]
    found = benjamini_hochberg(shuffled)
    assert math.isnan(found[1])
    assert found[[0, 2, 3, 4]] == pytest.approx(stats.false_discovery_control(made))
    assert holm([]).tolist() == []


@settings(max_examples=40, deadline=None)
@given(first=ANSWERS, second=ANSWERS)
def test_two_group_tests_agree_with_an_independent_program(first: list[float], second: list[float]) -> None:
    try:
        found = compare([first, second])
    except TooFewAnswers:
        assert len({*first, *second}) == 1
        return

    by_method = {finding.method: finding for finding in found.findings}
    ranks = by_method.get(Method.MANN_WHITNEY) or by_method[Method.MANN_WHITNEY_EXACT]
    tied = len({*first, *second}) < len(first) + len(second)
    reference = stats.mannwhitneyu(first, second, method="asymptotic" if tied else "exact")
    assert ranks.statistic == pytest.approx(reference.statistic)
    assert ranks.p == pytest.approx(reference.pvalue, abs=1e-9)
    swapped = mann_whitney(second, first)
    assert swapped.effect.value == pytest.approx(-ranks.effect.value)
    assert swapped.effect.low == pytest.approx(-ranks.effect.high, abs=1e-9)
    if Method.WELCH_T in by_method:
        means = by_method[Method.WELCH_T]
        # The reference warns, needlessly, where one group does not vary.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            expected = stats.ttest_ind(first, second, equal_var=False)
        assert (means.statistic, means.df, means.p) == pytest.approx(
            (expected.statistic, expected.df, expected.pvalue), abs=1e-9
        )
        assert means.effect.low <= means.effect.value <= means.effect.high


@settings(max_examples=40, deadline=None)
@given(samples=st.lists(ANSWERS, min_size=3, max_size=5))
def test_more_group_tests_agree_with_an_independent_program(samples: list[list[float]]) -> None:
    try:
        found = compare(samples)
    except TooFewAnswers:
        assert len({answer for sample in samples for answer in sample}) == 1
        return

    for finding in found.findings:
        assert finding.effect.low <= finding.effect.value <= finding.effect.high
        if finding.method is Method.KRUSKAL_WALLIS:
            reference = stats.kruskal(*samples)
            assert (finding.statistic, finding.p) == pytest.approx(
                (reference.statistic, reference.pvalue), abs=1e-9
            )
        else:
            reference = stats.f_oneway(*samples, equal_var=False)
            assert (finding.statistic, finding.p) == pytest.approx(
                (reference.statistic, reference.pvalue), abs=1e-9
            )


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_chi_square_agrees_with_an_independent_program(counts: list[list[int]]) -> None:
    table = np.array(counts)
    kept = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(kept.shape) < 2:
        return

    found = independence(counts, exact=False)

    reference = stats.chi2_contingency(kept)
    assert (found.statistic, found.p) == pytest.approx((reference.statistic, reference.pvalue), abs=1e-9)
    assert 0 <= found.effect.low <= found.effect.value <= found.effect.high <= 1


def test_intervals_hold_the_true_value_about_as_often_as_they_say() -> None:
    generator = np.random.default_rng(7)
    shift, people, rounds = 0.5, 20, 200
    # For normal answers: chance that one of the first exceeds one of the second, as a rank-biserial correlation.
    biserial = 2 * stats.norm.cdf(shift / math.sqrt(2)) - 1
    held = {"hedges_g": 0, "rank_biserial": 0, "d_z": 0, "eta_squared": 0}
    for _ in range(rounds):
        first, second, third = generator.normal([[shift], [0], [0]], 1, (3, people))
        findings = [welch_t(first, second), mann_whitney(first, second), paired_t(np.zeros(people), first)]
        findings.append(welch_anova([first, second, third]))
        truths = [shift, biserial, shift, (2 / 9 * shift**2) / (1 + 2 / 9 * shift**2)]
        for finding, truth in zip(findings, truths, strict=True):
            held[finding.effect.name.code] += finding.effect.low <= truth <= finding.effect.high

    assert {name: 0.9 <= count / rounds <= 0.99 for name, count in held.items()} == dict.fromkeys(held, True)


def test_intervals_hold_for_very_large_samples() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.normal(0, 1, 200_000), generator.normal(0.3, 1.5, 200_000)

    findings: list[Finding] = [
        welch_t(first, second),
        mann_whitney(first, second),
        welch_anova([first, second, second + 1]),
        kruskal_wallis([first, second, second + 1]),
    ]

    for finding in findings:
        assert finding.effect.low < finding.effect.value < finding.effect.high
        assert finding.effect.high - finding.effect.low < 0.02


def test_every_assumption_has_a_sentence_with_its_figures() -> None:
    findings = [
        *compare([SLEEP_ONE, SLEEP_TWO]).findings,
        *compare([[3.0, 3, 4] * 20, [1.0, 9, 20] * 20]).findings,
        *compare([[3.0, 3], [1.0, 9]]).findings,
        paired_t(SLEEP_ONE, SLEEP_TWO),
        paired_t(range(40), [point**1.1 for point in range(40)]),
        wilcoxon_signed_rank(range(40), [point**1.1 + 1 for point in range(40)]),
        independence([[1, 2], [3, 4]]),
    ]

    for finding in findings:
        for item in finding.assumptions:
            assert item.sentence == ASSUMPTION_SENTENCES[item.code].format(**item.figures)


def test_no_assumption_is_without_use() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[2] / "src" / "iahcalc").rglob("*.py")
        if path.name != "_assumptions.py"
    )

    assert [code for code in ASSUMPTION_SENTENCES if f'"{code}"' not in sources] == []
