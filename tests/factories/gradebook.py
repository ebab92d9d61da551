"""Records around the grade book of a course."""

from __future__ import annotations

from datetime import timedelta

import factory

from biosint.exchange.models import (
    ActivityGroup,
    AtWork,
    Deviation,
    Excuse,
    Extension,
    LateRule,
    LocalScale,
    Marking,
    MarkingPlan,
    Phrase,
)
from clock import NOON
from factories.exchange import ActivityFactory, AdmittedFactory, CourseFactory
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory


class ActivityGroupFactory(factory.django.DjangoModelFactory[ActivityGroup]):
    class Meta:
        model = ActivityGroup

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"Short tests {n + 1}")
    drop_lowest = 1


class MarkingPlanFactory(factory.django.DjangoModelFactory[MarkingPlan]):
    class Meta:
        model = MarkingPlan

    activity = factory.SubFactory(ActivityFactory, weight=10)


class LateRuleFactory(factory.django.DjangoModelFactory[LateRule]):
    class Meta:
        model = LateRule

    course = factory.SubFactory(CourseFactory)
    points_per_day = 5


class ExtensionFactory(factory.django.DjangoModelFactory[Extension]):
    """Of one learner; give ``team`` and ``application=None`` for a team's."""

    class Meta:
        model = Extension

    activity = factory.SubFactory(ActivityFactory, weight=10)
    application = factory.SubFactory(AdmittedFactory, course=factory.SelfAttribute("..activity.course"))
    until_at = NOON + timedelta(days=3)
    reason = "On duty in the hospital."
    given_by = factory.SubFactory(PersonFactory)
    given_at = NOON


class ExcuseFactory(factory.django.DjangoModelFactory[Excuse]):
    class Meta:
        model = Excuse

    activity = factory.SubFactory(ActivityFactory, weight=10)
    application = factory.SubFactory(AdmittedFactory, course=factory.SelfAttribute("..activity.course"))
    reason = "Ill, with a letter."
    given_by = factory.SubFactory(PersonFactory)
    given_at = NOON


class LocalScaleFactory(factory.django.DjangoModelFactory[LocalScale]):
    """A scale from 10 to 6, as in Serbia."""

    class Meta:
        model = LocalScale

    institution = factory.SubFactory(InstitutionFactory)
    grades = factory.LazyFunction(
        lambda: [
            {"grade": grade, "count": count}
            for grade, count in (("10", 10), ("9", 20), ("8", 30), ("7", 25), ("6", 15))
        ]
    )
    failing = "5"
    reference = "All exams of 2024 and 2025"
    changed_by = factory.SubFactory(PersonFactory)
    changed_at = NOON


class MarkingFactory(factory.django.DjangoModelFactory[Marking]):
    """Of one learner's work; give ``team`` and ``application=None`` for a team's."""

    class Meta:
        model = Marking

    activity = factory.SubFactory(ActivityFactory, weight=10)
    application = factory.SubFactory(AdmittedFactory, course=factory.SelfAttribute("..activity.course"))
    points = 70
    marked_by = factory.SubFactory(PersonFactory)
    marked_at = NOON


class DeviationFactory(factory.django.DjangoModelFactory[Deviation]):
    class Meta:
        model = Deviation

    marking = factory.SubFactory(MarkingFactory)
    application = factory.SelfAttribute("marking.application")
    points = -5
    reason = "Joined in the last week."


class AtWorkFactory(factory.django.DjangoModelFactory[AtWork]):
    class Meta:
        model = AtWork

    activity = factory.SubFactory(ActivityFactory, weight=10)
    code = "abc"
    person = factory.SubFactory(PersonFactory)
    seen_at = NOON


class PhraseFactory(factory.django.DjangoModelFactory[Phrase]):
    class Meta:
        model = Phrase

    person = factory.SubFactory(PersonFactory)
    text = "Say where this figure comes from."
    kept_at = NOON
