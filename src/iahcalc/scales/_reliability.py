from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.scales._alpha import (
    AlphaInterval,
    Missing,
    alpha_interval,
    alpha_of,
    covariance_of,
    standardised_alpha_of,
)
from iahcalc.scales._moments import Moments, as_matrix, complete_moments
from iahcalc.scales._omega import Omega, omega_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["ItemAnalysis", "Reliability", "items_of", "reliability", "reliability_of"]


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """How one item behaves inside its scale, over the complete respondents.

    ``item_rest`` is the correlation of the item with the sum of the others (``None`` where one of the
    two does not vary); ``alpha_if_dropped`` is raw alpha of the others (``None`` where fewer than two
    are left or it is undefined). ``mean`` and ``sd`` are in points.
    """

    position: int
    mean: float
    sd: float
    item_rest: float | None
    alpha_if_dropped: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Reliability of one scale: ``alpha`` and ``standardised`` over complete respondents, ``pairwise`` over all.

    ``n`` counts the complete respondents, ``missing`` those left out. ``standardised`` and ``pairwise``
    are ``None`` where they alone are undefined (an item to which all gave one answer; a pair of items
    that hardly anybody answered together). ``omega`` is McDonald's, ``None`` for fewer than 3 items or where it is undefined.
    """

    alpha: float
    interval: AlphaInterval
    standardised: float | None
    pairwise: float | None
    n: int
    missing: int
    items: tuple[ItemAnalysis, ...]
    omega: Omega | None = None


def reliability(answers: npt.ArrayLike, *, level: float = 0.95) -> Reliability:
    """Return all that is said about the reliability of one scale.

    Args:
        answers: shape ``(respondents, items)``, points, reverse-worded items already turned, ``nan``
            where an answer is missing.
        level: level of the confidence intervals of alpha (Feldt) and omega.

    Raises:
        TooFewAnswers: raw alpha of the complete respondents is undefined, see ``cronbach_alpha``.

    Source:
        Cronbach (1951); Feldt (1965); McDonald (1999), see :func:`omega`; item-rest correlation as "r.drop" in Revelle's psych.

    >>> found = reliability([[1, 2], [2, 2], [3, 5], [4, 4]])
    >>> round(found.alpha, 3), found.n, found.missing, round(found.items[0].item_rest, 3)
    (0.867, 4, 0, 0.775)
    """
    matrix = as_matrix(answers)
    if matrix.shape[1] < 2:
        raise TooFewAnswers("Reliability needs at least 2 items.")
    moments = complete_moments(matrix)
    found = reliability_of(moments, level=level)
    # Without a gap pairwise and listwise are the same sums; the second pass over the answers is spared.
    return found if found.missing == 0 else replace(found, pairwise=_pairwise_or_none(matrix))


def reliability_of(moments: Moments, *, level: float = 0.95) -> Reliability:
    """As :func:`reliability`, from the moments of the complete respondents.

    ``pairwise`` is ``None`` where somebody left an item out: it needs the answers themselves.
    """
    if len(moments.covariance) < 2:
        raise TooFewAnswers("Reliability needs at least 2 items.")
    if moments.n < 2:
        raise TooFewAnswers("Reliability needs at least 2 respondents who answered every item.")
    alpha = alpha_of(moments.covariance)
    return Reliability(
        alpha=alpha,
        interval=alpha_interval(alpha=alpha, n=moments.n, items=len(moments.covariance), level=level),
        standardised=_or_none(moments.covariance),
        pairwise=alpha if moments.n == moments.respondents else None,
        n=moments.n,
        missing=moments.respondents - moments.n,
        items=items_of(moments.means, moments.covariance),
        omega=_omega_or_none(moments, level=level),
    )


def _omega_or_none(moments: Moments, *, level: float) -> Omega | None:
    if moments.n <= len(moments.covariance):
        return None
    try:
        return omega_of(moments.covariance, n=moments.n, missing=moments.respondents - moments.n, level=level)
    except Undefined:
        return None


def _or_none(covariance: npt.NDArray[np.float64]) -> float | None:
    try:
        return standardised_alpha_of(covariance)
    except TooFewAnswers:
        return None


def _pairwise_or_none(matrix: npt.NDArray[np.float64]) -> float | None:
    try:
        return alpha_of(covariance_of(matrix, missing=Missing.PAIRWISE))
    except TooFewAnswers:
        return None


def items_of(means: npt.NDArray[np.float64], covariance: npt.NDArray[np.float64]) -> tuple[ItemAnalysis, ...]:
    """How each item behaves inside its scale."""
    with_total = covariance.sum(axis=1)
    total = float(with_total.sum())
    found = []
    for position, mean in enumerate(means):
        own = float(covariance[position, position])
        rest = total - 2 * float(with_total[position]) + own
        product = own * rest
        others = np.delete(np.delete(covariance, position, axis=0), position, axis=1)
        try:
            dropped = alpha_of(others) if len(others) > 1 else None
        except TooFewAnswers:
            dropped = None
        found.append(
            ItemAnalysis(
                position=position,
                mean=float(mean),
                sd=math.sqrt(max(own, 0.0)),
                item_rest=(float(with_total[position]) - own) / math.sqrt(product) if product > 0 else None,
                alpha_if_dropped=dropped,
            )
        )
    return tuple(found)
