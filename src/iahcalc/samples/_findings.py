from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iahcalc.samples._assumptions import Assumption

__all__ = ["Effect", "EffectName", "Finding", "Method"]


class Method(StrEnum):
    """The name of a test: the member is a stable code, its value the English name."""

    PEARSON = "Pearson's chi-square test"
    PEARSON_YATES = "Pearson's chi-square test with Yates' correction"
    WELCH_T = "Welch's t-test"
    WELCH_ANOVA = "Welch's analysis of variance"
    PAIRED_T = "Paired t-test"
    MANN_WHITNEY = "Mann-Whitney test"
    KRUSKAL_WALLIS = "Kruskal-Wallis test"
    WILCOXON = "Wilcoxon signed-rank test"
    FISHER = "Fisher's exact test"
    FREEMAN_HALTON = "Fisher-Freeman-Halton exact test"
    PEARSON_MONTE_CARLO = "Pearson's chi-square test with p by Monte Carlo"
    RAO_SCOTT = "Pearson's chi-square test with Rao and Scott's second-order correction"
    MANN_WHITNEY_EXACT = "Mann-Whitney test, exact"
    WILCOXON_EXACT = "Wilcoxon signed-rank test, exact"
    MCNEMAR = "McNemar's test"
    MCNEMAR_EXACT = "McNemar's exact test"
    BOWKER = "Bowker's test of symmetry"
    GAMES_HOWELL = "Games-Howell test"
    DUNN = "Dunn's test"
    DIFFERENCE_IN_DIFFERENCES = "Difference in differences of two independent groups, each at two times"
    DIFFERENCE_IN_CHANGES = "Difference in changes of the same people"

    @property
    def code(self) -> str:
        return self.name.lower()


class EffectName(StrEnum):
    """The name of an effect size: the member is a stable code, its value the English name."""

    CRAMERS_V = "Cramér's V"
    HEDGES_G = "Hedges' g"
    MEAN_DIFFERENCE = "difference of means"
    RANK_BISERIAL = "rank-biserial correlation"
    ETA_SQUARED = "eta squared"
    OMEGA_SQUARED = "omega squared"
    EPSILON_SQUARED = "epsilon squared"
    D_Z = "d for paired answers (by the spread of changes)"
    D_AV = "d for paired answers (by the average spread)"
    CRAMERS_V_CORRECTED = "Cramér's V, corrected for bias"
    ODDS_RATIO = "odds ratio"
    SHARE_DIFFERENCE = "difference of shares"
    COHENS_G = "Cohen's g"
    COHENS_W = "Cohen's w"
    RANK_DIFFERENCE = "difference of mean ranks"
    D_CHANGE = "d of the difference in changes (by the spread before)"

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size with its interval at ``level``; ``interval`` says in plain English how it comes about."""

    name: EffectName
    value: float
    low: float
    high: float
    level: float
    interval: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one test found.

    ``df`` is ``None`` for tests without degrees of freedom; ``df_denominator`` is set for F tests only.
    ``effect`` is the main effect size, ``further_effects`` others worth knowing. ``n`` counts the answers
    used, ``missing`` those left out. ``asymptotic_p`` is what the approximate test would have said where ``p``
    is exact or simulated, and ``p_error`` the standard error of a simulated ``p``; both are ``None`` elsewhere.
    """

    method: Method
    statistic_name: str
    statistic: float
    df: float | None
    p: float
    effect: Effect
    n: int
    missing: int
    assumptions: tuple[Assumption, ...]
    df_denominator: float | None = None
    further_effects: tuple[Effect, ...] = ()
    asymptotic_p: float | None = None
    p_error: float | None = None
