"""What the whole list has in an attribute, counted once however often it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iahcalc.teams._model import Person
from iahcalc.teams._values import is_numeric, number_of, words_of


class Everyone:
    """The people of a list."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self._numeric: dict[str, bool] = {}
        self._holders: dict[str, Counter[str]] = {}
        self._mean: dict[str, float] = {}

    def is_numeric(self, attribute: str) -> bool:
        """Tell whether an attribute holds numbers."""
        if attribute not in self._numeric:
            self._numeric[attribute] = is_numeric(self.people, attribute)
        return self._numeric[attribute]

    def holders(self, attribute: str) -> Counter[str]:
        """Return how many people have each word of an attribute."""
        if attribute not in self._holders:
            self._holders[attribute] = Counter(
                word for person in self.people for word in words_of(person, attribute)
            )
        return self._holders[attribute]

    def mean(self, attribute: str) -> float:
        """Return the mean of the known numbers of an attribute; at least one must be known."""
        if attribute not in self._mean:
            known = [number for person in self.people if (number := number_of(person, attribute)) is not None]
            self._mean[attribute] = sum(known) / len(known)
        return self._mean[attribute]
