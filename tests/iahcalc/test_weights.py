from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import (
    EmptyGroup,
    Method,
    cross_tabulate,
    describe,
    independence,
    post_stratify,
    proportion,
    rake,
    weighted_independence,
    weighted_proportion,
)

NAN = float("nan")


def people_of(table: npt.ArrayLike) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Each person of a table of counts, as its row and its column."""
    counts = np.asarray(table)
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def test_margins_are_fitted_as_in_a_published_example() -> None:
    # The four-by-four example of iterative proportional fitting with row totals 150, 300, 400, 150 and
    # column totals 200, 300, 400, 100, printed with two decimals.
    rows, columns = people_of([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])

    found = rake([rows, columns], [[150, 300, 400, 150], [200, 300, 400, 100]])

    table = np.zeros((4, 4))
    np.add.at(table, (rows, columns), found.values)
    table *= 1000 / table.sum()
    expected = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    assert table == pytest.approx(np.array(expected), abs=0.06)
    assert table.sum(axis=1) == pytest.approx([150, 300, 400, 150], abs=1e-6)
    assert table.sum(axis=0) == pytest.approx([200, 300, 400, 100], abs=1e-6)
    assert found.converged
    assert found.effective_n == pytest.approx(found.values.sum() ** 2 / (found.values**2).sum())
    assert found.design_effect == pytest.approx(800 / found.effective_n)


def test_one_division_is_exact_at_once() -> None:
    found = post_stratify([0, 0, 0, 1, 1, 2], [2, 1, 1])

    assert found.values.tolist() == pytest.approx([1, 1, 1, 0.75, 0.75, 1.5])
    assert (found.rounds, found.converged, found.empty) == (1, True, ())


def test_groups_that_nobody_answered_for_are_told_and_shared_out() -> None:
    found = rake([[0, 0, 2, 2]], [[0.3, 0.2, 0.5]])

    assert found.empty == (EmptyGroup(column=0, code=1, share=0.2),)
    assert found.values.tolist() == pytest.approx([0.75, 0.75, 1.25, 1.25])


def test_who_left_a_question_out_is_not_moved_by_it() -> None:
    found = rake([[0, 0, 0, 1, -1]], [[0.5, 0.5]])

    assert found.values[-1] == pytest.approx(1)
    assert found.values[:3].sum() == pytest.approx(found.values[3])
    assert found.converged


def test_trimming_holds_weights_down_and_says_what_it_costs() -> None:
    codes = [0] * 90 + [1] * 10

    free, held = rake([codes], [[0.5, 0.5]]), rake([codes], [[0.5, 0.5]], trim=3)

    assert free.largest == pytest.approx(5)
    assert held.largest == pytest.approx(3)
    assert held.values.mean() == pytest.approx(1)
    assert (held.trimmed, held.converged) == (10, False)
    assert held.furthest == pytest.approx(0.2)
    assert held.effective_n > free.effective_n
    assert {item.code: item.ok for item in free.assumptions} == {
        "weights_are_right": None,
        "weights_uneven": False,
    }


def test_margins_that_contradict_each_other_do_not_converge() -> None:
    # Everybody of the one group is of the other, too.
    found = rake([[0, 0, 1], [0, 0, 1]], [[0.5, 0.5], [0.2, 0.8]])

    assert not found.converged
    assert found.furthest > 0.1


def test_wrong_calls_of_raking_are_refused() -> None:
    with pytest.raises(ValueError, match="has no share"):
        rake([[0, 2]], [[0.5, 0.5]])
    with pytest.raises(ValueError, match="whole code"):
        rake([[0.5, 1.0]], [[0.5, 0.5]])
    with pytest.raises(ValueError, match="needs the shares"):
        rake([[0, 1]], [])
    with pytest.raises(ValueError, match="at least 0"):
        rake([[0, 1]], [[-0.5, 1.5]])
    with pytest.raises(ValueError, match="above 1"):
        rake([[0, 1]], [[0.5, 0.5]], trim=1)
    with pytest.raises(TooFewAnswers):
        rake([[0, 0]], [[0.0, 1.0]])


def test_weighted_means_have_the_error_of_a_design() -> None:
    # By hand: mean 2.6; error^2 = 4/3 (1 * 1.6^2 + 4 * 0.6^2 + 1 * 0.4^2 + 1 * 2.4^2) / 5^2.
    found = describe([1, 2, 3, 5], weights=[1, 2, 1, 1])

    assert found.mean == pytest.approx(2.6)
    assert found.low is not None
    error = np.sqrt(4 / 3 * (1.6**2 + 4 * 0.6**2 + 0.4**2 + 2.4**2)) / 5
    assert found.mean - found.low == pytest.approx(stats.t.ppf(0.975, 3) * error)
    assert found.effective_n == pytest.approx(25 / 7)
    assert describe([1, 2, 3, 5], weights=[10, 20, 10, 10]).low == pytest.approx(found.low)
    assert describe([1, NAN, 3], weights=[1, 1, 0]).n == 1


def test_weighted_shares_are_worth_their_effective_number() -> None:
    found = weighted_proportion([1, 0, 0, NAN, 1], [2, 1, 1, 5, 0])

    assert (found.share, found.n, found.effective_n) == (0.5, 3, pytest.approx(16 / 6))
    with pytest.raises(TooFewAnswers):
        weighted_proportion([NAN], [1])
    with pytest.raises(ValueError, match="0 or 1"):
        weighted_proportion([2], [1])


def as_in_the_survey_package(
    rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], weights: npt.NDArray[np.float64]
) -> tuple[float, float, float]:
    """The steps of ``svychisq(statistic = "F")``, with whole matrices of indicators."""
    height, width, n = rows.max() + 1, columns.max() + 1, len(weights)
    cells = np.zeros((n, height * width))
    cells[np.arange(n), rows * width + columns] = 1
    mean = weights @ cells / weights.sum()
    influence = weights[:, None] * (cells - mean) / weights.sum()
    covariance = n / (n - 1) * influence.T @ influence
    observed = n * mean.reshape(height, width)
    statistic = stats.chi2_contingency(observed, correction=False).statistic
    row, column = (index.ravel() for index in np.indices((height, width)))
    main = np.column_stack(
        [np.ones(height * width)]
        + [row == level for level in range(1, height)]
        + [column == level for level in range(1, width)]
    ).astype(float)
    both = np.column_stack(
        [(row == one) & (column == other) for one in range(1, height) for other in range(1, width)]
    ).astype(float)
    contrasts = both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
    inverse = np.diag(1 / mean)
    simple = contrasts.T @ inverse @ contrasts / n
    design = contrasts.T @ inverse @ covariance @ inverse @ contrasts
    delta = np.linalg.solve(simple, design)
    df = np.trace(delta) ** 2 / np.trace(delta @ delta)
    f = statistic / np.trace(delta)
    return float(f), float(df), float(stats.f.sf(f, df, df * (n - 1)))


def test_weighted_tables_are_tested_as_for_a_design() -> None:
    dice = np.random.default_rng(4)
    rows, columns = dice.integers(0, 3, 300), dice.integers(0, 4, 300)
    weights = dice.uniform(0.2, 3, 300) * (1 + rows)

    found = weighted_independence(rows, columns, weights)

    assert (found.statistic, found.df, found.p) == pytest.approx(
        as_in_the_survey_package(rows, columns, weights), abs=1e-9
    )
    assert found.method is Method.RAO_SCOTT
    assert found.effect.low <= found.effect.value <= found.effect.high
    assert weighted_independence(rows, columns, 7 * weights).p == pytest.approx(found.p)


def test_equal_weights_nearly_give_the_plain_test() -> None:
    rows, columns = people_of([[40, 30, 20], [25, 30, 50]])

    weighted = weighted_independence(rows, columns, np.ones(195))
    plain = independence(cross_tabulate(rows, columns).counts)

    # The variance of a design divides by n - 1, the multinomial one by n.
    assert weighted.statistic * weighted.df * 195 / 194 == pytest.approx(plain.statistic)
    assert weighted.effect.value == pytest.approx(plain.effect.value)
    assert weighted.p == pytest.approx(plain.p, abs=2e-4)


def test_weighted_tables_without_two_groups_have_no_test() -> None:
    with pytest.raises(TooFewAnswers):
        weighted_independence([1, 1], [1, 2], [1, 1])
    with pytest.raises(TooFewAnswers):
        weighted_independence(["", ""], [1, 2], [1, 1])


@settings(max_examples=30, deadline=None)
@given(
    answers=st.lists(st.integers(1, 6).map(float), min_size=2, max_size=20),
    weight=st.floats(0.1, 10),
)
def test_equal_weights_change_nothing(answers: list[float], weight: float) -> None:
    plain, weighted = describe(answers), describe(answers, weights=[weight] * len(answers))

    for name in ("n", "mean", "sd", "median", "lower_quartile", "upper_quartile", "low", "high"):
        assert getattr(weighted, name) == pytest.approx(getattr(plain, name), abs=1e-9)
    flags = [answer > 3 for answer in answers]
    share = weighted_proportion(flags, [weight] * len(answers))
    expected = proportion(sum(flags), len(flags))
    assert (share.share, share.low, share.high) == pytest.approx(
        (expected.share, expected.low, expected.high)
    )


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_raking_does_not_depend_on_who_stands_where_nor_on_names(seed: int) -> None:
    dice = np.random.default_rng(seed)
    columns = [dice.integers(0, 3, 60), dice.integers(0, 2, 60)]
    margins = [dice.uniform(0.2, 1, 3), dice.uniform(0.2, 1, 2)]
    order, names = dice.permutation(60), dice.permutation(3)

    found = rake(columns, margins)
    moved = rake([column[order] for column in columns], margins)
    renamed = rake([np.argsort(names)[columns[0]], columns[1]], [margins[0][names], margins[1]])

    assert moved.values == pytest.approx(found.values[order], abs=1e-6)
    assert renamed.values == pytest.approx(found.values, abs=1e-6)
