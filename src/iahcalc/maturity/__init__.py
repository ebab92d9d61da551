"""The IaH index of an institution: what indicators earn, dimensions, total, change, place among peers."""

from __future__ import annotations

from iahcalc.maturity._change import DimensionChange, Gains, IndexChange, change, gains
from iahcalc.maturity._formula import Formula, Indicator, Kind, earned, load_formula
from iahcalc.maturity._index import DimensionValue, Index, index
from iahcalc.maturity._standing import Standing, standing

__all__ = [
    "DimensionChange",
    "DimensionValue",
    "Formula",
    "Gains",
    "Index",
    "IndexChange",
    "Indicator",
    "Kind",
    "Standing",
    "change",
    "earned",
    "gains",
    "index",
    "load_formula",
    "standing",
]
