from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._intervals import t_noncentrality, t_quantile
from iahcalc.samples._means import groups_of, paired_t, pairs_of, variance_of, welch_t

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["DifferenceInDifferences", "difference_in_differences"]

_MANY = 30


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences(Finding):
    """How much more one group changed than the other; ``treated_change`` and ``control_change`` are the two changes."""

    treated_change: Effect | None = None
    control_change: Effect | None = None


@dataclass(frozen=True, slots=True)
class _Moments:
    n: int
    mean: float
    variance: float

    @property
    def square_error(self) -> float:
        return self.variance / self.n


def difference_in_differences(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    control_before: npt.ArrayLike,
    control_after: npt.ArrayLike,
    *,
    paired: bool,
    level: float = 0.95,
) -> DifferenceInDifferences:
    """Compare the change of a group that took part with that of a group that did not.

    Args:
        before: shape ``(respondents,)``, any unit; ``nan`` is missing.
        after: the group afterwards: the same people in the same order where ``paired``, else others.
        control_before: the comparison group before.
        control_after: the comparison group afterwards.
        paired: whether the same people answered both times.
        level: level of the intervals.

    Returns:
        t of (after - before) - (control_after - control_before), two-sided, none of the spreads taken to be equal:
        Welch's t-test of the changes where paired, else over the four means; degrees of freedom by Welch and
        Satterthwaite. The effect divides the difference by the pooled standard deviation before and corrects it
        for small samples (Morris' d_ppc2); its interval is that of the noncentral t distribution, scaled: an
        approximation. The difference in the answers' unit is a further effect with Student's interval.
        ``treated_change`` and ``control_change`` are the changes of the two groups, in the answers' unit.

    Raises:
        TooFewAnswers: fewer than 2 answers (or complete pairs) anywhere, or no spread at all.
        ValueError: paired answers of different numbers of people.

    Source:
        Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114; Morris (2008), Organizational Research Methods
        11(2), 364-386, doi:10.1177/1094428106291059.

    >>> found = difference_in_differences([1, 2, 3], [4, 4, 7], [1, 2, 3], [2, 2, 5], paired=True)
    >>> round(found.further_effects[0].value, 4), round(found.statistic, 4), found.df, round(found.p, 4)
    (2.0, 2.4495, 4.0, 0.0705)
    """
    from scipy import special

    if paired:
        groups, missing = _changes(before, after, control_before, control_after)
        treated, control = groups
        spread_df = treated[0].n + control[0].n - 2
        parts = [treated[1], control[1]]
        difference = treated[1].mean - control[1].mean
        starts = (treated[0], control[0])
    else:
        samples, missing = groups_of([before, after, control_before, control_after])
        parts = [_moments(sample) for sample in samples]
        difference = (parts[1].mean - parts[0].mean) - (parts[3].mean - parts[2].mean)
        starts = (parts[0], parts[2])
        spread_df = starts[0].n + starts[1].n - 2
    square_error = sum(part.square_error for part in parts)
    pooled = sum((start.n - 1) * start.variance for start in starts) / spread_df
    if square_error <= 0 or pooled <= 0:
        raise TooFewAnswers(
            "Nobody differs from the others, which leaves the comparison of changes undefined."
        )
    df = square_error**2 / sum(part.square_error**2 / (part.n - 1) for part in parts)
    error, spread = math.sqrt(square_error), math.sqrt(pooled)
    statistic = difference / error
    low, high = t_noncentrality(statistic, df=df, level=level)
    small_sample = 1 - 3 / (4 * spread_df - 1)
    reach = t_quantile(df=df, level=level) * error
    smallest = min(part.n for part in parts)
    return DifferenceInDifferences(
        method=Method.DIFFERENCE_IN_CHANGES if paired else Method.DIFFERENCE_IN_DIFFERENCES,
        statistic_name="t",
        statistic=statistic,
        df=df,
        p=2 * float(special.stdtr(df, -abs(statistic))),
        effect=Effect(
            name=EffectName.D_CHANGE,
            value=small_sample * difference / spread,
            low=small_sample * low * error / spread,
            high=small_sample * high * error / spread,
            level=level,
            interval="noncentral t distribution, scaled (approximate)",
        ),
        further_effects=(
            Effect(
                name=EffectName.MEAN_DIFFERENCE,
                value=difference,
                low=difference - reach,
                high=difference + reach,
                level=level,
                interval="Student's t distribution",
            ),
        ),
        n=sum(part.n for part in parts),
        missing=missing,
        assumptions=_assumptions(paired=paired, smallest=smallest),
        treated_change=_change(before, after, paired=paired, level=level),
        control_change=_change(control_before, control_after, paired=paired, level=level),
    )


def _moments(sample: npt.NDArray[np.float64]) -> _Moments:
    return _Moments(n=len(sample), mean=float(sample.mean()), variance=variance_of(sample))


def _changes(
    before: npt.ArrayLike, after: npt.ArrayLike, control_before: npt.ArrayLike, control_after: npt.ArrayLike
) -> tuple[list[tuple[_Moments, _Moments]], int]:
    """Of each group: the answers before, and the changes, over the complete pairs."""
    groups, missing = [], 0
    for first, second in ((before, after), (control_before, control_after)):
        earlier, later, gaps = pairs_of(first, second)
        if len(earlier) < 2:
            raise TooFewAnswers("A comparison of changes needs at least 2 complete pairs in each group.")
        groups.append((_moments(earlier), _moments(later - earlier)))
        missing += gaps
    return groups, missing


def _change(before: npt.ArrayLike, after: npt.ArrayLike, *, paired: bool, level: float) -> Effect:
    """The change of one group with its interval; a change without spread has none."""
    try:
        test = paired_t(before, after, level=level) if paired else welch_t(after, before, level=level)
    except TooFewAnswers:
        earlier, later = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
        value = (
            float(np.nanmean(later - earlier)) if paired else float(np.nanmean(later) - np.nanmean(earlier))
        )
        return Effect(
            name=EffectName.MEAN_DIFFERENCE,
            value=value,
            low=value,
            high=value,
            level=level,
            interval="no spread",
        )
    return next(effect for effect in test.further_effects if effect.name is EffectName.MEAN_DIFFERENCE)


def _assumptions(*, paired: bool, smallest: int) -> tuple[Assumption, ...]:
    many = smallest >= _MANY
    return (
        assume("trends_parallel", ok=None),
        assume("pairs_independent" if paired else "groups_independent", ok=None),
        assume("groups_large" if many else "groups_small", ok=many, smallest=smallest),
    )
