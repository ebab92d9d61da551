"""Agreements with their signatures, decisions, transcripts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory

from biosint.recognition import content, texts
from biosint.recognition.models import (
    AgreementVersion,
    BroughtRecord,
    CourseAtHome,
    FormerDecision,
    LearningAgreement,
    Recognition,
    Signature,
    Transcript,
)
from clock import NOON
from factories.exchange import AdmittedFactory, CompletionFactory, CourseFactory
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory


class RecognitionFactory(factory.django.DjangoModelFactory[Recognition]):
    class Meta:
        model = Recognition

    completion = factory.SubFactory(CompletionFactory)
    local_name = "Infectious diseases, elective"
    ects = 3
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = NOON


class FormerDecisionFactory(factory.django.DjangoModelFactory[FormerDecision]):
    class Meta:
        model = FormerDecision

    recognition = factory.SubFactory(RecognitionFactory)
    version = 1
    decision = "declined"
    ects = 0
    reason = "The elective part was full."
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = NOON
    reopened_by = factory.SubFactory(PersonFactory)
    reopened_at = NOON
    why_reopened = "A place became free."


class CourseAtHomeFactory(factory.django.DjangoModelFactory[CourseAtHome]):
    class Meta:
        model = CourseAtHome

    course = factory.SubFactory(CourseFactory)
    institution = factory.SubFactory(InstitutionFactory)
    code = "INF-4"
    title = "Infectious diseases, elective"
    ects = 3
    changed_by = factory.SubFactory(PersonFactory)
    changed_at = NOON


class LearningAgreementFactory(factory.django.DjangoModelFactory[LearningAgreement]):
    """Between an admitted learner's institution and the host, with a first version that counts for something."""

    class Meta:
        model = LearningAgreement
        skip_postgeneration_save = True

    application = factory.SubFactory(AdmittedFactory, institution=factory.SubFactory(InstitutionFactory))
    home = factory.LazyAttribute(lambda own: own.application.institution)
    host = factory.LazyAttribute(lambda own: own.application.course.host)
    sign_by_date = (NOON + timedelta(days=30)).date()
    created_at = NOON

    @factory.post_generation
    def first_version(self, create: bool, _given: Any, **_more: Any) -> None:
        if create:
            AgreementVersionFactory(agreement=self)


class AgreementVersionFactory(factory.django.DjangoModelFactory[AgreementVersion]):
    class Meta:
        model = AgreementVersion

    agreement = factory.SubFactory(LearningAgreementFactory)
    number = factory.LazyAttribute(lambda own: own.agreement.latest)
    text = factory.LazyAttribute(
        lambda own: texts.written(
            content.of_application(
                own.agreement.application,
                unit=content.CountsFor("Infectious diseases, elective", "INF-4", Decimal(3)),
                programme="Medicine",
                eqf_level=7,
            )
        )
    )
    fingerprint = factory.LazyAttribute(lambda own: texts.fingerprint(own.text))
    made_at = NOON


class SignatureFactory(factory.django.DjangoModelFactory[Signature]):
    class Meta:
        model = Signature

    version = factory.LazyFunction(lambda: LearningAgreementFactory().versions.get())  # noqa: PLW0108 -- made anew each time
    party = "learner"
    person = factory.LazyAttribute(lambda own: own.version.agreement.application.learner)
    name = factory.LazyAttribute(lambda own: own.person.name)
    office = "student"
    signed_at = NOON
    fingerprint = factory.LazyAttribute(lambda own: own.version.fingerprint)

    @classmethod
    def _create(cls, model_class: type[Signature], *args: Any, **fields: Any) -> Signature:
        made = model_class(*args, **fields)
        made.seal = texts.seal(*made.facts)
        made.save()
        return made


class TranscriptFactory(factory.django.DjangoModelFactory[Transcript]):
    class Meta:
        model = Transcript

    learner = factory.SubFactory(PersonFactory)
    text = factory.LazyAttribute(
        lambda own: texts.written({"format": 1, "learner": {"name": own.learner.name}, "records": []})
    )
    fingerprint = factory.LazyAttribute(lambda own: texts.fingerprint(own.text))
    language = "en"
    issued_at = NOON

    @classmethod
    def _create(cls, model_class: type[Transcript], *args: Any, **fields: Any) -> Transcript:
        made = model_class(*args, **fields)
        made.seal = texts.seal(*made.facts)
        made.save()
        return made


class BroughtRecordFactory(factory.django.DjangoModelFactory[BroughtRecord]):
    class Meta:
        model = BroughtRecord

    learner = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(InstitutionFactory)
    issuer = "Universiteit aan de Dijle"
    issuer_country = "BE"
    title = "Global health"
    ects = 6
    file_fingerprint = "0" * 64
    number = factory.Sequence(lambda number: number + 1)
    asked_at = NOON
