from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.evidence import api as evidence
from biosint.reporting import content
from biosint.reporting.models import Report
from biosint.reporting.rules import viewable_by

if TYPE_CHECKING:
    from biosint.people.api import Person


def reports_for(person: Person | None) -> QuerySet[Report]:
    return Report.objects.filter(viewable_by(person)).select_related("consortium__coordinator")


def content_of(report: Report, at: datetime) -> content.Content:
    """Return what a report counts: kept figures of a final one, fresh figures of a draft."""
    return content.from_plain(report.snapshot) if report.snapshot is not None else content.counted(report, at)


def items_of(figure: content.Figure) -> QuerySet[evidence.Item]:
    """Return exactly the evidence a figure was counted from, also what was withdrawn since."""
    return evidence.Item.objects.filter(pk__in=figure.items).select_related("institution")
