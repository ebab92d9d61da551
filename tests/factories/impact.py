from __future__ import annotations

from dataclasses import asdict
from typing import Any

import factory

from biosint.exchange.api import CourseState
from biosint.impact.calculation import FACTOR_SET, Group, Inputs, figures_of
from biosint.impact.models import Comparison, Version
from clock import NOON
from factories.exchange import CourseFactory
from factories.people import PersonFactory

GROUPS = [Group("Medicine Užice", 10, 1571, is_host=True), Group("Nursing Berat", 10, 300)]


def inputs(**changes: Any) -> Inputs:
    """Round figures that a person can follow with a pencil."""
    told: dict[str, Any] = {
        "development_hours": 40,
        "runs": 2,
        "teacher_hours": 40,
        "facilitator_hours": 20,
        "hours_per_learner": 2,
        "hours_uncertainty": 20,
        "hourly_cost_low": 10,
        "hourly_cost": 15,
        "hourly_cost_high": 20,
        "platform_cost": 200,
        "online_hours": 20,
        "mobility_days": 120,
        "hotel_nights": 0,
        "mobility_ects": 20,
        "administration_hours": 6,
        "own_low": 300,
        "own_high": 500,
        "grant": None,
        "coach_up_to_km": 700,
        "note": "Time sheets of both teachers; wage from the finance office.",
    }
    return Inputs(**{**told, **changes})


class ComparisonFactory(factory.django.DjangoModelFactory[Comparison]):
    class Meta:
        model = Comparison

    course = factory.SubFactory(CourseFactory, state=CourseState.FINISHED)
    institution = factory.SelfAttribute("course.host")
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class ComparisonVersionFactory(factory.django.DjangoModelFactory[Version]):
    """A draft; ``published=True`` is public."""

    class Meta:
        model = Version
        skip_postgeneration_save = True

    comparison = factory.SubFactory(ComparisonFactory)
    number = 1
    inputs = factory.LazyFunction(lambda: asdict(inputs()))
    factor_set = FACTOR_SET
    figures = factory.LazyFunction(lambda: figures_of(inputs(), GROUPS, course_ects=3))
    written_by = factory.SubFactory(PersonFactory)
    written_at = NOON

    @factory.post_generation
    def published(self: Version, create: bool, given: bool | None, **_more: object) -> None:
        if create and given:
            self.published_by, self.published_at = self.written_by, NOON
            self.save()
            self.comparison.public_since = NOON
            self.comparison.save()
