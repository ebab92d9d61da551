"""What credentials hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from biosint.credentials import queries
from biosint.evidence import api as evidence
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def _changes(person: Person) -> Iterable[registries.Change]:
    for credential in queries.of_person(person)[:3]:
        yield registries.Change(
            title=credential.title, url=credential.get_absolute_url(), at=credential.issued_at
        )


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for credential in queries.of_person(person):
        yield {"title": credential.title, "issued_at": credential.issued_at, "document": credential.document}


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(
        evidence.Kind("credentials.issued", _("Credentials issued"), "credential", personal=True)
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.LEARN,
            _("My credentials"),
            "credentials:mine",
            _("Certificates and badges you have earned, to show and to send."),
            icon="award",
            order=40,
        )
    )
    registries.CHANGES.append(_changes)
    registries.EXPORTERS.append(("credentials", _export))
