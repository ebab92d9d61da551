from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.people.states import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.models import Institution
    from biosint.people.models import Person


def may_keep_people(person: Person, institution: Institution) -> Verdict:
    """A coordinator or administrator keeps the people of their own institution; the site's administrator all."""
    if person.is_staff or person.holds(Office.COORDINATOR, Office.ADMINISTRATOR, at=institution):
        return ALLOWED
    return refused(
        _("Only a coordinator or administrator of %(institution)s can do this.")
        % {"institution": institution}
    )
