"""Offers of teachers, and what is written about them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import factory

from biosint.partnering.models import (
    Block,
    Contact,
    MatchingEvent,
    Meeting,
    Message,
    Offer,
    OfferWord,
    Registration,
    Report,
)
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, PersonFactory, TeacherFactory


class OfferFactory(factory.django.DjangoModelFactory[Offer]):
    """An open offer of a teacher, without search words; ``operations.offers.index_words`` gives them."""

    class Meta:
        model = Offer

    key = factory.LazyFunction(uuid.uuid4)
    title = factory.Sequence(lambda n: f"Sepsis across borders {n + 1}")
    text = "Mixed teams compare how a patient with sepsis is treated."
    institution = factory.SubFactory(InstitutionFactory)
    teacher = factory.LazyAttribute(lambda own: TeacherFactory(at=own.institution))
    subject = "0912"
    keywords = factory.LazyFunction(lambda: ["sepsis", "antibiotics"])
    start_date = NOON.date()
    end_date = (NOON + timedelta(days=69)).date()
    until_date = (NOON + timedelta(days=3650)).date()
    created_at = NOON
    changed_at = NOON


class OfferWordFactory(factory.django.DjangoModelFactory[OfferWord]):
    class Meta:
        model = OfferWord

    offer = factory.SubFactory(OfferFactory)
    stem = "sep"
    word = "sepsis"


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    offer = factory.SubFactory(OfferFactory)
    institution = factory.SubFactory(InstitutionFactory)
    asker = factory.LazyAttribute(lambda own: TeacherFactory(at=own.institution))
    created_at = NOON
    written_at = NOON


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    class Meta:
        model = Message

    contact = factory.SubFactory(ContactFactory)
    key = factory.LazyFunction(uuid.uuid4)
    author = factory.SelfAttribute("contact.asker")
    text = "Shall we do this together?"
    sent_at = NOON


class BlockFactory(factory.django.DjangoModelFactory[Block]):
    class Meta:
        model = Block

    person = factory.SubFactory(PersonFactory)
    blocked = factory.SubFactory(PersonFactory)
    created_at = NOON

    @classmethod
    def _create(cls, model_class: type[Block], *args: Any, **kwargs: Any) -> Block:
        # Nobody blocks themselves: one person named for both is the one who blocks.
        if kwargs["blocked"] == kwargs["person"]:
            kwargs["blocked"] = PersonFactory()
        return super()._create(model_class, *args, **kwargs)


class ReportFactory(factory.django.DjangoModelFactory[Report]):
    class Meta:
        model = Report

    offer = factory.SubFactory(OfferFactory)
    reason = "This is an advertisement."
    reported_by = factory.SubFactory(PersonFactory)
    reported_at = NOON


class MatchingEventFactory(factory.django.DjangoModelFactory[MatchingEvent]):
    class Meta:
        model = MatchingEvent
        skip_postgeneration_save = True

    key = factory.LazyFunction(uuid.uuid4)
    title = "Find a partner in infection"
    host = factory.SubFactory(InstitutionFactory)
    starts_at = NOON + timedelta(days=7)
    meeting_url = "https://meet.example/room"
    created_by = factory.LazyAttribute(lambda own: CoordinatorFactory(at=own.host))
    created_at = NOON


class RegistrationFactory(factory.django.DjangoModelFactory[Registration]):
    class Meta:
        model = Registration

    event = factory.SubFactory(MatchingEventFactory)
    institution = factory.SubFactory(InstitutionFactory)
    person = factory.LazyAttribute(lambda own: TeacherFactory(at=own.institution))
    subject = "0912"
    brings = "forty students"
    seeks = "a partner"
    registered_at = NOON


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    event = factory.SubFactory(MatchingEventFactory)
    round = 1
    table = factory.Sequence(lambda n: n + 1)
    first = factory.SubFactory(RegistrationFactory, event=factory.SelfAttribute("..event"))
    second = factory.SubFactory(RegistrationFactory, event=factory.SelfAttribute("..event"))
