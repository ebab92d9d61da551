"""What situation reports hand to the registries below: evidence, menu, files, search, a person's own records."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.files.api import StoredFile, register_reader
from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.operations.reports import BUNDLE_KIND, DATA_KIND, REPORT_FINAL
from biosint.situation.queries import reports
from biosint.situation.rules import reports as rules


def _may_read_bundle(person: Person | None, stored: StoredFile) -> bool:
    """Whoever reads the report may work its figures out again."""
    report = reports.report_of_file(stored)
    return report is not None and bool(rules.may_view(person, report))


def _may_read_data(person: Person | None, stored: StoredFile) -> bool:
    """Single answers are for those who may take them out of every set concerned."""
    report = reports.report_of_file(stored)
    return person is not None and report is not None and reports.may_take_data(person, report)


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for report in reports.reports_for(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=report.title,
            url=reverse("situation:report", args=[report.public_id]),
            kind=_("Situation report"),
        )


def _written(person: Person) -> Iterable[dict[str, object]]:
    """Reports that the person began, finalised or published."""
    for report in reports.reports_held_by(person):
        yield {
            "title": report.title,
            "begun_by_you": report.created_by_id == person.pk,
            "finalised_by_you": report.finalised_by_id == person.pk,
            "published_by_you": report.published_by_id == person.pk,
        }


def register() -> None:
    register_reader(BUNDLE_KIND, _may_read_bundle)
    register_reader(DATA_KIND, _may_read_data)
    evidence.declare(
        evidence.Kind(
            code=REPORT_FINAL, label=gettext_lazy("Report on the situation finished"), unit="report"
        )
    )
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.append(("situation.report", _written))
