from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Assumption
from iahcalc.samples._assumptions import assume
from iahcalc.samples._intervals import normal_quantile
from iahcalc.scales._factor import Factor, one_factor
from iahcalc.scales._moments import as_matrix, complete_moments

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Omega", "omega", "omega_of"]


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega of one scale with its interval at ``level``.

    ``loadings`` are those of the items brought to variance 1, in their order; a negative one belongs to an
    item that runs against the scale. ``heywood`` are the places of items that the factor leaves no variance
    of their own. ``fit`` is 0 where one factor explains all correlations. ``n`` counts complete respondents,
    ``missing`` those left out.
    """

    value: float
    low: float
    high: float
    level: float
    standardised: float
    loadings: tuple[float, ...]
    own_variances: tuple[float, ...]
    fit: float
    heywood: tuple[int, ...]
    n: int
    missing: int
    assumptions: tuple[Assumption, ...]


def omega(answers: npt.ArrayLike, *, level: float = 0.95) -> Omega:
    """Return McDonald's omega of one scale: the share of the total's variance that one common factor explains.

    Args:
        answers: shape ``(respondents, items)``, points, reverse-worded items already turned, ``nan`` where
            an answer is missing (listwise deletion).
        level: level of the interval.

    Returns:
        Omega total, dimensionless, 0 to 1: (sum of loadings)^2 / ((sum of loadings)^2 + sum of own variances), from
        one factor fitted by maximum likelihood, in the items' points; ``standardised`` the same for items
        of equal spread. Unlike alpha it does not take the items to be equally good. The interval is
        the delta method on the logit of omega with the expected information of normal answers.

    Raises:
        TooFewAnswers: fewer than 3 items, not more complete respondents than items, or an item to which all
            gave the same answer.
        Undefined: an item is the sum of others, or the search does not settle.

    Source:
        McDonald (1999), Test Theory, chapter 6; Jöreskog (1971), Psychometrika 36, 109-133; interval: Raykov
        (2002), Structural Equation Modeling 9(2), 195-212, with a logit.

    >>> found = omega([[1, 2, 2], [2, 2, 3], [3, 5, 3], [4, 4, 5], [5, 4, 4], [2, 3, 1]])
    >>> round(found.value, 3), found.n, [round(loading, 3) for loading in found.loadings]
    (0.883, 6, [0.998, 0.712, 0.77])
    """
    matrix = as_matrix(answers)
    moments = complete_moments(matrix)
    if moments.n <= matrix.shape[1]:
        raise TooFewAnswers("Omega needs more respondents who answered every item than there are items.")
    return omega_of(moments.covariance, n=moments.n, missing=moments.respondents - moments.n, level=level)


def omega_of(covariance: npt.NDArray[np.float64], *, n: int, missing: int = 0, level: float = 0.95) -> Omega:
    """As :func:`omega`, from the covariances of ``n`` complete respondents."""
    variances = np.diag(covariance)
    if bool((variances <= 0).any()):
        raise TooFewAnswers(
            "Everyone gave the same answer to an item, which leaves its correlations undefined."
        )
    spread = np.sqrt(variances)
    factor = one_factor(covariance / np.outer(spread, spread))
    value, standardised = _share(factor, spread), _share(factor, np.ones(len(spread)))
    low, high = _limits(factor, spread, value=value, n=n, level=level)
    heywood = tuple(np.flatnonzero(factor.at_bound).tolist())
    found = [assume("one_factor", ok=None)]
    if heywood:
        found.append(assume("heywood", ok=False, items=len(heywood)))
    return Omega(
        value=value,
        low=low,
        high=high,
        level=level,
        standardised=standardised,
        loadings=tuple(factor.loadings.tolist()),
        own_variances=tuple(factor.own.tolist()),
        fit=factor.fit,
        heywood=heywood,
        n=n,
        missing=missing,
        assumptions=tuple(found),
    )


def _share(factor: Factor, spread: npt.NDArray[np.float64]) -> float:
    common = float(factor.loadings @ spread) ** 2
    return common / (common + float(factor.own @ spread**2))


def _limits(
    factor: Factor, spread: npt.NDArray[np.float64], *, value: float, n: int, level: float
) -> tuple[float, float]:
    """Limits of omega by the delta method on its logit."""
    if not 0 < value < 1:
        return value, value
    loadings, own = factor.loadings * spread, factor.own * spread**2
    implied = np.linalg.inv(np.outer(loadings, loadings) + np.diag(own))
    weighted = implied @ loadings
    common = float(loadings @ weighted)
    items = len(own)
    # The trace formula (n - 1) / 2 tr(W dS W dS), derivatives by loadings first, then by own variances.
    information = np.empty((2 * items, 2 * items))
    information[:items, :items] = 2 * (np.outer(weighted, weighted) + common * implied)
    information[:items, items:] = 2 * implied * weighted[None, :]
    information[items:, :items] = information[:items, items:].T
    information[items:, items:] = implied**2
    covariance = np.linalg.pinv(information * (n - 1) / 2)
    total = float(loadings.sum())
    # logit omega = 2 log(sum of loadings) - log(sum of own variances).
    slope = np.concatenate([np.full(items, 2 / total), np.full(items, -1 / float(own.sum()))])
    error = math.sqrt(max(float(slope @ covariance @ slope), 0.0))
    reach = normal_quantile(level) * error
    middle = math.log(value / (1 - value))
    return _logistic(middle - reach), _logistic(middle + reach)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
