from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.maturity._formula import Formula, Indicator, Missing, load_formula
from iahcalc.maturity._index import INTERVAL, combined, draw, limits, of_all, of_part, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iahcalc.maturity._index import Part

__all__ = ["DimensionChange", "IndexChange", "change"]


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension before and after in points; all ``None`` where too little was answered in both rounds."""

    code: str
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class IndexChange:
    """The index of one institution in two rounds, over the indicators answered in both.

    Because unanswered indicators are left out of both rounds, ``before`` and ``after`` can differ from the
    indices of the rounds themselves; ``left_out`` names those indicators.
    """

    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    level: float
    interval: str
    dimensions: tuple[DimensionChange, ...]
    left_out: tuple[str, ...]


def change(
    indicators: Sequence[Indicator],
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    *,
    dimension_weights: Mapping[str, float] | None = None,
    formula: Formula | None = None,
    level: float | None = None,
) -> IndexChange:
    """Compare two rounds of one institution, like with like.

    Args:
        indicators: all that were asked in both rounds.
        before: answers of the earlier round, as in ``index``.
        after: answers of the later round.
        dimension_weights: as in ``index``.
        formula: as in ``index``; the same for both rounds.
        level: level of the intervals; the formula's own by default.

    Returns:
        The interval draws indicators with both their answers (bootstrap of pairs).

    Raises:
        ValueError: as in ``index``.

    >>> from iahcalc.maturity import Kind
    >>> asked = [Indicator("S1", "strategy", Kind.LEVEL), Indicator("S2", "strategy", Kind.YES_NO)]
    >>> found = change(asked, {"S1": 1, "S2": 0}, {"S1": 3, "S2": 0})
    >>> found.before, found.after, found.change
    (12.5, 37.5, 25.0)
    """
    formula = formula or load_formula()
    level = formula.level if level is None else level

    def parts(own: Mapping[str, float | None], other: Mapping[str, float | None]) -> list[Part]:
        gaps: set[str] = set()
        # Where a missing answer earns nought it is an answer like any other, in both rounds.
        if formula.missing is Missing.LEFT_OUT:
            found = parts_of(indicators, other, dimension_weights=dimension_weights, formula=formula)
            gaps = {code for part in found for code in part.missing}
        answered = {code: None if code in gaps else value for code, value in own.items()}
        return parts_of(indicators, answered, dimension_weights=dimension_weights, formula=formula)

    earlier, later = parts(before, after), parts(after, before)
    generator = np.random.default_rng(formula.seed)
    starts, ends, dimensions = [], [], []
    for old, new in zip(earlier, later, strict=True):
        chosen = draw(old, formula, generator)
        starts.append(of_part(old, old.points, chosen, formula))
        ends.append(of_part(new, new.points, chosen, formula))
        moved = limits(ends[-1] - starts[-1], level=level) if old.enough else None
        dimensions.append(_dimension(old, new, moved, formula))
    complete = all(part.enough for part in earlier)
    start = of_all(earlier, [part.points for part in earlier], formula) if complete else None
    end = of_all(later, [part.points for part in later], formula) if complete else None
    low, high = (
        limits(combined(later, ends, formula) - combined(earlier, starts, formula), level=level)
        if complete
        else (None, None)
    )
    return IndexChange(
        before=start,
        after=end,
        change=None if start is None or end is None else end - start,
        low=low,
        high=high,
        level=level,
        interval=INTERVAL,
        dimensions=tuple(dimensions),
        left_out=tuple(code for part in earlier for code in part.missing)
        if formula.missing is Missing.LEFT_OUT
        else (),
    )


def _dimension(old: Part, new: Part, ends: tuple[float, float] | None, formula: Formula) -> DimensionChange:
    if ends is None:
        return DimensionChange(code=old.code, before=None, after=None, change=None, low=None, high=None)
    start, end = (float(of_part(part, part.points, None, formula)) for part in (old, new))
    return DimensionChange(
        code=old.code, before=start, after=end, change=end - start, low=ends[0], high=ends[1]
    )
