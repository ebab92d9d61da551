"""What partnering hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.evidence import api as evidence
from biosint.notices import api as notices
from biosint.partnering.operations import contacts, events, offers
from biosint.partnering.queries import contacts as contact_queries
from biosint.partnering.queries import events as event_queries
from biosint.partnering.queries import offers as offer_queries
from biosint.partnering.queries.offers import Search
from biosint.partnering.rules import offers as rules
from biosint.shared import registries
from biosint.shared.registries import Area, Destination, Found, Waiting

if TYPE_CHECKING:
    from biosint.people.api import Person


def register() -> None:
    """Called once, when Django has loaded every app."""
    evidence.declare(
        evidence.Kind(contacts.BEGUN, _("Courses begun with a partner found here"), "course"),
        evidence.Kind(events.HELD, _("Talks held at matching events"), "pair"),
    )
    notices.register_kind(
        notices.Kind(offers.NOTICE, _("Finding partners"), _("Messages about offers, and offers that end."))
    )
    registries.DESTINATIONS.append(
        Destination(
            area=Area.NETWORK,
            label=_("Course partners"),
            url_name="partnering:offers",
            meaning=_("Find a teacher abroad for a course together, or a place in theirs."),
            icon="handshake",
            order=20,
        )
    )
    registries.WAITING.append(_waits)
    registries.SEARCHERS.append(_found)
    registries.PUBLIC_PATHS.append(lambda: [reverse("partnering:offers")])
    registries.EXPORTERS.append(("partnering", personal_records))
    registries.ERASERS.extend([offers.forget, events.forget])


def _waits(person: Person) -> Iterator[Waiting]:
    # Messages are told as notices; a course that the other began waits for a word.
    if rules.may_offer(person):
        for contact in contact_queries.unanswered_courses(person)[:3]:
            yield Waiting(
                title=_("Say yes or no to the course “%(course)s”") % {"course": contact.course},
                why=_("A teacher whom you found here began it with you."),
                url=contact.get_absolute_url(),
                icon="handshake",
            )
    if person.is_staff and (count := offer_queries.open_reports().count()):
        yield Waiting(
            title=_("Reports about offers: %(count)s") % {"count": count},
            url=reverse("partnering:reports"),
            icon="flag",
        )


def _found(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:
    del person  # open offers are public
    for offer in offer_queries.offers_found(Search(words=words), today=timezone.localdate())[:limit]:
        yield Found(
            title=offer.title,
            url=offer.get_absolute_url(),
            kind=_("Course partners"),
            text=offer.institution.name,
        )


def personal_records(person: Person) -> Iterable[dict[str, Any]]:
    """Everything partnering keeps about one person, for their own export."""
    for offer in offer_queries.offers_of(person):
        yield {
            "offer": offer.title,
            "text": offer.text,
            "keywords": offer.keywords,
            "state": offer.state,
            "made_at": offer.created_at,
        }
    for contact in contact_queries.begun_by(person):
        yield {"conversation_about": contact.offer.title, "begun_at": contact.created_at}
    for message in contact_queries.written_by(person):
        yield {"about": message.contact.offer.title, "wrote": message.text, "at": message.sent_at}
    for blocked in contact_queries.blocked_by(person):
        yield {"blocked": str(blocked.blocked), "at": blocked.created_at}
    for report in contact_queries.reported_by(person):
        yield {"reported": report.offer.title, "reason": report.reason, "at": report.reported_at}
    for one in event_queries.registrations_by(person):
        yield {
            "event": one.event.title,
            "brings": one.brings,
            "seeks": one.seeks,
            "keywords": one.keywords,
            "registered_at": one.registered_at,
        }
    for meeting in event_queries.meetings_with(person):
        yield {"talk_at": meeting.event.title, "round": meeting.round, "outcome": meeting.outcome}
