from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Icer", "Quadrant", "icer"]


class Quadrant(StrEnum):
    """Where the new way lies against the old one."""

    DOMINANT = "dominant"
    DOMINATED = "dominated"
    COSTS_MORE_ACHIEVES_MORE = "costs_more_achieves_more"
    COSTS_LESS_ACHIEVES_LESS = "costs_less_achieves_less"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Icer:
    """An incremental cost-effectiveness ratio.

    ``ratio`` is money per unit of effect, and only in the two quadrants where there is something to weigh:
    what one more unit costs, or what is saved for each unit given up. ``net_benefit`` is money too, if the
    worth of one unit was given: above 0 the new way is worth it.
    """

    extra_cost: float
    extra_effect: float
    quadrant: Quadrant
    ratio: float | None
    net_benefit: float | None


def icer(
    *, cost: float, effect: float, old_cost: float, old_effect: float, worth: float | None = None
) -> Icer:
    """Weigh a new way against an old one.

    Args:
        cost: of the new way, in money per person or in all; ``old_cost`` in the same.
        effect: of the new way, e.g. points on a scale, competent graduates, ECTS; ``old_effect`` in the same.
        worth: money one is ready to pay for one unit of effect.

    Returns:
        A negative ratio is never given: it would mean opposite things in opposite quadrants.

    Raises:
        ValueError: a figure is not finite, or ``worth`` is negative.

    Source:
        Drummond et al. (2015), Methods for the Economic Evaluation of Health Care Programmes, chapter 4.

    >>> found = icer(cost=300, effect=5, old_cost=100, old_effect=4)
    >>> found.quadrant.value, found.ratio
    ('costs_more_achieves_more', 200.0)
    """
    if not all(map(math.isfinite, (cost, effect, old_cost, old_effect, worth or 0.0))):
        raise ValueError("Costs and effects must be finite.")
    if worth is not None and worth < 0:
        raise ValueError("One unit of effect cannot be worth less than nothing.")
    extra_cost, extra_effect = cost - old_cost, effect - old_effect
    quadrant = _quadrant(extra_cost, extra_effect)
    weighed = quadrant in (Quadrant.COSTS_MORE_ACHIEVES_MORE, Quadrant.COSTS_LESS_ACHIEVES_LESS)
    return Icer(
        extra_cost=extra_cost,
        extra_effect=extra_effect,
        quadrant=quadrant,
        ratio=extra_cost / extra_effect if weighed else None,
        net_benefit=None if worth is None else worth * extra_effect - extra_cost,
    )


def _quadrant(extra_cost: float, extra_effect: float) -> Quadrant:
    if extra_cost == 0 and extra_effect == 0:
        return Quadrant.EQUAL
    if extra_cost <= 0 and extra_effect >= 0:
        return Quadrant.DOMINANT
    if extra_cost >= 0 and extra_effect <= 0:
        return Quadrant.DOMINATED
    return Quadrant.COSTS_MORE_ACHIEVES_MORE if extra_cost > 0 else Quadrant.COSTS_LESS_ACHIEVES_LESS
