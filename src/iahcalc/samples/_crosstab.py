from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._codes import loose_codes_of
from iahcalc.samples._findings import Effect, EffectName, Finding, Method, assume
from iahcalc.samples._intervals import chi_square_noncentrality

if TYPE_CHECKING:
    import numpy.typing as npt

    from iahcalc.samples._findings import Assumption

__all__ = ["Crosstab", "Independence", "cross_tabulate", "independence"]

# Two columns of names would otherwise fill the memory.
_MOST_CELLS = 10_000_000


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Crosstab:
    """A table of counts: ``counts[i, j]`` people with ``rows[i]`` and ``columns[j]``, ``missing`` left out."""

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    counts: npt.NDArray[np.float64]
    missing: float


@dataclass(frozen=True, slots=True, eq=False)
class Independence(Finding):
    """A chi-square test of a table of counts.

    ``expected`` are the counts if rows and columns had nothing to do with each other;
    ``standardised_residuals`` are the cells' distances from them in standard errors: beyond about 2 a
    cell stands out (before any correction for many cells). Both have the shape of the table tested.
    """

    expected: npt.NDArray[np.float64] | None = None
    standardised_residuals: npt.NDArray[np.float64] | None = None


def cross_tabulate(
    rows: npt.ArrayLike, columns: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> Crosstab:
    """Count how often each pair of answers comes together.

    Args:
        rows: shape ``(respondents,)``, numbers or words; ``nan``, ``None`` and ``""`` are missing.
        columns: the same for the other question.
        weights: shape ``(respondents,)``, how many people each line stands for, at least 0; ``nan`` is missing.

    Returns:
        Categories in ascending order, without those that nobody is in. A line with anything missing is
        left out, and its weight is added to ``missing`` (1 where the weight itself is missing).

    Raises:
        ValueError: shapes differ, a weight is negative or infinite, or the table would have more than
            10 million cells.

    >>> found = cross_tabulate(["yes", "no", "yes", ""], ["a", "a", "b", "b"])
    >>> found.rows, found.columns, found.counts.tolist(), found.missing
    (('no', 'yes'), ('a', 'b'), [[1.0, 0.0], [1.0, 1.0]], 1.0)
    """
    row_labels, row_codes = loose_codes_of(rows)
    column_labels, column_codes = loose_codes_of(columns)
    if len(row_codes) != len(column_codes):
        raise ValueError("Both questions need one answer or gap per respondent.")
    # Code 0 means missing; those cells are cut off after counting, so that nothing is copied before it.
    width = len(column_labels) + 1
    size = (len(row_labels) + 1) * width
    if size > _MOST_CELLS:
        raise ValueError(
            f"A table of {len(row_labels):,} by {len(column_labels):,} categories is too large to count."
        )
    cells = row_codes
    cells *= width
    cells += column_codes
    missing_weight = 0.0
    checked: npt.NDArray[np.float64] | None = None
    if weights is not None:
        checked = np.asarray(weights, dtype=np.float64)
        if checked.shape != row_codes.shape:
            raise ValueError("Every respondent needs one weight.")
        unknown = np.isnan(checked)
        if bool((checked < 0).any()) or bool(np.isinf(checked).any()):
            raise ValueError("A weight is negative or infinite.")
        missing_weight = float(unknown.sum())
        checked = np.where(unknown, 0.0, checked)
    counts = np.bincount(cells, weights=checked, minlength=size).astype(np.float64)
    table = counts.reshape(len(row_labels) + 1, width)
    inner = table[1:, 1:]
    used_rows, used_columns = np.flatnonzero(inner.sum(axis=1)), np.flatnonzero(inner.sum(axis=0))
    return Crosstab(
        rows=tuple(row_labels[place] for place in used_rows),
        columns=tuple(column_labels[place] for place in used_columns),
        counts=inner[np.ix_(used_rows, used_columns)],
        missing=float(table.sum() - inner.sum()) + missing_weight,
    )


def independence(
    counts: npt.ArrayLike, *, correction: bool = True, missing: int = 0, level: float = 0.95
) -> Independence:
    """Test whether rows and columns of a table of counts have anything to do with each other.

    Args:
        counts: shape ``(rows, columns)``, people per cell, at least 0. Rows and columns without anybody
            are left out of the test.
        correction: Yates' correction, used for a table of 2 by 2 only, as R does; it lowers each distance
            by 0.5 or by the distance itself, whichever is less.
        missing: how many were left out when counting; handed through.
        level: level of the interval of Cramér's V.

    Returns:
        Cramér's V is dimensionless, 0 to 1, from the uncorrected statistic. Its interval turns the
        noncentral chi-square distribution round: V = sqrt(noncentrality / (n (smaller side - 1))). A V
        above that interval (it happens near independence with many cells, because V seen is on average
        too large) widens the interval up to V.

    Raises:
        TooFewAnswers: fewer than 2 rows or 2 columns have anybody.
        ValueError: a count is negative or not a number.

    Source:
        Pearson (1900); Yates (1934), Suppl. J. R. Statist. Soc. 1(2), 217-235; Smithson (2003),
        Confidence Intervals, chapter 4; residuals: Haberman (1973), Biometrics 29(1), 205-220;
        rule for expected counts: Cochran (1954), Biometrics 10(4), 417-451.

    >>> found = independence([[20, 30], [30, 20]])
    >>> round(found.statistic, 3), found.df, round(found.p, 4), round(found.effect.value, 3)
    (3.24, 1, 0.0719, 0.2)
    """
    from scipy import special

    given = np.asarray(counts, dtype=np.float64)
    if given.ndim != 2:
        raise ValueError("A table of counts has rows and columns.")
    if not bool(np.isfinite(given).all()) or bool((given < 0).any()):
        raise ValueError("A count is negative or not a number.")
    observed = given[given.sum(axis=1) > 0][:, given.sum(axis=0) > 0]
    height, width = observed.shape
    if height < 2 or width < 2:
        raise TooFewAnswers("A chi-square test needs at least 2 rows and 2 columns that have answers.")

    n = float(observed.sum())
    row_share = observed.sum(axis=1, keepdims=True) / n
    column_share = observed.sum(axis=0, keepdims=True) / n
    expected = n * row_share * column_share
    distance = np.abs(observed - expected)
    plain = float((distance**2 / expected).sum())
    corrected = correction and (height, width) == (2, 2)
    statistic = plain
    if corrected:
        statistic = float(((distance - np.minimum(0.5, distance.min())) ** 2 / expected).sum())
    df = (height - 1) * (width - 1)
    return Independence(
        method=Method.PEARSON_YATES if corrected else Method.PEARSON,
        statistic_name="chi-square",
        statistic=statistic,
        df=df,
        p=float(special.chdtrc(df, statistic)),
        effect=_cramers_v(plain, df=df, n=n, smaller_side=min(height, width), level=level),
        n=round(n),
        missing=missing,
        assumptions=_assumptions(observed, expected),
        expected=expected,
        standardised_residuals=(observed - expected)
        / np.sqrt(expected * (1 - row_share) * (1 - column_share)),
    )


def _cramers_v(plain: float, *, df: int, n: float, smaller_side: int, level: float) -> Effect:
    most = n * (smaller_side - 1)
    value = min(math.sqrt(plain / most), 1.0)
    low, high = (
        min(math.sqrt(limit / most), 1.0) for limit in chi_square_noncentrality(plain, df=df, level=level)
    )
    return Effect(
        name=EffectName.CRAMERS_V,
        value=value,
        low=min(low, value),
        high=max(high, value),
        level=level,
        interval="noncentral chi-square distribution",
    )


def _assumptions(
    observed: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]
) -> tuple[Assumption, ...]:
    smallest = float(expected.min())
    below = float((expected < 5).mean())
    # Cochran's rule; a table of 2 by 2 has no cell to spare.
    enough = smallest >= 5 if expected.shape == (2, 2) else smallest >= 1 and below <= 0.2
    found = [
        assume("answers_independent", ok=None),
        assume(
            "expected_counts_enough" if enough else "expected_counts_small",
            ok=enough,
            smallest=smallest,
            share_below_5=below,
        ),
    ]
    if bool((observed != np.floor(observed)).any()):
        found.append(assume("weights_are_not_counts", ok=False))
    return tuple(found)
