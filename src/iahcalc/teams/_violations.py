"""Which rules do not hold, for whom: read off the people, not off the arrays of the search."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from iahcalc.teams._encoding import quarters_of
from iahcalc.teams._everyone import Everyone
from iahcalc.teams._model import Person, Rules, Shared
from iahcalc.teams._reasons import Reason
from iahcalc.teams._sizes import allowed_sizes
from iahcalc.teams._values import words_at, words_of

Group = Sequence[Person]


def violations_of(teams: Sequence[Group], judge: Judge) -> tuple[Reason, ...]:
    """Return one reason for each broken rule, about several teams first, then team by team.

    Facilitators are not among them: they are assigned to the teams afterwards.
    """
    place = {person.key: number for number, team in enumerate(teams, start=1) for person in team}
    found = [*judge.of_several(place)]
    for number, team in enumerate(teams, start=1):
        found += judge.of_team(number, team)
    return tuple(found)


class Judge:
    """Rules, read once, so that a few teams can be judged without the others.

    Args:
        everyone: in the list.
        teams: how many there are.
    """

    def __init__(self, everyone: Everyone, rules: Rules, *, teams: int) -> None:
        self.rules, self._everyone = rules, everyone
        self.smallest, self.largest = allowed_sizes(len(everyone.people), teams, rules)
        self._name = {person.key: person.name for person in everyone.people}
        self._together_of = _groups_of(rules.together)
        self._apart_of = _groups_of(rules.apart)
        self._met_in = _groups_of(rules.not_again)

    def of_several(
        self, place: Mapping[str, int], *, about: Collection[str] | None = None
    ) -> Iterator[Reason]:
        """Yield the broken rules that are about several teams.

        Args:
            place: key -> team number.
            about: keys; only the rules that name one of them are looked at.
        """
        locked, together = self.rules.locked, range(len(self.rules.together))
        chosen = locked if about is None else locked.keys() & set(about)
        for key in sorted(chosen):
            if place[key] != locked[key]:
                yield Reason(
                    "not_in_locked_team",
                    {"name": self._name[key], "locked": locked[key], "placed": place[key]},
                    people=(key,),
                )
        concerned: Iterable[int] = together
        if about is not None:
            concerned = sorted({group for key in about for group in self._together_of.get(key, ())})
        for group in concerned:
            keys = tuple(sorted(set(self.rules.together[group])))
            if len({place[key] for key in keys}) > 1:
                yield Reason("not_together", {"names": [self._name[key] for key in keys]}, people=keys)

    def of_team(self, number: int, team: Group) -> Iterator[Reason]:
        """Yield the broken rules that are about one team."""
        yield from self._wrong_size(number, team)
        yield from self._short_of_hours(number, team)
        for shared in self.rules.shared:
            yield from _without_shared_word(number, team, shared)
        for attribute in self.rules.at_least_two_of:
            for person, word in lone(team, attribute):
                if self._everyone.holders(attribute)[word] > 1:
                    given = {"name": person.name, "attribute": attribute, "value": word}
                    yield Reason("alone", given, team=number, people=(person.key,))
        yield from _wrong_numbers(number, team, self.rules)
        yield from self._crowded(number, team, "not_apart", self._apart_of)
        yield from self._crowded(number, team, "met_before", self._met_in)

    def _wrong_size(self, number: int, team: Group) -> Iterator[Reason]:
        if not self.smallest <= len(team) <= self.largest:
            given = {"count": len(team), "low": self.smallest, "high": self.largest}
            yield Reason("wrong_size", given, team=number)

    def _short_of_hours(self, number: int, team: Group) -> Iterator[Reason]:
        least = quarters_of(self.rules)
        slots = common_quarters(team) if least else None
        if slots is not None and len(slots) < least:
            given = {"slots": slots, "minimum": self.rules.minimum_common_hours}
            yield Reason("too_few_common_hours", given, team=number)

    def _crowded(
        self, number: int, team: Group, code: str, groups_of: Mapping[str, tuple[int, ...]]
    ) -> Iterator[Reason]:
        """Yield one reason for each set of team-mates of whom no two should meet."""
        if not groups_of:
            return
        meeting: dict[int, list[str]] = defaultdict(list)
        for person in team:
            for group in groups_of.get(person.key, ()):
                meeting[group].append(person.key)
        # Two rules about the same people are one sentence.
        for keys in sorted({tuple(sorted(keys)) for keys in meeting.values() if len(keys) > 1}):
            yield Reason(code, {"names": [self._name[key] for key in keys]}, team=number, people=keys)


def lone(team: Group, attribute: str) -> Iterator[tuple[Person, str]]:
    """Yield each person who is the only one in the team with a value, and the value."""
    count = Counter(word for person in team for word in words_of(person, attribute))
    for person in team:
        for word in words_of(person, attribute):
            if count[word] == 1:
                yield person, word


def common_quarters(team: Group) -> list[int] | None:
    """Return the quarter-hours in which all are free whose hours are known; ``None`` if nobody's are."""
    known = [person.free for person in team if person.free is not None]
    return sorted(frozenset.intersection(*known)) if known else None


def shared_words(team: Group, shared: Shared) -> list[str] | None:
    """Return the words that all have at the level who have words at all; ``None`` if nobody has any."""
    known = [
        set(words_at(person, shared.attribute, shared.level))
        for person in team
        if words_of(person, shared.attribute)
    ]
    return sorted(set.intersection(*known)) if known else None


def _without_shared_word(number: int, team: Group, shared: Shared) -> Iterator[Reason]:
    if shared_words(team, shared) != []:
        return
    attribute = shared.attribute
    reached = {person.key: words_at(person, attribute, shared.level) for person in team}
    count = Counter(word for words in reached.values() for word in words)
    # The word that the fewest lack; of equally good ones the first by alphabet.
    value = min(count, key=lambda word: (-count[word], word), default=None)
    without = [person for person in team if words_of(person, attribute) and value not in reached[person.key]]
    yield Reason(
        "no_shared_word",
        {
            "attribute": attribute,
            "level": shared.level,
            "value": value,
            "names": [person.name for person in without] if value is not None else [],
        },
        team=number,
        people=tuple(person.key for person in without),
    )


def _wrong_numbers(number: int, team: Group, rules: Rules) -> Iterator[Reason]:
    for code, limits in (
        ("too_many_different", rules.at_most_different),
        ("too_few_different", rules.at_least_different),
    ):
        for attribute, limit in limits.items():
            count = len({word for person in team for word in words_of(person, attribute)})
            if (count > limit) if code == "too_many_different" else (count < limit):
                yield Reason(code, {"attribute": attribute, "count": count, "limit": limit}, team=number)


def _groups_of(groups: Sequence[Sequence[str]]) -> Mapping[str, tuple[int, ...]]:
    """Return, for each key, the positions of the groups that name it."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, group in enumerate(groups):
        for key in sorted(set(group)):
            found[key].append(position)
    return {key: tuple(positions) for key, positions in found.items()}
