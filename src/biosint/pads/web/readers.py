"""Versions, days and passages in words and marks for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.people.api import Person

if TYPE_CHECKING:
    from datetime import date

    from biosint.pads.passages import Passage
    from biosint.pads.queries import Version, Written

MARKS = 8


def people(keys: Iterable[int]) -> dict[int, Person]:
    return Person.objects.in_bulk(set(keys))


@dataclass(frozen=True, slots=True)
class Told:
    """One version with the names of those who made it."""

    version: Version
    names: str


def told(versions: Iterable[Version], named: Mapping[int, Person]) -> list[Told]:
    return [Told(version, ", ".join(str(named[who]) for who in version.authors)) for version in versions]


@dataclass(frozen=True, slots=True)
class Day:
    """What one person wrote on one day."""

    day: date
    person: Person
    added: int
    removed: int


def by_day(written: Iterable[Written], named: Mapping[int, Person]) -> list[Day]:
    """Return the days, the newest first."""
    return [Day(one.day, named[one.person], one.added, one.removed) for one in written][::-1]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text by authors; each author has a mark (1 to 8: colour and kind of line) and a letter of the alphabet."""

    pieces: list[tuple[int, str, str]]
    legend: list[tuple[int, str, Person, int]]


def marked(passages: list[Passage]) -> Marked:
    """Return passages as (mark, letter, text), and (mark, letter, person, characters) of each author, the most first."""
    lengths: dict[int, int] = {}
    for piece in passages:
        lengths[piece.author] = lengths.get(piece.author, 0) + len(piece.text)
    order = sorted(lengths, key=lambda who: (-lengths[who], who))
    sign = {who: (at % MARKS + 1, _letter(at)) for at, who in enumerate(order)}
    named = people(order)
    return Marked(
        [(*sign[piece.author], piece.text) for piece in passages],
        [(*sign[who], named[who], lengths[who]) for who in order],
    )


def _letter(at: int) -> str:
    return chr(ord("A") + at % 26) * (at // 26 + 1)
