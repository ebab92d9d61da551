from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._crosstab import cross_tabulate
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._intervals import chi_square_noncentrality, wilson

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["ChangedCategory", "mcnemar", "mcnemar_of"]

# Below this many changes the exact test is as quick and never wrong.
_MANY = 25


# Arrays cannot be compared with one answer, so these are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class ChangedCategory(Finding):
    """A test of changes between categories: ``counts[i, j]`` people went from ``labels[i]`` to ``labels[j]``."""

    labels: tuple[Any, ...] = ()
    counts: npt.NDArray[np.float64] | None = None


def mcnemar(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    correction: bool = True,
    exact: bool | None = None,
    level: float = 0.95,
) -> ChangedCategory:
    """Test whether the same people answered differently the second time, by category.

    Args:
        before: shape ``(pairs,)``, numbers, flags or words; ``nan``, ``None`` and ``""`` are missing.
        after: the same people in the same order. A pair with a gap is left out.
        correction: continuity correction of McNemar's chi-square, as in R.
        exact: ``None`` takes the exact test below 25 changes; ``True`` always, ``False`` never.
        level: level of the intervals.

    Returns:
        As :func:`mcnemar_of`, for the categories in ascending order: of two, the share is that of the last.

    Raises:
        TooFewAnswers: fewer than two categories occur, or nobody changed.
        ValueError: shapes differ.

    >>> found = mcnemar([0, 0, 0, 0, 1, 1, 1, 0], [1, 1, 1, 1, 1, 0, 1, 0])
    >>> str(found.method), found.p, found.effect.value
    ("McNemar's exact test", 0.375, 0.375)
    """
    earlier, later = np.asarray(before), np.asarray(after)
    if earlier.ndim != 1 or earlier.shape != later.shape:
        raise ValueError("Before and after need one answer or gap for each of the same people.")
    table = cross_tabulate(earlier, later)
    labels = tuple(sorted({*table.rows, *table.columns}))
    counts = np.zeros((len(labels), len(labels)))
    rows, columns = [labels.index(row) for row in table.rows], [labels.index(one) for one in table.columns]
    counts[np.ix_(rows, columns)] = table.counts
    return mcnemar_of(
        counts, labels=labels, correction=correction, exact=exact, missing=round(table.missing), level=level
    )


def mcnemar_of(
    counts: npt.ArrayLike,
    *,
    labels: tuple[Any, ...] = (),
    correction: bool = True,
    exact: bool | None = None,
    missing: int = 0,
    level: float = 0.95,
) -> ChangedCategory:
    """Test a square table of counts: before in the rows, after in the columns, the same categories in both.

    Args:
        counts: shape ``(categories, categories)``, pairs per cell, whole numbers.
        labels: names of the categories; handed through.
        correction: as in :func:`mcnemar`.
        exact: as in :func:`mcnemar`.
        missing: pairs left out before; handed through.
        level: level of the intervals.

    Returns:
        Two categories: McNemar's chi-square with 1 degree of freedom, or the exact binomial p of the
        changes. The effect is the change of the second category's share (after - before) with Newcombe's
        interval for paired shares; a further effect is Cohen's g, the share of changes that went to the
        second category minus one half, with Wilson's interval. More categories: Bowker's test of
        symmetry, with a degree of freedom for each pair of categories between which somebody moved;
        Cohen's w = sqrt(chi-square / changes), 0 to 1.

    Raises:
        TooFewAnswers: fewer than two categories, or nobody changed.
        ValueError: the table is not square, or a count is negative or not whole.

    Source:
        McNemar (1947), Psychometrika 12, 153-157; Bowker (1948), JASA 43, 572-574; Newcombe (1998),
        Statistics in Medicine 17, 2635-2650 (method 10).

    >>> approval = mcnemar_of([[794, 150], [86, 570]])
    >>> round(approval.statistic, 3), round(approval.effect.value, 3)
    (16.818, 0.04)
    """
    from scipy import special

    table = _square(counts)
    pairs = np.triu_indices(len(table), 1)
    there, back = table[pairs], table.T[pairs]
    moved = there + back
    changes = float(moved.sum())
    if changes == 0:
        raise TooFewAnswers("Nobody changed category, so there is no change to test.")
    binary = len(table) == 2
    steps = moved > 0
    distance = np.abs(there - back)[steps]
    if correction and binary:
        distance = np.maximum(distance - 1, 0) if float(distance[0]) else distance
    statistic = float((distance**2 / moved[steps]).sum())
    df = int(steps.sum())
    p = float(special.chdtrc(df, statistic))
    exactly = binary and (changes < _MANY if exact is None else exact)
    few = changes < _MANY
    asymptotic = None
    if exactly:
        asymptotic, p = p, min(2 * float(special.bdtr(min(there[0], back[0]), int(changes), 0.5)), 1.0)
    changers = "changers_exact" if exactly and few else ("changers_few" if few else "changers_enough")
    return ChangedCategory(
        method=(Method.MCNEMAR_EXACT if exactly else Method.MCNEMAR) if binary else Method.BOWKER,
        statistic_name="chi-square",
        statistic=statistic,
        df=df,
        p=p,
        asymptotic_p=asymptotic,
        effect=_share_change(table, level=level)
        if binary
        else _asymmetry(there[steps], back[steps], level=level),
        further_effects=(_cohens_g(float(there[0]), changes, level=level),) if binary else (),
        n=round(float(table.sum())),
        missing=missing,
        assumptions=(assume("pairs_independent", ok=None), _changers(changers, changes)),
        labels=labels,
        counts=table,
    )


