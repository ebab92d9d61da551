"""What the desk research hands to the registries below: evidence, menu, search, a person's own records."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.models import Finding, Grading, Source
from biosint.situation.operations.research import FINDING_PUBLISHED
from biosint.situation.queries import research
from biosint.situation.rules.research import STAFF


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    if person is None:
        return
    for source in research.sources_for(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=source.title,
            url=source.get_absolute_url(),
            kind=_("Source of the desk research"),
            text=source.short,
        )


def _added(person: Person) -> Iterable[dict[str, object]]:
    """Sources that the person added."""
    for source in Source.objects.filter(added_by=person):
        yield {"source": source.title, "added_at": source.added_at.isoformat()}


def _written(person: Person) -> Iterable[dict[str, object]]:
    """Findings that the person wrote."""
    for finding in Finding.objects.filter(written_by=person).select_related("source"):
        yield {
            "source": finding.source.title,
            "finding": finding.text,
            "written_at": finding.written_at.isoformat(),
        }


def _graded(person: Person) -> Iterable[dict[str, object]]:
    """Grades that the person gave."""
    for grading in Grading.objects.filter(graded_by=person).select_related("finding"):
        yield {
            "finding": grading.finding.text,
            "grade": grading.grade,
            "because": grading.because,
            "graded_at": grading.graded_at.isoformat(),
        }


def register() -> None:
    evidence.declare(
        evidence.Kind(
            code=FINDING_PUBLISHED,
            label=gettext_lazy("Finding about the situation abroad published"),
            unit="finding",
            public=False,
        )
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.INSTITUTION,
            label=gettext_lazy("Desk research"),
            url_name="situation:research",
            meaning=gettext_lazy("Collect what others wrote about the situation abroad, with its sources."),
            icon="library",
            visible=lambda person: person.is_staff or person.holds(*STAFF),
            order=12,
        )
    )
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.extend(
        [("situation.source", _added), ("situation.finding", _written), ("situation.grading", _graded)]
    )
