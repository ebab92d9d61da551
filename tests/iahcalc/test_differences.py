from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Method, difference_in_differences

NAN = float("nan")
BEFORE = [3.0, 2.5, 4.0, 3.5, 2.0, 3.0]
AFTER = [4.0, 3.5, 4.5, 4.5, 3.5, 3.5]
CONTROL_BEFORE = [3.0, 3.5, 2.5, 4.0, 3.0]
CONTROL_AFTER = [3.0, 4.0, 2.5, 4.5, 3.5]


def test_changes_of_the_same_people_are_compared_by_welch() -> None:
    found = difference_in_differences(BEFORE, AFTER, CONTROL_BEFORE, CONTROL_AFTER, paired=True)

    changes = np.subtract(AFTER, BEFORE), np.subtract(CONTROL_AFTER, CONTROL_BEFORE)
    expected = stats.ttest_ind(*changes, equal_var=False)
    assert found.method is Method.DIFFERENCE_IN_CHANGES
    assert (found.statistic, found.df, found.p) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue), abs=1e-12
    )
    raw = found.further_effects[0]
    limits = expected.confidence_interval()
    assert (raw.value, raw.low, raw.high) == pytest.approx(
        (changes[0].mean() - changes[1].mean(), limits.low, limits.high), abs=1e-12
    )
    # Morris' d_ppc2: by the pooled spread before, corrected by 1 - 3 / (4 * 9 - 1).
    pooled = np.sqrt((5 * np.var(BEFORE, ddof=1) + 4 * np.var(CONTROL_BEFORE, ddof=1)) / 9)
    assert found.effect.value == pytest.approx((1 - 3 / 35) * raw.value / pooled)
    assert found.effect.low < found.effect.value < found.effect.high
    assert found.treated_change is not None
    assert found.control_change is not None
    assert found.treated_change.value - found.control_change.value == pytest.approx(raw.value)
    assert found.n == 11


def test_different_people_are_compared_over_four_means() -> None:
    found = difference_in_differences(BEFORE, AFTER, CONTROL_BEFORE, [*CONTROL_AFTER, NAN], paired=False)

    errors = [np.var(part, ddof=1) / len(part) for part in (BEFORE, AFTER, CONTROL_BEFORE, CONTROL_AFTER)]
    difference = np.mean(AFTER) - np.mean(BEFORE) - np.mean(CONTROL_AFTER) + np.mean(CONTROL_BEFORE)
    df = sum(errors) ** 2 / sum(error**2 / (n - 1) for error, n in zip(errors, (6, 6, 5, 5), strict=True))
    assert found.statistic == pytest.approx(difference / np.sqrt(sum(errors)))
    assert found.df == pytest.approx(df)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(found.statistic), df))
    assert (found.n, found.missing) == (22, 1)
    assert [item.code for item in found.assumptions] == [
        "trends_parallel",
        "groups_independent",
        "groups_small",
    ]


def test_a_change_that_met_both_groups_alike_is_no_effect() -> None:
    found = difference_in_differences(BEFORE, AFTER, BEFORE, AFTER, paired=False)
    back = difference_in_differences(CONTROL_BEFORE, CONTROL_AFTER, BEFORE, AFTER, paired=True)
    forth = difference_in_differences(BEFORE, AFTER, CONTROL_BEFORE, CONTROL_AFTER, paired=True)

    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert found.p == pytest.approx(1)
    assert back.effect.value == pytest.approx(-forth.effect.value)
    assert back.p == pytest.approx(forth.p)


def test_a_group_that_changed_as_one_has_a_change_without_interval() -> None:
    found = difference_in_differences([1, 2, 3], [2, 3, 4], [1, 2, 3], [1, 3, 3], paired=True)

    assert found.treated_change is not None
    assert (found.treated_change.value, found.treated_change.low, found.treated_change.high) == (1, 1, 1)


def test_changes_that_cannot_be_compared_say_so() -> None:
    with pytest.raises(TooFewAnswers):
        difference_in_differences([1, 2], [2, 3], [1, NAN], [1, 2], paired=True)
    with pytest.raises(TooFewAnswers):
        difference_in_differences([1, 1], [1, 1], [1, 1], [1, 1], paired=False)
    with pytest.raises(ValueError, match="same people"):
        difference_in_differences([1, 2], [2, 3, 4], [1, 2], [1, 2], paired=True)
