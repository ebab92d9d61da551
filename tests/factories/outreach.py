from __future__ import annotations

import factory

from biosint.outreach.models import Activity, Enquiry, News
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.people import PersonFactory


class ActivityEntryFactory(factory.django.DjangoModelFactory[Activity]):
    """A talk of the coordinating institution, counted and proved."""

    class Meta:
        model = Activity

    consortium = factory.SubFactory(ConsortiumFactory)
    institution = factory.SelfAttribute("consortium.coordinator")
    title = factory.Sequence(lambda n: f"Talk {n + 1}")
    held_date = NOON.date()
    kind = "talk"
    place = "Čačak, days of medical education"
    language = "sr"
    target_groups = ["teachers", "students"]
    reached = 60
    reached_how = "list of attendance"
    proof_link = "https://example.org/programme"
    shows_funding = True
    entered_by = factory.SubFactory(PersonFactory)
    entered_at = NOON


class NewsFactory(factory.django.DjangoModelFactory[News]):
    class Meta:
        model = News

    title = factory.Sequence(lambda n: {"en": f"News {n + 1}", "sr": f"Вест {n + 1}"})
    text = {"en": "It **happened**.", "sr": "Догодило се."}
    published_by = factory.SubFactory(PersonFactory)
    published_at = NOON


class EnquiryFactory(factory.django.DjangoModelFactory[Enquiry]):
    class Meta:
        model = Enquiry

    name = "Mira Kos"
    organisation = factory.Sequence(lambda n: f"Hospital {n + 1}")
    email = "mira@example.org"
    purpose = "To train our mentors."
    received_at = NOON
