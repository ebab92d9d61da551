from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["STEADINESS", "reviewer_weights"]

# As if each reviewer had, besides, four calibration ratings of the usual scatter: two or three works alone
# say too little about anybody to make a voice count much more or much less.
STEADINESS = 4.0
# As if each reviewer had, besides, two ratings without leniency.
FAIRNESS = 2.0


def reviewer_weights(
    deviations: npt.ArrayLike, *, steadiness: float = STEADINESS, fairness: float = FAIRNESS
) -> npt.NDArray[np.float64]:
    """Return how much each reviewer's ratings count, from works that a teacher had rated first.

    Args:
        deviations: shape ``(reviewers, calibration works)``, the reviewer's points minus the teacher's;
            ``nan`` where a reviewer did not rate a work.
        steadiness: with how many ratings of the usual scatter each reviewer's own are mixed, above 0.
        fairness: towards how many ratings without leniency each reviewer's leniency is drawn, above 0.

    Returns:
        Shape ``(reviewers,)``, above 0; 1 for a reviewer of the usual scatter and for one without a
        calibration rating. A leniency that is always the same costs little: ``combine`` takes it out. What
        counts is the scatter s_r² that is left, drawn towards the usual one s²: the weight is s² / s_r².

    Raises:
        ValueError: ``deviations`` has not two dimensions, or a constant is not above 0.

    Source:
        Weights by precision and draws towards the mean as in model PG1 of Piech et al. (2013), Tuned models
        of peer assessment in MOOCs, arXiv:1307.2579, with the prior's strength stated and not sampled.

    >>> reviewer_weights([[0, 2, -2], [10, -10, 12]]).round(2).tolist()
    [1.69, 0.71]
    """
    given = np.asarray(deviations, dtype=np.float64)
    if given.ndim != 2:
        raise ValueError("Deviations must have the shape (reviewers, calibration works).")
    if steadiness <= 0 or fairness <= 0:
        raise ValueError("The constants must be above 0.")
    rated = ~np.isnan(given)
    counts = rated.sum(axis=1)
    leniency = np.nansum(given, axis=1) / (counts + fairness)
    scatter = np.nansum((given - leniency[:, None]) ** 2, axis=1)
    total = int(counts.sum())
    usual = float(scatter.sum()) / total if total else 0.0
    if usual == 0:
        return np.ones(len(given))
    own = (scatter + steadiness * usual) / (counts + steadiness)
    weights: npt.NDArray[np.float64] = usual / own
    return weights