def _square(counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ValueError("A table of changes has the same categories in its rows and columns.")
    if not bool((np.isfinite(table) & (table >= 0) & (table == np.floor(table))).all()):
        raise ValueError("A count of pairs is a whole number of at least 0.")
    if len(table) < 2:
        raise TooFewAnswers("A change of category needs at least 2 categories.")
    return table


def _changers(code: str, changes: float) -> Assumption:
    if code == "changers_enough":
        return assume(code, ok=True, changers=changes)
    return assume(code, ok=code == "changers_exact", changers=changes, needed=_MANY)


def _share_change(table: npt.NDArray[np.float64], *, level: float) -> Effect:
    """Change of the second category's share, with Newcombe's interval for paired shares."""
    n = float(table.sum())
    earlier, later = float(table[1].sum()) / n, float(table[:, 1].sum()) / n
    change = later - earlier
    early, late = wilson(earlier, n=n, level=level), wilson(later, n=n, level=level)
    margins = float(np.prod(table.sum(axis=0)) * np.prod(table.sum(axis=1)))
    cross = float(table[0, 0] * table[1, 1] - table[0, 1] * table[1, 0])
    if cross > n / 2:
        cross -= n / 2
    elif cross >= 0:
        cross = 0.0
    agreement = cross / math.sqrt(margins) if margins > 0 else 0.0

    def reach(one: float, other: float) -> float:
        return math.sqrt(max(one**2 - 2 * agreement * one * other + other**2, 0.0))

    return Effect(
        name=EffectName.SHARE_DIFFERENCE,
        value=change,
        low=change - reach(later - late[0], early[1] - earlier),
        high=change + reach(late[1] - later, earlier - early[0]),
        level=level,
        interval="Newcombe's method 10",
    )


def _cohens_g(there: float, changes: float, *, level: float) -> Effect:
    share = there / changes
    low, high = wilson(share, n=changes, level=level)
    return Effect(
        name=EffectName.COHENS_G,
        value=share - 0.5,
        low=low - 0.5,
        high=high - 0.5,
        level=level,
        interval="Wilson's score interval",
    )


def _asymmetry(there: npt.NDArray[np.float64], back: npt.NDArray[np.float64], *, level: float) -> Effect:
    moved = there + back
    statistic, changes = float(((there - back) ** 2 / moved).sum()), float(moved.sum())
    value = min(math.sqrt(statistic / changes), 1.0)
    low, high = (
        min(math.sqrt(limit / changes), 1.0)
        for limit in chi_square_noncentrality(statistic, df=len(there), level=level)
    )
    return Effect(
        name=EffectName.COHENS_W,
        value=value,
        low=min(low, value),
        high=max(high, value),
        level=level,
        interval="noncentral chi-square distribution",
    )
