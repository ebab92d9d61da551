"""Who registers tools, and who may place them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.lti.models import Tool
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEEPERS = (Office.ADMINISTRATOR, Office.COORDINATOR)


def may_keep(person: Person, institution: Institution | int | None) -> Verdict:
    """Administrators and coordinators keep the tools of their institution; the site's administrator those of all."""
    if person.is_staff or (institution is not None and person.holds(*KEEPERS, at=institution)):
        return ALLOWED
    if institution is None:
        return refused(_("Only the administrator of this site keeps the tools of all institutions."))
    return refused(_("Only an administrator or coordinator of the institution keeps its tools."))


def kept_by(person: Person) -> Q:
    """The same sentence as ``may_keep``, for lists. Their test keeps them equal."""
    if person.is_staff:
        return Q()
    return Q(institution__in=person.institutions_as(*KEEPERS))


def usable_at(institutions: frozenset[int]) -> Q:
    """Tools in use of these institutions, and those of the whole site."""
    return Q(is_active=True) & (Q(institution=None) | Q(institution__in=institutions))


def may_open(tool: Tool) -> Verdict:
    if tool.is_active:
        return ALLOWED
    return refused(
        _("This tool is switched off. Ask the administrator of the institution that registered it.")
    )
