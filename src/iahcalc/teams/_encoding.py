"""From people, wishes and rules to the arrays of a ``Problem``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from iahcalc.teams._bounds import mean_bound, number_mean_bound, number_range, value_counts, word_measure
from iahcalc.teams._check import check, check_sizes
from iahcalc.teams._columns import Attributes, Columns
from iahcalc.teams._model import (
    Aim,
    Person,
    Rules,
    UnknownTeam,
    UnsuitableValue,
    Wish,
)
from iahcalc.teams._problem import Problem
from iahcalc.teams._sizes import allowed_sizes, team_sizes
from iahcalc.teams._ties import known_position, ties_of

Whole = npt.NDArray[np.int64]

# Below any raw number: whatever a team is like, it gets all points.
NOTHING_TO_GAIN = -(2**61)

# More values than any team has; there can be more of them than people.
NO_LIMIT = 2**31


def problem_of(
    people: Sequence[Person],
    wishes: Sequence[Wish],
    rules: Rules,
    *,
    aim: Aim = "worst",
    sizes: Sequence[int] | None = None,
    measured: Iterable[int] = (),
) -> Problem:
    """Turn people (each key once, at least one), wishes and rules into arrays.

    Args:
        people: any order.
        wishes, rules, aim: as in ``form_teams``.
        sizes: of the teams; without them, those the rules ask for. Others than the rules allow
            can be given; they cost what ``Problem.smallest`` and ``largest`` say.
        measured: further sizes that places may use, for a search that does not keep ``sizes``.

    Raises:
        ImpossibleSizes, UnknownPerson, UnknownTeam, UnsuitableValue: see ``TeamFault``.
    """
    check(wishes, rules, aim)
    check_sizes(rules)
    ordered = tuple(sorted(people, key=lambda person: person.key))
    sizes = team_sizes(len(ordered), rules) if sizes is None else tuple(sorted(sizes, reverse=True))
    smallest, largest = allowed_sizes(len(ordered), len(sizes), rules)
    measured = sorted({*sizes, *(size for size in measured if 1 <= size <= len(ordered))})
    rows = np.full(measured[-1] + 1, -1, dtype=np.int64)
    rows[measured] = np.arange(len(measured))
    attributes = Attributes(ordered)
    words, numbers = _Blocks(attributes, sizes, measured), _Numbers(attributes, sizes, measured)
    for number, wish in enumerate(wishes):
        (numbers if attributes.numeric(wish.attribute) else words).add(number, wish)
    limits = _rule_blocks(words, rules)
    starts, columns, block_of = words.side_by_side(len(ordered))
    zero, best = np.zeros((2, len(measured), len(wishes)), dtype=np.int64)
    for number, ranges in (words.ranges | numbers.ranges).items():
        zero[:, number] = [bottom for bottom, _ in ranges]
        best[:, number] = [top for _, top in ranges]
    flat = best <= zero
    zero[flat], best[flat] = NOTHING_TO_GAIN, NOTHING_TO_GAIN + 1
    free, hours = attributes.free()
    position = {person.key: index for index, person in enumerate(ordered)}
    tie_starts, ties, tie_costs, mates_cost = ties_of(rules, position)
    return Problem(
        people=ordered,
        wishes=tuple(wishes),
        rules=rules,
        aim=aim,
        sizes=sizes,
        smallest=smallest,
        largest=largest,
        rows=rows,
        starts=starts,
        columns=columns,
        block_of=block_of,
        term_starts=words.term_starts,
        terms=np.concatenate([np.zeros((len(measured), 0), dtype=np.int64), *words.terms], axis=1),
        base=np.array(words.base, dtype=np.int64).reshape(-1, len(measured)).T.copy(),
        word_wishes=np.array(list(words.ranges), dtype=np.int64),
        number_wishes=np.array(list(numbers.ranges), dtype=np.int64),
        numbers=np.array(numbers.columns, dtype=np.int64).reshape(-1, len(ordered)).T.copy(),
        balanced=np.array([wishes[number].kind == "balance" for number in numbers.ranges], dtype=np.bool_),
        gathered=np.array([wishes[number].kind == "gather" for number in numbers.ranges], dtype=np.bool_),
        zero=zero,
        span=best - zero,
        weight=np.array([_hundredths(wish.weight) for wish in wishes], dtype=np.int64),
        bounds=tuple((words.bounds | numbers.bounds)[number] for number in range(len(wishes))),
        lone_blocks=len(rules.at_least_two_of),
        most=np.array([most for most, _ in limits], dtype=np.int64),
        least=np.array([least for _, least in limits], dtype=np.int64),
        known=np.array(words.known, dtype=np.int64),
        free=free,
        hours=hours,
        quarters=quarters_of(rules),
        tie_starts=tie_starts,
        ties=ties,
        tie_costs=tie_costs,
        mates_cost=mates_cost,
        locked=_locked(rules, position, sizes),
    )


def quarters_of(rules: Rules) -> int:
    """Return the minimum of common hours in quarter-hours, rounded up."""
    return math.ceil(rules.minimum_common_hours * 4)


def _hundredths(weight: float) -> int:
    # A small weight is still a weight.
    return max(1, round(weight * 100)) if weight else 0


class _Blocks:
    """Blocks of columns about words, as they are collected."""

    def __init__(self, attributes: Attributes, sizes: tuple[int, ...], measured: Sequence[int]) -> None:
        self.attributes, self.sizes, self.measured = attributes, sizes, measured
        self.blocks: list[Columns] = []
        self.terms: list[Whole] = []
        self.base: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}
        self.bounds: dict[int, float] = {}
        self.known: list[int] = []

    def add(self, number: int, wish: Wish) -> None:
        columns = self.attributes.words(wish.attribute)
        if wish.kind == "balance":
            columns = columns.with_unknown()
        largest = self.measured[-1]
        measures = {size: word_measure(wish.kind, columns, size, largest) for size in self.measured}
        self.ranges[number] = [(measure.zero, measure.best) for measure in measures.values()]
        least = min(measures[size].best for size in self.sizes)
        self.bounds[number] = mean_bound(wish.kind, columns, self.sizes, least)
        terms = np.stack([measure.terms for measure in measures.values()])
        whole = np.array([measure.known_terms[-1] for measure in measures.values()])
        having = columns.each > 0
        if having.all() or not whole.any():
            self._append(columns, terms, whole)
            return
        # How many are known differs from team to team: one more column counts them.
        table = measures[largest].known_terms[: min(int(having.sum()), largest) + 1]
        self._append(
            columns.with_column(having),
            np.concatenate([terms, np.broadcast_to(table, (len(measures), table.size))], axis=1),
            np.zeros(len(measures), dtype=np.int64),
        )

    def add_rule(self, attribute: str, *, alone: bool) -> None:
        """Add a block that counts the lone, or the different values, of one attribute."""
        if self.attributes.numeric(attribute):
            raise UnsuitableValue(f"“{attribute}” is a number; a rule on its values needs words.")
        columns = self.attributes.words(attribute)
        _, value, count = value_counts(columns.held, self.measured[-1])
        # Whoever is the only one in the whole list would be alone in any team.
        terms = (count == 1) & (columns.held > 1)[value] if alone else count > 0
        self._append_rule(columns, terms.astype(np.int64))

    def add_shared(self, attribute: str, level: float) -> None:
        """Add a block of the words at a level, to find one that all who have words have."""
        if self.attributes.numeric(attribute):
            raise UnsuitableValue(f"“{attribute}” is a number; a rule on a shared word needs words.")
        columns = self.attributes.words(attribute, level).with_column(self.attributes.known(attribute))
        entries = int(value_counts(columns.held, self.measured[-1])[0][-1])
        self._append_rule(columns, np.zeros(entries, dtype=np.int64))
        self.known.append(sum(block.held.size for block in self.blocks) - 1)

    def _append_rule(self, columns: Columns, terms: Whole) -> None:
        rows = len(self.measured)
        self._append(columns, np.broadcast_to(terms, (rows, terms.size)), np.zeros(rows, dtype=np.int64))

    def _append(self, columns: Columns, terms: Whole, base: Whole) -> None:
        """Add a block; what its columns add for nobody goes into the base."""
        starts = value_counts(columns.held, self.measured[-1])[0]
        for_nobody = terms[:, starts[:-1]]
        self.blocks.append(columns)
        self.terms.append(terms - np.repeat(for_nobody, np.diff(starts), axis=1))
        self.base.append(base + for_nobody.sum(axis=1))

    @property
    def term_starts(self) -> Whole:
        held = np.concatenate([np.zeros(0, dtype=np.int64), *(block.held for block in self.blocks)])
        return value_counts(held, self.measured[-1])[0]

    def side_by_side(self, people: int) -> tuple[Whole, Whole, Whole]:
        """Return ``starts``, ``columns`` and ``block_of`` of all blocks together."""
        each = np.zeros(people, dtype=np.int64)
        for block in self.blocks:
            each += block.each
        starts = np.concatenate([[0], np.cumsum(each)])
        columns = np.empty(int(starts[-1]), dtype=np.int64)
        filled, before = starts[:-1].copy(), 0
        for block in self.blocks:
            own = np.repeat(filled - block.starts[:-1], block.each) + np.arange(block.codes.size)
            columns[own] = block.codes + before
            filled += block.each
            before += block.held.size
        widths = [block.held.size for block in self.blocks]
        return starts, columns, np.repeat(np.arange(len(widths)), np.array(widths, dtype=np.int64))


class _Numbers:
    """Columns of numbers, as they are collected."""

    def __init__(self, attributes: Attributes, sizes: tuple[int, ...], measured: Sequence[int]) -> None:
        self.attributes, self.sizes, self.measured = attributes, sizes, measured
        self.bounds: dict[int, float] = {}
        self.columns: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}

    def add(self, number: int, wish: Wish) -> None:
        if wish.kind == "cover":
            raise UnsuitableValue(f"“{wish.attribute}” is a number, which a team cannot cover.")
        values = self.attributes.numbers(wish.attribute)
        self.columns.append(values)
        ranges = {size: number_range(wish.kind, values, size) for size in self.measured}
        self.ranges[number] = list(ranges.values())
        # The furthest zero of the sizes there are, so that the bound holds for teams of each.
        far = max(-ranges[size][0] for size in self.sizes)
        self.bounds[number] = number_mean_bound(wish.kind, values, self.sizes, far)


def _rule_blocks(words: _Blocks, rules: Rules) -> list[tuple[int, int]]:
    for attribute in rules.at_least_two_of:
        words.add_rule(attribute, alone=True)
    limits = [(attribute, limit, 0) for attribute, limit in rules.at_most_different.items()]
    limits += [(attribute, NO_LIMIT, limit) for attribute, limit in rules.at_least_different.items()]
    for attribute, _, _ in limits:
        words.add_rule(attribute, alone=False)
    for shared in rules.shared:
        words.add_shared(shared.attribute, shared.level)
    return [(most, least) for _, most, least in limits]


def _locked(rules: Rules, position: Mapping[str, int], sizes: tuple[int, ...]) -> Whole:
    """Return the team index of locked people, -1 for others and for those who no longer fit in.

    Sizes always hold: of more people locked into a team than it may have, the first by key stay.
    """
    locked = np.full(len(position), -1, dtype=np.int64)
    filled = [0] * len(sizes)
    larger = sum(size == sizes[0] for size in sizes)
    for key, number in sorted(rules.locked.items()):
        index = known_position(key, position)
        if not 1 <= number <= len(sizes):
            raise UnknownTeam(f"{key} is locked into team {number}, but the teams are 1 to {len(sizes)}.")
        # Only so many teams may have the larger size.
        full_large = sum(count == sizes[0] for count in filled) >= larger
        limit = sizes[0] if not full_large else sizes[-1]
        if filled[number - 1] < limit:
            filled[number - 1] += 1
            locked[index] = number - 1
    return locked
