"""Reading attribute values: what is a word, what is a number, what is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from iahcalc.teams._model import Facilitator, Person, UnsuitableValue

Holder = Person | Facilitator


def words_of(person: Holder, attribute: str) -> tuple[str, ...]:
    """Return the different words a person has in an attribute, sorted; empty when not known."""
    value = person.attributes.get(attribute)
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, tuple):
        return tuple(sorted({word for word in value if word}))
    if isinstance(value, Mapping):
        return tuple(sorted(word for word in value if word))
    return ()


def words_at(person: Holder, attribute: str, level: float) -> tuple[str, ...]:
    """Return those words of a person that reach a level; a word without a level (or ``nan``) does."""
    value = person.attributes.get(attribute)
    words = words_of(person, attribute)
    if isinstance(value, Mapping):
        return tuple(word for word in words if not value[word] < level)
    return words


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
