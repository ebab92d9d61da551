"""From people, wishes and rules to the arrays of a ``Problem``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._bounds import mean_bound, number_range, word_measure
from iahcalc.teams._model import (
    KINDS,
    QUARTERS_A_WEEK,
    Person,
    Rules,
    UnknownPerson,
    UnknownTeam,
    UnsuitableValue,
    Wish,
)
from iahcalc.teams._problem import MATES, Problem
from iahcalc.teams._sizes import team_sizes
from iahcalc.teams._values import is_numeric, number_of, words_of

Whole = npt.NDArray[np.int64]

# Below any raw number and safely multiplied by POINTS: whatever a team is like, it gets all points.
NOTHING_TO_GAIN = -(2**40)


def problem_of(people: Sequence[Person], wishes: Sequence[Wish], rules: Rules) -> Problem:
    """Turn people (each key once, at least one), wishes and rules into arrays.

    Raises:
        ImpossibleSizes, UnknownPerson, UnknownTeam, UnsuitableValue: see ``TeamFault``.
    """
    ordered = tuple(sorted(people, key=lambda person: person.key))
    sizes = team_sizes(len(ordered), rules)
    _check(ordered, wishes, rules)
    position = {person.key: index for index, person in enumerate(ordered)}
    words, numbers = _Words(ordered, sizes), _Numbers(ordered, sizes)
    for number, wish in enumerate(wishes):
        (numbers if is_numeric(ordered, wish.attribute) else words).add(number, wish)
    limits = _rule_blocks(words, rules)
    zero, best = np.zeros((2, len(wishes)), dtype=np.int64), np.zeros((2, len(wishes)), dtype=np.int64)
    for number, ranges in (words.ranges | numbers.ranges).items():
        zero[:, number] = [bottom for bottom, _ in ranges]
        best[:, number] = [top for _, top in ranges]
    flat = best <= zero
    zero[flat], best[flat] = NOTHING_TO_GAIN, NOTHING_TO_GAIN + 1
    mates, mates_cost = _mates(rules, position)
    return Problem(
        people=ordered,
        wishes=tuple(wishes),
        rules=rules,
        sizes=sizes,
        has=_side_by_side(words.has, len(ordered)),
        terms=_tables(words.terms, sizes[0] + 1),
        blocks=np.cumsum([0, *(part.shape[1] for part in words.has)])[:-1],
        word_wishes=np.array(list(words.ranges), dtype=np.int64),
        number_wishes=np.array(list(numbers.ranges), dtype=np.int64),
        numbers=_side_by_side([column[:, None] for column in numbers.columns], len(ordered)),
        balanced=np.array([wishes[number].kind == "balance" for number in numbers.ranges], dtype=np.bool_),
        gathered=np.array([wishes[number].kind == "gather" for number in numbers.ranges], dtype=np.bool_),
        zero=zero,
        span=best - zero,
        weight=np.array([_hundredths(wish.weight) for wish in wishes], dtype=np.int64),
        bounds=tuple(words.bounds.get(number, 1.0) for number in range(len(wishes))),
        lone_blocks=len(rules.at_least_two_of),
        most=np.array([most for most, _ in limits], dtype=np.int64),
        least=np.array([least for _, least in limits], dtype=np.int64),
        free=_free_bits(ordered),
        quarters=quarters_of(rules),
        mates=mates,
        mates_cost=mates_cost,
        locked=_locked(rules, position, sizes),
    )


def quarters_of(rules: Rules) -> int:
    """Return the minimum of common hours in quarter-hours, rounded up."""
    return math.ceil(rules.minimum_common_hours * 4)


def _hundredths(weight: float) -> int:
    # A small weight is still a weight.
    return max(1, round(weight * 100)) if weight else 0


class _Words:
    """Blocks of columns about words, as they are collected."""

    def __init__(self, people: tuple[Person, ...], sizes: tuple[int, ...]) -> None:
        self.people, self.sizes = people, sizes
        self.has: list[Whole] = []
        self.terms: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}
        self.bounds: dict[int, float] = {}

    def add(self, number: int, wish: Wish) -> None:
        has = _columns(self.people, wish.attribute, unknown_is_a_value=wish.kind == "balance")
        small, large = self.sizes[-1], self.sizes[0]
        measures = [word_measure(wish.kind, has, size, large + 1) for size in (small, large)]
        self.ranges[number] = [(measure.zero, measure.best) for measure in measures]
        least = min(measure.best for measure in measures)
        self.bounds[number] = mean_bound(wish.kind, has, self.sizes, least)
        self._append(has, np.stack([measure.terms for measure in measures]))

    def add_rule(self, attribute: str, *, alone: bool) -> None:
        """Add a block that counts the lone, or the different values, of one attribute."""
        if is_numeric(self.people, attribute):
            raise UnsuitableValue(f"“{attribute}” is a number; a rule on its values needs words.")
        has = _columns(self.people, attribute, unknown_is_a_value=False)
        counts = np.arange(self.sizes[0] + 1)
        terms = np.zeros((2, has.shape[1] + 1, counts.size), dtype=np.int64)
        # Whoever is the only one in the whole list would be alone in any team.
        terms[:, :-1] = (counts == 1) & (has.sum(axis=0) > 1)[:, None] if alone else counts > 0
        self._append(has, terms)

    def _append(self, has: Whole, terms: Whole) -> None:
        known = (has.sum(axis=1, keepdims=True) > 0).astype(np.int64)
        self.has.append(np.concatenate([has, known], axis=1))
        self.terms.append(terms)


class _Numbers:
    """Columns of numbers, as they are collected."""

    def __init__(self, people: tuple[Person, ...], sizes: tuple[int, ...]) -> None:
        self.people, self.sizes = people, sizes
        self.columns: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}

    def add(self, number: int, wish: Wish) -> None:
        if wish.kind == "cover":
            raise UnsuitableValue(f"“{wish.attribute}” is a number, which a team cannot cover.")
        values = _scaled([number_of(person, wish.attribute) for person in self.people])
        self.columns.append(values)
        self.ranges[number] = [number_range(wish.kind, values, self.sizes[which]) for which in (-1, 0)]


def _rule_blocks(words: _Words, rules: Rules) -> list[tuple[int, int]]:
    for attribute in rules.at_least_two_of:
        words.add_rule(attribute, alone=True)
    limits = [(attribute, limit, 0) for attribute, limit in rules.at_most_different.items()]
    limits += [(attribute, len(words.people), limit) for attribute, limit in rules.at_least_different.items()]
    for attribute, _, _ in limits:
        words.add_rule(attribute, alone=False)
    return [(most, least) for _, most, least in limits]


def _check(people: tuple[Person, ...], wishes: Sequence[Wish], rules: Rules) -> None:
    for wish in wishes:
        if wish.kind not in KINDS:
            raise UnsuitableValue(f"“{wish.kind}” is not a kind of wish; the kinds are {', '.join(KINDS)}.")
        if not (math.isfinite(wish.weight) and 0 <= wish.weight <= 1000):
            raise UnsuitableValue(
                f"The weight of “{wish.attribute}” must be from 0 to 1000, not {wish.weight}."
            )
    if not 0 <= rules.minimum_common_hours <= QUARTERS_A_WEEK / 4:
        raise UnsuitableValue(
            f"The minimum of common hours must be from 0 to 168 a week, not {rules.minimum_common_hours}."
        )
    _check_limits(rules.at_most_different)
    _check_limits(rules.at_least_different)
    for person in people:
        if person.free and not all(0 <= quarter < QUARTERS_A_WEEK for quarter in person.free):
            raise UnsuitableValue(f"The free hours of {person.name} must be quarter-hours from 0 to 671.")


def _check_limits(limits: Mapping[str, int]) -> None:
    for attribute, limit in limits.items():
        if limit < 1:
            raise UnsuitableValue(
                f"The number of different values of “{attribute}” must be 1 or more, not {limit}."
            )


def _columns(people: tuple[Person, ...], attribute: str, *, unknown_is_a_value: bool) -> Whole:
    held = [words_of(person, attribute) for person in people]
    column = {word: index for index, word in enumerate(sorted({word for words in held for word in words}))}
    has = np.zeros((len(people), len(column)), dtype=np.int64)
    for row, words in enumerate(held):
        for word in words:
            has[row, column[word]] = 1
    unknown = has.sum(axis=1) == 0
    if unknown_is_a_value and unknown.any():
        has = np.concatenate([has, unknown[:, None].astype(np.int64)], axis=1)
    return has


def _scaled(values: list[float | None]) -> Whole:
    """Return numbers as whole thousandths of their range; an unknown one as the mean."""
    # Exact fractions: a range too wide or too narrow for floating point cannot break anything.
    known = [Fraction(value) for value in values if value is not None]
    low, width = min(known), (max(known) - min(known)) or Fraction(1)
    whole = [round((value - low) / width * 1000) for value in known]
    mean = (2 * sum(whole) + len(whole)) // (2 * len(whole))
    scaled = iter(whole)
    return np.array([mean if value is None else next(scaled) for value in values], dtype=np.int64)


def _side_by_side(parts: list[Whole], people: int) -> Whole:
    return np.concatenate([np.zeros((people, 0), dtype=np.int64), *parts], axis=1)


def _tables(parts: list[Whole], counts: int) -> Whole:
    return np.concatenate([np.zeros((2, 0, counts), dtype=np.int64), *parts], axis=1)


def _free_bits(people: tuple[Person, ...]) -> npt.NDArray[np.uint64]:
    free = np.zeros((len(people), (QUARTERS_A_WEEK + 63) // 64 * 64), dtype=np.bool_)
    for row, person in enumerate(people):
        if person.free is None:
            free[row, :QUARTERS_A_WEEK] = True
        else:
            free[row, list(person.free)] = True
    return np.packbits(free, axis=1).view(np.uint64)


def _mates(rules: Rules, position: Mapping[str, int]) -> tuple[Whole | None, int]:
    if not rules.together and not rules.apart:
        return None, 0
    mates = np.zeros((len(position), len(position)), dtype=np.int64)
    cost = 0
    for groups, sign in ((rules.together, -MATES), (rules.apart, MATES)):
        # The same pair in two groups is one rule, not two.
        pairs = {
            frozenset(pair)
            for group in groups
            for pair in combinations(sorted({_known(key, position) for key in group}), 2)
        }
        for one, other in map(sorted, pairs):
            mates[one, other] += sign
            mates[other, one] += sign
        cost += MATES * len(pairs) if sign < 0 else 0
    return mates, cost


def _locked(rules: Rules, position: Mapping[str, int], sizes: tuple[int, ...]) -> Whole:
    """Return the team index of locked people, -1 for others and for those who no longer fit in.

    Sizes always hold: of more people locked into a team than it may have, the first by key stay.
    """
    locked = np.full(len(position), -1, dtype=np.int64)
    filled = [0] * len(sizes)
    larger = sum(size == sizes[0] for size in sizes)
    for key, number in sorted(rules.locked.items()):
        index = _known(key, position)
        if not 1 <= number <= len(sizes):
            raise UnknownTeam(f"{key} is locked into team {number}, but the teams are 1 to {len(sizes)}.")
        # Only so many teams may have the larger size.
        full_large = sum(count == sizes[0] for count in filled) >= larger
        limit = sizes[0] if not full_large else sizes[-1]
        if filled[number - 1] < limit:
            filled[number - 1] += 1
            locked[index] = number - 1
    return locked


def _known(key: str, position: Mapping[str, int]) -> int:
    if key not in position:
        raise UnknownPerson(f"A rule names “{key}”, but nobody in the list has this key.")
    return position[key]
