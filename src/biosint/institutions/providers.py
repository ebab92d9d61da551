"""What institutions hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.institutions import queries
from biosint.shared.registries import DESTINATIONS, SEARCHERS, Area, Destination, Found

if TYPE_CHECKING:
    from biosint.people.models import Person


def search(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:
    """Institutions are public, so everybody finds them."""
    return [
        Found(
            title=institution.name,
            url=reverse("institutions:detail", args=[institution.slug]),
            kind=_("Institution"),
            text=f"{institution.city}, {institution.country_label}",
        )
        for institution in queries.named_like(queries.institutions_for(person), words)[:limit]
    ]


def register() -> None:
    """Called once, when Django has loaded every app."""
    SEARCHERS.append(search)
    DESTINATIONS.append(
        Destination(
            area=Area.NETWORK,
            label=_("Institutions"),
            url_name="institutions:list",
            meaning=_("Find a faculty and what it does."),
            icon="building-2",
            order=30,
        )
    )
