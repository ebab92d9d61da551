"""Samples: description, tables of counts, comparison of groups, paired change, many tests at once.

Every test answers with a :class:`Finding`: the statistic, its degrees of freedom and p, an effect size
with an interval, how many were counted and left out, and what the method takes for granted.
"""

from __future__ import annotations

from iahcalc.samples._compare import Comparison, Groups, Impossible, compare, split
from iahcalc.samples._crosstab import Crosstab, Independence, cross_tabulate, independence
from iahcalc.samples._describe import Description, Proportion, describe, proportion
from iahcalc.samples._findings import ASSUMPTION_SENTENCES, Assumption, Effect, EffectName, Finding, Method
from iahcalc.samples._means import paired_t, welch_anova, welch_t
from iahcalc.samples._multiple import benjamini_hochberg, holm
from iahcalc.samples._paired import PairedChange, paired_change
from iahcalc.samples._ranks import kruskal_wallis, mann_whitney, wilcoxon_signed_rank

__all__ = [
    "ASSUMPTION_SENTENCES",
    "Assumption",
    "Comparison",
    "Crosstab",
    "Description",
    "Effect",
    "EffectName",
    "Finding",
    "Groups",
    "Impossible",
    "Independence",
    "Method",
    "PairedChange",
    "Proportion",
    "benjamini_hochberg",
    "compare",
    "cross_tabulate",
    "describe",
    "holm",
    "independence",
    "kruskal_wallis",
    "mann_whitney",
    "paired_change",
    "paired_t",
    "proportion",
    "split",
    "welch_anova",
    "welch_t",
    "wilcoxon_signed_rank",
]
