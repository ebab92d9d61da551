"""The only door of indicators for other apps."""

from biosint.indicators.contents import (
    BankContent,
    BankFaulty,
    DimensionContent,
    IndicatorContent,
)
from biosint.indicators.differences import Differences, differences
from biosint.indicators.frameworks import FRAMEWORKS, Framework, Theme
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.operations.drafting import (
    publish_bank,
    remove_indicator,
    save_dimension,
    save_indicator,
    start_draft,
    upload_draft,
)
from biosint.indicators.operations.loading import (
    SUPPLIED_BANKS,
    BankChanged,
    load_bank,
    supplied_bank,
)
from biosint.indicators.queries import (
    banks,
    banks_for,
    banks_visible_to,
    content_of,
    covered,
    current_bank,
    dimensions_of,
    indicators_of,
)
from biosint.indicators.readings import BadFigure, Missing, Reading, fault_in, read, read_counted
from biosint.indicators.rules import may_load_bank
from biosint.indicators.states import Base, IndicatorKind

__all__ = [
    "FRAMEWORKS",
    "SUPPLIED_BANKS",
    "BadFigure",
    "BankChanged",
    "BankContent",
    "BankFaulty",
    "BankVersion",
    "Base",
    "Differences",
    "Dimension",
    "DimensionContent",
    "Framework",
    "Indicator",
    "IndicatorContent",
    "IndicatorKind",
    "Missing",
    "Reading",
    "Theme",
    "banks",
    "banks_for",
    "banks_visible_to",
    "content_of",
    "covered",
    "current_bank",
    "differences",
    "dimensions_of",
    "fault_in",
    "indicators_of",
    "load_bank",
    "may_load_bank",
    "publish_bank",
    "read",
    "read_counted",
    "remove_indicator",
    "save_dimension",
    "save_indicator",
    "start_draft",
    "supplied_bank",
    "upload_draft",
]
