from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASSUMPTION_SENTENCES", "Assumption", "Effect", "EffectName", "Finding", "Method", "assume"]


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

    @property
    def code(self) -> str:
        return self.name.lower()


# English sentences by code, so that a caller may put a translation in the place of each.
ASSUMPTION_SENTENCES: Mapping[str, str] = {
    "answers_independent": "Each person is counted once, and nobody's answer depends on another's: the numbers cannot show this.",
    "pairs_independent": "Each pair is one person or institution, independent of the others: the numbers cannot show this.",
    "expected_counts_enough": (
        "The expected counts are large enough: the smallest is {smallest:.2f}, and {share_below_5:.0%} of the cells are below 5."
    ),
    "expected_counts_small": (
        "Some expected counts are small: the smallest is {smallest:.2f}, and {share_below_5:.0%} of the cells are below 5. "
        "The p value is rough; join categories that belong together."
    ),
    "weights_are_not_counts": (
        "Some weights are not whole numbers. The test takes weights for counts of people, so its p value can mislead."
    ),
    "groups_large": "Every group has at least 30 answers (the smallest has {smallest:.0f}), so means are close to normal.",
    "groups_small": (
        "The smallest group has {smallest:.0f} answers. Below 30 the test of means expects roughly normal answers; "
        "see what the test of ranks says."
    ),
    "spread_need_not_be_equal": (
        "The test does not need equal spread. The largest standard deviation is {ratio:.2f} times the smallest."
    ),
    "spread_differs": (
        "The test does not need equal spread, but the effect size does: the largest standard deviation is {ratio:.2f} "
        "times the smallest, so read the effect size with care."
    ),
    "spread_is_none": (
        "In one group everyone gave the same answer. Read the effect size with care: it takes the groups to be equally spread."
    ),
    "ranks_enough": "There are enough answers for the normal or chi-square approximation (smallest group: {smallest:.0f}).",
    "ranks_few": "The smallest group has {smallest:.0f} answers. Below {needed:.0f} the approximate p value is rough.",
    "ties": "{share:.0%} of the answers share their value with another; the test corrects for this.",
    "shapes_alike": "Only if the groups' answers have the same shape does the test of ranks compare medians.",
    "changes_symmetric": "The test takes the changes to be spread evenly around their middle.",
    "changes_many": "There are at least 30 pairs ({pairs:.0f}), so the mean change is close to normal.",
    "changes_few": (
        "There are {pairs:.0f} pairs. Below 30 the test of means expects roughly normal changes; see what the test of ranks says."
    ),
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing a method takes for granted.

    ``ok`` is ``None`` where the numbers cannot show it and a person must judge. ``code`` names a
    sentence in ``ASSUMPTION_SENTENCES``, ``figures`` are the numbers in it, ``sentence`` is it in English.
    """

    code: str
    ok: bool | None
    sentence: str
    figures: Mapping[str, float] = field(default_factory=dict)


def assume(code: str, *, ok: bool | None, **figures: float) -> Assumption:
    """The assumption of that code, worded with its figures."""
    return Assumption(
        code=code, ok=ok, sentence=ASSUMPTION_SENTENCES[code].format(**figures), figures=figures
    )


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
    used, ``missing`` those left out.
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
