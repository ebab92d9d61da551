"""The task as arrays: what every search works on, and how a team is measured.

A search gets a ``Problem`` and a seed and returns places; it needs no other knowledge of
people, wishes or rules. Everything measured is a whole number, so no rounding can decide
between two teams differently on two machines. Nothing has a size of people times people, or of
teams times words: what a team has is counted from what its members have.
"""

from __future__ import annotations

import math
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

GAIN_BITS = 31
"""Gains are cut to so many bits before they are multiplied, so that nothing overflows."""

# Machine code holds copies of these numbers; iahcalc.compiled notices when this file changes.
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
    """All teams measured. ``cost`` and ``points``: shape (teams,); ``wishes``: (teams, wishes)."""

    cost: Whole
    points: Whole
    wishes: Whole


@dataclass(frozen=True, eq=False)
class Problem:
    """People in the order of their keys, as arrays.

    Words are *columns*, gathered in *blocks*: one block per wish about words, then one per rule: first
    those that count the lone, then those that count different values, then those about a shared word.

    Attributes:
        sizes: of the teams, the larger ones first; ``places`` may use them in any order among the teams.
        smallest, largest: sizes that break no rule; ``sizes`` of teams made by hand may be others.
        rows: shape (largest size that can be measured + 1,), the row of a size in ``terms``, ``base``,
            ``zero`` and ``span``; -1 for sizes that cannot be measured.
        starts, columns: person p has ``columns[starts[p]:starts[p + 1]]``, ascending.
        block_of: shape (columns,), the block of each column, ascending.
        terms: shape (rows, ...): ``terms[row, term_starts[c] + count]`` is what column c adds to the
            raw number of its block in a team where ``count`` team-mates have it; 0 for nobody.
        base: shape (rows, blocks), the raw number of a team without any columns.
        word_wishes, number_wishes: which wish (position in ``wishes``) a block, a column of
            ``numbers``, is about.
        numbers: shape (people, number wishes), 0 to 1000.
        zero, span: shape (rows, wishes): points are POINTS * (raw - zero) / span, see ``rates``.
        weight: shape (wishes,), hundredths.
        bounds: of each wish, on the mean over all teams, 0 to 1; see ``mean_bound``.
        lone_blocks: how many rule blocks count the lone.
        most, least: limits of the rule blocks that count different values.
        known: shape (rules on a shared word,), the column that counts whose words are known at all.
        free, hours: shape (weeks, 11) and (people,): the quarter-hours of person p are the bits of
            ``free[hours[p]]``.
        quarters: the minimum of common quarter-hours, 0 without such a rule.
        tie_starts, ties, tie_costs: person p has ``ties[tie_starts[p]:tie_starts[p + 1]]``; sharing a
            team costs (apart, not again), or costs less than nothing (together). Each tie stands with
            both people. Costs are relative: ``mates_cost`` is added to the sum.
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
    starts: Whole
    columns: Whole
    block_of: Whole
    term_starts: Whole
    terms: Whole
    base: Whole
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
    known: Whole
    free: Bits
    hours: Whole
    quarters: int
    tie_starts: Whole
    ties: Whole
    tie_costs: Whole
    mates_cost: int
    locked: Whole

    @property
    def full(self) -> int:
        """Weighted points of a team that reaches every bound."""
        return POINTS * int(self.weight.sum())

    @property
    def rates(self) -> tuple[Whole, Whole]:
        """Return (shift, rate), each (rows, wishes): points are ``(gain >> shift) * rate >> 32``.

        So no team needs a division. Where the span is above 2**16, points may be one higher than the
        quotient rounded down: for every team alike, and never above POINTS.
        """
        bits = [int(span).bit_length() for span in self.span.ravel()]
        shift = np.maximum(np.array(bits, dtype=np.int64).reshape(self.span.shape) - GAIN_BITS, 0)
        cut = self.span >> shift
        return shift, ((POINTS << 32) + cut - 1) // cut

    @property
    def perfect(self) -> Objective:
        """What nothing can pass: every rule holds, and the wishes reach what is proved of their means."""
        teams = len(self.sizes)
        total = sum(
            int(weight) * min(POINTS * teams, math.floor(bound * POINTS * teams))
            for weight, bound in zip(self.weight, self.bounds, strict=True)
        )
        return Objective(0, min(self.full, total // teams), total, self.aim)

    def standing(self, places: Whole) -> Standing:
        """Measure the teams of a complete assignment; ``places`` has shape (people,).

        Everything a search knows of its teams must agree with this.
        """
        return self.measured(np.arange(places.size), places)

    def measured(self, people: Whole, teams: Whole) -> Standing:
        """Measure a few teams, real or supposed, given by who is in them.

        Args:
            people: positions in ``people``; one person may be in several supposed teams.
            teams: of the same shape, the team of each, counted from 0; no team is empty, and every
                size must be one that can be measured, see ``rows``.
        """
        sizes = np.bincount(teams)
        columns, team, count = self.counted(people, teams)
        raw = self._raw_words(sizes, columns, team, count)
        wishes = self.word_wishes.size
        different = raw[:, wishes + self.lone_blocks : wishes + self.lone_blocks + self.most.size]
        over = np.maximum(different - self.most, 0) + np.maximum(self.least - different, 0)
        cost = SIZE * (np.maximum(sizes - self.largest, 0) + np.maximum(self.smallest - sizes, 0))
        cost += LONE * raw[:, wishes : wishes + self.lone_blocks].sum(axis=1)
        cost += DIFFERENT * over.sum(axis=1)
        cost += self._lacking_a_shared_word(sizes.size, columns, team, count)
        cost += self._short_of_hours(people, teams)
        cost += self._ties_inside(people, teams)
        points = np.empty((sizes.size, len(self.wishes)), dtype=np.int64)
        points[:, self.word_wishes] = raw[:, :wishes]
        points[:, self.number_wishes] = self._raw_numbers(sizes, people, teams)
        row = self.rows[sizes]
        shift, rate = self.rates
        gain = np.clip(points - self.zero[row], 0, self.span[row])
        points = (gain >> shift[row]) * rate[row] >> 32
        return Standing(cost, points @ self.weight, points)

    def objective(self, places: Whole) -> Objective:
        """Return what ``places`` is worth."""
        standing = self.standing(places)
        cost = int(standing.cost.sum()) + self.mates_cost
        return Objective(-cost, int(standing.points.min()), int(standing.points.sum()), self.aim)

    def counted(self, people: Whole, teams: Whole) -> tuple[Whole, Whole, Whole]:
        """Return (column, team, count) for every column that anybody in a team has."""
        width = max(1, self.block_of.size)
        each = np.diff(self.starts)[people]
        own = np.repeat(self.starts[people] - np.cumsum(each) + each, each) + np.arange(each.sum())
        cells, count = np.unique(np.repeat(teams, each) * width + self.columns[own], return_counts=True)
        return cells % width, cells // width, count

    def _raw_words(self, sizes: Whole, columns: Whole, team: Whole, count: Whole) -> Whole:
        raw = self.base[self.rows[sizes]]
        terms = self.terms[self.rows[sizes[team]], self.term_starts[columns] + count]
        np.add.at(raw, (team, self.block_of[columns]), terms)
        return raw

    def _raw_numbers(self, sizes: Whole, people: Whole, teams: Whole) -> Whole:
        """Minus the distance of means (times people and size), or the spread, or minus the spread."""
        sums = np.zeros((sizes.size, self.number_wishes.size), dtype=np.int64)
        squares = np.zeros_like(sums)
        np.add.at(sums, teams, self.numbers[people])
        np.add.at(squares, teams, self.numbers[people] ** 2)
        distance = np.abs(sums * len(self.people) - sizes[:, None] * self.numbers.sum(axis=0))
        spread = sizes[:, None] * squares - sums * sums
        return np.where(self.balanced, -distance, np.where(self.gathered, -spread, spread))

    def _lacking_a_shared_word(self, teams: int, columns: Whole, team: Whole, count: Whole) -> Whole:
        """Per rule, the people whose words are known, less those who have the most frequent one."""
        cost = np.zeros(teams, dtype=np.int64)
        for column in self.known:
            inside = self.block_of[columns] == self.block_of[column]
            knows = inside & (columns == column)
            most = np.zeros_like(cost)
            np.maximum.at(most, team[inside & ~knows], count[inside & ~knows])
            cost[team[knows]] += SHARED * count[knows]
            cost -= SHARED * most
        return cost

    def _short_of_hours(self, people: Whole, teams: Whole) -> Whole | int:
        if not self.quarters:
            return 0
        order = np.argsort(teams, kind="stable")
        first = np.searchsorted(teams[order], np.arange(int(teams.max()) + 1))
        common = np.bitwise_and.reduceat(self.free[self.hours[people[order]]], first, axis=0)
        missing = self.quarters - np.bitwise_count(common).sum(axis=1, dtype=np.int64)
        return np.where(missing > 0, HOURS + missing, 0)

    def _ties_inside(self, people: Whole, teams: Whole) -> Whole | int:
        if not self.ties.size:
            return 0
        every = len(self.people)
        seats = np.sort(teams * every + people)
        each = np.diff(self.tie_starts)[people]
        own = np.repeat(self.tie_starts[people] - np.cumsum(each) + each, each) + np.arange(each.sum())
        team = np.repeat(teams, each)
        wanted = team * every + self.ties[own]
        inside = seats[np.minimum(np.searchsorted(seats, wanted), seats.size - 1)] == wanted
        cost = np.zeros(int(teams.max()) + 1, dtype=np.int64)
        np.add.at(cost, team[inside], self.tie_costs[own[inside]])
        return cost // 2
