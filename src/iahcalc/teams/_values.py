"""Reading attribute values: what is a word, what is a number, what is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from numbers import Real

from iahcalc.teams._check import shown
from iahcalc.teams._model import Facilitator, Person, UnsuitableValue

Holder = Person | Facilitator


def words_of(person: Holder, attribute: str) -> tuple[str, ...]:
    """Return the different words a person has in an attribute, sorted; empty when not known.

    Raises:
        UnsuitableValue: the value is neither words nor a number.
    """
    value = person.attributes.get(attribute)
    if isinstance(value, str):
        return (value,) if value else ()
    if value is None or _is_number(value):
        return ()
    if not isinstance(value, (Mapping, Sequence, AbstractSet)):
        raise _unsuitable(person, attribute, value)
    words = {word for word in value if word not in ("", None)}
    if not all(isinstance(word, str) for word in words):
        raise _unsuitable(person, attribute, value)
    return tuple(sorted(words))


def words_at(person: Holder, attribute: str, level: float) -> tuple[str, ...]:
    """Return those words of a person that reach a level; a word without a level (``None``, ``nan``) does.

    Raises:
        UnsuitableValue: a level is not a number, or as ``words_of``.
    """
    value = person.attributes.get(attribute)
    words = words_of(person, attribute)
    if not isinstance(value, Mapping):
        return words
    levels = {word: value[word] for word in words}
    if not all(own is None or _is_number(own) for own in levels.values()):
        raise _unsuitable(person, attribute, value)
    return tuple(word for word, own in levels.items() if own is None or not own < level)


def number_of(person: Person, attribute: str) -> float | None:
    """Return the number a person has in an attribute, ``None`` when not known.

    Raises:
        UnsuitableValue: it is too large to compute with.
    """
    value = person.attributes.get(attribute)
    if not _is_number(value):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # a number
    except OverflowError:
        raise UnsuitableValue(
            f"“{attribute}” of {person.name} is {shown(value)}, too large to compute with."
        ) from None
    return None if math.isnan(number) else number


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


def _is_number(value: object) -> bool:
    # The usual kinds first: to ask whether something is a real number of any kind takes longer.
    return isinstance(value, (float, int, Real, Decimal))


def _unsuitable(person: Holder, attribute: str, value: object) -> UnsuitableValue:
    return UnsuitableValue(
        f"“{attribute}” of {person.name} is “{shown(value)}”, which cannot be used: give a word, a number, several words, "
        "several words with a number each, or nothing."
    )
