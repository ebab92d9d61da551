"""Coverage of a curriculum: outcomes by units, international ECTS, gaps per dimension of internationalisation."""

from __future__ import annotations

from iahcalc.coverage._ects import EctsChange, EctsShare, Unit, ects_change, ects_share
from iahcalc.coverage._matrix import DimensionCoverage, Matrix, dimension_coverage, matrix

__all__ = [
    "DimensionCoverage",
    "EctsChange",
    "EctsShare",
    "Matrix",
    "Unit",
    "dimension_coverage",
    "ects_change",
    "ects_share",
    "matrix",
]
