"""What impact hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.impact import queries
from biosint.impact.models import Version
from biosint.impact.operations import PUBLISHED
from biosint.impact.rules import COMPARERS
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def _found(asked: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for comparison in queries.comparisons_for(person).filter(course__title__icontains=asked)[:limit]:
        yield registries.Found(
            title=str(comparison),
            url=comparison.get_absolute_url(),
            kind=_("Cost and benefit"),
            text=comparison.institution.name,
        )


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for version in Version.objects.filter(written_by=person).select_related("comparison__course"):
        yield {
            "comparison": str(version.comparison),
            "version": version.number,
            "written_at": version.written_at,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(evidence.Kind(PUBLISHED, _("Comparisons of cost and benefit"), "comparison"))
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.PROJECT,
            _("Cost and benefit"),
            "impact:list",
            _("Compare a finished course at home with as many stays abroad: money, hours, CO2."),
            icon="scale",
            visible=lambda person: person.is_staff or person.holds(*COMPARERS),
            order=70,
        )
    )
    registries.SEARCHERS.append(_found)
    registries.EXPORTERS.append(("comparisons", _export))
