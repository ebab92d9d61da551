from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Finding, holm, paired_t, wilcoxon_signed_rank

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DimensionGains", "Gains", "gains", "gains_by_dimension"]


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


@dataclass(frozen=True, slots=True)
class DimensionGains:
    """The change of one dimension over several institutions.

    ``gains`` is ``None`` where fewer than two institutions have the dimension in both rounds.
    ``adjusted_p`` is the p value of the paired t-test after Holm's correction over all dimensions of the
    comparison; ``None`` where there is no such test.
    """

    code: str
    gains: Gains | None
    adjusted_p: float | None


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


def gains_by_dimension(
    before: Mapping[str, Mapping[str, float | None]],
    after: Mapping[str, Mapping[str, float | None]],
    *,
    level: float = 0.95,
) -> tuple[DimensionGains, ...]:
    """Test across institutions, dimension by dimension, whether it changed between two rounds.

    Args:
        before: by institution, the points of each dimension in the earlier round; ``None`` where it has no value.
        after: the same for the later round.
        level: level of the intervals (each dimension's own, not corrected).

    Returns:
        Every dimension that stands in both rounds, in the order in which it first appears.

    Source:
        ``gains``; Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.

    >>> early = {"a": {"s": 10, "l": 20}, "b": {"s": 20, "l": 30}, "c": {"s": 30, "l": 35}}
    >>> late = {"a": {"s": 22, "l": 21}, "b": {"s": 30, "l": 29}, "c": {"s": 41, "l": 37}}
    >>> [(row.code, round(row.adjusted_p, 3)) for row in gains_by_dimension(early, late)]
    [('s', 0.005), ('l', 0.529)]
    """
    known = {code for row in after.values() for code in row}
    codes = list(dict.fromkeys(code for row in before.values() for code in row if code in known))
    found: list[tuple[str, Gains | None]] = []
    for code in codes:
        try:
            one = gains(
                {name: row.get(code) for name, row in before.items()},
                {name: row.get(code) for name, row in after.items()},
                level=level,
            )
        except TooFewAnswers:
            one = None
        found.append((code, one))
    tested = [one.means.p if one is not None and one.means is not None else float("nan") for _, one in found]
    return tuple(
        DimensionGains(code=code, gains=one, adjusted_p=None if np.isnan(p) else float(p))
        for (code, one), p in zip(found, holm(tested), strict=True)
    )
