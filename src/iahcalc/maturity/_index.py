from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.maturity._formula import Formula, Indicator, earned, load_formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

__all__ = [
    "INTERVAL",
    "DimensionValue",
    "Index",
    "Part",
    "combined",
    "drawn",
    "index",
    "limits",
    "parts_of",
    "weighted",
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
    """The answered indicators of one dimension: what they earned and their weights."""

    code: str
    weight: float
    codes: tuple[str, ...]
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
    level: float = 0.95,
) -> Index:
    """Return the index of one institution.

    Args:
        indicators: all that were asked, of all dimensions.
        values: answer by indicator code, in the unit of its kind (see ``earned``); absent, ``None`` and
            ``nan`` are missing.
        dimension_weights: weight of each dimension; 1 where not given.
        formula: the formula of 2026 by default.
        level: level of the intervals.

    Returns:
        Dimensions in the order in which they first appear among the indicators.

    Raises:
        ValueError: no indicators, two with one code, an answer to none of them or outside its kind, a
            weight that is not above 0.

    Source:
        Weighted arithmetic means throughout; percentile bootstrap: Efron & Tibshirani (1993), An
        Introduction to the Bootstrap, chapter 13.

    >>> from iahcalc.maturity import Kind
    >>> asked = [Indicator("S1", "strategy", Kind.LEVEL), Indicator("L1", "learning", Kind.RATIO)]
    >>> found = index(asked, {"S1": 3, "L1": 25})
    >>> found.value, [dimension.value for dimension in found.dimensions]
    (50.0, [75.0, 25.0])
    """
    formula = formula or load_formula()
    parts = parts_of(indicators, values, dimension_weights=dimension_weights, formula=formula)
    generator = np.random.default_rng(formula.seed)
    samples = [drawn(part, part.points, formula=formula, generator=generator) for part in parts]
    dimensions = []
    for part, of_part in zip(parts, samples, strict=True):
        low, high = limits(of_part, level=level) if part.enough else (None, None)
        dimensions.append(
            DimensionValue(
                code=part.code,
                weight=part.weight,
                value=weighted(part, part.points) * formula.scale if part.enough else None,
                low=low,
                high=high,
                indicators=len(part.codes) + len(part.missing),
                answered=len(part.codes),
                missing=part.missing,
            )
        )
    complete = all(part.enough for part in parts)
    low, high = limits(combined(parts, samples), level=level) if complete else (None, None)
    total = sum(part.weight for part in parts)
    return Index(
        value=sum(weighted(part, part.points) * part.weight for part in parts) / total * formula.scale
        if complete
        else None,
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
    parts = []
    for code, members in by_dimension.items():
        points = [earned(member, values.get(member.code), formula=formula) for member in members]
        there = [(member, point) for member, point in zip(members, points, strict=True) if point is not None]
        weights = np.array([member.weight for member, _ in there])
        asked = sum(member.weight for member in members)
        parts.append(
            Part(
                code=code,
                weight=_weight_of(code, dimension_weights),
                codes=tuple(member.code for member, _ in there),
                missing=tuple(
                    member.code for member, point in zip(members, points, strict=True) if point is None
                ),
                points=np.array([point for _, point in there], dtype=np.float64),
                weights=weights,
                # The small allowance keeps an exact half in spite of rounding.
                enough=bool(there) and float(weights.sum()) >= formula.least_answered * asked - 1e-9,
            )
        )
    return parts


def _weight_of(code: str, dimension_weights: Mapping[str, float] | None) -> float:
    """The weight of a dimension, 1 where not given."""
    weight = float((dimension_weights or {}).get(code, 1.0))
    if not weight > 0 or math.isinf(weight):
        raise ValueError(f"The weight of the dimension {code} must be above 0.")
    return weight


def weighted(part: Part, points: npt.NDArray[np.float64]) -> float:
    """The weighted mean of what a dimension's indicators earned."""
    return float((part.weights * points).sum() / part.weights.sum())


def drawn(
    part: Part, points: npt.NDArray[np.float64], *, formula: Formula, generator: np.random.Generator
) -> npt.NDArray[np.float64]:
    """The dimension in points, with its indicators drawn anew each time; shape ``(draws,)``."""
    if not part.enough:
        return np.full(formula.draws, np.nan)
    chosen = generator.integers(0, len(points), size=(formula.draws, len(points)))
    weights = part.weights[chosen]
    means: npt.NDArray[np.float64] = (weights * points[chosen]).sum(axis=1) / weights.sum(axis=1)
    return means * formula.scale


def combined(parts: Sequence[Part], samples: Sequence[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """Draws of the whole index from those of its dimensions."""
    weights = np.array([part.weight for part in parts])
    result: npt.NDArray[np.float64] = weights @ np.array(samples) / weights.sum()
    return result


def limits(samples: npt.NDArray[np.float64], *, level: float) -> tuple[float, float]:
    """The middle ``level`` of the draws."""
    low, high = np.quantile(samples, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
