"""Proofs about who can meet whom: too few possible team-mates, islands, too many who must all be apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._conflict import LARGE, Conflict, Task, proved
from iahcalc.teams._model import Person
from iahcalc.teams._problem import Bits
from iahcalc.teams._values import words_at, words_of
from iahcalc.teams._violations import common_quarters, shared_words
from iahcalc.teams._weeks import bits_of

Row = npt.NDArray[np.bool_]

ISLANDS_UP_TO = 600
"""In longer lists nobody looks for groups that can only meet each other."""

NEVER_ALONE_UP_TO = 50
"""Of a value that more people have, somebody can always join."""


class Mates:
    """Who can share a team with whom, person by person: no table of all pairs is ever made."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.position = {person.key: index for index, person in enumerate(task.people)}

    @cached_property
    def _free(self) -> Bits:
        return bits_of([person.free for person in self.task.people])

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The rules that can keep two people from sharing a team."""
        task = self.task
        held = {
            "minimum_common_hours": task.quarters > 0,
            "shared": bool(task.rules.shared),
            "apart": bool(task.rules.apart),
            "not_again": bool(task.rules.not_again),
        }
        return tuple(rule for rule, is_set in held.items() if is_set)

    def overlaps(self, one: int) -> npt.NDArray[np.int64]:
        """Return the quarter-hours that each person shares with one."""
        return np.asarray(np.bitwise_count(self._free & self._free[one]).sum(axis=1, dtype=np.int64))

    def can_meet(self, one: int, rule: str) -> Row:
        """Tell of each person whether the rule lets them share a team with one."""
        if rule == "minimum_common_hours":
            return np.asarray(self.overlaps(one) >= self.task.quarters)
        if rule == "shared":
            rows = [self._share(one, table, known) for table, known in self._words]
            return np.asarray(np.all(rows, axis=0))
        met = np.ones(len(self.task.people), dtype=np.bool_)
        barred = self.task.barred.get(self.task.people[one].key, {})
        met[[self.position[key] for key, by in barred.items() if by == rule]] = False
        return met

    def _share(self, one: int, table: Row, known: Row) -> Row:
        if not known[one]:
            return np.ones(len(known), dtype=np.bool_)
        return np.asarray((table[:, table[one]]).any(axis=1) | ~known)

    @cached_property
    def _words(self) -> list[tuple[Row, Row]]:
        found = []
        for shared in self.task.rules.shared:
            reached = [words_at(person, shared.attribute, shared.level) for person in self.task.people]
            column = {word: i for i, word in enumerate(sorted({w for own in reached for w in own}))}
            table = np.zeros((len(reached), len(column)), dtype=np.bool_)
            for row, own in enumerate(reached):
                table[row, [column[word] for word in own]] = True
            known = np.array([bool(words_of(person, shared.attribute)) for person in self.task.people])
            found.append((table, known))
        return found


def about_mates(
    task: Task, mates: Mates, suspects: Sequence[Person], known: AbstractSet[str]
) -> Iterator[Conflict]:
    """Yield the conflicts of people who find too few team-mates.

    Args:
        task: people and rules.
        mates: who can meet whom.
        suspects: people of teams in which a rule is broken: a conflict is about some of them.
        known: keys of people who can be in no team at all, which is said already.
    """
    said = set(known)
    for person in suspects[:LARGE]:
        found = _too_few_mates(task, mates, mates.position[person.key])
        if found is not None:
            said.add(person.key)
            yield found
    if len(task.people) <= ISLANDS_UP_TO:
        yield from _islands(task, mates, said)
    for person in suspects[:LARGE]:
        yield from _never_in_company(task, person)


def about_barred(task: Task) -> Iterator[Conflict]:
    """Yield the conflicts of many people of whom no two are to meet."""
    said: list[set[str]] = []
    for rule, groups in (("apart", task.rules.apart), ("not_again", task.rules.not_again)):
        for group in groups:
            here = {key for key in group if key in task.by_key}
            if len(here) > task.teams and here not in said:
                said.append(here)
                yield _too_many_apart(task, task.named(here), [rule])
    clique = _clique(task)
    if len(clique) > task.teams and not any(group & set(clique) == group for group in said):
        people = task.named(clique)
        rules = {task.barred[one][other] for one, other in combinations(clique, 2)}
        yield _too_many_apart(task, people, sorted(rules))
    for because in (["not_again"], ["apart"], ["apart", "not_again"]):
        most = _largest_without_meeting(task, because)
        if most < task.largest:
            yield proved("too_few_earlier_teams", because, because=because, count=most, size=task.largest)
            break


def _too_few_mates(task: Task, mates: Mates, one: int) -> Conflict | None:
    """Return the conflict of a person with fewer possible team-mates than the smallest team needs."""
    needed = task.smallest - 1
    open_to = {rule: mates.can_meet(one, rule) for rule in mates.rules}
    # As few rules as possible: two are named only where neither of them is enough.
    for number in range(1, len(open_to) + 1):
        for because in combinations(open_to, number):
            count = int(np.logical_and.reduce([open_to[rule] for rule in because]).sum())
            # The person counts as their own mate, unless never free or without a word: said elsewhere.
            count -= all(open_to[rule][one] for rule in because)
            if count < needed and all(open_to[rule][one] for rule in because):
                person = task.people[one]
                return proved(
                    "too_few_mates",
                    because,
                    [person],
                    name=person.name,
                    because=list(because),
                    count=count,
                    needed=needed,
                    best=_best_hours(mates, one, needed) if because == ("minimum_common_hours",) else 0,
                )
    return None


def _best_hours(mates: Mates, one: int, needed: int) -> float:
    """Return the hours that a person shares with as many others as a team needs."""
    overlaps = np.delete(mates.overlaps(one), one)
    return float(np.sort(overlaps)[::-1][needed - 1]) / 4


def _islands(task: Task, mates: Mates, said: set[str]) -> Iterator[Conflict]:
    """Yield groups that can only meet each other and do not fill teams of the sizes there are."""
    sums = 1
    for size in task.sizes:
        sums |= sums << size
    rules = [rule for rule in mates.rules if rule in {"minimum_common_hours", "shared"}]
    for because in [(rule,) for rule in rules] + ([tuple(rules)] if len(rules) > 1 else []):
        found = [island for island in _components(mates, because) if not sums >> len(island) & 1]
        # One group too many and one too few are one conflict: the smallest says it.
        island = min(found, key=lambda one: (len(one), one), default=None)
        if island is not None:
            people = [task.people[index] for index in island]
            if not said & {person.key for person in people}:
                yield proved(
                    "people_for_themselves",
                    because,
                    people,
                    because=list(because),
                    names=[person.name for person in people],
                    count=len(people),
                )
            return


def _components(mates: Mates, because: Sequence[str]) -> Iterator[list[int]]:
    left = set(range(len(mates.task.people)))
    while left:
        island = {min(left)}
        queue = list(island)
        for one in queue:
            row = np.logical_and.reduce([mates.can_meet(one, rule) for rule in because])
            following = set(np.flatnonzero(row).tolist()) - island
            island |= following
            queue += sorted(following)
        left -= island
        yield sorted(island)


def _never_in_company(task: Task, person: Person) -> Iterator[Conflict]:
    """Yield the values with which a person is alone, since nobody else who has them can join."""
    for attribute in task.rules.at_least_two_of:
        for word in words_of(person, attribute):
            held = task.everyone.holders(attribute)[word]
            if not 1 < held <= NEVER_ALONE_UP_TO:
                continue
            others = [other for other in task.holders_of(attribute, word) if other.key != person.key]
            why = [_barrier(task, person, other) for other in others]
            if all(why):
                because = sorted({rule for rules in why for rule in rules})
                yield proved(
                    "never_in_company",
                    ["at_least_two_of", *because],
                    [person, *others],
                    name=person.name,
                    attribute=attribute,
                    value=word,
                    names=[other.name for other in others],
                    because=because,
                )


def _barrier(task: Task, one: Person, other: Person) -> tuple[str, ...]:
    """Return the rules that keep two people, with all who must be with them, from sharing a team."""
    groups = (task.group_of[one.key], task.group_of[other.key])
    if groups[0] is groups[1]:
        return ()
    by = tuple(dict.fromkeys(rule for group in groups for rule in group.by))
    teams = {group.team for group in groups if group.team is not None}
    if len(teams) > 1:
        return by
    people = {person.key: person for group in groups for person in group.people}
    for key in groups[0].people:
        for barred, rule in task.barred.get(key.key, {}).items():
            if barred in people and barred in {person.key for person in groups[1].people}:
                return (rule, *(by if {key.key, barred} != {one.key, other.key} else ()))
    slots = common_quarters(list(people.values()))
    if slots is not None and len(slots) < task.quarters:
        return ("minimum_common_hours", *(by if len(people) > 2 else ()))
    if any(shared_words(list(people.values()), shared) == [] for shared in task.rules.shared):
        return ("shared", *(by if len(people) > 2 else ()))
    return (*by,) if len(people) > task.largest else ()


def _too_many_apart(task: Task, people: Sequence[Person], rules: Sequence[str]) -> Conflict:
    return proved(
        "too_many_apart",
        rules,
        people,
        because=list(rules),
        names=[person.name for person in people],
        count=len(people),
        teams=task.teams,
    )


def _clique(task: Task) -> list[str]:
    """Return a large set of people of whom no two are to meet, grown person by person from each."""
    best: list[str] = []
    barred: Mapping[str, Mapping[str, str]] = task.barred
    if not 1 < len(barred) <= LARGE:
        return best
    for start in sorted(barred):
        clique, candidates = [start], set(barred[start])
        while candidates:
            # Whoever keeps the most candidates; of equally good ones the first.
            following = min(candidates, key=lambda key: (-len(candidates & barred[key].keys()), key))
            clique.append(following)
            candidates &= barred[following].keys()
        best = max(best, clique, key=len)
    return sorted(best)


def _largest_without_meeting(task: Task, rules: Sequence[str]) -> int:
    """Return a bound on the size of a team of whom no two are to meet: one of each group, and the rest."""
    groups = [
        {key for key in group if key in task.by_key}
        for rule in rules
        for group in (task.rules.apart if rule == "apart" else task.rules.not_again)
    ]
    left, number = set(task.by_key), 0
    for group in sorted(groups, key=lambda one: (-len(one), sorted(one)[:1])):
        if len(group & left) > 1:
            left -= group
            number += 1
    return number + len(left)
