from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.maturity._formula import Formula, Indicator, load_formula
from iahcalc.maturity._index import INTERVAL, combined, drawn, limits, parts_of, weighted
from iahcalc.samples import Finding, paired_t, wilcoxon_signed_rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iahcalc.maturity._index import Part

__all__ = ["DimensionChange", "Gains", "IndexChange", "change", "gains"]


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


@dataclass(frozen=True, slots=True)
class Gains:
    """The change of several institutions between two rounds, in points.

    ``means`` is the paired t-test (its effect is d_z; the mean gain with its interval is the last of its
    further effects), ``ranks`` Wilcoxon's test; either is ``None`` where undefined (everyone gained the same,
    or nobody changed). ``left_out`` names institutions without an index in both rounds.
    """

    institutions: tuple[str, ...]
    left_out: tuple[str, ...]
    before: float
    after: float
    gain: float
    means: Finding | None
    ranks: Finding | None


def change(
    indicators: Sequence[Indicator],
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    *,
    dimension_weights: Mapping[str, float] | None = None,
    formula: Formula | None = None,
    level: float = 0.95,
) -> IndexChange:
    """Compare two rounds of one institution, like with like.

    Args:
        indicators: all that were asked in both rounds.
        before: answers of the earlier round, as in ``index``.
        after: answers of the later round.
        dimension_weights: as in ``index``.
        formula: as in ``index``; the same for both rounds.
        level: level of the intervals.

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

    def parts(own: Mapping[str, float | None], other: Mapping[str, float | None]) -> list[Part]:
        gaps = {
            part_code
            for part in parts_of(indicators, other, dimension_weights=dimension_weights, formula=formula)
            for part_code in part.missing
        }
        answered = {code: None if code in gaps else value for code, value in own.items()}
        return parts_of(indicators, answered, dimension_weights=dimension_weights, formula=formula)

    earlier, later = parts(before, after), parts(after, before)
    generator = np.random.default_rng(formula.seed)
    samples, dimensions = [], []
    for old, new in zip(earlier, later, strict=True):
        of_part = drawn(old, new.points - old.points, formula=formula, generator=generator)
        samples.append(of_part)
        dimensions.append(_dimension(old, new, limits(of_part, level=level) if old.enough else None, formula))
    complete = all(part.enough for part in earlier)
    low, high = limits(combined(earlier, samples), level=level) if complete else (None, None)
    total = sum(part.weight for part in earlier)

    def whole(of_round: list[Part]) -> float | None:
        if not complete:
            return None
        return sum(weighted(part, part.points) * part.weight for part in of_round) / total * formula.scale

    start, end = whole(earlier), whole(later)
    return IndexChange(
        before=start,
        after=end,
        change=None if start is None or end is None else end - start,
        low=low,
        high=high,
        level=level,
        interval=INTERVAL,
        dimensions=tuple(dimensions),
        left_out=tuple(code for part in earlier for code in part.missing),
    )


def _dimension(old: Part, new: Part, ends: tuple[float, float] | None, formula: Formula) -> DimensionChange:
    if ends is None:
        return DimensionChange(code=old.code, before=None, after=None, change=None, low=None, high=None)
    start, end = (weighted(part, part.points) * formula.scale for part in (old, new))
    return DimensionChange(
        code=old.code, before=start, after=end, change=end - start, low=ends[0], high=ends[1]
    )


def gains(
    before: Mapping[str, float | None], after: Mapping[str, float | None], *, level: float = 0.95
) -> Gains:
    """Test across institutions whether the index changed between two rounds.

    Args:
        before: index by institution in the earlier round, in points; ``None`` where it has no value.
        after: the same for the later round.
        level: level of the intervals.

    Returns:
        See ``Gains``. The unit is the institution: few of them give wide intervals, and rightly so.

    Raises:
        TooFewAnswers: fewer than 2 institutions have an index in both rounds.

    Source:
        ``iahcalc.samples.paired_t`` and ``wilcoxon_signed_rank``.

    >>> found = gains({"a": 30, "b": 40, "c": 50}, {"a": 44, "b": 52, "c": 70})
    >>> round(found.gain, 2), round(found.means.p, 4)
    (15.33, 0.0237)
    """
    everyone = sorted(before.keys() | after.keys())
    pairs = {
        name: (start, end)
        for name in everyone
        if (start := before.get(name)) is not None and (end := after.get(name)) is not None
    }
    if len(pairs) < 2:
        raise TooFewAnswers("A test across institutions needs at least 2 with an index in both rounds.")
    earlier = np.array([start for start, _ in pairs.values()])
    later = np.array([end for _, end in pairs.values()])
    try:
        means = paired_t(earlier, later, level=level)
    except TooFewAnswers:
        means = None
    try:
        ranks = wilcoxon_signed_rank(earlier, later, level=level)
    except TooFewAnswers:
        ranks = None
    return Gains(
        institutions=tuple(pairs),
        left_out=tuple(name for name in everyone if name not in pairs),
        before=float(earlier.mean()),
        after=float(later.mean()),
        gain=float((later - earlier).mean()),
        means=means,
        ranks=ranks,
    )
