"""Words that every written form of teams uses."""

from __future__ import annotations

from collections.abc import Iterable

from iahcalc.teams import Person, Wish


def title_of(wish: Wish) -> str:
    """Return “mix country”."""
    return f"{wish.kind} {wish.attribute}"


def names_of(people: Iterable[Person]) -> str:
    """Return names, divided by commas."""
    return ", ".join(person.name for person in people)


def clock(minute: int) -> str:
    """Return a minute of the day as “17:30”; its end is “24:00”."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
