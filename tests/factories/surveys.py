from __future__ import annotations

from typing import Any

import factory

from biosint.surveys.api import (
    AnswerSet,
    AskedGroup,
    AskedInstitution,
    Audience,
    Questionnaire,
    Submission,
    Version,
)
from biosint.surveys.models import Intake, Ticket
from clock import DAY, NOON
from factories.institutions import InstitutionFactory
from factories.messages import StoredFileFactory
from factories.people import PersonFactory

SMALL: dict[str, Any] = {
    "title": {"en": "Small questionnaire", "sr": "Мали упитник"},
    "introduction": {"en": "Five questions."},
    "audience": "students",
    "sections": [
        {
            "title": {"en": "All"},
            "questions": [
                {"code": "consent", "kind": "consent", "text": {"en": "I agree."}},
                {
                    "code": "mobility",
                    "kind": "single",
                    "required": True,
                    "text": {"en": "Abroad?", "sr": "У иностранство?"},
                    "options": [
                        {"code": "yes", "label": {"en": "Yes"}},
                        {"code": "no", "label": {"en": "No"}},
                    ],
                },
                {
                    "code": "obstacles",
                    "kind": "multiple",
                    "text": {"en": "What hinders?"},
                    "options": [
                        {"code": "money", "label": {"en": "Money"}},
                        {"code": "time", "label": {"en": "Time"}},
                    ],
                },
                {
                    "code": "digital",
                    "kind": "scale",
                    "least": 1,
                    "most": 5,
                    "text": {"en": "How true?"},
                    "items": [
                        {"code": "digital_a", "text": {"en": "I can."}},
                        {"code": "digital_b", "text": {"en": "I cannot."}, "reversed": True},
                    ],
                },
                {"code": "age", "kind": "number", "least": 17, "most": 99, "text": {"en": "Age"}},
                {"code": "wish", "kind": "text", "text": {"en": "Wish"}},
            ],
        }
    ],
}


class QuestionnaireFactory(factory.django.DjangoModelFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    title = {"en": "Small questionnaire"}
    audience = Audience.STUDENTS
    institution = factory.SubFactory(InstitutionFactory)
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class VersionFactory(factory.django.DjangoModelFactory[Version]):
    """A published version; ``published_by=None, published_at=None`` is a draft."""

    class Meta:
        model = Version

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    content = SMALL
    published_by = factory.SelfAttribute("questionnaire.created_by")
    published_at = NOON


class AnswerSetFactory(factory.django.DjangoModelFactory[AnswerSet]):
    """Open for ten days around noon; ``asked=[…]`` are the institutions."""

    class Meta:
        model = AnswerSet
        skip_postgeneration_save = True

    title = "Students, spring"
    version = factory.SubFactory(VersionFactory)
    owner = factory.SelfAttribute("version.questionnaire.institution")
    audience = Audience.STUDENTS
    token = factory.Sequence(lambda n: f"link{n}")
    opens_at = NOON - 5 * DAY
    closes_at = NOON + 5 * DAY
    created_by = factory.SelfAttribute("version.questionnaire.created_by")
    created_at = NOON - 6 * DAY

    @factory.post_generation
    def asked(self: AnswerSet, _create: bool, institutions: Any, **_more: Any) -> None:
        for institution in institutions or []:
            AskedInstitutionFactory(answer_set=self, institution=institution)


class AskedInstitutionFactory(factory.django.DjangoModelFactory[AskedInstitution]):
    class Meta:
        model = AskedInstitution

    answer_set = factory.SubFactory(AnswerSetFactory)
    institution = factory.SubFactory(InstitutionFactory)
    invited = 100


class AskedGroupFactory(factory.django.DjangoModelFactory[AskedGroup]):
    class Meta:
        model = AskedGroup

    asked = factory.SubFactory(AskedInstitutionFactory)
    code = factory.Sequence(lambda n: f"year-{n}")
    label = {"en": "Second year", "sr": "Друга година"}
    invited = 40


class TicketFactory(factory.django.DjangoModelFactory[Ticket]):
    class Meta:
        model = Ticket

    digest = factory.Sequence(lambda n: f"{n:064x}")
    asked = factory.SubFactory(AskedInstitutionFactory)


class SubmissionFactory(factory.django.DjangoModelFactory[Submission]):
    class Meta:
        model = Submission

    answer_set = factory.SubFactory(AnswerSetFactory)
    language = "en"
    answers = {"mobility": "yes", "digital_a": 4, "digital_b": 2, "age": 21}
    received_date = NOON.date()


class IntakeFactory(factory.django.DjangoModelFactory[Intake]):
    """A file that was looked at; its content is not on the disk."""

    class Meta:
        model = Intake

    file = factory.SubFactory(StoredFileFactory, kind="surveys.answers", name="answers.csv")
    file_name = "answers.csv"
    checksum = factory.Sequence(lambda n: f"{n:064x}")
    institution = factory.SubFactory(InstitutionFactory)
    title = "Answers of 2024"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON
