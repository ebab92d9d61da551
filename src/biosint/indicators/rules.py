from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person


def may_load_bank(person: Person | None) -> Verdict:
    """The site's administrator, a coordinator or a member of a quality board puts a bank version in use."""
    if person is not None and (person.is_staff or person.holds(Office.COORDINATOR, Office.QUALITY_BOARD)):
        return ALLOWED
    return refused(_("Only a coordinator or a member of a quality board can put the indicators in use."))
