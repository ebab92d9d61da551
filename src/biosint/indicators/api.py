"""The only door of indicators for other apps."""

from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.operations import BankChanged, BankFaulty, load_bank, supplied_bank
from biosint.indicators.queries import banks, current_bank, dimensions_of, indicators_of
from biosint.indicators.readings import BadFigure, Missing, Reading, fault_in, read, read_counted
from biosint.indicators.rules import may_load_bank
from biosint.indicators.states import Base, IndicatorKind

__all__ = [
    "BadFigure",
    "BankChanged",
    "BankFaulty",
    "BankVersion",
    "Base",
    "Dimension",
    "Indicator",
    "IndicatorKind",
    "Missing",
    "Reading",
    "banks",
    "current_bank",
    "dimensions_of",
    "fault_in",
    "indicators_of",
    "load_bank",
    "may_load_bank",
    "read",
    "read_counted",
    "supplied_bank",
]
