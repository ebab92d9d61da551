"""The IaH index of an institution: what indicators earn, dimensions, total, change, place among peers, what would raise it."""

from __future__ import annotations

from iahcalc.maturity._change import DimensionChange, IndexChange, change
from iahcalc.maturity._formula import (
    SUPPLIED_FORMULAS,
    Band,
    Disputed,
    Formula,
    Indicator,
    Kind,
    Mean,
    Missing,
    earned,
    formula_file,
    load_formula,
)
from iahcalc.maturity._formula_file import (
    FORMULA_FAULTS,
    FormulaFault,
    FormulaFaulty,
    parse_formula,
    write_formula,
)
from iahcalc.maturity._formula_words import FORMULA_SENTENCES, FormulaSentence, in_words
from iahcalc.maturity._gains import DimensionGains, Gains, gains, gains_by_dimension
from iahcalc.maturity._index import DimensionValue, Index, index
from iahcalc.maturity._order import RankInterval, order_under_weights
from iahcalc.maturity._raisers import Raiser, Raisers, raisers
from iahcalc.maturity._standing import FEWEST_PEERS, Standing, standing

__all__ = [
    "FEWEST_PEERS",
    "FORMULA_FAULTS",
    "FORMULA_SENTENCES",
    "SUPPLIED_FORMULAS",
    "Band",
    "DimensionChange",
    "DimensionGains",
    "DimensionValue",
    "Disputed",
    "Formula",
    "FormulaFault",
    "FormulaFaulty",
    "FormulaSentence",
    "Gains",
    "Index",
    "IndexChange",
    "Indicator",
    "Kind",
    "Mean",
    "Missing",
    "Raiser",
    "Raisers",
    "RankInterval",
    "Standing",
    "change",
    "earned",
    "formula_file",
    "gains",
    "gains_by_dimension",
    "in_words",
    "index",
    "load_formula",
    "order_under_weights",
    "parse_formula",
    "raisers",
    "standing",
    "write_formula",
]
