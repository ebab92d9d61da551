from __future__ import annotations

import factory

from biosint.situation.models import Finding, Grading, Source
from biosint.situation.references import title_key
from clock import NOON
from factories.consortium import ConsortiumFactory
from factories.people import PersonFactory


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    class Meta:
        model = Source

    consortium = factory.SubFactory(ConsortiumFactory)
    kind = "report"
    title = factory.Sequence(lambda n: f"Internationalisation at home in practice, part {n + 1}")
    title_key = factory.LazyAttribute(lambda own: title_key(own.title))
    authors = "Visser, Anna; De Smet, Jan"
    year = 2024
    country = "NL"
    language = "en"
    added_by = factory.SubFactory(PersonFactory)
    added_at = NOON


class FindingFactory(factory.django.DjangoModelFactory[Finding]):
    """A draft that nobody graded."""

    class Meta:
        model = Finding

    source = factory.SubFactory(SourceFactory)
    text = factory.Sequence(lambda n: f"Nine in ten programmes have an international module ({n + 1}).")
    countries_written = " NL "
    theme = "curriculum"
    written_by = factory.SubFactory(PersonFactory)
    written_at = NOON


class PublishedFindingFactory(FindingFactory):
    grade = "B"
    published_by = factory.SelfAttribute("written_by")
    published_at = NOON


class GradingFactory(factory.django.DjangoModelFactory[Grading]):
    class Meta:
        model = Grading

    finding = factory.SubFactory(FindingFactory)
    grade = "B"
    graded_by = factory.SubFactory(PersonFactory)
    graded_at = NOON
