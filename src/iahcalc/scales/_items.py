from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.scales._alpha import alpha_of
from iahcalc.scales._moments import as_matrix, blocks, complete_moments
from iahcalc.scales._reliability import ItemAnalysis, items_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Concern", "ItemFigures", "item_analysis"]

# Usual rules of item analysis: Ebel & Frisbie (1991) for discrimination, McHorney & Tarlov (1995) for ends.
_WEAK = 0.2
_CROWDED = 0.15
_EASY, _HARD = 0.8, 0.2
_OFTEN_LEFT_OUT = 0.05
# The outer groups of Kelley (1939).
_OUTER = 0.27


class Concern(StrEnum):
    """Why an item should be looked at: the member is a stable code, its value a sentence."""

    AGAINST = "It runs against the rest: perhaps it is worded the other way and not turned."
    WEAK = "It has little to do with the rest."
    HARMS = "The scale would be more reliable without it."
    AT_BOTTOM = "More than 15 of 100 gave the lowest point: it cannot show who is lower."
    AT_TOP = "More than 15 of 100 gave the highest point: it cannot show who is higher."
    LEFT_OUT = "More than 5 of 100 left it out."
    SAME = "Everybody gave the same answer."

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """How one item behaves, and what should be looked at.

    ``n`` answered it, ``missing`` did not; ``mean``, ``sd`` (points), ``skewness``, ``at_bottom`` and ``at_top`` (shares with
    the lowest and highest point) are over those who did. ``difficulty`` is the mean's place between the
    lowest and the highest point, 0 to 1: high means that most agree. Over the complete respondents:
    ``item_rest`` is the correlation with the sum of the others, ``discrimination`` the distance between the
    mean of the 27 in 100 with the highest and with the lowest totals, as a share of the range, and
    ``alpha_if_dropped`` alpha of the others. ``None`` marks what is undefined.
    """

    position: int
    n: int
    missing: int
    mean: float
    sd: float | None
    skewness: float | None
    difficulty: float
    at_bottom: float
    at_top: float
    item_rest: float | None
    discrimination: float | None
    alpha_if_dropped: float | None
    concerns: tuple[Concern, ...]


def item_analysis(answers: npt.ArrayLike, *, low: float, high: float) -> tuple[ItemFigures, ...]:
    """Analyse the items of one scale.

    Args:
        answers: shape ``(respondents, items)``, points, reverse-worded items already turned, ``nan`` where
            an answer is missing; at least 2 items.
        low: smallest point that can be given.
        high: largest point that can be given.

    Returns:
        One entry per item, in order.

    Raises:
        TooFewAnswers: fewer than 2 items, or an item that nobody answered.
        ValueError: an answer outside ``low`` to ``high``.

    Source:
        Kelley (1939), J. Educ. Psychol. 30, 17-24; Ebel & Frisbie (1991), Essentials of Educational Measurement;
        skewness: Joanes & Gill (1998), The Statistician 47, 183-189 (G1).

    >>> found = item_analysis([[1, 2], [2, 2], [3, 5], [4, 4]], low=1, high=5)
    >>> found[0].difficulty, round(found[0].item_rest, 3), found[1].at_top
    (0.375, 0.775, 0.25)
    """
    matrix = as_matrix(answers)
    if not low < high:
        raise ValueError(f"The smallest point ({low:g}) must be below the largest ({high:g}).")
    if matrix.shape[1] < 2:
        raise TooFewAnswers("An analysis of items needs at least 2 items.")
    moments = complete_moments(matrix)
    inside = items_of(moments.means, moments.covariance) if moments.n > 1 else None
    try:
        alpha = alpha_of(moments.covariance) if inside else None
    except TooFewAnswers:
        alpha = None
    outer = _outer_distances(matrix, width=high - low)
    return tuple(
        _figures(
            position,
            np.asarray(matrix[:, position], dtype=np.float64),
            low=low,
            high=high,
            one=None if inside is None else inside[position],
            alpha=alpha,
            discrimination=None if outer is None else float(outer[position]),
        )
        for position in range(matrix.shape[1])
    )


def _figures(
    position: int,
    column: npt.NDArray[np.float64],
    *,
    low: float,
    high: float,
    one: ItemAnalysis | None,
    alpha: float | None,
    discrimination: float | None,
) -> ItemFigures:
    kept = column[~np.isnan(column)]
    n = len(kept)
    if n == 0:
        raise TooFewAnswers("Nobody answered one of the items.")
    if float(kept.min()) < low or float(kept.max()) > high:
        raise ValueError(f"Some answers are outside {low:g} to {high:g}.")
    mean = float(kept.mean())
    at_bottom, at_top = float((kept == low).mean()), float((kept == high).mean())
    found = {
        Concern.SAME: bool(kept.min() == kept.max()),
        Concern.AGAINST: one is not None and one.item_rest is not None and one.item_rest < 0,
        Concern.WEAK: one is not None and one.item_rest is not None and 0 <= one.item_rest < _WEAK,
        Concern.HARMS: one is not None
        and alpha is not None
        and one.alpha_if_dropped is not None
        and one.alpha_if_dropped > alpha,
        Concern.AT_BOTTOM: at_bottom > _CROWDED and (mean - low) / (high - low) < _HARD,
        Concern.AT_TOP: at_top > _CROWDED and (mean - low) / (high - low) > _EASY,
        Concern.LEFT_OUT: len(column) - n > _OFTEN_LEFT_OUT * len(column),
    }
    return ItemFigures(
        position=position,
        n=n,
        missing=len(column) - n,
        mean=mean,
        sd=float(kept.std(ddof=1)) if n > 1 else None,
        skewness=_skewness(kept),
        difficulty=(mean - low) / (high - low),
        at_bottom=at_bottom,
        at_top=at_top,
        item_rest=None if one is None else one.item_rest,
        discrimination=discrimination,
        alpha_if_dropped=None if one is None else one.alpha_if_dropped,
        concerns=tuple(concern for concern, holds in found.items() if holds),
    )


def _skewness(kept: npt.NDArray[np.float64]) -> float | None:
    n = len(kept)
    if n < 3 or kept.min() == kept.max():
        return None
    distance = kept - kept.mean()
    square = float((distance**2).mean())
    cube = float((distance**3).mean())
    return math.sqrt(n * (n - 1)) / (n - 2) * cube / (square * math.sqrt(square))


def _outer_distances(matrix: npt.NDArray[np.float64], *, width: float) -> npt.NDArray[np.float64] | None:
    """Mean of the highest 27 in 100 minus that of the lowest, each item, as a share of the range."""
    totals = np.concatenate([block.sum(axis=1) for block in blocks(matrix)] or [np.zeros(0)])
    ordered = np.sort(totals[~np.isnan(totals)])
    size = round(_OUTER * len(ordered))
    if size == 0:
        return None
    # Ties at the border would make the order of the file decide: all who reach it count.
    lower, upper = totals <= ordered[size - 1], totals >= ordered[-size]
    sums = np.zeros((2, matrix.shape[1]))
    start = 0
    for block in blocks(matrix):
        end = start + len(block)
        for side, chosen in enumerate((lower, upper)):
            sums[side] += block[chosen[start:end]].sum(axis=0)
        start = end
    distance: npt.NDArray[np.float64] = (sums[1] / upper.sum() - sums[0] / lower.sum()) / width
    return distance
