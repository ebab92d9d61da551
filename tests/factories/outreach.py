from __future__ import annotations

import factory

from biosint.outreach.models import Activity, Enquiry, News, Practice, PracticeUse
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.institutions import InstitutionFactory
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


class PracticeFactory(factory.django.DjangoModelFactory[Practice]):
    """Waits for a review; ``PublishedPracticeFactory`` has had it."""

    class Meta:
        model = Practice

    institution = factory.SubFactory(InstitutionFactory)
    title = factory.Sequence(lambda n: f"Ten minutes of silence {n + 1}")
    language = "en"
    need = "Quiet students said nothing in mixed teams."
    deed = "Everybody **writes** for ten minutes before anybody speaks."
    outcome = "All spoke in the second meeting."
    effort = "Ten minutes."
    written_by = factory.SubFactory(PersonFactory)
    written_at = NOON


class PublishedPracticeFactory(PracticeFactory):
    state = "published"
    reviewed_by = factory.SubFactory(PersonFactory)
    reviewed_at = NOON


class PracticeUseFactory(factory.django.DjangoModelFactory[PracticeUse]):
    class Meta:
        model = PracticeUse

    practice = factory.SubFactory(PublishedPracticeFactory)
    institution = factory.SubFactory(InstitutionFactory)
    note = "In both courses, five minutes."
    told_by = factory.SubFactory(PersonFactory)
    told_at = NOON
