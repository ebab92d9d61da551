"""From people, wishes and rules to the arrays of a ``Problem``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._bounds import mean_bound, number_range, word_measure
from iahcalc.teams._model import (
    AIMS,
    KINDS,
    QUARTERS_A_WEEK,
    Aim,
    Person,
    Rules,
    UnknownPerson,
    UnknownTeam,
    UnsuitableValue,
    Wish,
)
from iahcalc.teams._problem import AGAIN, MATES, Problem
from iahcalc.teams._sizes import allowed_sizes, team_sizes
from iahcalc.teams._values import is_numeric, number_of, words_at, words_of

Whole = npt.NDArray[np.int64]

# Below any raw number and safely multiplied by POINTS: whatever a team is like, it gets all points.
NOTHING_TO_GAIN = -(2**40)


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
    ordered = tuple(sorted(people, key=lambda person: person.key))
    sizes = team_sizes(len(ordered), rules) if sizes is None else tuple(sorted(sizes, reverse=True))
    smallest, largest = allowed_sizes(len(ordered), len(sizes), rules)
    known_sizes = sorted({*sizes, *(size for size in measured if 1 <= size <= len(ordered))})
    rows = np.full(known_sizes[-1] + 1, -1, dtype=np.int64)
    rows[known_sizes] = np.arange(len(known_sizes))
    _check(ordered, wishes, rules, aim)
    position = {person.key: index for index, person in enumerate(ordered)}
    words, numbers = _Words(ordered, sizes, known_sizes), _Numbers(ordered, known_sizes)
    for number, wish in enumerate(wishes):
        (numbers if is_numeric(ordered, wish.attribute) else words).add(number, wish)
    limits = _rule_blocks(words, rules)
    zero, best = np.zeros((2, len(known_sizes), len(wishes)), dtype=np.int64)
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
        aim=aim,
        sizes=sizes,
        smallest=smallest,
        largest=largest,
        rows=rows,
        has=_side_by_side(words.has, len(ordered)),
        terms=_tables(words.terms, (len(known_sizes), 0, known_sizes[-1] + 1)),
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

    def __init__(
        self, people: tuple[Person, ...], sizes: tuple[int, ...], known_sizes: Sequence[int]
    ) -> None:
        self.people, self.sizes, self.known_sizes = people, sizes, known_sizes
        self.has: list[Whole] = []
        self.terms: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}
        self.bounds: dict[int, float] = {}

    def add(self, number: int, wish: Wish) -> None:
        has = _columns(self.people, wish.attribute, unknown_is_a_value=wish.kind == "balance")
        counts = self.known_sizes[-1] + 1
        measures = {size: word_measure(wish.kind, has, size, counts) for size in self.known_sizes}
        self.ranges[number] = [(measure.zero, measure.best) for measure in measures.values()]
        least = min(measures[size].best for size in self.sizes)
        self.bounds[number] = mean_bound(wish.kind, has, self.sizes, least)
        self._append(has, np.stack([measure.terms for measure in measures.values()]))

    def add_rule(self, attribute: str, *, alone: bool) -> None:
        """Add a block that counts the lone, or the different values, of one attribute."""
        if is_numeric(self.people, attribute):
            raise UnsuitableValue(f"“{attribute}” is a number; a rule on its values needs words.")
        has = _columns(self.people, attribute, unknown_is_a_value=False)
        counts = np.arange(self.known_sizes[-1] + 1)
        terms = np.zeros((len(self.known_sizes), has.shape[1] + 1, counts.size), dtype=np.int64)
        # Whoever is the only one in the whole list would be alone in any team.
        terms[:, :-1] = (counts == 1) & (has.sum(axis=0) > 1)[:, None] if alone else counts > 0
        self._append(has, terms)

    def add_shared(self, attribute: str, level: float) -> None:
        """Add a block of the words at a level, to find one that all who have words have."""
        if is_numeric(self.people, attribute):
            raise UnsuitableValue(f"“{attribute}” is a number; a rule on a shared word needs words.")
        known = np.array([[bool(words_of(person, attribute))] for person in self.people], dtype=np.int64)
        has = _columns(self.people, attribute, unknown_is_a_value=False, level=level)
        self.has.append(np.concatenate([has, known], axis=1))
        self.terms.append(
            np.zeros((len(self.known_sizes), has.shape[1] + 1, self.known_sizes[-1] + 1), dtype=np.int64)
        )

    def _append(self, has: Whole, terms: Whole) -> None:
        known = (has.sum(axis=1, keepdims=True) > 0).astype(np.int64)
        self.has.append(np.concatenate([has, known], axis=1))
        self.terms.append(terms)


class _Numbers:
    """Columns of numbers, as they are collected."""

    def __init__(self, people: tuple[Person, ...], known_sizes: Sequence[int]) -> None:
        self.people, self.known_sizes = people, known_sizes
        self.columns: list[Whole] = []
        self.ranges: dict[int, list[tuple[int, int]]] = {}

    def add(self, number: int, wish: Wish) -> None:
        if wish.kind == "cover":
            raise UnsuitableValue(f"“{wish.attribute}” is a number, which a team cannot cover.")
        values = _scaled([number_of(person, wish.attribute) for person in self.people])
        self.columns.append(values)
        self.ranges[number] = [number_range(wish.kind, values, size) for size in self.known_sizes]


def _rule_blocks(words: _Words, rules: Rules) -> list[tuple[int, int]]:
    for attribute in rules.at_least_two_of:
        words.add_rule(attribute, alone=True)
    limits = [(attribute, limit, 0) for attribute, limit in rules.at_most_different.items()]
    limits += [(attribute, len(words.people), limit) for attribute, limit in rules.at_least_different.items()]
    for attribute, _, _ in limits:
        words.add_rule(attribute, alone=False)
    for shared in rules.shared:
        words.add_shared(shared.attribute, shared.level)
    return [(most, least) for _, most, least in limits]


def _check(people: tuple[Person, ...], wishes: Sequence[Wish], rules: Rules, aim: Aim) -> None:
    if aim not in AIMS:
        raise UnsuitableValue(f"“{aim}” is not an aim; the aims are {', '.join(AIMS)}.")
    for shared in rules.shared:
        if math.isnan(shared.level):
            raise UnsuitableValue(f"The level of a shared “{shared.attribute}” must be a number.")
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


def _columns(
    people: tuple[Person, ...], attribute: str, *, unknown_is_a_value: bool, level: float = -math.inf
) -> Whole:
    held = [words_at(person, attribute, level) for person in people]
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


def _tables(parts: list[Whole], empty: tuple[int, int, int]) -> Whole:
    return np.concatenate([np.zeros(empty, dtype=np.int64), *parts], axis=1)


def _free_bits(people: tuple[Person, ...]) -> npt.NDArray[np.uint64]:
    free = np.zeros((len(people), (QUARTERS_A_WEEK + 63) // 64 * 64), dtype=np.bool_)
    for row, person in enumerate(people):
        if person.free is None:
            free[row, :QUARTERS_A_WEEK] = True
        else:
            free[row, list(person.free)] = True
    return np.packbits(free, axis=1).view(np.uint64)


def _mates(rules: Rules, position: Mapping[str, int]) -> tuple[Whole | None, int]:
    if not rules.together and not rules.apart and not rules.not_again:
        return None, 0
    # Who took part last time and is no longer in the list meets nobody.
    met = tuple(tuple(key for key in group if key in position) for group in rules.not_again)
    mates = np.zeros((len(position), len(position)), dtype=np.int64)
    cost = 0
    for groups, price in ((rules.together, -MATES), (rules.apart, MATES), (met, AGAIN)):
        # The same pair in two groups is one rule, not two.
        pairs = {
            frozenset(pair)
            for group in groups
            for pair in combinations(sorted({_known(key, position) for key in group}), 2)
        }
        for one, other in map(sorted, pairs):
            mates[one, other] += price
            mates[other, one] += price
        cost += MATES * len(pairs) if price < 0 else 0
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
