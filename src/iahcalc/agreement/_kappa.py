from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import cross_tabulate
from iahcalc.samples._intervals import normal_quantile

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Kappa", "KappaWeights", "cohen_kappa"]


_ROUNDING = 1e-14


class KappaWeights(StrEnum):
    """How a near miss counts, the categories in ascending order: by their distance, or by its square."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Kappa:
    """Agreement of two coders beyond chance.

    ``value`` is 1 for full agreement, 0 for what chance would give, negative below that. ``observed`` and
    ``by_chance`` are the (weighted) shares of agreement. ``p`` tests whether there is any agreement beyond
    chance, two-sided. ``counts[i, j]``: the first coder gave ``labels[i]``, the second ``labels[j]``.
    """

    value: float
    low: float
    high: float
    level: float
    observed: float
    by_chance: float
    p: float
    n: int
    missing: int
    labels: tuple[Any, ...]
    counts: npt.NDArray[np.float64]


def cohen_kappa(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    level: float = 0.95,
    weights: KappaWeights | str | None = None,
) -> Kappa:
    """Return Cohen's kappa of two coders.

    Args:
        first: shape ``(things,)``, the category each thing got from the first coder: numbers, flags or words;
            ``nan``, ``None`` and ``""`` are missing.
        second: the same things in the same order by the second coder.
        level: level of the interval.
        weights: ``None`` for categories without order; "linear" or "quadratic" where a near miss is half right.
            Categories count as equally spaced, in ascending order, those that occur.

    Returns:
        Kappa with the interval of its large-sample standard error, cut at -1 and 1. A thing that either
        coder left out is left out and counted.

    Raises:
        TooFewAnswers: nothing was judged by both, or both gave everything the same one category.
        ValueError: shapes differ.

    Source:
        Cohen (1960), Educ. Psychol. Meas. 20, 37-46; Cohen (1968), Psychological Bulletin 70, 213-220;
        Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323-327.

    >>> found = cohen_kappa([1, 1, 2, 2, 1, 2], [1, 1, 2, 1, 1, 2])
    >>> round(found.value, 4), round(found.observed, 4), found.by_chance
    (0.6667, 0.8333, 0.5)
    """
    one, other = np.asarray(first), np.asarray(second)
    if one.ndim != 1 or one.shape != other.shape:
        raise ValueError("Both coders need one category or gap for each of the same things.")
    table = cross_tabulate(one, other)
    labels = tuple(sorted({*table.rows, *table.columns}))
    counts = np.zeros((len(labels), len(labels)))
    rows, columns = [labels.index(row) for row in table.rows], [labels.index(one) for one in table.columns]
    counts[np.ix_(rows, columns)] = table.counts
    return _kappa(
        counts,
        weights=None if weights is None else KappaWeights(weights),
        level=level,
        labels=labels,
        missing=round(table.missing),
    )


def _kappa(
    counts: npt.NDArray[np.float64],
    *,
    weights: KappaWeights | None,
    level: float,
    labels: tuple[Any, ...],
    missing: int,
) -> Kappa:
    from scipy import special

    n = float(counts.sum())
    if n == 0:
        raise TooFewAnswers("Nothing was judged by both coders.")
    credit = _credit(len(labels), weights)
    shares = counts / n
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    chance = np.outer(row, column)
    observed, by_chance = float((credit * shares).sum()), float((credit * chance).sum())
    if by_chance >= 1:
        raise TooFewAnswers("Both coders gave everything the same category, which leaves kappa undefined.")
    value = (observed - by_chance) / (1 - by_chance)
    # Mean credit of each category of the one coder among the other's.
    of_rows, of_columns = credit @ column, row @ credit
    both = of_rows[:, None] + of_columns[None, :]
    variance = (
        float((shares * (credit - both * (1 - value)) ** 2).sum()) - (value - by_chance * (1 - value)) ** 2
    ) / (n * (1 - by_chance) ** 2)
    without_agreement = (float((chance * (credit - both) ** 2).sum()) - by_chance**2) / (
        n * (1 - by_chance) ** 2
    )
    # Differences of sums near 1: what is left of them below this is rounding, and the variance is none.
    reach = normal_quantile(level) * math.sqrt(variance if variance > _ROUNDING else 0.0)
    p = 1.0
    if without_agreement > _ROUNDING:
        p = 2 * float(special.ndtr(-abs(value) / math.sqrt(without_agreement)))
    return Kappa(
        value=value,
        low=max(value - reach, -1.0),
        high=min(value + reach, 1.0),
        level=level,
        observed=observed,
        by_chance=by_chance,
        p=p,
        n=round(n),
        missing=missing,
        labels=labels,
        counts=counts,
    )


def _credit(categories: int, weights: KappaWeights | None) -> npt.NDArray[np.float64]:
    """1 for the same category, less the farther apart two categories are."""
    if weights is None or categories < 2:
        return np.eye(categories)
    places = np.arange(categories)
    distance = np.abs(places[:, None] - places[None, :]) / (categories - 1)
    credit: npt.NDArray[np.float64] = 1 - (distance if weights is KappaWeights.LINEAR else distance**2)
    return credit
