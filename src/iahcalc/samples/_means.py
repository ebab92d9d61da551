from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._describe import answered
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._intervals import f_noncentrality, t_noncentrality, t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = [
    "Summary",
    "groups_of",
    "paired_t",
    "pairs_of",
    "summary_of",
    "variance_of",
    "welch_anova",
    "welch_anova_of",
    "welch_t",
    "welch_t_of",
]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a test of means needs to know of a group; ``variance`` divides by n - 1."""

    n: int
    mean: float
    variance: float


# Below this many answers a mean is not taken to be normal by itself.
_MANY = 30
# Beyond this ratio of standard deviations an effect size that pools them is called in question.
_WIDE = 2.0


def welch_t(first: npt.ArrayLike, second: npt.ArrayLike, *, missing: int = 0, level: float = 0.95) -> Finding:
    """Compare the means of two groups without taking their spread to be equal.

    Args:
        first: shape ``(respondents,)``, any unit; ``nan`` is missing and left out.
        second: the same for the other group.
        missing: answers left out before, added to those found here.
        level: level of the intervals.

    Returns:
        t of first minus second, Welch-Satterthwaite degrees of freedom, two-sided p. Hedges' g divides
        the difference by the pooled standard deviation and corrects it for small samples; its interval
        turns the noncentral t distribution round (exact for equal spread). The difference of means, in
        the answers' unit, is a further effect.

    Raises:
        TooFewAnswers: a group has fewer than 2 answers, or nobody in either group differs.

    Source:
        Welch (1947), Biometrika 34, 28-35; Hedges (1981), J. Educ. Stat. 6(2), 107-128,
        doi:10.3102/10769986006002107; interval: Smithson (2003), Confidence Intervals, chapter 4.

    >>> found = welch_t([1, 2, 3, 4], [3, 4, 5, 8])
    >>> round(found.statistic, 4), round(found.df, 3), round(found.p, 4), round(found.effect.value, 3)
    (-1.9868, 4.9, 0.1048, -1.22)
    """
    (one, two), left_out = groups_of([first, second])
    return welch_t_of(summary_of(one), summary_of(two), missing=left_out + missing, level=level)


def welch_t_of(one: Summary, two: Summary, *, missing: int = 0, level: float = 0.95) -> Finding:
    """As :func:`welch_t`, from what is known of the groups."""
    from scipy import special

    n_one, n_two = one.n, two.n
    variance_one, variance_two = one.variance, two.variance
    square_error_one, square_error_two = variance_one / n_one, variance_two / n_two
    square_error = square_error_one + square_error_two
    if square_error <= 0:
        raise TooFewAnswers("Nobody in either group differs from the group's mean, which leaves t undefined.")
    difference = one.mean - two.mean
    statistic = difference / math.sqrt(square_error)
    df = square_error**2 / (square_error_one**2 / (n_one - 1) + square_error_two**2 / (n_two - 1))

    pooled_df = n_one + n_two - 2
    pooled = math.sqrt(((n_one - 1) * variance_one + (n_two - 1) * variance_two) / pooled_df)
    # t with pooled spread is d times this; its noncentrality is the true d times this.
    scale = math.sqrt(n_one * n_two / (n_one + n_two))
    small_sample = math.exp(
        float(special.gammaln(pooled_df / 2))
        - float(special.gammaln((pooled_df - 1) / 2))
        - math.log(pooled_df / 2) / 2
    )
    low, high = t_noncentrality(difference / pooled * scale, df=pooled_df, level=level)
    reach = t_quantile(df=df, level=level) * math.sqrt(square_error)
    return Finding(
        method=Method.WELCH_T,
        statistic_name="t",
        statistic=statistic,
        df=df,
        p=2 * float(special.stdtr(df, -abs(statistic))),
        effect=Effect(
            name=EffectName.HEDGES_G,
            value=small_sample * difference / pooled,
            low=small_sample * low / scale,
            high=small_sample * high / scale,
            level=level,
            interval="noncentral t distribution",
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
        n=n_one + n_two,
        missing=missing,
        assumptions=_assumptions([one, two]),
    )


def welch_anova(samples: Sequence[npt.ArrayLike], *, missing: int = 0, level: float = 0.95) -> Finding:
    """Compare the means of two or more groups without taking their spread to be equal.

    Args:
        samples: one array of shape ``(respondents,)`` per group; ``nan`` is missing and left out.
        missing: answers left out before, added to those found here.
        level: level of the intervals.

    Returns:
        Welch's F. Eta squared is the share of all squared distances that lies between the groups;
        omega squared the same, corrected for being too large on average (it can be below 0; 0 then
        means no effect). Both estimate one true share, so they carry one interval: the noncentral F
        distribution turned round for the classical F, true share = noncentrality / (noncentrality + n);
        it takes equal spread and is widened to hold the value itself.

    Raises:
        TooFewAnswers: fewer than 2 groups, a group with fewer than 2 answers, or a group in which
            everyone gave the same answer (its weight would be infinite).

    Source:
        Welch (1951), Biometrika 38, 330-336, doi:10.1093/biomet/38.3-4.330; Steiger (2004),
        Psychological Methods 9(2), 164-182, doi:10.1037/1082-989X.9.2.164.

    >>> found = welch_anova([[1, 2, 3], [2, 3, 5], [6, 7, 9]])
    >>> round(found.statistic, 3), found.df, round(found.df_denominator, 3), round(found.p, 4)
    (10.928, 2, 3.819, 0.0263)
    """
    groups, left_out = groups_of(samples)
    return welch_anova_of([summary_of(group) for group in groups], missing=left_out + missing, level=level)


def welch_anova_of(groups: Sequence[Summary], *, missing: int = 0, level: float = 0.95) -> Finding:
    """As :func:`welch_anova`, from what is known of the groups."""
    from scipy import special

    if len(groups) < 2:
        raise TooFewAnswers("A comparison needs at least 2 groups.")
    sizes = np.array([group.n for group in groups], dtype=np.float64)
    means = np.array([group.mean for group in groups])
    variances = np.array([group.variance for group in groups])
    if bool((variances <= 0).any()):
        raise TooFewAnswers("In one group everyone gave the same answer, which leaves Welch's F undefined.")
    k, n = len(groups), int(sizes.sum())

    weights = sizes / variances
    total_weight = float(weights.sum())
    centre = float((weights * means).sum()) / total_weight
    between = float((weights * (means - centre) ** 2).sum()) / (k - 1)
    unevenness = float(((1 - weights / total_weight) ** 2 / (sizes - 1)).sum())
    statistic = between / (1 + 2 * (k - 2) / (k**2 - 1) * unevenness)
    df_denominator = (k**2 - 1) / (3 * unevenness)
    eta_squared, omega_squared = _shares(sizes, means, variances, level=level)
    return Finding(
        method=Method.WELCH_ANOVA,
        statistic_name="F",
        statistic=statistic,
        df=k - 1,
        df_denominator=df_denominator,
        p=float(special.fdtrc(k - 1, df_denominator, statistic)),
        effect=eta_squared,
        further_effects=(omega_squared,),
        n=n,
        missing=missing,
        assumptions=_assumptions(groups),
    )


def _shares(
    sizes: npt.NDArray[np.float64],
    means: npt.NDArray[np.float64],
    variances: npt.NDArray[np.float64],
    *,
    level: float,
) -> tuple[Effect, Effect]:
    """Eta squared and omega squared with their common interval."""
    n, k = float(sizes.sum()), len(sizes)
    overall = float((sizes * means).sum()) / n
    between = float((sizes * (means - overall) ** 2).sum())
    within = float(((sizes - 1) * variances).sum())
    mean_within = within / (n - k)
    classical = between / (k - 1) / mean_within
    low, high = (
        limit / (limit + n)
        for limit in f_noncentrality(classical, df=k - 1, df_denominator=n - k, level=level)
    )

    def share(name: EffectName, value: float) -> Effect:
        return Effect(
            name=name,
            value=value,
            low=min(low, value),
            high=max(high, value),
            level=level,
            interval="noncentral F distribution",
        )

    return (
        share(EffectName.ETA_SQUARED, between / (between + within)),
        share(EffectName.OMEGA_SQUARED, (between - (k - 1) * mean_within) / (between + within + mean_within)),
    )


def paired_t(before: npt.ArrayLike, after: npt.ArrayLike, *, level: float = 0.95) -> Finding:
    """Test whether the mean of the same people or institutions changed.

    Args:
        before: shape ``(pairs,)``, any unit; ``nan`` is missing.
        after: the same people in the same order. A pair with a gap is left out.
        level: level of the intervals.

    Returns:
        t of after minus before. d_z divides the mean change by the spread of the changes, d_av by the
        root of the mean of both variances (so that it compares with d of two groups). Both intervals turn
        the noncentral t distribution round; for d_av this is an approximation.

    Raises:
        TooFewAnswers: fewer than 2 complete pairs, or everyone changed by the same amount.

    Source:
        Student (1908); Cumming (2012), Understanding the New Statistics, chapter 11; interval of d_av:
        Algina & Keselman (2003), Educ. Psychol. Meas. 63(4), 537-553, doi:10.1177/0013164403256358.

    >>> found = paired_t([1, 2, 3, 4], [2, 4, 4, 7])
    >>> round(found.statistic, 3), found.df, round(found.p, 4), round(found.effect.value, 3)
    (3.656, 3, 0.0354, 1.828)
    """
    from scipy import special

    earlier, later, missing = pairs_of(before, after)
    n = len(earlier)
    if n < 2:
        raise TooFewAnswers("A paired test needs at least 2 complete pairs.")
    changes = later - earlier
    mean, spread = float(changes.mean()), float(changes.std(ddof=1))
    # Equal changes such as 0.3 - 0.1 and 0.4 - 0.2 differ by rounding only.
    if spread <= 1e-12 * max(float(np.abs(earlier).max()), float(np.abs(later).max())):
        raise TooFewAnswers("Everyone changed by the same amount, which leaves t undefined.")
    error = spread / math.sqrt(n)
    statistic = mean / error
    average = math.sqrt((float(earlier.var(ddof=1)) + float(later.var(ddof=1))) / 2)
    low, high = t_noncentrality(statistic, df=n - 1, level=level)
    reach = t_quantile(df=n - 1, level=level) * error

    def effect(name: EffectName, unit: float, interval: str) -> Effect:
        return Effect(
            name=name,
            value=mean / unit,
            low=low * error / unit,
            high=high * error / unit,
            level=level,
            interval=interval,
        )

    return Finding(
        method=Method.PAIRED_T,
        statistic_name="t",
        statistic=statistic,
        df=n - 1,
        p=2 * float(special.stdtr(n - 1, -abs(statistic))),
        effect=effect(EffectName.D_Z, spread, "noncentral t distribution"),
        further_effects=(
            effect(EffectName.D_AV, average, "noncentral t distribution, scaled (approximate)"),
            Effect(
                name=EffectName.MEAN_DIFFERENCE,
                value=mean,
                low=mean - reach,
                high=mean + reach,
                level=level,
                interval="Student's t distribution",
            ),
        ),
        n=n,
        missing=missing,
        assumptions=(
            assume("pairs_independent", ok=None),
            assume("changes_many" if n >= _MANY else "changes_few", ok=n >= _MANY, pairs=n),
        ),
    )


def pairs_of(
    before: npt.ArrayLike, after: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], int]:
    """The complete pairs, and how many pairs have a gap."""
    earlier = np.asarray(before, dtype=np.float64)
    later = np.asarray(after, dtype=np.float64)
    if earlier.ndim != 1 or earlier.shape != later.shape:
        raise ValueError("Before and after need one number or gap for each of the same people.")
    complete = ~(np.isnan(earlier) | np.isnan(later))
    if np.isinf(earlier[complete]).any() or np.isinf(later[complete]).any():
        raise ValueError("An answer is infinite.")
    return earlier[complete], later[complete], int((~complete).sum())


def groups_of(samples: Sequence[npt.ArrayLike]) -> tuple[list[npt.NDArray[np.float64]], int]:
    """The answers of each group, at least 2, and how many are missing."""
    groups, missing = [], 0
    for sample in samples:
        kept, gaps = answered(sample)
        if len(kept) < 2:
            raise TooFewAnswers("A comparison of means needs at least 2 answers in each group.")
        groups.append(kept)
        missing += gaps
    return groups, missing


def variance_of(group: npt.NDArray[np.float64]) -> float:
    """The variance, exactly 0 where all are equal: the mean of equal numbers may differ from them in the last bit."""
    return 0.0 if group.min() == group.max() else float(group.var(ddof=1))


def summary_of(group: npt.NDArray[np.float64]) -> Summary:
    """What a test of means needs to know of the answers."""
    return Summary(n=len(group), mean=float(group.mean()), variance=variance_of(group))


def _assumptions(groups: Sequence[Summary]) -> tuple[Assumption, ...]:
    smallest = min(group.n for group in groups)
    spreads = [math.sqrt(group.variance) for group in groups]
    many = smallest >= _MANY
    if min(spreads) <= 0:
        spread = assume("spread_is_none", ok=False)
    else:
        ratio = max(spreads) / min(spreads)
        alike = ratio <= _WIDE
        spread = assume("spread_need_not_be_equal" if alike else "spread_differs", ok=alike, ratio=ratio)
    return (
        assume("answers_independent", ok=None),
        assume("groups_large" if many else "groups_small", ok=many, smallest=smallest),
        spread,
    )
