from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from biosint.shared.words import in_language
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

if TYPE_CHECKING:
    import numpy.typing as npt

# More different numbers than this make no table.
MOST_CATEGORIES = 60

# Whole numbers below this mean that the answer is missing; other numbers use nan.
MISSING = -1


def as_numbers(stored: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return a copy as numbers, ``nan`` where missing."""
    numbers = stored.astype(np.float64)
    if stored.dtype.kind != "f":
        numbers[stored == MISSING] = np.nan
    return numbers


# Arrays cannot be compared with one answer, so variables are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One column.

    ``stored`` has shape ``(people,)`` and the smallest type that holds it: for choices the place among
    ``options``, for points the point, as whole numbers with -1 for missing; for numbers the number, with ``nan``.
    """

    code: str
    kind: ColumnKind
    label: Mapping[str, str]
    stored: npt.NDArray[Any]
    options: tuple[surveys.Option, ...] = ()
    scale: str = ""
    reversed: bool = False
    least: float | None = None
    most: float | None = None

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """As ``stored``, as numbers with ``nan`` where missing: a copy of 8 bytes a person, made at each call."""
        return as_numbers(self.stored)

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Who gave an answer."""
        found: npt.NDArray[np.bool_] = (
            ~np.isnan(self.stored) if self.stored.dtype.kind == "f" else self.stored >= 0
        )
        return found

    @property
    def is_number(self) -> bool:
        return self.kind in {ColumnKind.NUMBER, ColumnKind.POINT, ColumnKind.DATE}

    @property
    def is_category(self) -> bool:
        """Whether its values are few enough to make groups or a table of."""
        if self.options:
            return True
        # A first look spares a sort of a million numbers.
        few = len(np.unique(self.stored[:2000])) <= MOST_CATEGORIES + 1
        return few and len(np.unique(self.stored[self.answered])) <= MOST_CATEGORIES

    @property
    def name(self) -> str:
        """The question in the reader's language."""
        return in_language(self.label).text or self.code

    def label_of(self, value: float) -> str:
        """The answer that a value stands for, in the reader's language."""
        if self.options:
            option = self.options[int(value)]
            return in_language(option.label).text or option.code
        return str(surveys.plain(float(value)))


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Items that are rated on one range and scored together."""

    code: str
    label: Mapping[str, str]
    items: tuple[Variable, ...]

    @property
    def name(self) -> str:
        return in_language(self.label).text or self.code


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All answers of one set, in columns."""

    n: int
    variables: dict[str, Variable]
    keys: npt.NDArray[Any]  # the key of each submission, ascending
    scales: dict[str, Scale] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)  # code of a free text -> how many wrote one
    # How many average people each stands for, where the answers are weighted, and by what.
    weights: npt.NDArray[np.float64] | None = None
    weighted_by: str = ""

    def only(self, kept: npt.NDArray[np.bool_]) -> Answers:
        """Return the answers of some people."""
        variables = {
            code: replace(variable, stored=variable.stored[kept]) for code, variable in self.variables.items()
        }
        return Answers(
            n=int(kept.sum()),
            variables=variables,
            keys=self.keys[kept],
            weights=None if self.weights is None else self.weights[kept],
            weighted_by=self.weighted_by,
            scales={
                code: Scale(code, scale.label, tuple(variables[item.code] for item in scale.items))
                for code, scale in self.scales.items()
            },
        )
