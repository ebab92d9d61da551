"""Who is in a course, counted: one read, whatever the number of learners."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, F, Q, Value, When

from biosint.exchange.states import ApplicationState

if TYPE_CHECKING:
    from biosint.exchange.models import Course


@dataclass(frozen=True)
class WhoIsIn:
    """The admitted learners of a course. Each mapping counts learners by a value; "" is "not known"."""

    people: int = 0
    countries: dict[str, int] = field(default_factory=dict)
    institutions: dict[str, int] = field(default_factory=dict)
    professions: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    without_hours: int = 0


def who_is_in(course: Course) -> WhoIsIn:
    """Count the admitted learners of a course by what teams are formed from, the most frequent first."""
    country = Case(
        When(~Q(learner__country=""), then=F("learner__country")),
        default=F("institution__country"),
        output_field=CharField(),
    )
    has_hours = Case(When(learner__free_hours="", then=Value(0)), default=Value(1))
    rows = (
        course.applications.filter(state=ApplicationState.ADMITTED)
        .order_by()
        .annotate(its_country=country, has_hours=has_hours)
        .values_list(
            "its_country",
            "institution__short_name",
            "learner__profession",
            "learner__english_level",
            "learner__native_language",
            "has_hours",
        )
        .annotate(people=Count("pk"))
    )
    counts: list[Counter[str]] = [Counter() for _attribute in range(5)]
    without_hours = 0
    for *values, has, people in rows:
        for count, value in zip(counts, values, strict=True):
            count[value or ""] += people
        without_hours += 0 if has else people
    countries, institutions, professions, levels, languages = (
        dict(sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))) for count in counts
    )
    return WhoIsIn(
        people=sum(counts[0].values()),
        countries=countries,
        institutions=institutions,
        professions=professions,
        levels=dict(sorted(levels.items())),
        languages=languages,
        without_hours=without_hours,
    )
