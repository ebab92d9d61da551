from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._exact import fisher, freeman_halton, odds_ratio, simulated
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._intervals import chi_square_noncentrality

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Independence", "checked_counts", "cramers_v", "independence"]


# Beyond this the approximation is as good as exact, and random tables cannot be drawn.
_MOST_PEOPLE = 100_000_000


# Arrays cannot be compared with one answer, so findings with arrays are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Independence(Finding):
    """A test of a table of counts.

    ``expected`` are the counts if rows and columns had nothing to do with each other;
    ``standardised_residuals`` are the cells' distances from them in standard errors: beyond about 2 a
    cell stands out (before any correction for many cells). Both have the shape of the table tested.
    """

    expected: npt.NDArray[np.float64] | None = None
    standardised_residuals: npt.NDArray[np.float64] | None = None


def independence(
    counts: npt.ArrayLike,
    *,
    correction: bool = True,
    missing: int = 0,
    level: float = 0.95,
    exact: bool | None = None,
    draws: int = 9_999,
    seed: int = 1,
) -> Independence:
    """Test whether rows and columns of a table of counts have anything to do with each other.

    Args:
        counts: shape ``(rows, columns)``, people per cell, at least 0. Rows and columns without anybody
            are left out of the test.
        correction: Yates' correction, used for a table of 2 by 2 only, as R does; it lowers each distance
            by 0.5 or by the distance itself, whichever is less.
        missing: how many were left out when counting; handed through.
        level: level of the intervals.
        exact: ``None`` lets the table decide: where expected counts are small (Cochran's rule) and all
            counts are whole, p is exact, or simulated where exact would take longer than a quarter of a second.
            ``True`` asks for that in any case, ``False`` never.
        draws: tables drawn for a simulated p (fewer where they are large).
        seed: of the simulation; one seed gives one p.

    Returns:
        ``statistic`` and ``df`` are always those of chi-square. ``method`` says where p comes from: the
        chi-square distribution; Fisher's exact test (2 by 2) or that of Freeman and Halton: all tables with
        the same totals that are no likelier than this one; or random tables with the same totals of which
        chi-square is as large, (1 + those) / (1 + draws), with ``p_error``. ``asymptotic_p`` keeps the p of the
        approximation.

        Cramér's V is dimensionless, 0 to 1, from the uncorrected statistic. Its interval turns the
        noncentral chi-square distribution round: V = sqrt(noncentrality / (n (smaller side - 1))). A V
        above that interval (it happens near independence with many cells, because V seen is on average
        too large) widens the interval up to V. Further effects: V corrected for that bias, with the same
        interval widened; for Fisher's test the conditional odds ratio with exact limits, if finite.

    Raises:
        TooFewAnswers: fewer than 2 rows or 2 columns have anybody.
        ValueError: a count is negative or not a number.

    Source:
        Pearson (1900); Yates (1934), Suppl. J. R. Statist. Soc. 1(2), 217-235; Fisher (1935), The Design of
        Experiments; Freeman & Halton (1951), Biometrika 38, 141-149; Smithson (2003), Confidence Intervals,
        chapter 4; Bergsma (2013), J. Korean Stat. Soc. 42(3), 323-328; residuals: Haberman (1973),
        Biometrics 29(1), 205-220; rule for expected counts: Cochran (1954), Biometrics 10(4), 417-451.

    >>> found = independence([[20, 30], [30, 20]])
    >>> round(found.statistic, 3), found.df, round(found.p, 4), round(found.effect.value, 3)
    (3.24, 1, 0.0719, 0.2)
    >>> tea = independence([[3, 1], [1, 3]])
    >>> str(tea.method), round(tea.p, 4), round(tea.asymptotic_p, 4)
    ("Fisher's exact test", 0.4857, 0.4795)
    """
    from scipy import special

    observed = checked_counts(counts)
    height, width = observed.shape
    n = float(observed.sum())
    row_share = observed.sum(axis=1, keepdims=True) / n
    column_share = observed.sum(axis=0, keepdims=True) / n
    expected = n * row_share * column_share
    distance = np.abs(observed - expected)
    plain = float((distance**2 / expected).sum())
    corrected = correction and (height, width) == (2, 2)
    statistic = plain
    if corrected:
        statistic = float(((distance - np.minimum(0.5, distance.min())) ** 2 / expected).sum())
    df = (height - 1) * (width - 1)
    chance = _chance(
        observed,
        expected,
        by_approximation=_Chance(
            Method.PEARSON_YATES if corrected else Method.PEARSON, float(special.chdtrc(df, statistic))
        ),
        exact=exact,
        draws=draws,
        seed=seed,
        level=level,
    )
    effect = cramers_v(plain, df=df, n=n, smaller_side=min(height, width), level=level)
    return Independence(
        method=chance.method,
        statistic_name="chi-square",
        statistic=statistic,
        df=df,
        p=chance.p,
        asymptotic_p=chance.asymptotic_p,
        p_error=chance.error,
        effect=effect,
        further_effects=(_without_bias(effect, plain / n, shape=(height, width), n=n), *chance.effects),
        n=round(n),
        missing=missing,
        assumptions=(assume("answers_independent", ok=None), *chance.assumptions),
        expected=expected,
        standardised_residuals=(observed - expected)
        / np.sqrt(expected * (1 - row_share) * (1 - column_share)),
    )


