"""What workshops hand to the registries below: evidence, menu, what waits, search, a person's own records."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.people.api import Person
from biosint.shared import registries
from biosint.situation.models import Objective, Option, Statement, Vote, Workshop
from biosint.situation.operations.workshops import WORKSHOP_CLOSED
from biosint.situation.queries import workshops
from biosint.situation.rules.research import STAFF


def waiting(person: Person) -> Iterable[registries.Waiting]:
    """A vote that the person opened and has not closed: a forgotten one keeps everybody from mending words."""
    for vote in Vote.objects.filter(opened_by=person, closed_at=None).select_related("workshop"):
        yield registries.Waiting(
            title=_("Close the vote in “%(workshop)s”") % {"workshop": vote.workshop},
            url=reverse("situation:wall", args=[vote.workshop.public_id]),
            why=_("It is still open, so statements cannot be mended."),
            icon="vote",
        )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    if person is None:
        return
    for workshop in workshops.workshops_for(person).filter(title__icontains=words)[:limit]:
        yield registries.Found(
            title=workshop.title, url=workshop.get_absolute_url(), kind=_("SWOT workshop"), text=""
        )


def _begun(person: Person) -> Iterable[dict[str, object]]:
    """Workshops that the person began or closed."""
    for one in Workshop.objects.filter(created_by=person):
        yield {
            "workshop": one.title,
            "begun_at": one.created_at.isoformat(),
            "closed_by_you": one.closed_by_id == person.pk,
        }


def _said(person: Person) -> Iterable[dict[str, object]]:
    """Statements that the person added, or let the platform propose."""
    for one in Statement.objects.filter(created_by=person).select_related("workshop"):
        yield {
            "workshop": one.workshop.title,
            "statement": one.text,
            "proposed": bool(one.origin),
            "at": one.created_at.isoformat(),
        }


def _set(person: Person) -> Iterable[dict[str, object]]:
    """Strategic options and objectives that the person wrote."""
    for option in Option.objects.filter(created_by=person):
        yield {"option": option.text, "at": option.created_at.isoformat()}
    for objective in Objective.objects.filter(created_by=person):
        yield {"objective": objective.text, "at": objective.created_at.isoformat()}


def register() -> None:
    evidence.declare(
        evidence.Kind(
            code=WORKSHOP_CLOSED,
            label=gettext_lazy("SWOT workshop held"),
            unit="workshop",
            public=False,
        )
    )
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.INSTITUTION,
            label=gettext_lazy("SWOT workshops"),
            url_name="situation:workshops",
            meaning=gettext_lazy(
                "Agree on strengths and weaknesses with their figures, vote, and set objectives."
            ),
            icon="presentation",
            visible=lambda person: person.is_staff or person.holds(*STAFF),
            order=14,
        )
    )
    registries.WAITING.append(waiting)
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.extend(
        [("situation.workshop", _begun), ("situation.statement", _said), ("situation.objective", _set)]
    )
