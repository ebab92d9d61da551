"""Groups of invented people, and a plain second opinion on what teams are worth."""

from __future__ import annotations

import random
from itertools import combinations

from iahcalc.teams import Person, Result, Value

COUNTRIES = ("Albania", "Serbia", "Montenegro", "Italy", "Belgium", "Romania")
PROFESSIONS = ("medicine", "dentistry", "pharmacy", "nursing")


def person(key: str, *, free: frozenset[int] | None = None, **attributes: Value) -> Person:
    return Person(key=key, name=key.capitalize(), attributes=attributes, free=free)


def class_of(size: int, seed: int = 0) -> list[Person]:
    """Return people of six countries and four professions who are free on most evenings."""
    dice = random.Random(seed)
    people = []
    for number in range(size):
        evenings = dice.sample(range(5), 4)
        starts = {day: day * 96 + dice.randrange(60, 72) for day in evenings}
        country = dice.choice(COUNTRIES)
        people.append(
            Person(
                key=f"p{number:04d}",
                name=f"Person {number}",
                attributes={
                    "country": country,
                    "institution": f"{country} {dice.choice('12')}",
                    "profession": dice.choice(PROFESSIONS),
                    "level": dice.choice([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, None]),
                    "languages": tuple(
                        dice.sample(["English", "Serbian", "Italian", "French"], dice.randrange(3))
                    ),
                    "gender": dice.choice(["f", "m"]),
                },
                free=frozenset(slot for start in starts.values() for slot in range(start, start + 16)),
            )
        )
    return people


def team_keys(result: Result) -> list[set[str]]:
    return [{member.key for member in team.people} for team in result.teams]


def differing_pairs(members: tuple[Person, ...], attribute: str) -> int:
    values = [member.attributes.get(attribute) for member in members]
    return sum(one != other for one, other in combinations([value for value in values if value], 2))
