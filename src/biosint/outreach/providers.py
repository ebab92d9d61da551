"""What outreach hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.files import api as files
from biosint.notices import api as notices
from biosint.outreach import queries
from biosint.outreach.models import Activity, Practice
from biosint.outreach.operations import HELD, PRACTICE_PUBLISHED, PRACTICE_USED, PROOF_FILE, REACHED
from biosint.outreach.rules import INSIDERS, may_read_enquiries, may_review_practice, sees_inside
from biosint.outreach.states import WRITTEN_LANGUAGES
from biosint.people.api import Office
from biosint.shared import registries

if TYPE_CHECKING:
    from biosint.files.api import StoredFile
    from biosint.people.api import Person


def _waiting(person: Person) -> Iterable[registries.Waiting]:
    if may_read_enquiries(person):
        for enquiry in queries.new_enquiries()[:3]:
            yield registries.Waiting(
                title=_now("Answer an enquiry: %(who)s") % {"who": enquiry},
                url=reverse("outreach:enquiries"),
                why=_now("Somebody from outside wants to use the results."),
                icon="mail",
            )
    # The quality board reads what others wrote; every colleague may, nobody else is reminded.
    if person.holds(Office.QUALITY_BOARD):
        for practice in queries.practices_to_review()[:5]:
            if may_review_practice(person, practice):
                yield registries.Waiting(
                    title=_now("Review a good practice: %(title)s") % {"title": practice},
                    url=practice.get_absolute_url(),
                    why=_now("A colleague of another institution reads it before it is shown."),
                    icon="lightbulb",
                )


def _found(asked: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:
    named = Q()
    for code in WRITTEN_LANGUAGES:
        named |= Q(**{f"title__{code}__icontains": asked})
    for news in queries.news_shown().filter(named)[:limit]:
        yield registries.Found(title=str(news), url=news.get_absolute_url(), kind=_("News"))
    for activity in queries.activities_for(person).filter(title__icontains=asked)[:limit]:
        yield registries.Found(
            title=activity.title,
            url=activity.get_absolute_url(),
            kind=_("Dissemination"),
            text=activity.institution.name,
        )
    for practice in queries.practices_for(person).filter(title__icontains=asked)[:limit]:
        yield registries.Found(
            title=practice.title,
            url=practice.get_absolute_url(),
            kind=_("Good practice"),
            text=practice.institution.name,
        )


def _export(person: Person) -> Iterable[dict[str, Any]]:
    for activity in Activity.objects.filter(entered_by=person):
        yield {
            "title": activity.title,
            "held_date": activity.held_date,
            "entered_at": activity.entered_at,
        }
    for practice in Practice.objects.filter(written_by=person):
        yield {"title": practice.title, "written_at": practice.written_at}


def _opens_proof(person: Person | None, stored: StoredFile) -> bool:
    """A proof file may name people: staff of the institutions open it, visitors and students do not."""
    return person is not None and sees_inside(person) and queries.proves_activity_of(person, stored)


def register() -> None:
    """Called once, when Django has loaded every app."""
    notices.register_kind(
        notices.Kind(
            "outreach.results", _("Results and good practice"), _("Who uses them, and what is published.")
        )
    )
    evidence.declare(
        evidence.Kind(HELD, _("Dissemination activities"), "activity"),
        evidence.Kind(REACHED, _("People reached by dissemination"), "person"),
        evidence.Kind(PRACTICE_PUBLISHED, _("Good practices published"), "practice"),
        evidence.Kind(PRACTICE_USED, _("Good practices taken up from others"), "practice"),
    )
    files.register_reader(PROOF_FILE, _opens_proof)
    registries.DESTINATIONS.extend(
        [
            registries.Destination(
                registries.Area.PROJECT,
                _("Dissemination"),
                "outreach:activities",
                _("Enter talks, articles and events with their proof, and see whom the project reached."),
                icon="megaphone",
                visible=lambda person: person.is_staff or person.holds(*INSIDERS),
                order=60,
            ),
            registries.Destination(
                registries.Area.NETWORK,
                _("Results"),
                "outreach:results",
                _("What the consortium did, in figures that open, and what others may use."),
                icon="sparkles",
                order=30,
            ),
            registries.Destination(
                registries.Area.NETWORK,
                _("Good practice"),
                "outreach:practices",
                _("What worked elsewhere, read by colleagues, to take up at your place."),
                icon="lightbulb",
                order=35,
            ),
            registries.Destination(
                registries.Area.NETWORK,
                _("News"),
                "outreach:news",
                _("What happened lately."),
                icon="newspaper",
                order=40,
            ),
            registries.Destination(
                registries.Area.NETWORK,
                _("Enquiries"),
                "outreach:enquiries",
                _("People from outside who want to use the results, and what came of it."),
                icon="mail",
                visible=lambda person: bool(may_read_enquiries(person)),
                order=60,
            ),
        ]
    )
    registries.WAITING.append(_waiting)
    registries.SEARCHERS.append(_found)
    registries.EXPORTERS.append(("dissemination", _export))
