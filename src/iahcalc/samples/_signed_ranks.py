from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._codes import codes_of
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._intervals import wilson
from iahcalc.samples._means import pairs_of
from iahcalc.samples._rank_chances import signed_rank_chance

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["wilcoxon_signed_rank"]

# As in R: below this many the exact distribution of ranks is quick.
_EXACT_BELOW = 50
_FEW = 10


def wilcoxon_signed_rank(
    before: npt.ArrayLike, after: npt.ArrayLike, *, level: float = 0.95, exact: bool = True
) -> Finding:
    """Test by ranks whether the same people or institutions changed.

    Args:
        before: shape ``(pairs,)``; ``nan`` is missing.
        after: the same people in the same order. A pair with a gap is left out.
        level: level of the interval.
        exact: take the exact distribution where it can be had: fewer than 50 pairs, all of which changed, no
            two by the same amount, as R.

    Returns:
        V, the sum of the ranks of rises (after above before), among pairs that changed at all; p exact, or
        from the normal approximation, two-sided, corrected for ties and continuity; ``asymptotic_p`` keeps the
        approximation beside an exact p. Changes that differ only in
        the 12th digit of the largest count as equal, because scores are means and carry rounding. The
        rank-biserial correlation is (ranks of rises - ranks of falls) / all ranks, -1 to 1; its interval
        is Wilson's, with the number of answers that gives the same standard error when nothing changed.

    Raises:
        TooFewAnswers: nobody changed.

    Source:
        Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; Kerby (2014), Comprehensive Psychology 3, 1,
        doi:10.2466/11.IT.3.1.

    >>> found = wilcoxon_signed_rank([1, 2, 3, 4, 5], [2, 4, 3, 7, 4])
    >>> found.statistic, round(found.p, 4), found.effect.value
    (8.5, 0.2693, 0.7)
    """
    from scipy import special

    earlier, later, missing = pairs_of(before, after)
    changes = later - earlier
    largest = float(np.abs(changes).max()) if len(changes) else 0.0
    if largest > 0:
        # The digits are counted from the answers themselves: they carry the rounding.
        magnitude = max(float(np.abs(earlier).max()), float(np.abs(later).max()))
        changes = np.round(changes, 12 - math.ceil(math.log10(magnitude)))
    moved = changes[changes != 0]
    if len(moved) == 0:
        raise TooFewAnswers("Nobody changed, so there are no ranks to compare.")
    labels, codes = codes_of(np.abs(moved))
    shared = np.bincount(codes - 1, minlength=len(labels)).astype(np.float64)
    ranks = (np.cumsum(shared) - (shared - 1) / 2)[codes - 1]
    n = len(moved)
    all_ranks = n * (n + 1) / 2
    statistic = float(ranks[moved > 0].sum())
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - float((shared**3 - shared).sum()) / 48)
    z = max(abs(statistic - all_ranks / 2) - 0.5, 0.0) / spread
    low, high = wilson(statistic / all_ranks, n=all_ranks**2 / float((ranks**2).sum()), level=level)
    asymptotic = min(2 * float(special.ndtr(-z)), 1.0)
    exactly = exact and n == len(changes) and n < _EXACT_BELOW and len(labels) == n
    return Finding(
        method=Method.WILCOXON_EXACT if exactly else Method.WILCOXON,
        statistic_name="V",
        statistic=statistic,
        df=None,
        p=signed_rank_chance(statistic, n=n) if exactly else asymptotic,
        asymptotic_p=asymptotic if exactly else None,
        effect=Effect(
            name=EffectName.RANK_BISERIAL,
            value=2 * statistic / all_ranks - 1,
            low=2 * low - 1,
            high=2 * high - 1,
            level=level,
            interval="Wilson's score interval, scaled",
        ),
        n=len(changes),
        missing=missing,
        assumptions=(
            assume("pairs_independent", ok=None),
            assume("changes_symmetric", ok=None),
            _enough(n, exact=exactly),
        ),
    )


def _enough(n: int, *, exact: bool) -> Assumption:
    if exact:
        return assume("p_exact_ranks", ok=True)
    if n < _FEW:
        return assume("ranks_few", ok=False, smallest=n, needed=_FEW)
    return assume("ranks_enough", ok=True, smallest=n)
