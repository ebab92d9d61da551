"""The only door of institutions for other apps."""

from biosint.institutions.facts import FactsForm
from biosint.institutions.models import AcademicTerm, Institution
from biosint.institutions.operations import (
    InstitutionKnown,
    RorUnknown,
    TermBackwards,
    TermKnown,
    TimeZoneUnknown,
    change_facts,
    list_publicly,
    register,
    remove_term,
    write_term,
)
from biosint.institutions.places import PLACES, Place
from biosint.institutions.queries import institutions_for, named_like, terms_between
from biosint.institutions.ror import ror_address
from biosint.institutions.rules import may_change, may_keep_terms
from biosint.institutions.states import TermKind

__all__ = [
    "PLACES",
    "AcademicTerm",
    "FactsForm",
    "Institution",
    "InstitutionKnown",
    "Place",
    "RorUnknown",
    "TermBackwards",
    "TermKind",
    "TermKnown",
    "TimeZoneUnknown",
    "change_facts",
    "institutions_for",
    "list_publicly",
    "may_change",
    "may_keep_terms",
    "named_like",
    "register",
    "remove_term",
    "ror_address",
    "terms_between",
    "write_term",
]
