from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.scales._moments import as_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

__all__ = ["How", "reverse_items", "score"]


class How(StrEnum):
    """How the points of one respondent become one score."""

    MEAN = "mean"
    SUM = "sum"


def reverse_items(
    answers: npt.ArrayLike, *, items: Iterable[int], low: float, high: float
) -> npt.NDArray[np.float64]:
    """Return a copy in which the named items are turned, so that all point the same way.

    Args:
        answers: shape ``(respondents, items)``, points; ``nan`` is a missing answer and stays one.
        items: positions (from 0) of the items worded against the scale.
        low: smallest point that can be given, e.g. 1.
        high: largest point that can be given, e.g. 5.

    Returns:
        Same shape, ``low + high - points`` in the named items.

    Raises:
        ValueError: an answer lies outside ``low`` to ``high``, or ``low`` is not below ``high``.

    >>> reverse_items([[1, 5], [2, 4]], items=[1], low=1, high=5).tolist()
    [[1.0, 1.0], [2.0, 2.0]]
    """
    if not low < high:
        raise ValueError(f"The smallest point ({low:g}) must be below the largest ({high:g}).")
    turned = np.array(as_matrix(answers), dtype=np.float64)
    # A comparison with nan is false, so missing answers pass.
    if bool(((turned < low) | (turned > high)).any()):
        raise ValueError(f"Some answers are outside {low:g} to {high:g}.")
    columns = list(items)
    turned[:, columns] = low + high - turned[:, columns]
    return turned


def score(
    answers: npt.ArrayLike, *, how: How = How.MEAN, least_answered: float = 1.0
) -> npt.NDArray[np.float64]:
    """Return one score per respondent.

    Args:
        answers: shape ``(respondents, items)``, points with reverse-worded items already turned.
        how: mean, or sum. With missing answers the sum is the mean of the answered items times the
            number of items, so that sums of different people stay comparable.
        least_answered: share of the items (above 0, up to 1) a respondent must have answered.

    Returns:
        Shape ``(respondents,)``, in points; ``nan`` for who answered too few items.

    Raises:
        ValueError: ``least_answered`` is not a share above 0, or there are no items.

    >>> score([[1, 3], [4, float("nan")]], least_answered=0.5).tolist()
    [2.0, 4.0]
    >>> score([[1, 3], [4, float("nan")]], how=How.SUM).tolist()
    [4.0, nan]
    """
    if not 0 < least_answered <= 1:
        raise ValueError(
            f"The share of items to be answered must be above 0 and up to 1, not {least_answered:g}."
        )
    points = np.asarray(as_matrix(answers), dtype=np.float64)
    items = points.shape[1]
    if items == 0:
        raise ValueError("A score needs at least one item.")
    answered = ~np.isnan(points)
    count = answered.sum(axis=1)
    # The small allowance keeps 2 of 3 at a share of 2/3 in spite of rounding.
    enough = count >= max(least_answered * items - 1e-9, 1)
    total = np.where(answered, points, 0.0).sum(axis=1)
    mean: npt.NDArray[np.float64] = np.divide(total, count, out=np.full(len(points), np.nan), where=enough)
    return mean * items if how == How.SUM else mean
