from __future__ import annotations

import factory

from biosint.exchange.models import CalendarFeed, OpenTemplate, PlanChange, PlanSource, PlanVersion
from biosint.exchange.states import PlanVerb
from clock import NOON
from factories.exchange import CourseFactory
from factories.people import PersonFactory


class PlanChangeFactory(factory.django.DjangoModelFactory[PlanChange]):
    class Meta:
        model = PlanChange

    course = factory.SubFactory(CourseFactory)
    what = PlanVerb.EDITED
    title = "Icebreaker"
    fields = factory.LazyFunction(lambda: [{"field": "hours", "before": "1", "after": "2"}])
    changed_by = factory.SubFactory(PersonFactory)
    changed_at = NOON


class PlanVersionFactory(factory.django.DjangoModelFactory[PlanVersion]):
    class Meta:
        model = PlanVersion

    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = "Before the meeting"
    kept_by = factory.SubFactory(PersonFactory)
    kept_at = NOON


class OpenTemplateFactory(factory.django.DjangoModelFactory[OpenTemplate]):
    """Two steps under CC BY 4.0."""

    class Meta:
        model = OpenTemplate

    slug = factory.Sequence(lambda n: f"fever-in-two-countries-{n + 1}")
    title = factory.Sequence(lambda n: f"Fever in two countries {n + 1}")
    summary = "For medicine and nursing, eight weeks."
    language = "en"
    weeks = 8
    hours = 75
    authors = factory.LazyFunction(lambda: [{"name": "Ana Ilić", "institution": "Faculty of Medicine"}])
    steps = factory.LazyFunction(
        lambda: [
            {"title": "Meet", "phase": "meet", "hours": "1", "due_at": [2, "17:00"], "outcomes": [0]},
            {"title": "Look back", "phase": "conclude", "hours": "2", "due_at": [50, "20:00"]},
        ]
    )
    outcomes = factory.LazyFunction(
        lambda: [{"text": "explain fever to a family", "ioc_dimension": "systems"}]
    )
    course = factory.SubFactory(CourseFactory)
    published_by = factory.SubFactory(PersonFactory)
    published_at = NOON


class PlanSourceFactory(factory.django.DjangoModelFactory[PlanSource]):
    class Meta:
        model = PlanSource

    course = factory.SubFactory(CourseFactory)
    template = factory.SubFactory(OpenTemplateFactory)
    taken_at = NOON


class CalendarFeedFactory(factory.django.DjangoModelFactory[CalendarFeed]):
    class Meta:
        model = CalendarFeed

    course = factory.SubFactory(CourseFactory)
    person = factory.SubFactory(PersonFactory)
    made_at = NOON
