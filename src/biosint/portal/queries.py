"""What the front door shows, asked from the apps below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.consortium import api as consortium
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.people.api import Person
from biosint.shared import registries
from biosint.shared.registries import Change, Found, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WAITING = 12
MOST_CHANGES = 8
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the front page and the list it was counted from."""

    label: str
    value: int
    url: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step of the guided first hour of an empty platform."""

    title: str
    text: str
    url: str
    done: bool


def waiting_for(person: Person) -> list[Waiting]:
    """Return what waits for a person, the soonest due first, undated last."""
    found = [thing for ask in registries.WAITING for thing in ask(person)]
    found.sort(key=lambda thing: (thing.due_at is None, thing.due_at.timestamp() if thing.due_at else 0))
    return found[:MOST_WAITING]


def panels_for(person: Person) -> list[registries.Panel]:
    """Return the parts of a person's home page that other apps draw."""
    return [panel for ask in registries.PANELS for panel in ask(person)]


def changes_for(person: Person) -> list[Change]:
    """Return what changed, the newest first."""
    found = [thing for ask in registries.CHANGES for thing in ask(person)]
    found.sort(key=lambda thing: thing.at, reverse=True)
    return found[:MOST_CHANGES]


def search(words: str, person: Person | None) -> list[Found]:
    """Return pages and records that hold the words and that the person may see."""
    asked = " ".join(words.split())[:100]
    if len(asked) < 2:
        return []
    return list(islice(_found(asked, person), MOST_FOUND))


def _found(asked: str, person: Person | None) -> Iterable[Found]:
    if person is not None:
        for places in registries.destinations_for(person).values():
            for place in places:
                if asked.casefold() in f"{place.label} {place.meaning}".casefold():
                    yield Found(
                        title=place.label, url=reverse(place.url_name), kind=_("Page"), text=place.meaning
                    )
    for searcher in registries.SEARCHERS:
        yield from searcher(asked, person=person, limit=8)


def figures() -> list[Figure]:
    """Return the public numbers of the front page, in one query."""
    totals = evidence.totals()
    wanted = [
        ("consortium.partner_joined", _("institutions")),
        ("situation.answers_collected", _("answers in the situation analysis")),
        ("exchange.course_run", _("institutions that ran a course from home")),
        ("exchange.learner_completed", _("learners who completed a course")),
        ("exchange.credit_recognised", _("ECTS recognised at home")),
    ]
    return [
        Figure(label=label, value=int(totals[kind][0]), url=evidence.list_url(kind=kind))
        for kind, label in wanted
        if kind in totals
    ]


def first_steps() -> list[FirstStep]:
    """Return the guided first hour: what an empty platform needs, in order, and what is done."""
    institutions = Institution.objects.exists()
    project = consortium.Consortium.objects.exists()
    members = Person.objects.filter(offices_held__isnull=False).exists()
    return [
        FirstStep(
            _("Enter your institution"),
            _("Name, town and time zone. Everything is counted per institution."),
            reverse("institutions:new"),
            institutions,
        ),
        FirstStep(
            _("Create the consortium"),
            _("Title, start and length of the project, and who coordinates."),
            reverse("consortium:new"),
            project,
        ),
        FirstStep(
            _("Invite the partners"),
            _("Each partner gets a link by mail and joins by itself."),
            reverse("consortium:partners"),
            project and consortium.Membership.objects.count() > 1,
        ),
        FirstStep(
            _("Let people in"),
            _("People sign up, name their institution, and you confirm them with one click."),
            reverse("institutions:list"),
            members,
        ),
    ]
