"""Limits of effect sizes, found by turning a noncentral distribution round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 200


def falling_root(
    function: Callable[[float], float], *, low: float, high: float, within: float = 0.0
) -> float:
    """Where a falling function crosses 0 between ``low`` and ``high`` (halving; the nearer end if it does not).

    The halving ends once the crossing is known to ``within``, by default to the last digit.
    """
    if function(low) <= 0:
        return low
    if function(high) > 0:
        return high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high) or high - low <= within:
            break
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _noncentrality(
    cumulative: Callable[[float], float], *, level: float, reach: float
) -> tuple[float, float]:
    """Both limits of a noncentrality from 0 up, given how likely a statistic up to the one seen is under it."""
    tail = (1 - level) / 2
    while cumulative(reach) > tail:
        reach *= 2
    return (
        falling_root(lambda nc: cumulative(nc) - (1 - tail), low=0.0, high=reach),
        falling_root(lambda nc: cumulative(nc) - tail, low=0.0, high=reach),
    )


def chi_square_noncentrality(statistic: float, *, df: float, level: float) -> tuple[float, float]:
    """Confidence limits of the noncentrality of a chi-square statistic, both at least 0."""
    from scipy import special

    return _noncentrality(
        lambda nc: float(special.chndtr(statistic, df, nc)), level=level, reach=statistic + df + 10
    )


def f_noncentrality(
    statistic: float, *, df: float, df_denominator: float, level: float
) -> tuple[float, float]:
    """Confidence limits of the noncentrality of an F statistic, both at least 0."""
    from scipy import special

    return _noncentrality(
        lambda nc: float(special.ncfdtr(df, df_denominator, nc, statistic)),
        level=level,
        reach=statistic * df + 10,
    )


def t_noncentrality(statistic: float, *, df: float, level: float) -> tuple[float, float]:
    """Confidence limits of the noncentrality of a t statistic."""
    from scipy import special

    if statistic < 0:
        low, high = t_noncentrality(-statistic, df=df, level=level)
        return -high, -low
    tail = (1 - level) / 2

    def cumulative(nc: float) -> float:
        return float(special.nctdtr(df, nc, statistic))

    width = 10.0 + statistic
    return (
        falling_root(lambda nc: cumulative(nc) - (1 - tail), low=statistic - width, high=statistic + width),
        falling_root(lambda nc: cumulative(nc) - tail, low=statistic - width, high=statistic + width),
    )


def normal_quantile(level: float) -> float:
    """How many standard errors a two-sided interval of that level reaches (1.96 at 0.95)."""
    from scipy import special

    return float(special.ndtri((1 + level) / 2))


def t_quantile(*, df: float, level: float) -> float:
    """As ``normal_quantile``, for Student's t."""
    from scipy import special

    return float(special.stdtrit(df, (1 + level) / 2))


def wilson(share: float, *, n: float, level: float) -> tuple[float, float]:
    """Wilson's score limits of a share seen among ``n``; ``n`` need not be whole."""
    z = normal_quantile(level)
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    bottom = 1 + z * z / n
    # Rounding must not turn a share of none or all into -1e-17 or 1.0000000000000002.
    low = 0.0 if share <= 0 else (middle - reach) / bottom
    high = 1.0 if share >= 1 else (middle + reach) / bottom
    return low, high
