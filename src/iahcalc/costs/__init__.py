"""What a course at home costs against the same number of physical mobilities: money, staff hours, CO2.

Nothing here presupposes that the course at home wins.
"""

from __future__ import annotations

from iahcalc.costs._comparison import BreakEven, CostComparison, Pair, Perspective, Winner, compare_costs
from iahcalc.costs._distance import great_circle_km
from iahcalc.costs._icer import Icer, Quadrant, icer
from iahcalc.costs._range import Range
from iahcalc.costs._sides import CourseAtHome, Mobility, Transport, Traveller

__all__ = [
    "BreakEven",
    "CostComparison",
    "CourseAtHome",
    "Icer",
    "Mobility",
    "Pair",
    "Perspective",
    "Quadrant",
    "Range",
    "Transport",
    "Traveller",
    "Winner",
    "compare_costs",
    "great_circle_km",
    "icer",
]
