from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.scales._moments import as_matrix, complete_moments, pairwise_covariance

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["AlphaInterval", "Missing", "alpha_interval", "cronbach_alpha", "standardised_alpha"]


class Missing(StrEnum):
    """What becomes of a respondent who left an item out."""

    LISTWISE = "listwise"
    PAIRWISE = "pairwise"


@dataclass(frozen=True, slots=True)
class AlphaInterval:
    """A confidence interval of alpha at ``level`` (e.g. 0.95)."""

    low: float
    high: float
    level: float


def cronbach_alpha(answers: npt.ArrayLike, *, missing: Missing = Missing.LISTWISE) -> float:
    """Return Cronbach's alpha of one scale.

    Args:
        answers: shape ``(respondents, items)``, points on one common answer
            scale (e.g. 1 to 5), with reverse-worded items already turned; ``nan`` is a missing answer.
        missing: leave a respondent with any ``nan`` out altogether (listwise), or use each pair of
            items over those who answered both (pairwise).

    Returns:
        Dimensionless, at most 1. Negative when items disagree; that is a
        finding about the scale, so it is returned and not clipped to 0.

    Raises:
        TooFewAnswers: fewer than 2 items, fewer than 2 complete respondents,
            or everyone has the same total, which leaves alpha undefined.

    Source:
        Cronbach (1951), Psychometrika 16(3), 297-334, doi:10.1007/BF02310555.

    >>> round(cronbach_alpha([[1, 2], [2, 2], [3, 5], [4, 4]]), 3)
    0.867
    """
    return alpha_of(covariance_of(answers, missing=missing))


def standardised_alpha(answers: npt.ArrayLike, *, missing: Missing = Missing.LISTWISE) -> float:
    """Return alpha of the items brought to equal spread: it depends on their correlations alone.

    Args:
        answers: as in :func:`cronbach_alpha`.
        missing: as in :func:`cronbach_alpha`.

    Returns:
        Dimensionless, at most 1: ``k r / (1 + (k - 1) r)``, r the mean correlation of k items.

    Raises:
        TooFewAnswers: as in :func:`cronbach_alpha`, or an item to which all gave the same answer.

    Source:
        Cronbach (1951), as above; Falk & Savalei (2011), J. Pers. Assess. 93(5), 445-453.

    >>> round(standardised_alpha([[1, 2], [2, 2], [3, 5], [4, 4]]), 3)
    0.873
    """
    return standardised_alpha_of(covariance_of(answers, missing=missing))


def alpha_interval(*, alpha: float, n: int, items: int, level: float = 0.95) -> AlphaInterval:
    """Return Feldt's confidence interval of an alpha.

    Args:
        alpha: raw alpha of complete cases, dimensionless.
        n: complete respondents, at least 2.
        items: number of items, at least 2.
        level: share of intervals, over repeated samples, that hold the true alpha.

    Returns:
        Limits from ``(1 - true) / (1 - alpha) ~ F(n - 1, (n - 1)(items - 1))``. Exact for normal,
        essentially parallel items; close otherwise.

    Raises:
        TooFewAnswers: fewer than 2 respondents or items.

    Source:
        Feldt (1965), Psychometrika 30(3), 357-370, doi:10.1007/BF02289499.

    >>> found = alpha_interval(alpha=0.8, n=100, items=5)
    >>> round(found.low, 3), round(found.high, 3)
    (0.731, 0.856)
    """
    from scipy import special

    if n < 2 or items < 2:
        raise TooFewAnswers("An interval of alpha needs at least 2 respondents and 2 items.")
    tail = (1 - level) / 2
    upper = float(special.fdtri(n - 1, (n - 1) * (items - 1), 1 - tail))
    lower = float(special.fdtri(n - 1, (n - 1) * (items - 1), tail))
    return AlphaInterval(low=1 - (1 - alpha) * upper, high=1 - (1 - alpha) * lower, level=level)


def covariance_of(answers: npt.ArrayLike, *, missing: Missing) -> npt.NDArray[np.float64]:
    """Covariance matrix of the items, checked to be enough for a reliability."""
    matrix = as_matrix(answers)
    if matrix.shape[1] < 2:
        raise TooFewAnswers("Reliability needs at least 2 items.")
    if missing == Missing.PAIRWISE:
        covariance = pairwise_covariance(matrix)
        if np.isnan(covariance).any():
            raise TooFewAnswers("Reliability needs at least 2 respondents for every pair of items.")
        return covariance
    moments = complete_moments(matrix)
    if moments.n < 2:
        raise TooFewAnswers("Reliability needs at least 2 respondents who answered every item.")
    return moments.covariance


def alpha_of(covariance: npt.NDArray[np.float64]) -> float:
    """Raw alpha from a covariance matrix of the items."""
    items = len(covariance)
    parts = float(np.trace(covariance))
    total = float(covariance.sum())
    # Totals that do not vary leave only rounding: compare with the items' own variance.
    if total <= 1e-12 * parts or parts <= 0:
        raise TooFewAnswers("Everyone has the same total, which leaves alpha undefined.")
    return items / (items - 1) * (1 - parts / total)


def standardised_alpha_of(covariance: npt.NDArray[np.float64]) -> float:
    """Standardised alpha from a covariance matrix of the items."""
    spread = np.sqrt(np.diag(covariance))
    if bool((spread <= 0).any()):
        raise TooFewAnswers(
            "Everyone gave the same answer to an item, which leaves its correlations undefined."
        )
    return alpha_of(covariance / np.outer(spread, spread))
