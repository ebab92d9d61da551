from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.reports._counting import Counted, count_answers
from iahcalc.samples import (
    Description,
    Finding,
    Impossible,
    Independence,
    ManyTests,
    Method,
    Proportion,
    compare_counts,
    describe_counts,
    independence,
    many,
    proportion,
)
from iahcalc.samples._codes import codes_of
from iahcalc.scales import Moments, Reliability, reliability_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = [
    "GroupReport",
    "ItemReport",
    "PairReport",
    "Scale",
    "ScaleReport",
    "SurveyReport",
    "survey_report",
]


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that are meant to measure one thing: their places, and those of them worded the other way."""

    items: tuple[int, ...]
    turned: tuple[int, ...] = ()


# Arrays cannot be compared with one answer, so what holds them is compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class ItemReport:
    """One item over all respondents: how often each point was given, with shares and intervals.

    ``description`` is ``None`` where nobody answered.
    """

    position: int
    counts: npt.NDArray[np.int64]
    shares: tuple[Proportion, ...]
    missing: int
    description: Description | None


@dataclass(frozen=True, slots=True)
class GroupReport:
    """One item within one group."""

    label: Any
    description: Description


@dataclass(frozen=True, slots=True, eq=False)
class PairReport:
    """One item by one grouping.

    ``counts[g, p]`` people of group ``g`` gave the ``p``-th point; rows are the groups of ``groups``, which all have
    an answer. ``table`` tests them as categories, ``means`` and ``ranks`` as numbers; each is
    ``Impossible`` where it is undefined. ``missing`` have no group or no answer.
    """

    item: int
    grouping: int
    counts: npt.NDArray[np.int64]
    groups: tuple[GroupReport, ...]
    missing: int
    table: Independence | Impossible
    means: Finding | Impossible
    ranks: Finding | Impossible


@dataclass(frozen=True, slots=True)
class ScaleReport:
    """One scale: its reliability, or why it has none."""

    scale: Scale
    reliability: Reliability | None
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SurveyReport:
    """All that can be said of a questionnaire of points in one go.

    ``pairs`` stand item by item, and within an item grouping by grouping. ``tables``, ``means`` and ``ranks`` correct
    the p values of all tests of their kind together, in that order (``nan`` where one was impossible).
    """

    respondents: int
    points: tuple[float, ...]
    labels: tuple[tuple[Any, ...], ...]
    items: tuple[ItemReport, ...]
    pairs: tuple[PairReport, ...]
    scales: tuple[ScaleReport, ...]
    tables: ManyTests
    means: ManyTests
    ranks: ManyTests

    def pair(self, item: int, grouping: int) -> PairReport:
        """The item by the grouping."""
        return self.pairs[item * len(self.labels) + grouping]


def survey_report(
    answers: npt.ArrayLike,
    groupings: Sequence[npt.ArrayLike] = (),
    *,
    scales: Sequence[Scale] = (),
    missing: float = -1,
    level: float = 0.95,
    threads: int = 1,
) -> SurveyReport:
    """Report on a whole questionnaire: every item, every item by every grouping, every scale.

    The answers are gone through once. Everything else follows from how often each group gave each point
    (means, variances, ranks, tables) and from sums of products (reliability), so the figures are those of the
    functions of ``iahcalc.samples`` and ``iahcalc.scales`` called one by one, at a small part of their cost:
    1,000,000 respondents by 40 items take less than a second and 100 MB beside the answers.

    Args:
        answers: shape ``(respondents, items)``, whole points of at most 120 different sizes, kept in any whole
            or floating type (int8 needs least memory) and any order; ``nan`` or ``missing`` is a gap.
        groupings: for each grouping shape ``(respondents,)``, numbers or words; ``nan``, ``None`` and ``""`` are
            missing. At most 20,000 groups each.
        scales: items that make up a scale, and those of them to be turned.
        missing: the number that stands for a gap.
        level: level of all intervals.
        threads: how many threads share the pass over the answers.

    Returns:
        Groups in ascending order of their label, those without an answer left out of the pair. Of each pair: a test of
        the cross-table with Cramér's V (exact or simulated where counts are small), a test of means (Welch's t
        or analysis of variance) and one of ranks (Mann-Whitney or Kruskal-Wallis) with effect sizes and
        intervals. Scales: alpha and omega over complete respondents; ``pairwise`` alpha is not computed where
        answers are missing. Assumptions stand in every finding.

    Raises:
        TooFewAnswers: no respondents or no items.
        ValueError: shapes differ, an answer is no whole point, or there are too many points or groups.

    >>> report = survey_report([[1, 2], [2, 3], [4, 4], [5, -1]], [["a", "a", "b", "b"]])
    >>> report.items[1].missing, report.pair(0, 0).counts.tolist()
    (1, [[1, 1, 0, 0, 0], [0, 0, 0, 1, 1]])
    >>> round(report.pair(0, 0).means.p, 4)
    0.0513
    """
    given = np.asarray(answers)
    if given.ndim != 2:
        raise ValueError(f"Answers must have the shape (respondents, items), not {given.ndim} dimensions.")
    people, items = given.shape
    if people == 0 or items == 0:
        raise TooFewAnswers("A report needs at least one respondent and one item.")
    labels, codes = [], []
    for grouping in groupings:
        of_grouping, code = codes_of(grouping)
        if len(code) != people:
            raise ValueError("Every respondent needs one group or a gap in each grouping.")
        labels.append(of_grouping)
        codes.append(code)
    for scale in scales:
        _check(scale, items=items)
    counted = count_answers(
        given,
        codes,
        [len(of_grouping) for of_grouping in labels],
        [np.array(scale.items, dtype=np.int64) for scale in scales],
        missing=missing,
        threads=threads,
    )
    pairs = tuple(
        _pair(counted, item, grouping, labels[grouping], level=level)
        for item in range(items)
        for grouping in range(len(labels))
    )
    return SurveyReport(
        respondents=people,
        points=tuple(counted.points.tolist()),
        labels=tuple(labels),
        items=tuple(_item(counted, item, level=level) for item in range(items)),
        pairs=pairs,
        scales=tuple(
            _scale(scale, moments, level=level)
            for scale, moments in zip(scales, counted.moments, strict=True)
        ),
        tables=many([_p(pair.table) for pair in pairs]),
        means=many([_p(pair.means) for pair in pairs]),
        ranks=many([_p(pair.ranks) for pair in pairs]),
    )


def _check(scale: Scale, *, items: int) -> None:
    if len(set(scale.items)) < len(scale.items) or not all(0 <= item < items for item in scale.items):
        raise ValueError("A scale names each of its items once, by its place.")
    if not set(scale.turned) <= set(scale.items):
        raise ValueError("Only items of the scale can be turned.")


def _p(found: Finding | Impossible) -> float:
    return found.p if isinstance(found, Finding) else float("nan")


def _item(counted: Counted, item: int, *, level: float) -> ItemReport:
    counts = counted.whole[item]
    n = int(counts[1:].sum())
    return ItemReport(
        position=item,
        counts=counts[1:],
        shares=tuple(proportion(count, n, level=level) for count in counts[1:].tolist()) if n else (),
        missing=int(counts[0]),
        description=describe_counts(counted.points, counts[1:], missing=int(counts[0]), level=level)
        if n
        else None,
    )


def _pair(counted: Counted, item: int, grouping: int, labels: Sequence[Any], *, level: float) -> PairReport:
    full = counted.tables[grouping][item]
    kept = np.flatnonzero(full[1:, 1:].sum(axis=1)) + 1
    counts = full[kept, 1:]
    missing = int(full.sum() - counts.sum())
    try:
        table: Independence | Impossible = independence(counts, missing=missing, level=level)
    except Undefined as undefined:
        table = Impossible(method=Method.PEARSON, reason=str(undefined))
    means, ranks = compare_counts(counted.points, counts, missing=missing, level=level)
    return PairReport(
        item=item,
        grouping=grouping,
        counts=counts,
        groups=tuple(
            GroupReport(
                label=labels[group - 1],
                description=describe_counts(
                    counted.points, full[group, 1:], missing=int(full[group, 0]), level=level
                ),
            )
            for group in kept.tolist()
        ),
        missing=missing,
        table=table,
        means=means,
        ranks=ranks,
    )


def _scale(scale: Scale, moments: Moments, *, level: float) -> ScaleReport:
    # Turning an item turns the sign of its covariances; where the scale begins does not matter to it.
    sign = np.where(np.isin(scale.items, scale.turned), -1.0, 1.0)
    turned = Moments(
        means=moments.means,
        covariance=moments.covariance * np.outer(sign, sign),
        n=moments.n,
        respondents=moments.respondents,
    )
    try:
        return ScaleReport(scale=scale, reliability=reliability_of(turned, level=level))
    except Undefined as undefined:
        return ScaleReport(scale=scale, reliability=None, reason=str(undefined))
