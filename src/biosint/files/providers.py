"""What files hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from biosint.files import operations
from biosint.files.models import ArrivingFile
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def _on_the_way(person: Person) -> Iterable[dict[str, Any]]:
    for arrival in ArrivingFile.objects.filter(owner=person):
        yield {"name": arrival.name, "size": arrival.size, "begun_at": arrival.begun_at}


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.EXPORTERS.append(("files.arrivingfile", _on_the_way))
    registries.ERASERS.append(operations.forget)
