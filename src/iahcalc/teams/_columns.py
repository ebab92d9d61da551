"""Who has which word, and who has which number: attributes of people as arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from iahcalc.teams._check import check_week
from iahcalc.teams._model import QUARTERS_A_WEEK, Person, UnsuitableValue
from iahcalc.teams._values import is_numeric, number_of, words_at, words_of
from iahcalc.teams._weeks import bits_of

Whole = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Columns:
    """Words of one attribute; a column is one word, columns are in the order of the words.

    Attributes:
        starts: shape (people + 1,); the words of person p are ``codes[starts[p]:starts[p + 1]]``.
        codes: columns, ascending in each person.
        held: shape (columns,), how many people have each word.
    """

    starts: Whole
    codes: Whole
    held: Whole

    @property
    def people(self) -> int:
        return self.starts.size - 1

    @property
    def each(self) -> Whole:
        """How many words each person has."""
        return np.diff(self.starts)

    @property
    def several(self) -> bool:
        """Whether anybody has more than one word."""
        return bool((self.each > 1).any())

    def with_unknown(self) -> Columns:
        """Add “not known” as one more word, if anybody has none."""
        unknown = self.each == 0
        return self.with_column(unknown) if unknown.any() else self

    def with_column(self, having: npt.NDArray[np.bool_]) -> Columns:
        """Add a last column that the given people have."""
        last = self.held.size
        codes = np.insert(self.codes, self.starts[1:][having], last)
        starts = self.starts + np.concatenate([[0], np.cumsum(having)])
        return Columns(starts, codes, np.append(self.held, int(having.sum())))


class Attributes:
    """The attributes of people, each read once however many wishes and rules are about it."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._numeric: dict[str, bool] = {}
        self._words: dict[tuple[str, float], Columns] = {}

    def numeric(self, attribute: str) -> bool:
        """Tell whether an attribute holds numbers, see ``is_numeric``."""
        if attribute not in self._numeric:
            self._numeric[attribute] = is_numeric(self._people, attribute)
        return self._numeric[attribute]

    def words(self, attribute: str, level: float = -math.inf) -> Columns:
        """Return the words of an attribute that reach a level."""
        if (attribute, level) not in self._words:
            held = [words_at(person, attribute, level) for person in self._people]
            self._words[attribute, level] = _columns(held)
        return self._words[attribute, level]

    def known(self, attribute: str) -> npt.NDArray[np.bool_]:
        """Tell who has any word, of whatever level."""
        return np.array([bool(words_of(person, attribute)) for person in self._people], dtype=np.bool_)

    def numbers(self, attribute: str) -> Whole:
        """Return numbers as whole thousandths of their range; an unknown one as the mean."""
        return _scaled([number_of(person, attribute) for person in self._people])

    def free(self) -> tuple[Bits, Whole]:
        """Return the different weeks, shape (weeks, 11), as bits, and whose week is which.

        Raises:
            UnsuitableValue: they are no frozenset, or a quarter-hour is not one of the week.
        """
        for person in self._people:
            if not isinstance(person.free, frozenset | None):
                raise UnsuitableValue(
                    f"The free hours of {person.name} must be a frozenset of quarter-hours."
                )
        weeks: dict[frozenset[int] | None, int] = {}
        hours = np.fromiter(
            (weeks.setdefault(person.free, len(weeks)) for person in self._people),
            dtype=np.int64,
            count=len(self._people),
        )
        for row, week in enumerate(weeks):
            # One look at all of them; who it is and which hour is found out only if one is wrong.
            if week and not (
                set(map(type, week)) == {int} and min(week) >= 0 and max(week) < QUARTERS_A_WEEK
            ):
                check_week(week, self._people[int(np.argmax(hours == row))].name)
        return bits_of(list(weeks)), hours


def _columns(held: list[tuple[str, ...]]) -> Columns:
    order = {word: code for code, word in enumerate(sorted({word for words in held for word in words}))}
    starts = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, held), dtype=np.int64, count=len(held)), out=starts[1:])
    flat = (order[word] for words in held for word in words)
    codes = np.fromiter(flat, dtype=np.int64, count=int(starts[-1]))
    return Columns(starts, codes, np.bincount(codes, minlength=len(order)))


def _scaled(values: list[float | None]) -> Whole:
    # Exact fractions: a range too wide or too narrow for floating point cannot break anything.
    known = sorted({value for value in values if value is not None})
    low = Fraction(known[0])
    width = (Fraction(known[-1]) - low) or Fraction(1)
    whole = {value: round((Fraction(value) - low) / width * 1000) for value in known}
    given = [whole[value] for value in values if value is not None]
    mean = (2 * sum(given) + len(given)) // (2 * len(given))
    return np.array([mean if value is None else whole[value] for value in values], dtype=np.int64)
