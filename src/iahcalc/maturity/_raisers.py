from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.maturity._formula import Formula, Indicator, Kind, earned, load_formula
from iahcalc.maturity._index import of_all, of_part, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iahcalc.maturity._index import Part

__all__ = ["RATIO_STEP", "Raiser", "Raisers", "raisers"]

# One realistic step of a ratio, in percentage points.
RATIO_STEP = 10.0
# One realistic step of a count per 100: this share of the figure that earns all.
COUNT_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Raiser:
    """One step on one indicator and what it would bring.

    ``before`` and ``after`` are answers in the unit of the indicator's kind. ``gain`` is in points of the
    index, ``None`` while the index has no value; ``dimension_gain`` in points of the dimension.
    """

    code: str
    dimension: str
    before: float
    after: float
    gain: float | None
    dimension_gain: float


@dataclass(frozen=True, slots=True)
class Raisers:
    """Every possible step, the largest gain first; ``full`` earn all already, ``unanswered`` have no answer."""

    steps: tuple[Raiser, ...]
    full: tuple[str, ...]
    unanswered: tuple[str, ...]


def raisers(
    indicators: Sequence[Indicator],
    values: Mapping[str, float | None],
    *,
    dimension_weights: Mapping[str, float] | None = None,
    formula: Formula | None = None,
) -> Raisers:
    """Return what one realistic step on each indicator would add to the index, everything else unchanged.

    A step is yes in the place of no, one level up, 10 percentage points of a ratio, or a tenth of the figure
    that earns all of a count per 100; never beyond what earns all. What a step costs is for people to judge.

    Args:
        indicators: all that were asked.
        values: answers, as in ``index``.
        dimension_weights: as in ``index``.
        formula: as in ``index``.

    Returns:
        Steps of equal gain in the order of the indicators. Where several steps are taken together, their gains
        add up exactly for arithmetic means and roughly for geometric ones.

    Raises:
        ValueError: as in ``index``.

    >>> asked = [Indicator("S1", "strategy", Kind.LEVEL), Indicator("L1", "learning", Kind.YES_NO)]
    >>> [(step.code, step.gain) for step in raisers(asked, {"S1": 1, "L1": 0}).steps]
    [('L1', 50.0), ('S1', 12.5)]
    """
    formula = formula or load_formula()
    parts = parts_of(indicators, values, dimension_weights=dimension_weights, formula=formula)
    complete = all(part.enough for part in parts)
    stands = of_all(parts, [part.points for part in parts], formula) if complete else None
    steps, full, unanswered = [], [], []
    by_code = {part.code: place for place, part in enumerate(parts)}
    for indicator in indicators:
        value = values.get(indicator.code)
        was = earned(indicator, value, formula=formula)
        if value is None or was is None:
            unanswered.append(indicator.code)
            continue
        place = by_code[indicator.dimension]
        then = _next(indicator, value)
        if then is None or not parts[place].enough:
            if then is None:
                full.append(indicator.code)
            continue
        better = earned(indicator, then, formula=formula)
        changed = _with(parts[place], indicator.code, better or 0.0)
        after = [changed if at == place else part for at, part in enumerate(parts)]
        steps.append(
            Raiser(
                code=indicator.code,
                dimension=indicator.dimension,
                before=float(value),
                after=then,
                gain=None
                if stands is None
                else of_all(after, [part.points for part in after], formula) - stands,
                dimension_gain=_points(changed, formula) - _points(parts[place], formula),
            )
        )
    steps.sort(key=lambda step: -(step.dimension_gain if step.gain is None else step.gain))
    return Raisers(steps=tuple(steps), full=tuple(full), unanswered=tuple(unanswered))


def _next(indicator: Indicator, value: float) -> float | None:
    """The answer one step on; None where the answer earns all."""
    if indicator.kind is Kind.YES_NO:
        return None if value >= 1 else 1.0
    if indicator.kind is Kind.LEVEL:
        return None if value >= 4 else value + 1.0
    whole = indicator.cap or 100.0
    step = RATIO_STEP if indicator.kind is Kind.RATIO else COUNT_STEP * whole
    return None if value >= whole else min(value + step, whole)


def _with(part: Part, code: str, points: float) -> Part:
    """The dimension as it would be if one indicator earned something else."""
    changed = np.where(np.array([own == code for own in part.codes]), points, part.points)
    return replace(part, points=changed)


def _points(part: Part, formula: Formula) -> float:
    return float(of_part(part, part.points, None, formula))
