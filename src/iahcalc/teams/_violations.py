"""Which rules do not hold, for whom: read off the people, not off the arrays of the search."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from iahcalc.teams._encoding import quarters_of
from iahcalc.teams._model import Person, Rules
from iahcalc.teams._reasons import Reason
from iahcalc.teams._values import words_of

Group = Sequence[Person]


def violations_of(teams: Sequence[Group], people: Group, rules: Rules) -> tuple[Reason, ...]:
    """Return one reason for each broken rule, about several teams first, then team by team."""
    everywhere = {
        attribute: Counter(word for person in people for word in words_of(person, attribute))
        for attribute in rules.at_least_two_of
    }
    found = [*_misplaced(teams, rules)]
    for number, team in enumerate(teams, start=1):
        found += _short_of_hours(number, team, rules)
        for attribute in rules.at_least_two_of:
            found += [
                Reason(
                    "alone",
                    {"name": person.name, "attribute": attribute, "value": word},
                    team=number,
                    people=(person.key,),
                )
                for person, word in lone(team, attribute)
                if everywhere[attribute][word] > 1
            ]
        found += _wrong_numbers(number, team, rules)
    return tuple(found)


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


def _short_of_hours(number: int, team: Group, rules: Rules) -> Iterator[Reason]:
    slots = common_quarters(team)
    if slots is not None and len(slots) < quarters_of(rules):
        yield Reason(
            "too_few_common_hours", {"slots": slots, "minimum": rules.minimum_common_hours}, team=number
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


def _misplaced(teams: Sequence[Group], rules: Rules) -> Iterator[Reason]:
    place = {person.key: number for number, team in enumerate(teams, start=1) for person in team}
    name = {person.key: person.name for team in teams for person in team}
    for key, number in sorted(rules.locked.items()):
        if place[key] != number:
            yield Reason(
                "not_in_locked_team",
                {"name": name[key], "locked": number, "placed": place[key]},
                people=(key,),
            )
    for group in rules.together:
        keys = sorted(set(group))
        if len({place[key] for key in keys}) > 1:
            yield Reason("not_together", {"names": [name[key] for key in keys]}, people=tuple(keys))
    for group in rules.apart:
        in_team: dict[int, list[str]] = defaultdict(list)
        for key in sorted(set(group)):
            in_team[place[key]].append(key)
        for number, keys in sorted(in_team.items()):
            if len(keys) > 1:
                yield Reason(
                    "not_apart", {"names": [name[key] for key in keys]}, team=number, people=tuple(keys)
                )
