"""Samples: description, tables of counts, comparison of groups, paired change, many tests at once.

Every test answers with a :class:`Finding`: the statistic, its degrees of freedom and p, an effect size
with an interval, how many were counted and left out, and what the method takes for granted.
"""

from __future__ import annotations

from iahcalc.samples._assumptions import ASSUMPTION_SENTENCES, Assumption
from iahcalc.samples._compare import Comparison, Groups, Impossible, compare, split
from iahcalc.samples._counts import compare_counts, describe_counts
from iahcalc.samples._crosstab import Crosstab, cross_tabulate
from iahcalc.samples._describe import Description, Proportion, describe, proportion
from iahcalc.samples._differences import DifferenceInDifferences, difference_in_differences
from iahcalc.samples._findings import Effect, EffectName, Finding, Method
from iahcalc.samples._independence import Independence, independence
from iahcalc.samples._mcnemar import ChangedCategory, mcnemar, mcnemar_of
from iahcalc.samples._means import paired_t, welch_anova, welch_t
from iahcalc.samples._missing import GroupMissing, ItemMissing, Missingness, missingness
from iahcalc.samples._multiple import ManyTests, benjamini_hochberg, holm, many
from iahcalc.samples._paired import PairedChange, paired_change
from iahcalc.samples._post_hoc import PairFinding, post_hoc, post_hoc_assumptions
from iahcalc.samples._ranks import kruskal_wallis, mann_whitney
from iahcalc.samples._signed_ranks import wilcoxon_signed_rank
from iahcalc.samples._weighted import weighted_independence, weighted_proportion
from iahcalc.samples._weights import EmptyGroup, Weights, post_stratify, rake

__all__ = [
    "ASSUMPTION_SENTENCES",
    "Assumption",
    "ChangedCategory",
    "Comparison",
    "Crosstab",
    "Description",
    "DifferenceInDifferences",
    "Effect",
    "EffectName",
    "EmptyGroup",
    "Finding",
    "GroupMissing",
    "Groups",
    "Impossible",
    "Independence",
    "ItemMissing",
    "ManyTests",
    "Method",
    "Missingness",
    "PairFinding",
    "PairedChange",
    "Proportion",
    "Weights",
    "benjamini_hochberg",
    "compare",
    "compare_counts",
    "cross_tabulate",
    "describe",
    "describe_counts",
    "difference_in_differences",
    "holm",
    "independence",
    "kruskal_wallis",
    "mann_whitney",
    "many",
    "mcnemar",
    "mcnemar_of",
    "missingness",
    "paired_change",
    "paired_t",
    "post_hoc",
    "post_hoc_assumptions",
    "post_stratify",
    "proportion",
    "rake",
    "split",
    "weighted_independence",
    "weighted_proportion",
    "welch_anova",
    "welch_t",
    "wilcoxon_signed_rank",
]
