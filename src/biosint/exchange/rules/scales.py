"""Who keeps an institution's table of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEEPING_OFFICES = (Office.ADMINISTRATOR, Office.COORDINATOR)


def may_keep_scale(person: Person, institution: Institution) -> Verdict:
    """The offices that recognise credits keep the table by which grades are converted."""
    if person.holds(*KEEPING_OFFICES, at=institution):
        return ALLOWED
    return refused(
        _("Only an administrator or coordinator of %(institution)s keeps its table of grades.")
        % {"institution": institution}
    )
