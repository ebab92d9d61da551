from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from biosint.evidence import api as evidence

if TYPE_CHECKING:
    from biosint.consortium.models import Membership
    from biosint.people.api import Person

PARTNER_JOINED = "consortium.partner_joined"


def joined(membership: Membership, *, by: Person, at: datetime) -> None:
    """Count an institution that became a member."""
    evidence.record(
        kind=PARTNER_JOINED,
        subject=membership,
        institution=membership.institution,
        occurred_at=at,
        proof=reverse("consortium:detail", args=[membership.consortium.slug]),
        by=by,
    )
