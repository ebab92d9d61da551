"""Invented people for benchmarks of the team search: any number of them, the same on every machine."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from iahcalc.teams import Person

# Shares in hundredths: one value is common, some are rare, as in a course of several faculties.
COUNTRIES = {
    "Serbia": 26,
    "Albania": 16,
    "Italy": 14,
    "Bosnia and Herzegovina": 12,
    "Montenegro": 10,
    "Romania": 9,
    "Croatia": 8,
    "Belgium": 5,
}
PROFESSIONS = {
    "medicine": 24,
    "nursing": 18,
    "dentistry": 14,
    "pharmacy": 14,
    "physiotherapy": 10,
    "public health": 8,
    "biochemistry": 7,
    "nutrition": 5,
}
MEN = 25
"""Men in a hundred people: few enough that a lone man is likely in teams of five."""
EVENINGS = (16 * 4, 20 * 4)
PATTERNS = 5_000


def class_of(size: int, seed: int = 1) -> list[Person]:
    """Return people of eight countries, two institutions each, and eight professions; most evenings are free.

    Weekly hours are drawn from a stock of ``PATTERNS`` weeks, so that a million people fit into memory.
    """
    dice = random.Random(seed)
    weeks = [_week(dice) for _ in range(min(PATTERNS, size))]
    professions = dice.choices(list(PROFESSIONS), weights=list(PROFESSIONS.values()), k=size)
    countries = dice.choices(list(COUNTRIES), weights=list(COUNTRIES.values()), k=size)
    people = []
    for number, (profession, country) in enumerate(zip(professions, countries, strict=True)):
        people.append(
            Person(
                key=f"p{number:07d}",
                name=f"Person {number}",
                attributes={
                    "country": country,
                    "institution": f"{country} {dice.choice('12')}",
                    "profession": profession,
                    "gender": "m" if dice.random() * 100 < MEN else "f",
                    "level": float(dice.randint(2, 6)),
                },
                free=dice.choice(weeks),
            )
        )
    return people


def _week(dice: random.Random) -> frozenset[int]:
    """Return four free evenings of four hours."""
    slots: set[int] = set()
    for day in dice.sample(range(5), 4):
        start = day * 96 + dice.randrange(EVENINGS[0], EVENINGS[1] - 8)
        slots |= set(range(start, start + 16))
    return frozenset(slots)


def write_csv(people: list[Person], path: Path) -> None:
    """Write what other programs read: one row each, without hours."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "Profession", "Country", "Gender", "Level"])
        for person in people:
            of = person.attributes
            writer.writerow([person.key, of["profession"], of["country"], of["gender"], of["level"]])
