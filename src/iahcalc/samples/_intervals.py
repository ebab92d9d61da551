"""Limits of effect sizes, found by turning a noncentral distribution round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 200
_TINY = 1e-300


def falling_root(
    function: Callable[[float], float], *, low: float, high: float, within: float = 0.0
) -> float:
    """Where a falling function crosses 0 between ``low`` and ``high`` (the nearer end if it does not).

    The search ends once the crossing is known to ``within``, by default to the last digits.

    Source:
        Chandrupatla (1997), Advances in Engineering Software 28(3), 145-149.
    """
    at_low, at_high = function(low), function(high)
    if at_low <= 0:
        return low
    if at_high > 0:
        return high
    # A function that only touches 0 at the upper end has its crossing further down.
    at_high = min(at_high, -_TINY)
    # Chandrupatla's way: a parabola through the last three points where it can be trusted, else halving.
    one, other, third = high, low, high
    at_one, at_other, at_third = at_high, at_low, at_high
    share = 0.5
    for _ in range(_STEPS):
        tried = one + share * (other - one)
        at_tried = function(tried)
        if (at_tried > 0) == (at_one > 0):
            third, at_third = one, at_one
        else:
            third, other, at_third, at_other = other, one, at_other, at_one
        one, at_one = tried, at_tried
        nearer, at_nearer = (one, at_one) if abs(at_one) < abs(at_other) else (other, at_other)
        width = abs(other - one)
        allowed = max(within, 2.0**-51 * abs(nearer)) + _TINY
        if at_nearer == 0 or width <= allowed:
            return nearer
        share = _next_share(
            (one - other) / (third - other),
            (at_one - at_other) / (at_third - at_other),
            at_one,
            at_other,
            at_third,
            stretch=(third - one) / (other - one),
        )
        edge = allowed / (2 * width)
        share = min(max(share, edge), 1 - edge)
    return nearer


def _next_share(
    place: float, height: float, at_one: float, at_other: float, at_third: float, *, stretch: float
) -> float:
    """Where between the last two points to try next, as a share of the way."""
    if not (height**2 < place and (1 - height) ** 2 < 1 - place):
        return 0.5
    return at_one / (at_other - at_one) * at_third / (at_other - at_third) + stretch * at_one / (
        at_third - at_one
    ) * at_other / (at_third - at_other)


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
        chance = float(special.nctdtr(df, nc, statistic))
        if not math.isnan(chance):
            return chance
        # Far out in the tails scipy gives up; there the normal approximation is as good as 0 or 1.
        nearer = statistic * (1 - 1 / (4 * df)) - nc
        return float(special.ndtr(nearer / math.sqrt(1 + statistic**2 / (2 * df))))

    low, high = -10.0, 2 * statistic + 10
    while cumulative(high) > tail:
        high *= 2
    return (
        falling_root(lambda nc: cumulative(nc) - (1 - tail), low=low, high=high),
        falling_root(lambda nc: cumulative(nc) - tail, low=low, high=high),
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
