"""Offers of teachers, and what is written about them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import factory

from biosint.partnering.models import Block, Contact, Message, Offer, OfferWord, Report
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory, TeacherFactory


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


class ReportFactory(factory.django.DjangoModelFactory[Report]):
    class Meta:
        model = Report

    offer = factory.SubFactory(OfferFactory)
    reason = "This is an advertisement."
    reported_by = factory.SubFactory(PersonFactory)
    reported_at = NOON
