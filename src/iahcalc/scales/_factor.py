"""One common factor behind a set of items, by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Factor", "one_factor"]

_MOST_ROUNDS = 1000
_STILL = 1e-11
# The least share of an item's variance that is its own, as in R's factanal.
_LEAST_OWN = 0.005


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One factor of items of variance 1: ``loadings`` (their sum is positive) and ``own`` variances.

    ``fit`` is the likelihood's distance between the correlations and those the factor implies, 0 where
    they agree. ``at_bound`` tells which items were left no more than 0.005 of their variance (Heywood cases).
    """

    loadings: npt.NDArray[np.float64]
    own: npt.NDArray[np.float64]
    fit: float
    at_bound: npt.NDArray[np.bool_]


def one_factor(correlations: npt.NDArray[np.float64]) -> Factor:
    """Fit one factor by maximum likelihood.

    Args:
        correlations: shape ``(items, items)``, positive definite, at least 3 items.

    Raises:
        TooFewAnswers: fewer than 3 items (a factor of two is not determined).
        Undefined: the correlations are not positive definite (an item is the sum of others), or the search
            does not settle.

    Source:
        Jöreskog (1967), Psychometrika 32, 443-482; Lawley & Maxwell (1971), Factor Analysis as a Statistical
        Method, chapter 4: Newton steps over the logarithms of the own variances.
    """
    items = len(correlations)
    if items < 3:
        raise TooFewAnswers("A common factor needs at least 3 items.")
    try:
        own = 0.5 / np.diag(np.linalg.inv(correlations))
    except np.linalg.LinAlgError:
        own = np.zeros(items)
    if np.linalg.eigvalsh(correlations)[0] < 1e-10:
        raise Undefined("One item is the sum of others, which leaves the common factor undefined.")
    logs = np.log(np.clip(own, _LEAST_OWN, 1.0))
    floor = np.log(_LEAST_OWN)
    value, slope, curve = _distance(logs, correlations)
    for _ in range(_MOST_ROUNDS):
        # At the bound only a step inwards is possible.
        free = ~((logs <= floor) & (slope > 0))
        if not free.any() or float(np.abs(slope[free]).max()) < _STILL:
            break
        step = np.zeros(items)
        step[free] = np.linalg.solve(
            curve[np.ix_(free, free)] + 1e-12 * np.eye(int(free.sum())), -slope[free]
        )
        # Farther than this the quadratic picture says nothing.
        step *= min(1.0, 2.0 / float(np.abs(step).max()))
        shorter = 1.0
        while True:
            tried = np.maximum(logs + shorter * step, floor)
            found = _distance(tried, correlations)
            if found[0] <= value + 1e-15 or shorter < 1e-10:
                break
            shorter /= 2
        if shorter < 1e-10:
            break
        logs, (value, slope, curve) = tried, found
    free = ~((logs <= floor) & (slope > 0))
    if free.any() and float(np.abs(slope[free]).max()) > 1e-6:
        raise Undefined("The search for a common factor does not settle on these answers.")
    own = np.exp(logs)
    root = np.sqrt(own)
    strengths, directions = np.linalg.eigh(correlations / np.outer(root, root))
    loadings = root * directions[:, -1] * np.sqrt(max(strengths[-1] - 1, 0.0))
    if loadings.sum() < 0:
        loadings = -loadings
    return Factor(loadings=loadings, own=own, fit=max(value, 0.0), at_bound=logs <= floor + 1e-9)


def _distance(
    logs: npt.NDArray[np.float64], correlations: npt.NDArray[np.float64]
) -> tuple[float, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Distance of the likelihood with the best loadings for these own variances, its slope and about its curve."""
    root = np.exp(logs / 2)
    strengths, directions = np.linalg.eigh(correlations / np.outer(root, root))
    # What the factor does not take up: all but the strongest direction.
    rest, ways = strengths[:-1], directions[:, :-1]
    value = float((rest - np.log(rest) - 1).sum())
    slope = (ways**2) @ (1 - rest)
    curve = (ways @ ways.T) ** 2
    return value, slope, curve
