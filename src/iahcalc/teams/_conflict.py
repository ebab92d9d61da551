"""Rules that cannot hold together, and the task as the proofs see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iahcalc.teams._encoding import quarters_of
from iahcalc.teams._everyone import Everyone
from iahcalc.teams._model import Person, Rules
from iahcalc.teams._phrases import counted
from iahcalc.teams._reasons import Reason
from iahcalc.teams._values import words_of

LARGE = 500
"""Pairs of a larger group are not looked at one by one."""


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be kept.

    Attributes:
        rules: names of the fields of ``Rules`` that cannot hold together, or one that cannot hold at
            all; “sizes” for the numbers and sizes of teams.
        people: keys of those it is about; empty when it is about everybody.
        proved: no teams of these sizes keep these rules, see ``teams``. Otherwise it is a finding by trial.
        reasons: what is in the way, and what to do.
        teams: how many teams a proof is about; another number may keep the rules, and where the sizes leave
            a choice and nothing is proved against one, the last of ``reasons`` names it.
    """

    rules: tuple[str, ...]
    people: tuple[str, ...]
    proved: bool
    reasons: tuple[Reason, ...]
    teams: int | None = None

    @property
    def scope(self) -> str:
        """What a proof is about, in English; empty where there is none."""
        if not self.proved or self.teams is None:
            return ""
        return (
            f"proved for {counted(self.teams, 'team')} of {'this size' if self.teams == 1 else 'these sizes'}"
        )

    @property
    def english(self) -> str:
        """The conflict in one plain English sentence, with what to do."""
        text = "; ".join(reason.english for reason in self.reasons)
        return f"{text[:1].upper()}{text[1:]}."


def proved(code: str, rules: Iterable[str], people: Sequence[Person] = (), **given: object) -> Conflict:
    """Return a conflict that follows from the rules. ``people`` are named in the order of their keys."""
    keys = tuple(sorted({person.key for person in people}))
    return Conflict(tuple(dict.fromkeys(rules)), keys, True, (Reason(code, given, people=keys),))


@dataclass(frozen=True)
class Forced:
    """People who must share a team. ``by``: the rules that force them; a single person has none."""

    people: tuple[Person, ...]
    by: tuple[str, ...] = ()
    team: int | None = None

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.people]


class Task:
    """People, rules and the sizes of the teams that were formed, the larger ones first."""

    def __init__(self, everyone: Everyone, rules: Rules, sizes: Sequence[int]) -> None:
        self.everyone, self.people, self.rules = everyone, everyone.people, rules
        self.sizes = tuple(sorted(sizes, reverse=True))
        self.largest, self.smallest, self.teams = self.sizes[0], self.sizes[-1], len(self.sizes)
        self.quarters = quarters_of(rules)
        self._most_words: dict[str, int] = {}
        self._holders: dict[str, Mapping[str, Sequence[Person]]] = {}
        self.by_key: Mapping[str, Person] = {person.key: person for person in self.people}

    @cached_property
    def clusters(self) -> tuple[Forced, ...]:
        """People who share a team by the rule who is together, in groups of two or more."""
        return tuple(
            Forced(self.named(keys), ("together",)) for keys in joined(self.rules.together) if len(keys) > 1
        )

    @cached_property
    def locked_groups(self) -> tuple[Forced, ...]:
        """People locked into one team, by team; also single ones."""
        inside: dict[int, list[str]] = defaultdict(list)
        for key, number in self.rules.locked.items():
            inside[number].append(key)
        return tuple(Forced(self.named(keys), ("locked",), number) for number, keys in sorted(inside.items()))

    @cached_property
    def locked_clusters(self) -> tuple[Forced, ...]:
        """People in one team by both rules. Clusters locked into several teams are left out: see there."""
        wider = []
        for group in self.locked_groups:
            keys = {person.key for person in group.people}
            added = {
                person.key
                for cluster in self.clusters
                if keys & (own := {person.key for person in cluster.people})
                and len({self.rules.locked[key] for key in own & self.rules.locked.keys()}) == 1
                for person in cluster.people
            }
            if added - keys:
                wider.append(Forced(self.named(keys | added), ("locked", "together"), group.team))
        return tuple(wider)

    @cached_property
    def group_of(self) -> Mapping[str, Forced]:
        """Key -> everybody who must be with this person, the person alone if nobody."""
        found = {person.key: Forced((person,)) for person in self.people}
        for group in (*self.clusters, *self.locked_groups, *self.locked_clusters):
            for person in group.people:
                if len(group.people) >= len(found[person.key].people):
                    found[person.key] = group
        return found

    @cached_property
    def barred(self) -> Mapping[str, Mapping[str, str]]:
        """Key -> key -> the rule by which the two are not to meet; only those that have such a rule."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for rule, groups in (("not_again", self.rules.not_again), ("apart", self.rules.apart)):
            for group in groups:
                here = sorted({key for key in group if key in self.by_key})
                for key in here if len(here) <= LARGE else ():
                    found[key].update(dict.fromkeys((other for other in here if other != key), rule))
        return found

    def most_words(self, attribute: str) -> int:
        """Return how many words of an attribute the person with the most has."""
        if attribute not in self._most_words:
            self._most_words[attribute] = max(len(words_of(person, attribute)) for person in self.people)
        return self._most_words[attribute]

    def holders_of(self, attribute: str, word: str) -> Sequence[Person]:
        """Return everybody who has a word."""
        if attribute not in self._holders:
            index: dict[str, list[Person]] = defaultdict(list)
            for person in self.people:
                for own in words_of(person, attribute):
                    index[own].append(person)
            self._holders[attribute] = index
        return self._holders[attribute][word]

    def named(self, keys: Iterable[str]) -> tuple[Person, ...]:
        """Return people by key."""
        return tuple(self.by_key[key] for key in sorted(set(keys)))


def joined(groups: Iterable[Iterable[str]]) -> Iterator[set[str]]:
    """Yield the sets that come of joining all groups with a key in common."""
    found: dict[int, set[str]] = {}
    where: dict[str, set[str]] = {}
    for group in groups:
        whole = set(group)
        for part in {id(where[key]): where[key] for key in whole if key in where}.values():
            whole |= part
            del found[id(part)]
        found[id(whole)] = whole
        where.update(dict.fromkeys(whole, whole))
    yield from sorted(found.values(), key=lambda one: sorted(one)[:1])
