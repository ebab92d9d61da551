"""What notices hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from biosint.notices import queries
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.models import Person


def changes(person: Person) -> Iterable[registries.Change]:
    for notice in queries.notices_for(person).filter(read_at=None)[:10]:
        yield registries.Change(
            title=notice.title, url=reverse("notices:open", args=[notice.pk]), at=notice.created_at
        )


def records(person: Person) -> Iterable[dict[str, object]]:
    for notice in queries.notices_for(person):
        yield {"title": notice.title, "text": notice.text, "created_at": notice.created_at.isoformat()}


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.CHANGES.append(changes)
    registries.EXPORTERS.append(("notices", records))
