"""The only door of institutions for other apps."""

from biosint.institutions.models import Institution
from biosint.institutions.operations import InstitutionKnown, TimeZoneUnknown, register

__all__ = ["Institution", "InstitutionKnown", "TimeZoneUnknown", "register"]
