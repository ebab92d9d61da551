"""What the methods take for granted, in plain English."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASSUMPTION_SENTENCES", "Assumption", "assume"]

# English sentences by code, so that a caller may put a translation in the place of each.
ASSUMPTION_SENTENCES: Mapping[str, str] = {
    "answers_independent": "Each person is counted once, and nobody's answer depends on another's: the numbers cannot show this.",
    "pairs_independent": "Each pair is one person or institution, independent of the others: the numbers cannot show this.",
    "expected_counts_enough": (
        "The expected counts are large enough: the smallest is {smallest:.2f}, and {share_below_5:.0%} of the cells are below 5."
    ),
    "expected_counts_small": (
        "Some expected counts are small: the smallest is {smallest:.2f}, and {share_below_5:.0%} of the cells are below 5."
    ),
    "p_rough": "The p value is rough, because it rests on the chi-square approximation; join categories that belong together.",
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
    "p_exact": (
        "Because some counts are small, p is exact: it adds up every table with the same totals that is no likelier than this one."
    ),
    "p_simulated": (
        "Because some counts are small, p comes from {draws:,.0f} random tables with the same totals; its standard error is {error:.4f}."
    ),
    "p_exact_ranks": "With few answers and no ties p is exact: it counts every order the answers could have come in.",
    "changers_exact": (
        "{changers:.0f} answers changed category. Below {needed:.0f} p is exact: as if each change had been decided by a fair coin."
    ),
    "changers_enough": "{changers:.0f} answers changed category: enough for the chi-square approximation.",
    "changers_few": "{changers:.0f} answers changed category. Below {needed:.0f} the approximate p value is rough.",
    "trends_parallel": (
        "Without the change both groups would have moved alike: everything else that happened between the two times "
        "met both of them equally. The numbers cannot show this; a third, earlier measurement could make it credible."
    ),
    "groups_independent": (
        "Nobody is in both groups, and the answers before and after come from different people: the numbers cannot show this."
    ),
    "weights_are_right": (
        "The weights make the answers stand for the population only if, within each weighted group, those who answered "
        "resemble those who did not: the numbers cannot show this."
    ),
    "weights_even": "The weights cost little: {n:.0f} weighted answers say as much as {effective_n:.0f} unweighted ones.",
    "weights_uneven": (
        "The weights cost much: {n:.0f} weighted answers say only as much as {effective_n:.0f} unweighted ones."
    ),
    "one_factor": "All items are meant to measure one thing; omega takes one common factor for granted.",
    "heywood": (
        "The items leave {items:.0f} of them without any variance of its own, which cannot be: read omega with care, "
        "and look for two items that say the same."
    ),
    "pairs_corrected": "With {pairs:.0f} pairs of groups, the adjusted p values and the intervals allow for so many looks at once.",
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
