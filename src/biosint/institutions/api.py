"""The only door of institutions for other apps."""

from biosint.institutions.facts import FactsForm
from biosint.institutions.models import Institution
from biosint.institutions.operations import (
    InstitutionKnown,
    RorUnknown,
    TimeZoneUnknown,
    change_facts,
    list_publicly,
    register,
)
from biosint.institutions.places import PLACES, Place
from biosint.institutions.queries import institutions_for, named_like
from biosint.institutions.ror import ror_address
from biosint.institutions.rules import may_change

__all__ = [
    "PLACES",
    "FactsForm",
    "Institution",
    "InstitutionKnown",
    "Place",
    "RorUnknown",
    "TimeZoneUnknown",
    "change_facts",
    "institutions_for",
    "list_publicly",
    "may_change",
    "named_like",
    "register",
    "ror_address",
]
