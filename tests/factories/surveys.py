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
from biosint.surveys.models import Intake, KeptInstrument, Ticket, WordingChange
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


# One question of every kind, with a condition and random orders.
EVERY_KIND: dict[str, Any] = {
    "title": {"en": "Every kind of question"},
    "introduction": {"en": "One of each."},
    "audience": "students",
    "sections": [
        {
            "title": {"en": "Agreement"},
            "questions": [{"code": "consent", "kind": "consent", "text": {"en": "I agree."}}],
        },
        {
            "title": {"en": "You"},
            "introduction": {"en": "First something about you."},
            "questions": [
                {
                    "code": "abroad",
                    "kind": "single",
                    "required": True,
                    "text": {"en": "Have you been abroad?"},
                    "options": [
                        {"code": "yes", "label": {"en": "Yes"}},
                        {"code": "no", "label": {"en": "No"}},
                    ],
                },
                {
                    "code": "where",
                    "kind": "country",
                    "required": True,
                    "text": {"en": "Where?"},
                    "shown_if": {"all": [{"question": "abroad", "is": "yes"}]},
                },
                {
                    "code": "since",
                    "kind": "date",
                    "text": {"en": "Since when do you study?"},
                    "earliest": "2015-01-01",
                    "latest": "2027-12-31",
                },
                {
                    "code": "hours",
                    "kind": "number",
                    "least": 0,
                    "most": 60,
                    "unit": {"en": "hours a week"},
                    "text": {"en": "How long do you learn online?"},
                },
                {"code": "spoken", "kind": "languages", "most": 3, "text": {"en": "Your languages?"}},
            ],
        },
        {
            "title": {"en": "Views"},
            "questions": [
                {
                    "code": "confidence",
                    "kind": "scale",
                    "least": 1,
                    "most": 5,
                    "low_label": {"en": "not true"},
                    "high_label": {"en": "true"},
                    "point_labels": {"1": {"en": "Not at all"}, "3": {"en": "Partly"}, "5": {"en": "Fully"}},
                    "random_order": True,
                    "text": {"en": "How true is it of you?"},
                    "items": [
                        {"code": "confidence_a", "text": {"en": "I ask when I do not understand."}},
                        {"code": "confidence_b", "text": {"en": "I stay silent."}, "reversed": True},
                        {"code": "confidence_c", "text": {"en": "I enjoy mixed teams."}},
                    ],
                },
                {
                    "code": "support",
                    "kind": "matrix",
                    "text": {"en": "How good is the help with"},
                    "options": [
                        {"code": "poor", "label": {"en": "Poor"}},
                        {"code": "fair", "label": {"en": "Fair"}},
                        {"code": "good", "label": {"en": "Good"}},
                    ],
                    "items": [
                        {"code": "support_office", "text": {"en": "papers"}},
                        {"code": "support_net", "text": {"en": "the network"}},
                    ],
                },
                {
                    "code": "wishes",
                    "kind": "rank",
                    "text": {"en": "What matters most?"},
                    "options": [
                        {"code": "money", "label": {"en": "Money"}},
                        {"code": "time", "label": {"en": "Time"}},
                        {"code": "friends", "label": {"en": "Friends"}},
                    ],
                },
                {
                    "code": "ways",
                    "kind": "multiple",
                    "most": 2,
                    "random_order": True,
                    "stay_last": ["none"],
                    "text": {"en": "How do you meet others?"},
                    "options": [
                        {"code": "online", "label": {"en": "Online"}},
                        {"code": "guests", "label": {"en": "Guests here"}},
                        {"code": "travel", "label": {"en": "Travel"}},
                        {"code": "none", "label": {"en": "Not at all"}},
                    ],
                },
                {"code": "word", "kind": "text", "short": True, "text": {"en": "One word for it"}},
                {
                    "code": "why",
                    "kind": "text",
                    "text": {"en": "Why not more?"},
                    "shown_if": {
                        "any": [
                            {"question": "confidence_a", "at_most": 2},
                            {"question": "ways", "chosen": ["none"]},
                        ]
                    },
                },
            ],
        },
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


class WordingChangeFactory(factory.django.DjangoModelFactory[WordingChange]):
    class Meta:
        model = WordingChange

    answer_set = factory.SubFactory(AnswerSetFactory)
    before = factory.SelfAttribute("answer_set.version")
    after = factory.SubFactory(
        VersionFactory, questionnaire=factory.SelfAttribute("..before.questionnaire"), number=2
    )
    changed_by = factory.SelfAttribute("answer_set.created_by")
    changed_at = NOON


class KeptInstrumentFactory(factory.django.DjangoModelFactory[KeptInstrument]):
    class Meta:
        model = KeptInstrument

    institution = factory.SubFactory(InstitutionFactory)
    code = "curiosity"
    number = 1
    content = {
        "code": "curiosity",
        "title": {"en": "Curiosity"},
        "question": {
            "text": {"en": "How true?"},
            "least": 1,
            "most": 5,
            "items": [
                {"code": "curiosity_1", "text": {"en": "I ask."}},
                {"code": "curiosity_2", "text": {"en": "I am bored."}, "reversed": True},
            ],
        },
    }
    kept_by = factory.SubFactory(PersonFactory)
    kept_at = NOON
