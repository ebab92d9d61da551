from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.reviews._reviewers import FAIRNESS

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Combination", "Ratings", "combine"]

# Each round at least takes the share reviews / (reviews + fairness) off what is still wrong.
NEAR = 1e-9
ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Ratings:
    """What reviewers gave to works. The four arrays have one length: one entry for each review.

    ``reviewers`` and ``works`` count from 0; ``points`` are on any common scale, e.g. 0 to 100.
    """

    reviewers: npt.NDArray[np.intp]
    works: npt.NDArray[np.intp]
    points: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Combination:
    """What the reviews of all works amount to, in the points that reviewers gave.

    For each work: ``results``, the weighted mean without leniency (nan: no review); ``spreads``, the
    weighted standard deviation of what was given, without leniency (nan: fewer than two reviews); ``counts``.
    For each reviewer: ``leniency``, points given above what others and the teacher gave. For each review:
    ``gaps``, its points without leniency minus the mean of the work's other reviews (nan: there is no other).
    """

    results: npt.NDArray[np.float64]
    spreads: npt.NDArray[np.float64]
    counts: npt.NDArray[np.intp]
    leniency: npt.NDArray[np.float64]
    gaps: npt.NDArray[np.float64]


def combine(
    ratings: Ratings,
    *,
    reviewers: int,
    works: int,
    weights: npt.ArrayLike | None = None,
    deviations: npt.ArrayLike | None = None,
    fairness: float = FAIRNESS,
) -> Combination:
    """Combine reviews: a weighted mean per work after each reviewer's leniency is taken out.

    Args:
        ratings: one entry for each review; nobody reviews a work twice.
        reviewers: how many reviewers there are.
        works: how many works there are.
        weights: shape ``(reviewers,)``, above 0, see ``reviewer_weights``; all 1 when left out.
        deviations: shape ``(reviewers, calibration works)``, as for ``reviewer_weights``: they tell leniency,
            too.
        fairness: towards how many ratings without leniency each reviewer is drawn, above 0. Somebody with
            three reviews, 10 points above the others each, counts as lenient by 6.

    Returns:
        The results q and the leniency b that make the sum of w_r (x - q - b)² over reviews, of w_r (d - b)²
        over calibration ratings and of ``fairness`` w_r b² over reviewers smallest. That sum has one lowest
        point, so the order of reviews does not matter.

    Raises:
        ValueError: lengths differ, a number is out of range, or a constant is not above 0.

    Source:
        The reviewer's bias of model PG1 of Piech et al. (2013), Tuned models of peer assessment in MOOCs,
        arXiv:1307.2579, as ridge regression; results are not drawn towards their mean, since a mark must not
        depend on how good other works are.

    >>> reviewers, works = np.array([0, 1, 0, 2, 1, 2]), np.array([0, 0, 1, 1, 2, 2])
    >>> given = Ratings(reviewers, works, np.array([90.0, 70, 90, 70, 70, 70]))
    >>> found = combine(given, reviewers=3, works=3)
    >>> found.results.round(1).tolist(), found.leniency.round(1).tolist()
    ([78.6, 78.6, 72.9], [5.7, -2.9, -2.9])
    """
    by, of, points = ratings.reviewers, ratings.works, np.asarray(ratings.points, dtype=np.float64)
    trust = np.ones(reviewers) if weights is None else np.asarray(weights, dtype=np.float64)
    known = np.empty((reviewers, 0)) if deviations is None else np.asarray(deviations, dtype=np.float64)
    _check(ratings, trust, known, reviewers=reviewers, works=works, fairness=fairness)
    said = np.nansum(known, axis=1)
    voices = np.bincount(by, minlength=reviewers) + (~np.isnan(known)).sum(axis=1) + fairness
    counts = np.bincount(of, minlength=works)
    weight = trust[by]
    heard = np.bincount(of, weights=weight, minlength=works).astype(np.float64)
    leniency = said / voices
    results = _means(of, weight * (points - leniency[by]), heard, works)
    for _round in range(ROUNDS):
        before = leniency
        leniency = (np.bincount(by, weights=points - results[of], minlength=reviewers) + said) / voices
        results = _means(of, weight * (points - leniency[by]), heard, works)
        if not len(points) or float(np.abs(leniency - before).max()) < NEAR:
            break
    fair = points - leniency[by]
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = _means(of, weight * (fair - results[of]) ** 2, heard, works)
        spreads = np.where(counts > 1, np.sqrt(squares), np.nan)
        others = (results[of] * heard[of] - weight * fair) / (heard[of] - weight)
        gaps = np.where(counts[of] > 1, fair - others, np.nan)
    return Combination(results, spreads, counts, leniency, gaps)


def _means(
    of: npt.NDArray[np.intp],
    weighted: npt.NDArray[np.float64],
    heard: npt.NDArray[np.float64],
    works: int,
) -> npt.NDArray[np.float64]:
    """The weighted mean of each work; nan where nobody was heard."""
    sums = np.bincount(of, weights=weighted, minlength=works)
    found = np.full(works, np.nan)
    np.divide(sums, heard, out=found, where=heard > 0)
    return found


def _check(
    ratings: Ratings,
    trust: npt.NDArray[np.float64],
    known: npt.NDArray[np.float64],
    *,
    reviewers: int,
    works: int,
    fairness: float,
) -> None:
    if not len(ratings.reviewers) == len(ratings.works) == len(ratings.points):
        raise ValueError("Reviewers, works and points must have one length.")
    if trust.shape != (reviewers,) or known.ndim != 2 or len(known) != reviewers:
        raise ValueError("Weights and deviations need one entry for each reviewer.")
    if fairness <= 0 or bool((trust <= 0).any()):
        raise ValueError("Weights and fairness must be above 0.")
    for numbers, limit in ((ratings.reviewers, reviewers), (ratings.works, works)):
        if len(numbers) and not (numbers.min() >= 0 and numbers.max() < limit):
            raise ValueError("Reviewers and works are numbered from 0.")
    if np.isnan(ratings.points).any():
        raise ValueError("A review without points is no review: leave it out.")
