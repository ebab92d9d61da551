from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iahcalc.parameters import Parameter

__all__ = ["Range"]


@dataclass(frozen=True, slots=True)
class Range:
    """A figure known only between ``low`` and ``high``, with its most plausible value between them.

    Sums and products join low with low and high with high: the ends are the cases in which everything
    goes one way, so they enclose more than a confidence interval would.

    >>> Range(1, 2, 3) + Range.exactly(10)
    Range(low=11, central=12, high=13)
    """

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a figure outside its own ends."""
        if not (
            self.low <= self.central <= self.high and math.isfinite(self.low) and math.isfinite(self.high)
        ):
            raise ValueError(f"{self.low} to {self.high} does not enclose {self.central}.")

    @classmethod
    def exactly(cls, value: float) -> Range:
        """A figure that is known."""
        return cls(value, value, value)

    @classmethod
    def of(cls, parameter: Parameter) -> Range:
        """The range of a parameter."""
        return cls(parameter.low, parameter.value, parameter.high)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.central + other.central, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        """The difference, from its least (low minus high) to its most (high minus low)."""
        return Range(self.low - other.high, self.central - other.central, self.high - other.low)

    def times(self, other: Range) -> Range:
        """The product of two figures that are not negative."""
        if self.low < 0 or other.low < 0:
            raise ValueError("Only figures of at least 0 are multiplied.")
        return Range(self.low * other.low, self.central * other.central, self.high * other.high)

    def scaled(self, factor: float) -> Range:
        """So many times the figure; ``factor`` is at least 0."""
        return self.times(Range.exactly(factor))
