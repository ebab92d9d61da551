"""Common hours across time zones, and the critical path of a work plan.

It owns arithmetic on weekly patterns and on plans. It has no clock and keeps no appointments:
which week, and which day a plan starts, is passed in.
"""

from iahcalc.calendars._path import (
    CycleInPlan,
    DuplicateTask,
    NegativeDuration,
    Path,
    PlanFault,
    Task,
    Timing,
    UnknownTask,
    critical_path,
)
from iahcalc.calendars._slots import (
    SLOTS,
    UnknownZone,
    common_slots,
    format_slots,
    local_week,
    utc_slots,
    zone_named,
)
from iahcalc.calendars._week import CalendarFault, MalformedHours, Stretch, format_week, parse_week

__all__ = [
    "SLOTS",
    "CalendarFault",
    "CycleInPlan",
    "DuplicateTask",
    "MalformedHours",
    "NegativeDuration",
    "Path",
    "PlanFault",
    "Stretch",
    "Task",
    "Timing",
    "UnknownTask",
    "UnknownZone",
    "common_slots",
    "critical_path",
    "format_slots",
    "format_week",
    "local_week",
    "parse_week",
    "utc_slots",
    "zone_named",
]
