from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Reliability", "reliability"]


@dataclass(frozen=True, slots=True)
class Reliability:
    """How much of the differences between works is not chance: at most 1, at or below 0 for nothing at all.

    ``single`` holds for one review, ``mean`` for the mean of ``reviews`` reviews, as many as a work usually has.
    """

    single: float
    mean: float
    reviews: float
    works: int


def reliability(works: npt.ArrayLike, points: npt.ArrayLike) -> Reliability:
    """Return the intraclass correlation of reviews of the same works, each by other reviewers.

    Args:
        works: shape ``(reviews,)``, whole numbers from 0: which work was reviewed.
        points: shape ``(reviews,)``, what was given.

    Returns:
        ICC(1), and ICC(k) for the mean of the usual number k of reviews per work; the latter has no lower
        limit. Works with one review are left out: they say nothing about agreement.

    Raises:
        TooFewAnswers: fewer than two works with two reviews, or all points are the same.
        ValueError: the lengths differ.

    Source:
        Shrout and Fleiss (1979), Psychological Bulletin 86(2), 420-428, case 1, doi:10.1037/0033-2909.86.2.420;
        for numbers of reviews that differ, k is n₀ of Snedecor and Cochran, Statistical Methods, 13.3.

    >>> round(reliability([0, 0, 1, 1, 2, 2], [60, 64, 80, 76, 90, 94]).single, 3)
    0.965
    """
    of, given = np.asarray(works, dtype=np.intp), np.asarray(points, dtype=np.float64)
    if of.shape != given.shape or of.ndim != 1:
        raise ValueError("Works and points must have one length.")
    counts = np.bincount(of)
    paired = counts[of] > 1
    of, given = of[paired], given[paired]
    counts = np.bincount(of).astype(np.float64)
    sizes = counts[counts > 0]
    groups, total = len(sizes), len(of)
    if groups < 2:
        raise TooFewAnswers("Fewer than two works were reviewed twice.")
    means = np.divide(np.bincount(of, weights=given), counts, out=np.zeros_like(counts), where=counts > 0)
    between = float((counts * (means - given.mean()) ** 2).sum()) / (groups - 1)
    inside = float(((given - means[of]) ** 2).sum()) / (total - groups)
    if between == 0 and inside == 0:
        raise TooFewAnswers("All points are the same, which leaves reliability undefined.")
    usual = (total - float((sizes**2).sum()) / total) / (groups - 1)
    single = (between - inside) / (between + (usual - 1) * inside)
    mean = (between - inside) / between if between else -np.inf
    return Reliability(single=single, mean=float(mean), reviews=usual, works=groups)
