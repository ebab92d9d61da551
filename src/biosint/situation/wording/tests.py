"""Names of tests and effect sizes, and what tests take for granted, in words that a dean understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from biosint.situation.wording.numbers import figure

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from iahcalc.samples import Assumption

METHODS: Mapping[str, str | Promise] = {
    "pearson": gettext_lazy("Pearson’s chi-square test"),
    "pearson_yates": gettext_lazy("Pearson’s chi-square test with Yates’ correction"),
    "welch_t": gettext_lazy("Welch’s t-test (compares means)"),
    "welch_anova": gettext_lazy("Welch’s analysis of variance (compares means)"),
    "mann_whitney": gettext_lazy("Mann-Whitney test (compares ranks)"),
    "kruskal_wallis": gettext_lazy("Kruskal-Wallis test (compares ranks)"),
    "paired_t": gettext_lazy("Paired t-test (compares means)"),
    "wilcoxon": gettext_lazy("Wilcoxon signed-rank test (compares ranks)"),
    "fisher": gettext_lazy("Fisher’s exact test"),
    "freeman_halton": gettext_lazy("Exact test of Fisher, Freeman and Halton"),
    "pearson_monte_carlo": gettext_lazy("Pearson’s chi-square test, p from random tables"),
    "rao_scott": gettext_lazy("Chi-square test for weighted answers (Rao and Scott)"),
    "mann_whitney_exact": gettext_lazy("Mann-Whitney test, exact (compares ranks)"),
    "wilcoxon_exact": gettext_lazy("Wilcoxon signed-rank test, exact (compares ranks)"),
    "mcnemar": gettext_lazy("McNemar’s test (the same people, two answers)"),
    "mcnemar_exact": gettext_lazy("McNemar’s exact test (the same people, two answers)"),
    "bowker": gettext_lazy("Bowker’s test of symmetry (the same people, several answers)"),
    "games_howell": gettext_lazy("Games-Howell test (means of each two groups)"),
    "dunn": gettext_lazy("Dunn’s test (ranks of each two groups)"),
    "difference_in_differences": gettext_lazy("Difference in differences (different people at both times)"),
    "difference_in_changes": gettext_lazy("Difference in changes (the same people at both times)"),
}
EFFECTS: Mapping[str, str | Promise] = {
    "cramers_v": gettext_lazy("Cramér’s V"),
    "hedges_g": gettext_lazy("Hedges’ g"),
    "mean_difference": gettext_lazy("difference of means"),
    "rank_biserial": gettext_lazy("rank-biserial correlation"),
    "eta_squared": gettext_lazy("eta squared"),
    "omega_squared": gettext_lazy("omega squared"),
    "epsilon_squared": gettext_lazy("epsilon squared"),
    "d_z": gettext_lazy("d of the changes"),
    "d_av": gettext_lazy("d by the average spread"),
    "cramers_v_corrected": gettext_lazy("Cramér’s V, corrected for chance"),
    "odds_ratio": gettext_lazy("odds ratio"),
    "share_difference": gettext_lazy("difference of shares"),
    "cohens_g": gettext_lazy("Cohen’s g"),
    "cohens_w": gettext_lazy("Cohen’s w"),
    "rank_difference": gettext_lazy("difference of mean ranks"),
    "d_change": gettext_lazy("d of the difference in changes"),
}
ASSUMPTIONS: Mapping[str, str | Promise] = {
    "answers_independent": gettext_lazy(
        "We take it that each person answered once and by themselves. The numbers cannot show this."
    ),
    "expected_counts_enough": gettext_lazy(
        "There are enough answers in every cell for this test (the smallest expected number is %(smallest)s)."
    ),
    "expected_counts_small": gettext_lazy(
        "Some cells hold too few answers for this test (the smallest expected number is %(smallest)s)."
    ),
    "p_rough": gettext_lazy("The p value is rough; join answers that belong together."),
    "p_exact": gettext_lazy("That is why every possible table with the same totals was counted: p is exact."),
    "p_simulated": gettext_lazy("That is why p was found from %(draws)s random tables with the same totals."),
    "p_exact_ranks": gettext_lazy("There are few answers, so every possible order was counted: p is exact."),
    "weights_are_not_counts": gettext_lazy(
        "Some counts are not whole numbers. The test takes them for people, so its p value can mislead."
    ),
    "groups_large": gettext_lazy(
        "Every group has thirty answers or more (the smallest has %(smallest)s), so comparing means is sound."
    ),
    "groups_small": gettext_lazy(
        "The smallest group has %(smallest)s answers. For small groups, trust the test of ranks more."
    ),
    "spread_need_not_be_equal": gettext_lazy("The groups may differ in spread; this test allows it."),
    "spread_differs": gettext_lazy(
        "The groups differ in spread (%(ratio)s times). The test allows it, but read the size of the difference with care."
    ),
    "spread_is_none": gettext_lazy(
        "In one group everybody gave the same answer, so read the size of the difference with care."
    ),
    "ranks_enough": gettext_lazy("There are enough answers for the test of ranks."),
    "ranks_few": gettext_lazy(
        "The smallest group has %(smallest)s answers, so the p value of the ranks is rough."
    ),
    "ties": gettext_lazy("Many people gave the same answers; the test takes this into account."),
    "shapes_alike": gettext_lazy(
        "The test of ranks speaks of medians only if the answers of the groups have the same shape."
    ),
    "pairs_independent": gettext_lazy(
        "We take it that each pair of answers is one person, independent of the others. The numbers cannot show this."
    ),
    "changes_symmetric": gettext_lazy(
        "The test takes rises and falls of the same size to be equally likely."
    ),
    "changes_many": gettext_lazy("There are %(pairs)s pairs, so comparing means is sound."),
    "changes_few": gettext_lazy("There are only %(pairs)s pairs. Trust the test of ranks more."),
    "changers_exact": gettext_lazy(
        "Only %(changers)s people changed their answer, so p was counted exactly."
    ),
    "changers_enough": gettext_lazy("%(changers)s people changed their answer: enough for this test."),
    "changers_few": gettext_lazy("Only %(changers)s people changed their answer, so the p value is rough."),
    "trends_parallel": gettext_lazy(
        "We take it that both groups would have changed alike without the programme: whatever else happened met both. The numbers cannot show this; an earlier survey of both groups could make it credible."
    ),
    "groups_independent": gettext_lazy(
        "We take it that nobody is in both groups or answered at both times. The numbers cannot show this."
    ),
    "weights_are_right": gettext_lazy(
        "Weights help only if those who answered resemble those of their group who did not. The numbers cannot show this."
    ),
    "weights_even": gettext_lazy(
        "The weights cost little: %(n)s weighted answers tell as much as %(effective_n)s unweighted ones."
    ),
    "weights_uneven": gettext_lazy(
        "The weights cost much: %(n)s weighted answers tell only as much as %(effective_n)s unweighted ones."
    ),
    "one_factor": gettext_lazy("We take it that all items measure one thing."),
    "heywood": gettext_lazy(
        "The calculation gave %(items)s items no variance of their own, which cannot be. Read omega with care; perhaps two items say the same."
    ),
    "pairs_corrected": gettext_lazy(
        "%(pairs)s pairs of groups were compared; the adjusted p values allow for so many looks."
    ),
}


def assumption(found: Assumption) -> str:
    """Return one thing a test takes for granted, in the reader's language."""
    words = ASSUMPTIONS.get(found.code)
    if words is None:
        return found.sentence
    figures = {
        name: figure(value, digits=0 if float(value).is_integer() else 1)
        for name, value in found.figures.items()
    }
    return str(words) % figures if figures else str(words)
