"""Signed links that let a guest in without a password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from biosint.people.models import Person

VALID = timedelta(days=7)
_SIGNER = signing.Signer(salt="biosint.people.sign-in-link")


def _stamp(person: Person) -> str:
    """What changes when the person signs in, so that one sign-in ends every older link."""
    return person.last_login.isoformat() if person.last_login else ""


def sign_in_link(person: Person, *, at: datetime | None = None, then: str = "") -> str:
    """Return a full address that signs a guest in once, within seven days.

    Send it to the person's own address and show it nowhere else. Somebody who is not a guest is
    only led to the sign-in page, so the same letter can go to everybody.

    Args:
        then: path on this site to go on to.
    """
    issued = int((at or timezone.now()).timestamp())
    token = _SIGNER.sign_object({"person": str(person.public_id), "seen": _stamp(person), "at": issued})
    words = f"?{urlencode({'next': then})}" if then else ""
    return f"{settings.SITE_URL}{reverse('people:follow_link', args=[token])}{words}"


def read_link(token: str) -> tuple[str, str, datetime] | None:
    """Return (public key, stamp, issued at) of a token that this site signed, else None."""
    try:
        words = _SIGNER.unsign_object(token)
        return (
            words["person"],
            words["seen"],
            datetime.fromtimestamp(words["at"], timezone.get_default_timezone()),
        )
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def still_opens(person: Person, *, seen: str, issued: datetime, at: datetime) -> bool:
    """Whether a link issued then still signs the person in now."""
    return (
        person.is_active
        and seen == _stamp(person)
        and issued <= at + timedelta(minutes=5)
        and at < issued + VALID
    )
