"""What evidence hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from biosint.evidence.kinds import Kind, declare
from biosint.evidence.models import Item
from biosint.evidence.rules import KEEPERS
from biosint.people.api import Office
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for item in Item.objects.filter(recorded_by=person):
        yield {
            "kind": item.kind,
            "title": item.title,
            "occurred_at": item.occurred_at,
            "vouched": item.vouched_by_id == person.pk,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    declare(
        Kind("evidence.training_held", _("Trainings held (entered by hand)"), "person", by_hand=True),
        Kind(
            "evidence.guide_published",
            _("Guides and protocols published (entered by hand)"),
            "document",
            by_hand=True,
        ),
        Kind("evidence.buddy_pair_met", _("Buddy pairs that met (entered by hand)"), "pair", by_hand=True),
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.PROJECT,
            _("Evidence"),
            "evidence:list",
            _("What happened, how much and where: what every figure is counted from."),
            icon="list-checks",
            visible=lambda person: person.is_staff or person.holds(*KEEPERS, Office.TEACHER),
            order=60,
        )
    )
    registries.EXPORTERS.append(("evidence", _export))
