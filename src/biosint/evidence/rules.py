from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.evidence.kinds import kinds
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.evidence.models import Item
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

KEEPERS = (Office.COORDINATOR, Office.ADMINISTRATOR, Office.QUALITY_BOARD, Office.DEAN)


def viewable_by(person: Person | None) -> Q:
    """Evidence of public kinds is open to all; the rest to everyone who holds an office, and the site's administrator."""
    if person is not None and (person.is_staff or person.offices):
        return Q()
    return Q(kind__in=[kind.code for kind in kinds() if kind.public])


def may_view(person: Person | None, item: Item) -> Verdict:
    """The same sentence as ``viewable_by``, for one item."""
    if person is not None and (person.is_staff or person.offices):
        return ALLOWED
    if item.kind in {kind.code for kind in kinds() if kind.public}:
        return ALLOWED
    return refused(_("This evidence is open to members of the consortium only."))


def may_open_proofs(person: Person | None) -> Verdict:
    """Proofs may name people: whoever answers for an institution opens them."""
    if person is not None and (person.is_staff or person.holds(*KEEPERS, Office.TEACHER)):
        return ALLOWED
    return refused(_("Proofs may name people. Teachers and officers of the institutions can open them."))


def may_open_proof(person: Person | None, item: Item) -> Verdict:
    """Officers open every proof, they answer for the figures; teachers those of people at their own institution."""
    verdict = may_open_proofs(person)
    if not verdict or person is None or item.kind not in {kind.code for kind in kinds() if kind.personal}:
        return verdict
    if person.is_staff or person.holds(*KEEPERS) or person.holds(Office.TEACHER, at=item.institution_id):
        return ALLOWED
    return refused(
        _("This proof names a person. Teachers of %(institution)s and officers open it.")
        % {"institution": item.institution}
    )


def may_vouch(person: Person, institution: Institution) -> Verdict:
    """A coordinator, administrator or member of the quality board enters evidence by hand for their institution."""
    if person.is_staff or person.holds(*KEEPERS, at=institution):
        return ALLOWED
    return refused(
        _(
            "Only a coordinator, administrator or member of the quality board of %(institution)s can enter evidence."
        )
        % {"institution": institution}
    )
