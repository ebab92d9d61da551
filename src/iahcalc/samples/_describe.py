from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._intervals import t_quantile, wilson

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Description", "Proportion", "answered", "describe", "proportion"]


@dataclass(frozen=True, slots=True)
class Description:
    """One sample of numbers, in their own unit.

    ``sd`` divides by n - 1. ``sd``, ``low`` and ``high`` (the interval of the mean) are ``None`` for one answer.
    ``effective_n`` is Kish's where the answers are weighted, else ``None``.
    """

    n: int
    missing: int
    mean: float
    sd: float | None
    median: float
    lower_quartile: float
    upper_quartile: float
    minimum: float
    maximum: float
    low: float | None
    high: float | None
    level: float
    effective_n: float | None = None


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of ``n`` with Wilson's interval at ``level``; all between 0 and 1.

    ``effective_n`` is Kish's where the answers are weighted, else ``None``.
    """

    share: float
    n: int
    low: float
    high: float
    level: float
    effective_n: float | None = None


def answered(answers: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], int]:
    """The answers that are there, as numbers, and how many are missing (``nan``)."""
    numbers = np.asarray(answers, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError(f"A sample has one dimension, not {numbers.ndim}.")
    there = ~np.isnan(numbers)
    kept = numbers if there.all() else numbers[there]
    if np.isinf(kept).any():
        raise ValueError("An answer is infinite.")
    return kept, len(numbers) - len(kept)


def describe(
    answers: npt.ArrayLike, *, level: float = 0.95, weights: npt.ArrayLike | None = None
) -> Description:
    """Describe one sample.

    Args:
        answers: shape ``(respondents,)``, in any unit; ``nan`` is a missing answer, counted and left out.
        level: level of the confidence interval of the mean (Student's t).
        weights: shape ``(respondents,)``, at least 0, how much of the population each stands for; ``nan`` is
            missing, 0 leaves a respondent out. Their unit does not matter.

    Returns:
        Quartiles are interpolated linearly between order statistics (type 7 of Hyndman & Fan).
        With weights: the weighted mean, its interval with the linearised standard error (as ``svymean`` of R's
        package survey, with n - 1 degrees of freedom), weighted quartiles of the same type, and ``n``
        counts people. Equal weights give the unweighted figures.

    Raises:
        TooFewAnswers: every answer is missing.
        ValueError: an answer is infinite, or a weight is negative or infinite.

    Source:
        Hyndman & Fan (1996), The American Statistician 50(4), 361-365, doi:10.1080/00031305.1996.10473566;
        weighted quartiles: Akinshin (2023), arXiv:2304.07265; Kish (1965), Survey Sampling, 11.2C.

    >>> found = describe([1, 2, 3, 4, float("nan")])
    >>> found.n, found.missing, found.mean, found.lower_quartile, round(found.low, 3)
    (4, 1, 2.5, 1.75, 0.446)
    """
    if weights is not None:
        from iahcalc.samples._weighted import weighted_description

        return weighted_description(answers, weights, level=level)
    kept, missing = answered(answers)
    n = len(kept)
    if n == 0:
        raise TooFewAnswers("There is no answer to describe.")
    mean = float(kept.mean())
    sd = float(kept.std(ddof=1)) if n > 1 else None
    reach = None if sd is None else t_quantile(df=n - 1, level=level) * sd / math.sqrt(n)
    lower, median, upper = (float(quartile) for quartile in np.quantile(kept, [0.25, 0.5, 0.75]))
    return Description(
        n=n,
        missing=missing,
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
    )


def proportion(count: int, n: int, *, level: float = 0.95) -> Proportion:
    """Return a share with Wilson's score interval, which stays sound for small n and for none or all.

    Args:
        count: how many have the property, from 0 to ``n``.
        n: how many were asked and answered.
        level: level of the interval.

    Raises:
        TooFewAnswers: ``n`` is 0.
        ValueError: ``count`` is not between 0 and ``n``.

    Source:
        Wilson (1927), JASA 22(158), 209-212, doi:10.1080/01621459.1927.10502953.

    >>> found = proportion(7, 10)
    >>> found.share, round(found.low, 4), round(found.high, 4)
    (0.7, 0.3968, 0.8922)
    """
    if not 0 <= count <= max(n, 0):
        raise ValueError(f"{count} cannot be a part of {n}.")
    if n == 0:
        raise TooFewAnswers("A share of nobody is undefined.")
    low, high = wilson(count / n, n=n, level=level)
    return Proportion(share=count / n, n=n, low=low, high=high, level=level)
