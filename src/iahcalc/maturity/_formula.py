from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "SUPPLIED_FORMULAS",
    "Band",
    "Disputed",
    "Formula",
    "Indicator",
    "Kind",
    "Mean",
    "Missing",
    "earned",
    "formula_file",
    "load_formula",
]

# Every formula that ships with the package, the newest last.
SUPPLIED_FORMULAS = ("iah_index_2026",)


class Kind(StrEnum):
    """What kind of answer an indicator takes."""

    YES_NO = "yes_no"
    LEVEL = "level"
    RATIO = "ratio"
    COUNT_PER_100 = "count_per_100"


class Mean(StrEnum):
    """How several figures become one. A geometric mean rewards balance: one low figure pulls it down."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


class Missing(StrEnum):
    """What an unanswered indicator does: nothing, or earn nought."""

    LEFT_OUT = "left_out"
    NOUGHT = "nought"


class Disputed(StrEnum):
    """What a value that a reviewer disputes does: count all the same, or stand as unanswered."""

    COUNTED = "counted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question to an institution, as far as the index needs it.

    ``weight`` counts within its dimension. ``cap`` is the figure that earns all: for a count per 100 it is
    needed, for a ratio (in per cent) it is 100 unless given, for the other kinds there is none.
    """

    code: str
    dimension: str
    kind: Kind
    weight: float = 1.0
    cap: float | None = None

    def __post_init__(self) -> None:
        """Refuse what would make the index silently wrong."""
        if not self.weight > 0:
            raise ValueError(f"The weight of the indicator {self.code} must be above 0.")
        if self.kind in (Kind.YES_NO, Kind.LEVEL) and self.cap is not None:
            raise ValueError(f"The indicator {self.code} ({self.kind}) takes no cap.")
        if self.kind is Kind.COUNT_PER_100 and self.cap is None:
            raise ValueError(f"The indicator {self.code} counts per 100 and needs a cap.")
        if self.cap is not None and not self.cap > 0:
            raise ValueError(f"The cap of the indicator {self.code} must be above 0.")


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of the index, from ``start`` points up to the next band. ``name`` is by language."""

    start: float
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Formula:
    """How answers become an index; written as a file by people (``parse_formula``).

    Attributes:
        name: the code of the formula.
        title: by language.
        of_indicators: how indicators make a dimension.
        of_dimensions: how dimensions make the index.
        levels: what each level earns, from 0 to 1, starting with level 0.
        missing: what unanswered indicators do.
        disputed: what values under dispute do; whoever knows of disputes leaves such values out.
        least_answered: share of a dimension's weight that needs answers (when missing ones are left out).
        level: level of the intervals, such as 0.95.
        draws: bootstrap samples.
        seed: starting number of the draws.
        dimension_weights: in the place of the bank's; empty where the bank's count.
        bands: names of stretches of the index, the lowest first.
        floor: in a geometric mean nothing counts less than this share, since one nought would make all nought.
        valid_from: from which day it is meant to be used.
        sources: where its choices come from, by key.
    """

    name: str
    title: Mapping[str, str]
    of_indicators: Mean = Mean.ARITHMETIC
    of_dimensions: Mean = Mean.ARITHMETIC
    levels: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0)
    missing: Missing = Missing.LEFT_OUT
    disputed: Disputed = Disputed.COUNTED
    least_answered: float = 0.5
    level: float = 0.95
    draws: int = 2000
    seed: int = 2026
    dimension_weights: Mapping[str, float] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    floor: float = 0.01
    valid_from: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """Points that an institution has which has everything."""
        return 100.0

    @property
    def highest_level(self) -> float:
        return float(len(self.levels) - 1)

    def band(self, value: float | None) -> Band | None:
        """Return the band in which an index of ``value`` points lies; None without a value or without bands."""
        if value is None:
            return None
        return next((band for band in reversed(self.bands) if value >= band.start), None)


def formula_file(name: str = SUPPLIED_FORMULAS[-1]) -> str:
    """Return a formula that ships with the package, as the file it is written in.

    Raises:
        KeyError: there is no such formula.
    """
    if name not in SUPPLIED_FORMULAS:
        raise KeyError(f"There is no formula {name}; there are {', '.join(SUPPLIED_FORMULAS)}.")
    place = resources.files("iahcalc.maturity").joinpath("formulas", f"{name}.yaml")
    return place.read_text(encoding="utf-8")


@cache
def load_formula(name: str = SUPPLIED_FORMULAS[-1]) -> Formula:
    """Return a formula that ships with the package.

    Raises:
        KeyError: there is no such formula.

    >>> load_formula().levels
    (0.0, 0.25, 0.5, 0.75, 1.0)
    """
    from iahcalc.maturity._formula_file import parse_formula

    return parse_formula(formula_file(name))


def earned(indicator: Indicator, value: float | None, *, formula: Formula) -> float | None:
    """Return what an answer earns, from 0 to 1.

    Args:
        indicator: the question.
        value: yes/no as 1 or 0; a level from 0 to the formula's highest, whole; a ratio in per cent, 0 to 100; a
            count per 100 from 0 up. ``None`` or ``nan`` is a missing answer.
        formula: gives what each level earns.

    Returns:
        ``None`` for a missing answer.

    Raises:
        ValueError: the answer is impossible for this kind of indicator.

    >>> formula = load_formula()
    >>> earned(Indicator("L1", "learning", Kind.COUNT_PER_100, cap=20), 5, formula=formula)
    0.25
    >>> earned(Indicator("S1", "strategy", Kind.LEVEL), 3, formula=formula)
    0.75
    """
    if value is None or math.isnan(value):
        return None
    highest = {Kind.YES_NO: 1.0, Kind.LEVEL: formula.highest_level, Kind.RATIO: 100.0}.get(
        indicator.kind, math.inf
    )
    whole = indicator.kind in (Kind.YES_NO, Kind.LEVEL)
    if not 0 <= value <= highest or math.isinf(value) or (whole and value != int(value)):
        raise ValueError(f"{value:g} is not an answer to the indicator {indicator.code} ({indicator.kind}).")
    if indicator.kind is Kind.LEVEL:
        return formula.levels[int(value)]
    return min(value / (1.0 if whole else indicator.cap or 100.0), 1.0)
