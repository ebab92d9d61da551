from __future__ import annotations

import factory

from biosint.situation.models import Code, Codebook, Coder, Coding, FinalCoding, Quote
from clock import NOON
from factories.people import PersonFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory


class CodebookFactory(factory.django.DjangoModelFactory[Codebook]):
    """A coding of the question “wish” of the small questionnaire; both coders read all."""

    class Meta:
        model = Codebook

    answer_set = factory.SubFactory(AnswerSetFactory)
    question = "wish"
    created_by = factory.SelfAttribute("answer_set.created_by")
    created_at = NOON


class CodeFactory(factory.django.DjangoModelFactory[Code]):
    class Meta:
        model = Code

    codebook = factory.SubFactory(CodebookFactory)
    word = factory.Sequence(lambda n: f"code-{n + 1}")
    label = factory.LazyAttribute(lambda own: own.word.capitalize())
    definition = "It is named."


class CoderFactory(factory.django.DjangoModelFactory[Coder]):
    class Meta:
        model = Coder

    codebook = factory.SubFactory(CodebookFactory)
    person = factory.SubFactory(PersonFactory)
    place = Coder.FIRST
    named_by = factory.SelfAttribute("codebook.created_by")
    named_at = NOON


class CodingFactory(factory.django.DjangoModelFactory[Coding]):
    class Meta:
        model = Coding

    coder = factory.SubFactory(CoderFactory)
    submission = factory.SubFactory(SubmissionFactory)
    codes = factory.LazyFunction(list)


class FinalCodingFactory(factory.django.DjangoModelFactory[FinalCoding]):
    class Meta:
        model = FinalCoding

    codebook = factory.SubFactory(CodebookFactory)
    submission = factory.SubFactory(SubmissionFactory)
    codes = factory.LazyFunction(list)
    decided_by = factory.SelfAttribute("codebook.created_by")
    decided_at = NOON


class QuoteFactory(factory.django.DjangoModelFactory[Quote]):
    class Meta:
        model = Quote

    code = factory.SubFactory(CodeFactory)
    text = "I would go if I could pay for it."
    released_by = factory.SubFactory(PersonFactory)
    released_at = NOON
