"""Reading attribute values: what is a word, what is a number, what is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from iahcalc.teams._model import Person, UnsuitableValue, Value

EVERY_LEVEL = math.inf
"""The level of a word that has none: it reaches whatever is asked for."""


def words_of(person: Person, attribute: str) -> tuple[str, ...]:
    """Return the different words a person has in an attribute, sorted; empty when not known."""
    value = person.attributes.get(attribute)
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, (tuple, Mapping)):
        return tuple(sorted({word for word in value if word}))
    return ()


def words_at(value: Value, level: float) -> frozenset[str] | None:
    """Return the words of a value that reach a level; ``None`` when no word at all is known."""
    if isinstance(value, Mapping):
        levels = {word: EVERY_LEVEL if math.isnan(own) else own for word, own in value.items() if word}
    elif isinstance(value, (str, tuple)):
        levels = dict.fromkeys((value,) if isinstance(value, str) else value, EVERY_LEVEL)
        levels.pop("", None)
    else:
        return None
    return frozenset(word for word, own in levels.items() if own >= level) if levels else None


def number_of(person: Person, attribute: str) -> float | None:
    """Return the number a person has in an attribute, ``None`` when not known."""
    value = person.attributes.get(attribute)
    if isinstance(value, (int, float)) and not math.isnan(value):
        return float(value)
    return None


def is_numeric(people: Sequence[Person], attribute: str) -> bool:
    """Tell whether an attribute holds numbers; nobody's values known counts as words.

    Raises:
        UnsuitableValue: some people have words, others numbers; or a number is infinite.
    """
    numbers = [number for person in people if (number := number_of(person, attribute)) is not None]
    if any(math.isinf(number) for number in numbers):
        raise UnsuitableValue(f"“{attribute}” holds an infinite number.")
    if numbers and any(words_of(person, attribute) for person in people):
        raise UnsuitableValue(f"“{attribute}” is a number for some people and a word for others.")
    return bool(numbers)
