"""The distribution of the widest distance among several means, measured by an estimated spread."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.samples._intervals import falling_root

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["range_chance", "range_quantile"]

# Beyond this a standard normal density adds less than the last digit of a double.
_EDGE = 8.5
_LEAST = 1e-15


@cache
def _nodes(count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    places, weights = np.polynomial.legendre.leggauss(count)
    return places, weights


def range_chance(distance: float, *, means: int, df: float) -> float:
    """Chance that the studentized range of ``means`` equal means passes ``distance``.

    Args:
        distance: in standard errors of one mean, at least 0.
        means: how many, at least 2.
        df: degrees of freedom of the estimated spread, above 0; need not be whole.

    Returns:
        The upper tail, by Gauss-Legendre quadrature, to about 1e-8. With 2 means it is Student's t at
        distance / sqrt(2), both sides.

    Source:
        Tukey (1953); the double integral as in Copenhaver & Holland (1988), J. Statist. Comput. Simul. 30, 1-15.

    >>> round(range_chance(3.5, means=3, df=20), 6)
    0.055892
    """
    from scipy import special

    if distance <= 0:
        return 1.0
    places, weights = _nodes(128)
    # The spread's distribution: sqrt(chi-square / df).
    least = math.sqrt(2 / df * float(special.gammaincinv(df / 2, _LEAST)))
    most = math.sqrt(2 / df * float(special.gammainccinv(df / 2, _LEAST)))
    spread = least + (most - least) * (places + 1) / 2
    density = np.exp(
        math.log(2)
        + df / 2 * math.log(df / 2)
        - float(special.gammaln(df / 2))
        + (df - 1) * np.log(spread)
        - df / 2 * spread**2
    )
    deviate = _EDGE * places
    normal = np.exp(-(deviate**2) / 2) / math.sqrt(2 * math.pi)
    reached = special.ndtr(deviate)[None, :] - special.ndtr(deviate[None, :] - distance * spread[:, None])
    within = means * _EDGE * (reached ** (means - 1)) @ (weights * normal)
    beyond = (most - least) / 2 * float((weights * density * (1 - within)).sum())
    return min(max(beyond, 0.0), 1.0)


def range_quantile(level: float, *, means: int, df: float) -> float:
    """The studentized range that is passed with chance ``1 - level``.

    >>> round(range_quantile(0.95, means=3, df=20), 3)
    3.578
    """
    reach = 10.0
    while range_chance(reach, means=means, df=df) > 1 - level:
        reach *= 2
    return falling_root(
        lambda distance: range_chance(distance, means=means, df=df) - (1 - level),
        low=0.0,
        high=reach,
        within=1e-10,
    )
