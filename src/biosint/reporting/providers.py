"""What reporting hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.reporting import queries
from biosint.reporting.models import Report
from biosint.reporting.rules import READERS
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.people.api import Person


def _found(asked: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for report in queries.reports_for(person).filter(title__icontains=asked)[:limit]:
        yield registries.Found(title=report.title, url=report.get_absolute_url(), kind=_now("Report"))


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for report in Report.objects.filter(Q(created_by=person) | Q(finalised_by=person)):
        yield {"report": report.title, "created_at": report.created_at, "finalised_at": report.finalised_at}


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(
        evidence.Kind("reporting.report_finalised", _("Reports made final"), "report", public=False)
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.PROJECT,
            _("Reports"),
            "reporting:list",
            _(
                "Periodic reports written from evidence, as page, PDF and DOCX; every figure opens to its list."
            ),
            icon="file-text",
            visible=lambda person: person.is_staff or person.holds(*READERS),
            order=70,
        )
    )
    registries.SEARCHERS.append(_found)
    registries.EXPORTERS.append(("reports", _export))
