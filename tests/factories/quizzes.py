from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import factory

from biosint.quizzes.content import Accepted, NumberKey, Option, Pair, as_json
from biosint.quizzes.content import Question as Content
from biosint.quizzes.models import (
    Attempt,
    Bank,
    Keeping,
    Part,
    Question,
    QuestionFile,
    QuestionVersion,
    Quiz,
    Tag,
)
from biosint.quizzes.states import QuestionKind
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.messages import StoredFileFactory
from factories.people import PersonFactory

HALF, FULL = Decimal(50), Decimal(100)
SAMPLES: dict[QuestionKind, Content] = {
    QuestionKind.CHOICE: Content(
        kind=QuestionKind.CHOICE,
        title="Pulse",
        text={"en": "Which pulse is **fast** at rest?", "sr": "Који пулс је брз?"},
        options=(
            Option("a", {"en": "120 a minute"}, FULL, {"en": "Yes, above 100."}),
            Option("b", {"en": "60 a minute"}, Decimal(0), {"en": "That is usual."}),
            Option("c", {"en": "90 a minute"}),
        ),
        feedback_wrong={"en": "Above 100 it is fast."},
    ),
    QuestionKind.MULTIPLE: Content(
        kind=QuestionKind.MULTIPLE,
        title="Signs",
        text={"en": "Which are signs of an inflammation?"},
        points=Decimal(2),
        options=(
            Option("a", {"en": "redness"}, HALF),
            Option("b", {"en": "heat"}, HALF),
            Option("c", {"en": "hunger"}, -HALF),
            Option("d", {"en": "thirst"}, -HALF),
        ),
    ),
    QuestionKind.ORDER: Content(
        kind=QuestionKind.ORDER,
        title="Washing hands",
        text={"en": "Put the steps in order."},
        options=tuple(
            Option(code, {"en": word})
            for code, word in zip("abcd", ("wet", "soap", "rub", "rinse"), strict=True)
        ),
    ),
    QuestionKind.MATCH: Content(
        kind=QuestionKind.MATCH,
        title="Organs",
        text={"en": "What belongs together?"},
        pairs=(
            Pair("a", {"en": "heart"}, {"en": "cardiology"}),
            Pair("b", {"en": "kidney"}, {"en": "nephrology"}),
            Pair("c", {}, {"en": "dermatology"}),
        ),
    ),
    QuestionKind.NUMBER: Content(
        kind=QuestionKind.NUMBER,
        title="Dose",
        text={"en": "10 mg/kg for 12.5 kg?"},
        numbers=(NumberKey(Decimal(125), Decimal("0.5")), NumberKey(Decimal(12), Decimal(1), share=HALF)),
        unit="mg",
    ),
    QuestionKind.TEXT: Content(
        kind=QuestionKind.TEXT,
        title="Word",
        text={"en": "What is a fast pulse called?"},
        accepted=(Accepted("tahikardija"), Accepted("tachycardia")),
    ),
}
ESSAY = Content(kind=QuestionKind.TEXT, title="Essay", text={"en": "Why?"}, points=Decimal(4))


class BankFactory(factory.django.DjangoModelFactory[Bank]):
    class Meta:
        model = Bank

    title = factory.Sequence(lambda n: f"Questions {n + 1}")
    institution = factory.SubFactory(InstitutionFactory)
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class KeepingFactory(factory.django.DjangoModelFactory[Keeping]):
    class Meta:
        model = Keeping

    bank = factory.SubFactory(BankFactory)
    person = factory.SubFactory(PersonFactory)
    since = NOON


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    """With its first version; ``content=SAMPLES[…]`` says what it asks."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    bank = factory.SubFactory(BankFactory)
    kind = QuestionKind.CHOICE
    title = factory.Sequence(lambda n: f"Question {n + 1}")
    wording = "which pulse is fast"
    changed_at = NOON

    @factory.post_generation
    def content(self: Question, _create: bool, given: Content | None, **_more: Any) -> None:
        content = given or SAMPLES[QuestionKind(self.kind)]
        self.kind = content.kind
        self.newest = QuestionVersion.objects.create(
            question=self, number=1, content=as_json(content), made_by=self.bank.created_by, made_at=NOON
        )
        self.save()


class QuestionVersionFactory(factory.django.DjangoModelFactory[QuestionVersion]):
    class Meta:
        model = QuestionVersion

    question = factory.SubFactory(QuestionFactory)
    number = 2
    content = factory.LazyFunction(lambda: as_json(SAMPLES[QuestionKind.CHOICE]))
    made_by = factory.SubFactory(PersonFactory)
    made_at = NOON


class TagFactory(factory.django.DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    question = factory.SubFactory(QuestionFactory)
    word = "pulse"


class QuizFactory(factory.django.DjangoModelFactory[Quiz]):
    class Meta:
        model = Quiz

    bank = factory.SubFactory(BankFactory)
    title = factory.Sequence(lambda n: f"Quiz {n + 1}")
    changed_by = factory.SubFactory(PersonFactory)
    changed_at = NOON


class PartFactory(factory.django.DjangoModelFactory[Part]):
    class Meta:
        model = Part

    quiz = factory.SubFactory(QuizFactory)
    position = factory.Sequence(lambda n: n + 1)
    question = factory.SubFactory(QuestionFactory, bank=factory.SelfAttribute("..quiz.bank"))


class AttemptFactory(factory.django.DjangoModelFactory[Attempt]):
    """Open and empty."""

    class Meta:
        model = Attempt

    quiz = factory.SubFactory(QuizFactory)
    person = factory.SubFactory(PersonFactory)
    number = 1
    key = factory.LazyFunction(uuid4)
    seed = "seed"
    started_at = NOON
    most_points = Decimal(1)


def whole_quiz(**fields: Any) -> Quiz:
    """A quiz that asks one question of every kind, in the order of the kinds."""
    quiz = QuizFactory(**{"shuffles_questions": False, **fields})
    for content in SAMPLES.values():
        PartFactory(quiz=quiz, question=QuestionFactory(bank=quiz.bank, kind=content.kind, content=content))
    return quiz


class QuestionFileFactory(factory.django.DjangoModelFactory[QuestionFile]):
    class Meta:
        model = QuestionFile

    bank = factory.SubFactory(BankFactory)
    file = factory.SubFactory(StoredFileFactory)
    language = "en"
    sent_by = factory.SubFactory(PersonFactory)
    sent_at = NOON
