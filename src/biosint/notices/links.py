"""Signed links in mails that end a kind of mail without signing in (RFC 8058)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from biosint.people.models import Person

_SIGNER = signing.Signer(salt="biosint.notices.stop")
# Stands for the collected mail, which holds news of several kinds.
DIGEST = "digest"


def stop_link(person: Person, kind: str) -> str:
    """Return the full address at which mails of a kind (or ``DIGEST``) can be ended. It never expires."""
    token = _SIGNER.sign_object({"person": str(person.public_id), "kind": kind})
    return f"{settings.SITE_URL}{reverse('notices:stop', args=[token])}"


def read_stop_link(token: str) -> tuple[str, str] | None:
    """Return (public key of the person, kind) of a token that this site signed, else None."""
    try:
        words = _SIGNER.unsign_object(token)
        return words["person"], words["kind"]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
