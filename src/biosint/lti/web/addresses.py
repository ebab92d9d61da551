"""Absolute addresses on this site, and short-lived words that name who opens what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

from biosint.lti.claims import Places
from biosint.lti.homes import home_of
from biosint.lti.models import Choice, Link

if TYPE_CHECKING:
    from biosint.people.api import Person

SALT = "biosint.lti.hint"
SECONDS = 300


def absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def issuer() -> str:
    return settings.SITE_URL.rstrip("/")


def places_of(link: Link) -> Places:
    return Places(
        issuer=issuer(),
        back=absolute(home_of(link).address_of(link)),
        members=absolute(reverse("lti:members", args=[link.public_id])),
        items=absolute(reverse("lti:items", args=[link.public_id])),
        item=absolute(reverse("lti:item", args=[link.public_id])),
    )


def places_of_choice(choice: Choice) -> Places:
    return Places(
        issuer=issuer(),
        back="",
        members="",
        items="",
        item="",
        choosing=absolute(reverse("lti:chosen", args=[choice.public_id])),
    )


@dataclass(frozen=True, slots=True)
class Hint:
    """Who is opening what."""

    person_id: int
    kind: str  # "link" or "choice"
    public_id: str


def hint(person: Person, kind: str, public_id: object) -> str:
    """Return a word that only this site can make, and that is old after ``SECONDS``."""
    return signing.dumps([person.pk, kind, str(public_id)], salt=SALT)


def read_hint(word: str) -> Hint | None:
    """Return what a word says; None where it is not ours or too old."""
    try:
        return Hint(*signing.loads(word, salt=SALT, max_age=SECONDS))
    except (signing.BadSignature, TypeError, ValueError):
        return None
