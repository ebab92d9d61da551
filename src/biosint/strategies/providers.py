"""What strategies hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.people.api import Office
from biosint.shared import registries
from biosint.situation import api as situation
from biosint.strategies import queries
from biosint.strategies.models import Document, Version
from biosint.strategies.rules import WRITERS
from biosint.strategies.states import DocumentState

if TYPE_CHECKING:
    from biosint.people.api import Person


def _waiting(person: Person) -> Iterable[registries.Waiting]:
    places = person.institutions_as(Office.DEAN)
    if places:
        for document in Document.objects.filter(state=DocumentState.REVIEW, institution__in=places)[:5]:
            yield registries.Waiting(
                title=_now("Record the council’s decision: %(title)s") % {"title": document.title},
                url=document.get_absolute_url(),
                why=_now("The document lies before the council."),
                icon="gavel",
            )


def _found(asked: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    for document in queries.documents_for(person).filter(title__icontains=asked)[:limit]:
        yield registries.Found(
            title=document.title,
            url=document.get_absolute_url(),
            kind=document.get_kind_display(),
            text=document.institution.name,
        )


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for version in Version.objects.filter(written_by=person).select_related("document"):
        yield {
            "document": version.document.title,
            "version": version.number,
            "written_at": version.written_at,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(evidence.Kind("strategies.document_adopted", _("Documents adopted"), "document"))
    registries.DESTINATIONS.append(
        registries.Destination(
            registries.Area.INSTITUTION,
            _("Strategies and documents"),
            "strategies:list",
            _(
                "Write strategies, protocols and guides from templates, compare versions, record the council’s decision."
            ),
            icon="file-text",
            visible=lambda person: person.is_staff or person.holds(*WRITERS, Office.TEACHER),
            order=40,
        )
    )
    situation.OBJECTIVE_USES.append(queries.uses_of)
    registries.WAITING.append(_waiting)
    registries.SEARCHERS.append(_found)
    registries.EXPORTERS.append(("documents", _export))
