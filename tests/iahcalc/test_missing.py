from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import benjamini_hochberg, holm, independence, many, missingness

NAN = float("nan")


def test_gaps_are_counted_by_item_and_by_person() -> None:
    found = missingness([[1, NAN, 3], [NAN, NAN, NAN], [1, 2, 3], [2, NAN, 1]])

    assert [item.missing for item in found.items] == [1, 3, 1]
    assert found.items[1].share.share == 0.75
    assert (found.complete.share, found.empty, found.respondents) == (0.25, 1, 4)
    assert (found.groups, found.test, found.items[0].p) == ((), None, None)


def test_groups_are_compared_by_who_answered_everything() -> None:
    dice = np.random.default_rng(3)
    groups = dice.integers(0, 2, 400)
    answers = dice.integers(1, 6, (400, 4)).astype(np.float32)
    answers[dice.random((400, 4)) < np.where(groups == 1, 0.2, 0.05)[:, None]] = NAN

    found = missingness(answers, groups)
    by_flags = missingness(np.isnan(answers), groups)

    complete = ~np.isnan(answers).any(axis=1)
    table = [[(complete[groups == one] == answer).sum() for answer in (True, False)] for one in (0, 1)]
    assert found.test is not None
    assert found.test.statistic == pytest.approx(stats.chi2_contingency(table).statistic)
    p_values = [
        independence(
            [
                [(np.isnan(answers[groups == one, item]) == gap).sum() for gap in (True, False)]
                for one in (0, 1)
            ]
        ).p
        for item in range(4)
    ]
    assert [item.p for item in found.items] == pytest.approx(p_values)
    assert [item.adjusted_p for item in found.items] == pytest.approx(holm(p_values).tolist())
    assert [group.label for group in found.groups] == [0, 1]
    assert found.groups[0].complete.share == pytest.approx(complete[groups == 0].mean())
    assert [item.p for item in by_flags.items] == [item.p for item in found.items]


def test_complete_answers_leave_nothing_to_test() -> None:
    found = missingness(np.ones((4, 2), dtype=np.int8), ["a", "b", "a", ""])

    assert found.complete.share == 1
    assert found.test is None
    assert [group.respondents for group in found.groups] == [2, 1]


def test_nothing_has_no_gaps() -> None:
    with pytest.raises(TooFewAnswers):
        missingness(np.zeros((0, 3)))
    with pytest.raises(ValueError, match="shape"):
        missingness([1, 2])
    with pytest.raises(ValueError, match="one group"):
        missingness([[1], [2]], ["a"])


def test_many_tests_are_corrected_both_ways() -> None:
    p_values = [0.001, NAN, 0.04, 0.02, 0.6]

    found = many(p_values, level=0.1)

    assert found.tests == 4
    assert found.expected_by_chance == pytest.approx(0.4)
    assert np.array_equal(found.holm, holm(p_values), equal_nan=True)
    assert np.array_equal(found.benjamini_hochberg, benjamini_hochberg(p_values), equal_nan=True)
    assert (found.sure, found.likely) == (3, 3)