def checked_counts(counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The table without empty rows and columns, or why it cannot be tested."""
    given = np.asarray(counts, dtype=np.float64)
    if given.ndim != 2:
        raise ValueError("A table of counts has rows and columns.")
    if not bool(np.isfinite(given).all()) or bool((given < 0).any()):
        raise ValueError("A count is negative or not a number.")
    observed: npt.NDArray[np.float64] = given[given.sum(axis=1) > 0][:, given.sum(axis=0) > 0]
    if min(observed.shape) < 2:
        raise TooFewAnswers("A chi-square test needs at least 2 rows and 2 columns that have answers.")
    return observed


@dataclass(frozen=True, slots=True)
class _Chance:
    """A p value: by which method, from what, and what it takes for granted."""

    method: Method
    p: float
    asymptotic_p: float | None = None
    error: float | None = None
    effects: tuple[Effect, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def _chance(
    observed: npt.NDArray[np.float64],
    expected: npt.NDArray[np.float64],
    *,
    by_approximation: _Chance,
    exact: bool | None,
    draws: int,
    seed: int,
    level: float,
) -> _Chance:
    smallest = float(expected.min())
    below = float((expected < 5).mean())
    # Cochran's rule; a table of 2 by 2 has no cell to spare.
    enough = smallest >= 5 if expected.shape == (2, 2) else smallest >= 1 and below <= 0.2
    seen = [
        assume(
            "expected_counts_enough" if enough else "expected_counts_small",
            ok=enough,
            smallest=smallest,
            share_below_5=below,
        )
    ]
    whole = bool((observed == np.floor(observed)).all())
    if not whole:
        seen.append(assume("weights_are_not_counts", ok=False))
    wanted = not enough if exact is None else exact
    better = None
    if wanted and whole:
        better = _better(observed.astype(np.int64), draws=draws, seed=seed, level=level)
    if better is None:
        rough = () if enough else (assume("p_rough", ok=False),)
        return _Chance(by_approximation.method, by_approximation.p, assumptions=(*seen, *rough))
    return _Chance(
        better.method,
        better.p,
        asymptotic_p=by_approximation.p,
        error=better.error,
        effects=better.effects,
        assumptions=(*seen, *better.assumptions),
    )


def _better(table: npt.NDArray[np.int64], *, draws: int, seed: int, level: float) -> _Chance | None:
    """Exact p, else a simulated one, else none."""
    if int(table.sum()) > _MOST_PEOPLE:
        return None
    exactly = (assume("p_exact", ok=True),)
    if table.shape == (2, 2):
        ratio = odds_ratio(table, level=level)
        effects = []
        if ratio is not None:
            value, low, high = ratio
            effects.append(
                Effect(
                    name=EffectName.ODDS_RATIO,
                    value=value,
                    low=low,
                    high=high,
                    level=level,
                    interval="noncentral hypergeometric distribution",
                )
            )
        return _Chance(Method.FISHER, fisher(table), effects=tuple(effects), assumptions=exactly)
    p = freeman_halton(table)
    if p is not None:
        return _Chance(Method.FREEMAN_HALTON, p, assumptions=exactly)
    drawn = simulated(table, draws=draws, seed=seed)
    if drawn is None:
        return None
    p, error, tables = drawn
    return _Chance(
        Method.PEARSON_MONTE_CARLO,
        p,
        error=error,
        assumptions=(assume("p_simulated", ok=True, draws=tables, error=error),),
    )


def cramers_v(
    plain: float, *, df: float, n: float, smaller_side: int, level: float, inflation: float = 1.0
) -> Effect:
    """Cramér's V of a Pearson statistic; ``inflation`` is the design effect by which weights enlarge it."""
    most = n * (smaller_side - 1)
    value = min(math.sqrt(plain / most), 1.0)
    low, high = (
        min(math.sqrt(inflation * limit / most), 1.0)
        for limit in chi_square_noncentrality(plain / inflation, df=df, level=level)
    )
    return Effect(
        name=EffectName.CRAMERS_V,
        value=value,
        low=min(low, value),
        high=max(high, value),
        level=level,
        interval="noncentral chi-square distribution",
    )


def _without_bias(effect: Effect, mean_square: float, *, shape: tuple[int, int], n: float) -> Effect:
    """Cramér's V less what chance alone adds to it on average."""
    value = 0.0
    if n > 1:
        height, width = shape
        square = max(mean_square - (height - 1) * (width - 1) / (n - 1), 0.0)
        side = min(height - (height - 1) ** 2 / (n - 1), width - (width - 1) ** 2 / (n - 1)) - 1
        value = min(math.sqrt(square / side), 1.0) if side > 0 else 0.0
    return Effect(
        name=EffectName.CRAMERS_V_CORRECTED,
        value=value,
        low=min(effect.low, value),
        high=max(effect.high, value),
        level=effect.level,
        interval=effect.interval,
    )
