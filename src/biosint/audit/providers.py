"""What audit hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from biosint.audit import queries
from biosint.audit.rules import may_read
from biosint.shared.registries import DESTINATIONS, EXPORTERS, Area, Destination

if TYPE_CHECKING:
    from biosint.people.models import Person


def export_lines(person: Person) -> Iterable[dict[str, Any]]:
    """What the person did, as the trail has it."""
    for line in queries.lines_by(person).iterator():
        yield {"at": line.at, "action": line.deed, "record": line.subject_label}


def register() -> None:
    """Called once, when Django has loaded every app."""
    EXPORTERS.append(("audit.line", export_lines))
    DESTINATIONS.append(
        Destination(
            area=Area.ADMINISTRATION,
            label=_("Audit trail"),
            url_name="audit:list",
            meaning=_("See who did what, and when."),
            icon="history",
            visible=lambda person: bool(may_read(person)),
            order=80,
        )
    )
