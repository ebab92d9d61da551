from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from iahcalc.faults import TooFewAnswers
from iahcalc.samples._assumptions import Assumption, assume
from iahcalc.samples._findings import Effect, Method
from iahcalc.samples._intervals import normal_quantile
from iahcalc.samples._means import groups_of, variance_of, welch_t
from iahcalc.samples._multiple import holm
from iahcalc.samples._ranks import Ranked, rank, rank_biserial
from iahcalc.samples._studentized_range import range_chance, range_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["PairFinding", "post_hoc", "post_hoc_assumptions"]


@dataclass(frozen=True, slots=True)
class PairFinding:
    """Two of several groups compared: ``first`` and ``second`` are their places among the samples.

    ``difference`` is first minus second: of means in the answers' unit, or of mean ranks; ``low`` and
    ``high`` are its limits, all pairs together at ``level``. ``p`` is that of the pair alone,
    ``adjusted_p`` allows for all pairs (by what, says ``correction``). ``effect`` is the pair's own
    effect size, its interval not widened.
    """

    method: Method
    first: int
    second: int
    statistic: float
    df: float | None
    p: float
    adjusted_p: float
    correction: str
    difference: float
    low: float
    high: float
    level: float
    effect: Effect


def post_hoc(
    samples: Sequence[npt.ArrayLike], *, ranks: bool = False, level: float = 0.95
) -> tuple[PairFinding, ...]:
    """Say which of several groups differ, allowing for the number of pairs looked at.

    Args:
        samples: one array of shape ``(respondents,)`` per group, at least 2; ``nan`` is missing and left out.
        ranks: compare the order of the answers (Dunn) instead of their means (Games and Howell).
        level: level of the intervals, all pairs together.

    Returns:
        One finding for each pair, (0, 1), (0, 2), …, (1, 2), …
        Games-Howell: Welch's t of the pair with ``p`` of Student's t; ``adjusted_p`` and the limits come from
        the studentized range, which allows for the pairs by itself; Hedges' g. Neither equal spread nor
        equal sizes are needed.
        Dunn: z of the mean ranks over all groups, corrected for ties, two-sided normal ``p``, adjusted by
        Holm; limits by Bonferroni; the rank-biserial correlation of the two groups.

    Raises:
        TooFewAnswers: fewer than 2 groups, a group with too few answers (2 for means, 1 for ranks), a pair
            of groups in neither of which anybody differs (means), or all answers the same (ranks).

    Source:
        Games & Howell (1976), J. Educ. Stat. 1(2), 113-125; Dunn (1964), Technometrics 6(3), 241-252;
        Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.

    >>> pairs = post_hoc([[1, 2, 3], [2, 3, 5], [6, 7, 9]])
    >>> [(pair.first, pair.second, round(pair.difference, 3), round(pair.adjusted_p, 4)) for pair in pairs]
    [(0, 1, -1.333, 0.4915), (0, 2, -5.333, 0.0221), (1, 2, -4.0, 0.0688)]
    """
    if len(samples) < 2:
        raise TooFewAnswers("A comparison needs at least 2 groups.")
    if ranks:
        return _dunn(samples, level=level)
    return _games_howell(groups_of(samples)[0], level=level)


def post_hoc_assumptions(*, groups: int) -> tuple[Assumption, ...]:
    """What :func:`post_hoc` takes for granted of so many groups."""
    return (
        assume("answers_independent", ok=None),
        assume("pairs_corrected", ok=True, pairs=groups * (groups - 1) / 2),
    )


def _games_howell(groups: list[npt.NDArray[np.float64]], *, level: float) -> tuple[PairFinding, ...]:
    errors = [variance_of(group) / len(group) for group in groups]
    found = []
    for first, second in combinations(range(len(groups)), 2):
        if errors[first] + errors[second] <= 0:
            raise TooFewAnswers("Nobody in two of the groups differs from the group's mean.")
        test = welch_t(groups[first], groups[second], level=level)
        df = test.df or 0.0
        error = math.sqrt((errors[first] + errors[second]) / 2)
        difference = test.further_effects[0].value
        reach = error * range_quantile(level, means=len(groups), df=df)
        found.append(
            PairFinding(
                method=Method.GAMES_HOWELL,
                first=first,
                second=second,
                statistic=test.statistic,
                df=df,
                p=test.p,
                adjusted_p=range_chance(abs(difference) / error, means=len(groups), df=df),
                correction="studentized range",
                difference=difference,
                low=difference - reach,
                high=difference + reach,
                level=level,
                effect=test.effect,
            )
        )
    return tuple(found)


def _dunn(samples: Sequence[npt.ArrayLike], *, level: float) -> tuple[PairFinding, ...]:
    from scipy import special

    ranked = rank(samples)
    pairs = list(combinations(range(len(samples)), 2))
    means = ranked.rank_sums / ranked.sizes
    differences = np.array([means[first] - means[second] for first, second in pairs])
    errors = np.array([_rank_error(ranked, first, second) for first, second in pairs])
    p_values = 2 * special.ndtr(-np.abs(differences / errors))
    reach = normal_quantile(1 - (1 - level) / len(pairs)) * errors
    return tuple(
        PairFinding(
            method=Method.DUNN,
            first=first,
            second=second,
            statistic=float(differences[place] / errors[place]),
            df=None,
            p=float(p_values[place]),
            adjusted_p=float(adjusted),
            correction="Holm",
            difference=float(differences[place]),
            low=float(differences[place] - reach[place]),
            high=float(differences[place] + reach[place]),
            level=level,
            effect=rank_biserial(ranked.counts[first], ranked.counts[second], level=level),
        )
        for place, ((first, second), adjusted) in enumerate(zip(pairs, holm(p_values), strict=True))
    )


def _rank_error(ranked: Ranked, first: int, second: int) -> float:
    n = ranked.n
    spread = n * (n + 1) / 12 - ranked.ties / (12 * (n - 1))
    return math.sqrt(spread * (1 / float(ranked.sizes[first]) + 1 / float(ranked.sizes[second])))
