from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from biosint.credentials import signing
from biosint.credentials.models import Credential, IssuerKey
from biosint.credentials.rules import held_by

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


class Finding(StrEnum):
    """What a check of a credential found, worst first."""

    BROKEN = "broken"  # changed after signing, or no credential
    FOREIGN = "foreign"  # genuinely signed, by a key this site does not know
    REVOKED = "revoked"
    EXPIRED = "expired"
    GENUINE = "genuine"


@dataclass(frozen=True, slots=True)
class Checked:
    finding: Finding
    credential: Credential | None = None
    issuer_name: str = ""
    title: str = ""
    holder_name: str = ""


def of_person(person: Person) -> QuerySet[Credential]:
    return Credential.objects.filter(held_by(person)).select_related("issuer")


def by_public_id() -> QuerySet[Credential]:
    """Return every credential: whoever has the address may see it, that is what it is for."""
    return Credential.objects.select_related("issuer", "key", "holder")


def revoked_indices(key: IssuerKey) -> list[int]:
    return list(
        Credential.objects.filter(key=key, revoked_at__isnull=False)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def keys_of(institution_slug: str) -> QuerySet[IssuerKey]:
    return IssuerKey.objects.filter(institution__slug=institution_slug).select_related("institution")


def standing(institution: Institution) -> QuerySet[Credential]:
    return Credential.objects.filter(issuer=institution, revoked_at=None)


def check(document: str | bytes) -> Checked:
    """Check a signed document against its signature, our keys and the register of revocations."""
    try:
        genuine = signing.check(document)
    except signing.NotGenuine:
        return _expired(document) or Checked(Finding.BROKEN)
    told: dict[str, Any] = {
        "issuer_name": genuine.issuer_name,
        "title": genuine.title,
        "holder_name": genuine.holder_name,
    }
    try:
        public_id = uuid.UUID(genuine.credential_id.rstrip("/").rpartition("/")[2])
    except ValueError:
        return Checked(Finding.FOREIGN, **told)
    # The key decides whether it is ours: a site may move to another address, its keys stay.
    known = by_public_id().filter(public_id=public_id, key__did=genuine.issuer_did).first()
    if known is None:
        return Checked(Finding.FOREIGN, **told)
    if known.revoked:
        return Checked(Finding.REVOKED, credential=known, **told)
    return Checked(Finding.GENUINE, credential=known, **told)


def _expired(document: str | bytes) -> Checked | None:
    """Tell a credential of ours that has expired from a broken one: the signature is not judged any more then.

    It is ours if it is, value by value, what the register keeps.
    """
    try:
        raw = json.loads(document)
        public_id = uuid.UUID(str(raw["id"]).rstrip("/").rpartition("/")[2])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    known = by_public_id().filter(public_id=public_id, expires_at__lte=timezone.now()).first()
    if known is None or json.loads(known.document) != raw:
        return None
    return Checked(
        Finding.REVOKED if known.revoked else Finding.EXPIRED,
        credential=known,
        issuer_name=known.issuer.name,
        title=known.title,
        holder_name=known.holder_name,
    )
