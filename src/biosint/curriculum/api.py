"""The only door of curriculum for other apps."""

from biosint.curriculum.models import Outcome, Programme, Syllabus, Unit
from biosint.curriculum.operations import (
    INTERNATIONALISED,
    WrittenOutcome,
    add_unit,
    approve,
    change_unit,
    send_back,
    start_programme,
    start_version,
    submit,
    write,
)
from biosint.curriculum.queries import (
    approved_outcomes,
    counted_units,
    outcomes_of,
    units_of,
    units_taught_by,
)
from biosint.curriculum.states import Degree, IocDimension, SyllabusState, UnitState

__all__ = [
    "INTERNATIONALISED",
    "Degree",
    "IocDimension",
    "Outcome",
    "Programme",
    "Syllabus",
    "SyllabusState",
    "Unit",
    "UnitState",
    "WrittenOutcome",
    "add_unit",
    "approve",
    "approved_outcomes",
    "change_unit",
    "counted_units",
    "outcomes_of",
    "send_back",
    "start_programme",
    "start_version",
    "submit",
    "units_of",
    "units_taught_by",
    "write",
]
