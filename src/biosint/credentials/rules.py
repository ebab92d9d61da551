from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.credentials.models import Credential
    from biosint.people.api import Person


def may_revoke(person: Person, credential: Credential) -> Verdict:
    """A coordinator or administrator of the issuing institution takes a credential back."""
    if credential.revoked:
        return refused(_("This credential was taken back before."))
    if person.is_staff or person.holds(Office.COORDINATOR, Office.ADMINISTRATOR, at=credential.issuer_id):
        return ALLOWED
    return refused(
        _("Only a coordinator or administrator of %(issuer)s can take it back.")
        % {"issuer": credential.issuer}
    )


def held_by(person: Person) -> Q:
    """The credentials a person sees in their own list."""
    return Q(holder=person)
