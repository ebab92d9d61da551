"""How often each value of each variable was given, without a number that could give somebody away. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from biosint.surveys.formats.ddi import Tally
from biosint.surveys.formats.variables import Variable
from biosint.surveys.states import ColumnKind

_COUNTED = frozenset({ColumnKind.SINGLE, ColumnKind.MULTIPLE, ColumnKind.RANK, ColumnKind.POINT})


def tallies_of(
    variables: Sequence[Variable],
    answers: Iterable[Mapping[str, Any]],
    *,
    smallest: int,
    weight_code: str = "",
) -> dict[str, Tally]:
    """Count choices and points; numbers and words are only counted as given or not.

    Args:
        smallest: counts from 1 to below this are hidden; 0 hides nothing. A single hidden count would
            follow from the total, so the next smallest is hidden with it.
        weight_code: a column that says how many people a row stands for; empty where each is one.
    """
    counts: list[Counter[Any]] = [Counter() for _variable in variables]
    total = 0
    for given in answers:
        people = int(given.get(weight_code) or 0) if weight_code else 1
        total += people
        for place, variable in enumerate(variables):
            value = variable.value(given)
            if value is not None:
                counts[place][value if variable.column.kind in _COUNTED else ""] += people
    found = {}
    for variable, counter in zip(variables, counts, strict=True):
        answered = sum(counter.values())
        shown = hidden_away(
            {int(value): number for value, number in counter.items() if value != ""}, smallest
        )
        # How many answered at all is a count like any other.
        small = 0 < answered < smallest or 0 < total - answered < smallest
        found[variable.name] = Tally(
            dict.fromkeys(shown) if small else shown,
            -1 if small else answered,
            -1 if small else total - answered,
        )
    return found


def hidden_away(counts: Mapping[int, int], smallest: int) -> dict[int, int | None]:
    """Return the counts with None where one is too small, and for one more where only one is."""
    found: dict[int, int | None] = {
        value: None if 0 < number < smallest else number for value, number in counts.items()
    }
    if sum(number is None for number in found.values()) == 1:
        open_ones = [value for value, number in found.items() if number]
        if open_ones:
            found[min(open_ones, key=lambda value: counts[value])] = None
    return found
