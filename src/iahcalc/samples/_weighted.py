"""Figures of weighted answers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import assume
from iahcalc.samples._codes import codes_of
from iahcalc.samples._describe import Description, Proportion
from iahcalc.samples._findings import Method
from iahcalc.samples._independence import Independence, checked_counts, cramers_v
from iahcalc.samples._intervals import t_quantile, wilson
from iahcalc.samples._weights import checked_weights, effective_n, weight_assumptions

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["weighted_description", "weighted_independence", "weighted_proportion", "weighted_quantiles"]


def weighted_description(answers: npt.ArrayLike, weights: npt.ArrayLike, *, level: float) -> Description:
    """What ``describe`` gives where weights are given; see there."""
    numbers = np.asarray(answers, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError(f"A sample has one dimension, not {numbers.ndim}.")
    if np.isinf(numbers).any():
        raise ValueError("An answer is infinite.")
    given = checked_weights(weights, people=len(numbers))
    # A weight of 0 means: not part of the population.
    used = ~np.isnan(numbers) & (given > 0)
    kept, weight = numbers[used], given[used]
    n = len(kept)
    if n == 0:
        raise TooFewAnswers("There is no answer to describe.")
    total = float(weight.sum())
    mean = float(weight @ kept) / total
    sd = reach = None
    if n > 1:
        spread = n / (n - 1)
        sd = math.sqrt(spread * float(weight @ (kept - mean) ** 2) / total)
        error = math.sqrt(spread * float(((weight * (kept - mean)) ** 2).sum())) / total
        reach = t_quantile(df=n - 1, level=level) * error
    lower, median, upper = weighted_quantiles(kept, weight, [0.25, 0.5, 0.75])
    return Description(
        n=n,
        missing=len(numbers) - n,
        mean=mean,
        sd=sd,
        median=median,
        lower_quartile=lower,
        upper_quartile=upper,
        minimum=float(kept.min()),
        maximum=float(kept.max()),
        low=None if reach is None else mean - reach,
        high=None if reach is None else mean + reach,
        level=level,
        effective_n=effective_n(weight),
    )


def weighted_quantiles(
    answers: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], shares: list[float]
) -> list[float]:
    """Quantiles of weighted answers: type 7 of Hyndman & Fan where all weights are equal.

    Source:
        Akinshin (2023), Weighted quantile estimators, arXiv:2304.07265, section 3.
    """
    order = np.argsort(answers, kind="stable")
    values, ends = answers[order], np.concatenate([[0.0], np.cumsum(weights[order])])
    ends /= ends[-1]
    n = effective_n(weights)
    found = []
    for share in shares:
        place = share * (n - 1)
        # A window of width 1 / n, moved along the weights laid end to end; nearly all of it is outside.
        inside = np.clip(ends * n - place, 0.0, 1.0)
        found.append(float(np.diff(inside) @ values))
    return found


def weighted_proportion(flags: npt.ArrayLike, weights: npt.ArrayLike, *, level: float = 0.95) -> Proportion:
    """Return a weighted share with Wilson's interval at Kish's effective number of answers.

    Args:
        flags: shape ``(respondents,)``, true or 1 for who has the property, false or 0 for who has not;
            ``nan`` is missing.
        weights: shape ``(respondents,)``, at least 0; ``nan`` is missing, 0 leaves a respondent out.
        level: level of the interval.

    Returns:
        ``n`` counts people, ``effective_n`` what they are worth. With equal weights it is :func:`proportion`.

    Raises:
        TooFewAnswers: nobody answered.
        ValueError: shapes differ, a flag is neither 0 nor 1, or a weight is negative or infinite.

    Source:
        Wilson (1927), as in :func:`proportion`; Kish (1965), Survey Sampling, 11.2C.

    >>> found = weighted_proportion([1, 1, 0, 0], [1, 1, 1, 3])
    >>> round(found.share, 4), found.n, found.effective_n
    (0.3333, 4, 3.0)
    """
    given = np.asarray(flags, dtype=np.float64)
    weight = checked_weights(weights, people=len(given))
    used = ~np.isnan(given) & (weight > 0)
    kept, weight = given[used], weight[used]
    if not bool(((kept == 0) | (kept == 1)).all()):
        raise ValueError("A flag is 0 or 1.")
    if len(kept) == 0:
        raise TooFewAnswers("A share of nobody is undefined.")
    share = float(weight @ kept) / float(weight.sum())
    worth = effective_n(weight)
    low, high = wilson(share, n=worth, level=level)
    return Proportion(share=share, n=len(kept), low=low, high=high, level=level, effective_n=worth)


def weighted_independence(
    rows: npt.ArrayLike, columns: npt.ArrayLike, weights: npt.ArrayLike, *, level: float = 0.95
) -> Independence:
    """Test a cross-table of weighted answers: weights are shares of a population, not counts of people.

    Args:
        rows: shape ``(respondents,)``, numbers or words; ``nan``, ``None`` and ``""`` are missing.
        columns: the same for the other question.
        weights: shape ``(respondents,)``, at least 0; ``nan`` is missing, 0 leaves a respondent out.
        level: level of the interval.

    Returns:
        Pearson's chi-square of the weighted shares, scaled to the number of respondents, divided by its
        mean as if the answers had been drawn with these weights (Rao and Scott's second-order correction, with the
        variance of the shares linearised), taken for F: what ``svychisq`` of R's package survey does for a
        design without strata and clusters. ``df`` and ``df_denominator`` need not be whole. Cramér's V is
        that of the weighted table; its interval allows for the mean design effect. ``expected`` and the
        residuals are those of the weighted table scaled to the number of respondents.

    Raises:
        TooFewAnswers: fewer than 2 rows or 2 columns have anybody.
        ValueError: shapes differ, or a weight is negative or infinite.

    Source:
        Rao & Scott (1984), Annals of Statistics 12(1), 46-60; Thomas & Rao (1987), JASA 82, 630-636.

    >>> found = weighted_independence([1, 1, 2, 2, 1, 2], [1, 1, 2, 2, 2, 1], [1, 2, 1, 2, 1, 1])
    >>> round(found.statistic, 4), round(found.df, 4), round(found.p, 4)
    (1.4286, 1.0, 0.2856)
    """
    from scipy import special

    row_codes, column_codes = codes_of(rows)[1], codes_of(columns)[1]
    if row_codes.shape != column_codes.shape:
        raise ValueError("Both questions need one answer or gap per respondent.")
    given = checked_weights(weights, people=len(row_codes))
    used = (row_codes > 0) & (column_codes > 0) & (given > 0)
    weight = given[used]
    _, row = np.unique(row_codes[used], return_inverse=True)
    _, column = np.unique(column_codes[used], return_inverse=True)
    height, width = int(row.max(initial=-1)) + 1, int(column.max(initial=-1)) + 1
    cell, cells = row * width + column, height * width
    n, total = len(weight), float(weight.sum())
    sums = np.bincount(cell, weights=weight, minlength=cells)
    observed = checked_counts(n * sums.reshape(height, width) / max(total, 1e-300))
    shares = observed.ravel() / n
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / n
    plain = float(((observed - expected) ** 2 / expected).sum())

    # Covariance of the weighted shares: each respondent adds w^2 (e - p)(e - p)'.
    squares = np.bincount(cell, weights=weight**2, minlength=cells)
    covariance = np.diag(squares) - np.outer(squares, shares) - np.outer(shares, squares)
    covariance += squares.sum() * np.outer(shares, shares)
    covariance *= n / (n - 1) / total**2
    contrasts = _interactions(height, width)
    inverse = np.divide(1.0, shares, out=np.zeros(cells), where=shares > 0)[:, None]
    simple = contrasts.T @ (inverse / n * contrasts)
    design = (inverse * contrasts).T @ covariance @ (inverse * contrasts)
    # Design effects of the table's interactions; with equal weights all are n / (n - 1).
    effects = np.linalg.solve(simple, design)
    trace = float(np.trace(effects))
    df = trace**2 / float(np.trace(effects @ effects))
    statistic, df_denominator = plain / trace, df * (n - 1)
    whole_df = (height - 1) * (width - 1)
    row_share, column_share = observed.sum(axis=1, keepdims=True) / n, observed.sum(axis=0, keepdims=True) / n
    return Independence(
        method=Method.RAO_SCOTT,
        statistic_name="F",
        statistic=statistic,
        df=df,
        df_denominator=df_denominator,
        p=float(special.fdtrc(df, df_denominator, statistic)),
        effect=cramers_v(
            plain,
            df=whole_df,
            n=n,
            smaller_side=min(height, width),
            level=level,
            inflation=trace / whole_df,
        ),
        n=n,
        missing=len(given) - n,
        assumptions=(
            assume("answers_independent", ok=None),
            *weight_assumptions(n=n, effective=effective_n(weight)),
        ),
        expected=expected,
        standardised_residuals=(observed - expected)
        / np.sqrt(trace / whole_df * expected * (1 - row_share) * (1 - column_share)),
    )


def _interactions(height: int, width: int) -> npt.NDArray[np.float64]:
    """What rows and columns alone cannot explain, one column for each degree of freedom."""

    def centred(categories: int) -> npt.NDArray[np.float64]:
        return np.asarray(np.eye(categories)[:, 1:] - 1 / categories, dtype=np.float64)

    return np.asarray(np.kron(centred(height), centred(width)), dtype=np.float64)
