from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from iahcalc.parameters import load

__all__ = ["Formula", "Indicator", "Kind", "earned", "load_formula"]


class Kind(StrEnum):
    """What kind of answer an indicator takes."""

    YES_NO = "yes_no"
    LEVEL = "level"
    RATIO = "ratio"
    COUNT_PER_100 = "count_per_100"


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
class Formula:
    """The index formula as numbers; ``words`` says the same in plain English.

    Weighted mean within a dimension, weighted mean of dimensions, times ``scale``. A dimension needs answers
    to at least ``least_answered`` of its weight. ``draws`` and ``seed`` belong to the bootstrap interval.
    """

    name: str
    scale: float
    highest_level: float
    least_answered: float
    draws: int
    seed: int
    words: tuple[str, ...]


def load_formula(name: str = "iah_index_2026") -> Formula:
    """Return a formula that ships with the package.

    >>> load_formula().scale
    100.0
    """
    found = load(name)
    return Formula(
        name=name,
        scale=found["scale"].value,
        highest_level=found["highest_level"].value,
        least_answered=found["least_answered"].value,
        draws=int(found["draws"].value),
        seed=int(found["seed"].value),
        words=found.words,
    )


def earned(indicator: Indicator, value: float | None, *, formula: Formula) -> float | None:
    """Return what an answer earns, from 0 to 1.

    Args:
        indicator: the question.
        value: yes/no as 1 or 0; a level from 0 to the formula's highest, whole; a ratio in per cent, 0 to 100; a
            count per 100 from 0 up. ``None`` or ``nan`` is a missing answer.
        formula: gives the highest level.

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
    full = highest if whole else indicator.cap or 100.0
    return min(value / full, 1.0)
