"""Descriptions and comparisons of answers that have been counted: how often each group gave each point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.samples._compare import Impossible
from iahcalc.samples._describe import Description
from iahcalc.samples._findings import Finding, Method
from iahcalc.samples._intervals import t_quantile
from iahcalc.samples._means import Summary, welch_anova_of, welch_t_of
from iahcalc.samples._ranks import kruskal_wallis_of, mann_whitney_of, ranked_from

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["compare_counts", "describe_counts"]


def describe_counts(
    points: npt.ArrayLike, counts: npt.ArrayLike, *, missing: int = 0, level: float = 0.95
) -> Description:
    """Describe a sample of which is known how often each point was given; as :func:`describe`.

    Args:
        points: shape ``(points,)``, ascending.
        counts: shape ``(points,)``, how many people gave each.
        missing: how many gave none; handed through.
        level: level of the interval of the mean.

    Raises:
        TooFewAnswers: nobody answered.

    >>> found = describe_counts([1, 2, 3, 4], [1, 1, 1, 1])
    >>> found.n, found.mean, found.lower_quartile, round(found.low, 3)
    (4, 2.5, 1.75, 0.446)
    """
    values, many = np.asarray(points, dtype=np.float64), np.asarray(counts)
    given = np.flatnonzero(many)
    if len(given) == 0:
        raise TooFewAnswers("There is no answer to describe.")
    summary = _summary(values, many)
    n = summary.n
    sd = math.sqrt(summary.variance) if n > 1 else None
    reach = None if sd is None else t_quantile(df=n - 1, level=level) * sd / math.sqrt(n)
    ends = np.cumsum(many)

    def quantile(share: float) -> float:
        place = share * (n - 1)
        below = math.floor(place)
        # The order statistics on both sides of the place: type 7 of Hyndman & Fan.
        lower, upper = (
            float(values[np.searchsorted(ends, rank, side="right")])
            for rank in (below, min(below + 1, n - 1))
        )
        return lower + (place - below) * (upper - lower)

    return Description(
        n=n,
        missing=missing,
        mean=summary.mean,
        sd=sd,
        median=quantile(0.5),
        lower_quartile=quantile(0.25),
        upper_quartile=quantile(0.75),
        minimum=float(values[given[0]]),
        maximum=float(values[given[-1]]),
        low=None if reach is None else summary.mean - reach,
        high=None if reach is None else summary.mean + reach,
        level=level,
    )


def compare_counts(
    points: npt.ArrayLike, counts: npt.ArrayLike, *, missing: int = 0, level: float = 0.95
) -> tuple[Finding | Impossible, Finding | Impossible]:
    """Compare groups by means and by ranks, from how often each gave each point; as :func:`compare`.

    Args:
        points: shape ``(points,)``, ascending.
        counts: shape ``(groups, points)``, how many people of each group gave each.
        missing: how many were left out; handed through.
        level: level of the intervals.

    Returns:
        The test of means, then that of ranks; ``Impossible`` where one is undefined.

    >>> means, ranks = compare_counts([1, 2, 3, 4, 6], [[1, 1, 1, 0, 0], [0, 1, 0, 1, 1]])
    >>> str(means.method), ranks.statistic
    ("Welch's t-test", 1.5)
    """
    values, many = np.asarray(points, dtype=np.float64), np.asarray(counts)
    two = len(many) == 2

    def by_means() -> Finding:
        groups = [_summary(values, group) for group in many]
        if len(groups) < 2:
            raise TooFewAnswers("A comparison needs at least 2 groups.")
        if min(group.n for group in groups) < 2:
            raise TooFewAnswers("A comparison of means needs at least 2 answers in each group.")
        if two:
            return welch_t_of(groups[0], groups[1], missing=missing, level=level)
        return welch_anova_of(groups, missing=missing, level=level)

    def by_ranks() -> Finding:
        if len(many) < 2:
            raise TooFewAnswers("A comparison needs at least 2 groups.")
        if int(many.sum(axis=1).min()) < 1:
            raise TooFewAnswers("A comparison of ranks needs at least 1 answer in each group.")
        ranked = ranked_from(many.astype(np.float64))
        if two:
            return mann_whitney_of(ranked, missing=missing, level=level)
        return kruskal_wallis_of(ranked, missing=missing, level=level)

    means: Finding | Impossible
    ranks: Finding | Impossible
    try:
        means = by_means()
    except Undefined as undefined:
        means = Impossible(method=Method.WELCH_T if two else Method.WELCH_ANOVA, reason=str(undefined))
    try:
        ranks = by_ranks()
    except Undefined as undefined:
        ranks = Impossible(
            method=Method.MANN_WHITNEY if two else Method.KRUSKAL_WALLIS, reason=str(undefined)
        )
    return means, ranks


def _summary(points: npt.NDArray[np.float64], counts: npt.NDArray[np.int64]) -> Summary:
    n = int(counts.sum())
    if n == 0:
        return Summary(n=0, mean=math.nan, variance=math.nan)
    mean = float(counts @ points) / n
    alike = int((counts > 0).sum()) == 1
    variance = 0.0 if alike or n < 2 else float(counts @ (points - mean) ** 2) / (n - 1)
    return Summary(n=n, mean=mean, variance=variance)
