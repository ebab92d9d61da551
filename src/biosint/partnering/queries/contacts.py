"""Conversations about offers, for the two who lead them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.partnering.models import Block, Contact, Message, Offer, Report
from biosint.partnering.rules import offers as rules

if TYPE_CHECKING:
    from biosint.people.api import Person


def contacts_of(person: Person) -> QuerySet[Contact]:
    """Return the conversations of one person, what was written last first."""
    return Contact.objects.filter(rules.reads(person)).select_related(
        "offer__teacher", "offer__institution", "asker", "institution", "course"
    )


def contact_about(person: Person, offer: Offer) -> Contact | None:
    return Contact.objects.filter(offer=offer, asker=person).first()


def messages_of(contact: Contact) -> QuerySet[Message]:
    return contact.messages.select_related("author").order_by("sent_at", "pk")


def blocked_by(person: Person) -> QuerySet[Block]:
    return Block.objects.filter(person=person).select_related("blocked")


def begun_by(person: Person) -> QuerySet[Contact]:
    """Return the conversations a person began, for their own export."""
    return Contact.objects.filter(asker=person).select_related("offer")


def written_by(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(author=person).select_related("contact__offer").order_by("pk")


def unanswered_courses(person: Person) -> QuerySet[Contact]:
    """Return the conversations in which the other began a course that the person has not answered."""
    return (
        contacts_of(person)
        .filter(course__teachings__person=person, course__teachings__accepted_at=None)
        .exclude(begun_by=person)
    )


def reported_by(person: Person) -> QuerySet[Report]:
    return Report.objects.filter(reported_by=person).select_related("offer")
