from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.maturity._formula import Formula, Indicator, Mean, Missing, earned, load_formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

__all__ = [
    "INTERVAL",
    "DimensionValue",
    "Index",
    "Part",
    "combined",
    "draw",
    "index",
    "limits",
    "mean_of",
    "of_all",
    "of_part",
    "parts_of",
]

INTERVAL = (
    "Indicators are drawn again and again within each dimension (seeded bootstrap, percentiles): the interval shows how much "
    "the figure depends on which indicators were asked, not errors in the answers."
)


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """One dimension in points, 0 to the formula's scale; ``None`` where too little was answered.

    ``answered`` of ``indicators`` questions have an answer; ``missing`` are the codes of the others.
    """

    code: str
    weight: float
    value: float | None
    low: float | None
    high: float | None
    indicators: int
    answered: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one institution in points; ``None`` unless every dimension has a value.

    ``interval`` says in plain English how ``low`` and ``high`` come about.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    interval: str
    dimensions: tuple[DimensionValue, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Part:
    """The indicators of one dimension that count: what they earned and their weights.

    ``answered`` are those with an answer; ``codes`` has also the missing ones where they earn nought.
    """

    code: str
    weight: float
    codes: tuple[str, ...]
    answered: int
    missing: tuple[str, ...]
    points: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    enough: bool


def index(
    indicators: Sequence[Indicator],
    values: Mapping[str, float | None],
    *,
    dimension_weights: Mapping[str, float] | None = None,
    formula: Formula | None = None,
    level: float | None = None,
) -> Index:
    """Return the index of one institution.

    Args:
        indicators: all that were asked, of all dimensions.
        values: answer by indicator code, in the unit of its kind (see ``earned``); absent, ``None`` and
            ``nan`` are missing.
        dimension_weights: weight of each dimension; 1 where not given. Those of the formula go before them.
        formula: the newest supplied formula by default.
        level: level of the intervals; the formula's own by default.

    Returns:
        Dimensions in the order in which they first appear among the indicators.

    Raises:
        ValueError: no indicators, two with one code, an answer to none of them or outside its kind, a
            weight that is not above 0.

    Source:
        Weighted means; percentile bootstrap: Efron & Tibshirani (1993), An Introduction to the Bootstrap,
        chapter 13.

    >>> from iahcalc.maturity import Kind
    >>> asked = [Indicator("S1", "strategy", Kind.LEVEL), Indicator("L1", "learning", Kind.RATIO)]
    >>> found = index(asked, {"S1": 3, "L1": 25})
    >>> found.value, [dimension.value for dimension in found.dimensions]
    (50.0, [75.0, 25.0])
    """
    formula = formula or load_formula()
    level = formula.level if level is None else level
    parts = parts_of(indicators, values, dimension_weights=dimension_weights, formula=formula)
    generator = np.random.default_rng(formula.seed)
    samples = [of_part(part, part.points, draw(part, formula, generator), formula) for part in parts]
    dimensions = []
    for part, drawn in zip(parts, samples, strict=True):
        low, high = limits(drawn, level=level) if part.enough else (None, None)
        dimensions.append(
            DimensionValue(
                code=part.code,
                weight=part.weight,
                value=float(of_part(part, part.points, None, formula)) if part.enough else None,
                low=low,
                high=high,
                indicators=part.answered + len(part.missing),
                answered=part.answered,
                missing=part.missing,
            )
        )
    complete = all(part.enough for part in parts)
    low, high = limits(combined(parts, samples, formula), level=level) if complete else (None, None)
    return Index(
        value=of_all(parts, [part.points for part in parts], formula) if complete else None,
        low=low,
        high=high,
        level=level,
        interval=INTERVAL,
        dimensions=tuple(dimensions),
        formula=formula.name,
    )


def parts_of(
    indicators: Sequence[Indicator],
    values: Mapping[str, float | None],
    *,
    dimension_weights: Mapping[str, float] | None,
    formula: Formula,
) -> list[Part]:
    """The answered indicators by dimension."""
    known = {indicator.code for indicator in indicators}
    if not indicators:
        raise ValueError("An index needs at least one indicator.")
    if len(known) != len(indicators):
        raise ValueError("Two indicators have the same code.")
    strangers = sorted(values.keys() - known)
    if strangers:
        raise ValueError(f"There is no indicator {strangers[0]}.")
    by_dimension: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_dimension.setdefault(indicator.dimension, []).append(indicator)
    weights = {**(dimension_weights or {}), **formula.dimension_weights}
    return [_part(code, members, values, weights, formula) for code, members in by_dimension.items()]


def _part(
    code: str,
    members: Sequence[Indicator],
    values: Mapping[str, float | None],
    weights_of: Mapping[str, float],
    formula: Formula,
) -> Part:
    points = {member.code: earned(member, values.get(member.code), formula=formula) for member in members}
    missing = tuple(own for own, point in points.items() if point is None)
    nought = formula.missing is Missing.NOUGHT
    there = [member for member in members if nought or points[member.code] is not None]
    weights = np.array([member.weight for member in there], dtype=np.float64)
    asked = sum(member.weight for member in members)
    return Part(
        code=code,
        weight=_weight_of(code, weights_of),
        codes=tuple(member.code for member in there),
        answered=len(members) - len(missing),
        missing=missing,
        points=np.array([points[member.code] or 0.0 for member in there], dtype=np.float64),
        weights=weights,
        # The small allowance keeps an exact half in spite of rounding.
        enough=bool(there) and (nought or float(weights.sum()) >= formula.least_answered * asked - 1e-9),
    )


def _weight_of(code: str, dimension_weights: Mapping[str, float]) -> float:
    """The weight of a dimension, 1 where not given."""
    weight = float(dimension_weights.get(code, 1.0))
    if not weight > 0 or math.isinf(weight):
        raise ValueError(f"The weight of the dimension {code} must be above 0.")
    return weight


def mean_of(
    kind: Mean,
    figures: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
    *,
    least: float,
) -> npt.NDArray[np.float64]:
    """The weighted mean over the last axis; in a geometric one nothing counts for less than ``least``."""
    if kind is Mean.GEOMETRIC:
        logs: npt.NDArray[np.float64] = (weights * np.log(np.maximum(figures, least))).sum(axis=-1)
        geometric: npt.NDArray[np.float64] = np.exp(logs / weights.sum(axis=-1))
        return geometric
    means: npt.NDArray[np.float64] = (weights * figures).sum(axis=-1) / weights.sum(axis=-1)
    return means


def draw(part: Part, formula: Formula, generator: np.random.Generator) -> npt.NDArray[np.int64] | None:
    """Which indicators of a dimension are drawn, shape ``(draws, indicators)``; None where too few are answered."""
    if not part.enough:
        return None
    return generator.integers(0, len(part.points), size=(formula.draws, len(part.points)))


def of_part(
    part: Part,
    points: npt.NDArray[np.float64],
    chosen: npt.NDArray[np.int64] | None,
    formula: Formula,
) -> npt.NDArray[np.float64]:
    """A dimension in points: shape ``(draws,)`` for drawn indicators, a single figure for all of them."""
    if not part.enough:
        return np.full(formula.draws, np.nan)
    if chosen is not None:
        points, weights = points[chosen], part.weights[chosen]
    else:
        weights = part.weights
    return mean_of(formula.of_indicators, points, weights, least=formula.floor) * formula.scale


def combined(
    parts: Sequence[Part], samples: Sequence[npt.NDArray[np.float64]], formula: Formula
) -> npt.NDArray[np.float64]:
    """The whole index from its dimensions in points; draws of it from draws of them."""
    weights = np.array([part.weight for part in parts])
    figures = np.stack(samples, axis=-1)
    return mean_of(formula.of_dimensions, figures, weights, least=formula.floor * formula.scale)


def of_all(parts: Sequence[Part], points: Sequence[npt.NDArray[np.float64]], formula: Formula) -> float:
    """The index in points from what the indicators of each dimension earned."""
    found = [of_part(part, own, None, formula) for part, own in zip(parts, points, strict=True)]
    return float(combined(parts, found, formula))


def limits(samples: npt.NDArray[np.float64], *, level: float) -> tuple[float, float]:
    """The middle ``level`` of the draws."""
    low, high = np.quantile(samples, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
