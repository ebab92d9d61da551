"""The task as arrays: what every search works on, and how a team is measured.

A search gets a ``Problem`` and a seed and returns places; it needs no other knowledge of
people, wishes or rules. Everything measured is a whole number, so no rounding can decide
between two teams differently on two machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iahcalc.teams._model import Aim, Person, Rules, Wish

Whole = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]

POINTS = 10_000
"""Points of a team that reaches the bound of a wish."""

# What one broken rule costs a team while searching: people before hours before numbers of values.
# Hours grow with what is missing (in quarter-hours), a shared word with the people who lack it, a size
# with the people too many or too few, so that nearly enough is better than none.
MATES, SIZE, SHARED, HOURS, DIFFERENT, AGAIN, LONE = 20, 20, 8, 6, 5, 4, 3


@total_ordering
@dataclass(frozen=True)
class Objective:
    """What is maximised, first things first: rules, then the worst team, then all teams.

    Under the aim “sum”, all teams come before the worst.

    Attributes:
        rules: 0 when every rule holds, else minus the cost of the broken ones.
        worst: points of the worst team, weighted: 0 to ``Problem.full``.
        total: the sum of the points of all teams.
    """

    rules: int
    worst: int
    total: int
    aim: Aim = "worst"

    @property
    def order(self) -> tuple[int, int, int]:
        """What comes first, second and third."""
        wishes = (self.worst, self.total) if self.aim == "worst" else (self.total, self.worst)
        return (self.rules, *wishes)

    def __lt__(self, other: Objective) -> bool:
        return self.order < other.order


class Standing(NamedTuple):
    """Several teams measured. ``cost`` and ``points``: shape (teams,); ``wishes``: (teams, wishes)."""

    cost: Whole
    points: Whole
    wishes: Whole


@dataclass(frozen=True, eq=False)
class Problem:
    """People in the order of their keys, as arrays.

    Attributes:
        sizes: of the teams, the larger ones first; ``places`` may use them in any order among the teams.
        smallest, largest: sizes that break no rule; ``sizes`` of teams made by hand may be others.
        rows: shape (largest size that can be measured + 1,), the row of a size in ``terms``, ``zero``
            and ``span``; -1 for sizes that cannot be measured.
        has: shape (people, columns), 1 where a person has the value of a column.
        terms: shape (rows, columns, largest size + 1): a column's share in the raw number of its
            block, see ``_bounds``.
        blocks: first column of each block; one block per wish about words, then per rule: those that
            count the lone, those that count different values, those about a shared word. The last
            column of a block counts the people whose value is known.
        word_wishes, number_wishes: which wish (position in ``wishes``) a block, a row of
            ``numbers``, is about.
        numbers: shape (people, number wishes), 0 to 1000.
        zero, span: shape (rows, wishes): points = POINTS * (raw - zero) / span.
        weight: shape (wishes,), hundredths.
        bounds: of each wish, on the mean over all teams, 0 to 1; see ``mean_bound``.
        lone_blocks: how many rule blocks count the lone.
        most, least: limits of the rule blocks that count different values.
        quarters: the minimum of common quarter-hours, 0 without such a rule.
        free: shape (people, 11), the quarter-hours of the week as bits.
        mates: shape (people, people), cost of sharing a team (apart, not again) or minus it
            (together); ``None`` without such rules. Costs are relative: ``mates_cost`` is added to
            the sum.
        locked: shape (people,), team index or -1.
    """

    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    rules: Rules
    aim: Aim
    sizes: tuple[int, ...]
    smallest: int
    largest: int
    rows: Whole
    has: Whole
    terms: Whole
    blocks: Whole
    word_wishes: Whole
    number_wishes: Whole
    numbers: Whole
    balanced: npt.NDArray[np.bool_]
    gathered: npt.NDArray[np.bool_]
    zero: Whole
    span: Whole
    weight: Whole
    bounds: tuple[float, ...]
    lone_blocks: int
    most: Whole
    least: Whole
    free: Bits
    quarters: int
    mates: Whole | None
    mates_cost: int
    locked: Whole

    @property
    def full(self) -> int:
        """Weighted points of a team that reaches every bound."""
        return POINTS * int(self.weight.sum())

    def number_raw(self, sizes: Whole, sums: Whole, squares: Whole) -> Whole:
        """Return raw of the number wishes: minus the distance of means, or the spread, or minus it."""
        total = self.numbers.sum(axis=0)
        distance = np.abs(sums * len(self.people) - sizes[:, None] * total)
        spread = sizes[:, None] * squares - sums * sums
        return np.where(self.balanced, -distance, np.where(self.gathered, -spread, spread))

    def measure(
        self,
        *,
        sizes: Whole,
        counts: Whole,
        sums: Whole,
        squares: Whole,
        common: Bits | None,
        mates: Whole,
    ) -> Standing:
        """Measure many teams, real or supposed, at once.

        Args:
            sizes: shape (teams,).
            counts: shape (teams, columns), how many team-mates have the value of each column.
            sums, squares: shape (teams, number wishes), of ``numbers``.
            common: shape (teams, 11), the hours all share; ``None`` when no minimum is set.
            mates: shape (teams,), the sum of ``mates`` over the pairs in each team.
        """
        which = self.rows[sizes]
        cost = mates + SIZE * (np.maximum(sizes - self.largest, 0) + np.maximum(self.smallest - sizes, 0))
        points = np.empty((sizes.size, len(self.wishes)), dtype=np.int64)
        if self.blocks.size:
            columns, length = self.terms.shape[1:]
            index = counts + (which * columns * length)[:, None]
            index += np.arange(0, columns * length, length)
            raw = np.add.reduceat(self.terms.ravel().take(index), self.blocks, axis=1)
            wishes = self.word_wishes.size
            points[:, self.word_wishes] = raw[:, :wishes]
            lone = raw[:, wishes : wishes + self.lone_blocks]
            shared = wishes + self.lone_blocks + self.most.size
            different = raw[:, wishes + self.lone_blocks : shared]
            cost += LONE * lone.sum(axis=1)
            over = np.maximum(different - self.most, 0) + np.maximum(self.least - different, 0)
            cost += DIFFERENT * over.sum(axis=1)
            for columns_of_block in np.split(counts, self.blocks, axis=1)[shared + 1 :]:
                known = columns_of_block[:, -1]
                cost += SHARED * (known - columns_of_block[:, :-1].max(axis=1, initial=0))
        if self.number_wishes.size:
            points[:, self.number_wishes] = self.number_raw(sizes, sums, squares)
        points -= self.zero[which]
        points *= POINTS
        points //= self.span[which]
        np.clip(points, 0, POINTS, out=points)
        if common is not None:
            missing = self.quarters - np.bitwise_count(common).sum(axis=1, dtype=np.int64)
            cost += np.where(missing > 0, HOURS + missing, 0)
        return Standing(cost, points @ self.weight, points)

    def standing(self, places: Whole) -> Standing:
        """Measure the teams of a complete assignment; ``places`` has shape (people,)."""
        return self.measured(np.arange(places.size), places)

    def measured(self, people: Whole, teams: Whole) -> Standing:
        """Measure a few teams, real or supposed, given by who is in them.

        Args:
            people: positions in ``people``; one person may be in several supposed teams.
            teams: of the same shape, the team of each, counted from 0; no team is empty, and every
                size must be one that can be measured, see ``rows``.
        """
        order = np.argsort(teams, kind="stable")
        people, sizes = people[order], np.bincount(teams)
        starts = np.cumsum(sizes) - sizes
        common = np.bitwise_and.reduceat(self.free[people], starts, axis=0) if self.quarters else None
        mates = np.zeros(sizes.size, dtype=np.int64)
        if self.mates is not None:
            for team, start in enumerate(starts):
                own = people[start : start + sizes[team]]
                mates[team] = self.mates[np.ix_(own, own)].sum() // 2
        numbers = self.numbers[people]
        return self.measure(
            sizes=sizes,
            counts=np.add.reduceat(self.has[people], starts, axis=0),
            sums=np.add.reduceat(numbers, starts, axis=0),
            squares=np.add.reduceat(numbers**2, starts, axis=0),
            common=common,
            mates=mates,
        )

    def objective(self, places: Whole) -> Objective:
        """Return what ``places`` is worth."""
        standing = self.standing(places)
        cost = int(standing.cost.sum()) + self.mates_cost
        return Objective(-cost, int(standing.points.min()), int(standing.points.sum()), self.aim)
