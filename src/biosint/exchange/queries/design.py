"""Reads of the joint plan of a course."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from biosint.exchange.checks import MaterialFacts, Planned, TeamFacts
from biosint.exchange.models import Activity, CalendarFeed, Course, OpenTemplate, PlanChange, PlanVersion
from biosint.exchange.queries._courses import team_plan_of
from biosint.exchange.queries.materials import standing_in
from biosint.exchange.rules.design import open_templates as found_by_anybody
from biosint.exchange.timetable import Days, Side, Stretch, week_count
from biosint.institutions.api import terms_between

if TYPE_CHECKING:
    from biosint.people.api import Person

# Terms are known of a course if they lie this near to it: out of term means after the last, or before the next.
AROUND = timedelta(days=120)


def sides_of(course: Course) -> list[Side]:
    """Return the institutions of a course with their clocks and academic years, the host first."""
    places = {part.institution_id: part.institution for part in course.participations.all()}
    places.pop(course.host_id, None)
    ordered = [course.host, *places.values()]
    terms = terms_between(ordered, first=course.start_date - AROUND, last=course.end_date + AROUND)
    return [
        Side(
            key=place.pk,
            name=place.short_name or place.name,
            zone=place.time_zone,
            stretches=tuple(
                Stretch(Days(term.kind), term.title, term.first_date, term.last_date)
                for term in terms.get(place.pk, ())
            ),
        )
        for place in ordered
    ]


def plan_of(course: Course) -> QuerySet[Activity]:
    """Return the standing activities of a course in order, without their texts."""
    return course.activities.defer("text")


def planned(course: Course) -> Planned:
    """Return what checks look at: the plan with its texts, and facts about materials and teams (five queries)."""
    teams = course.teams.annotate(size=Count("members")).values_list("number", "size", "facilitator")
    return Planned(
        course=course,
        activities=tuple(course.activities.all()),
        weeks=week_count(course.start_date, course.end_date),
        teams=tuple(
            TeamFacts(number, size, has_facilitator=facilitator is not None)
            for number, size, facilitator in teams.order_by("number")
        ),
        materials=tuple(
            MaterialFacts(
                activity=one.activity_id,
                page=one.activity.title,
                title=one.title,
                kind=one.kind,
                is_captioned=any(words.removed_at is None for words in one.captions.all()),
                barriers=tuple(one.barriers),
            )
            for one in standing_in(course)
        ),
        most_in_a_team=team_plan_of(course).plan.size_high,
    )


def removed_from(course: Course) -> QuerySet[Activity]:
    """Return what was taken out of the plan, the newest first."""
    return (
        Activity.everything.filter(course=course, removed_at__isnull=False)
        .defer("text")
        .select_related("removed_by")
        .order_by("-removed_at", "-pk")
    )


def changes_of(course: Course) -> QuerySet[PlanChange]:
    """Return the log of a plan, the newest change first."""
    return course.plan_changes.select_related("changed_by", "activity").defer("activity__text")


def newest_change(course: Course) -> int:
    """Return the key of the newest change of the plan; 0 before the first."""
    return course.plan_changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def changes_since(course: Course, key: int, *, by_others_than: Person) -> QuerySet[PlanChange]:
    """Return what colleagues have changed after one change."""
    return changes_of(course).filter(pk__gt=key).exclude(changed_by=by_others_than)


def versions_of(course: Course) -> QuerySet[PlanVersion]:
    return course.plan_versions.select_related("kept_by").defer("steps")


def open_templates(words: str = "", *, language: str = "") -> QuerySet[OpenTemplate]:
    """Return the open templates that anybody finds, the newest first; every word must stand in title or summary."""
    found = OpenTemplate.objects.filter(found_by_anybody()).defer("steps")
    for word in words.split()[:8]:
        found = found.filter(title__icontains=word) | found.filter(summary__icontains=word)
    return found.filter(language=language) if language else found


def templates_from(course: Course) -> QuerySet[OpenTemplate]:
    """Return what was given away of a course, withdrawn templates included."""
    return course.open_templates.select_related("course").prefetch_related("course__teachings").defer("steps")


def feed_of(course: Course, person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(course=course, person=person).first()


def feed_by(word: str) -> CalendarFeed | None:
    """Return the feed of a secret word, if its person still has an account."""
    return (
        CalendarFeed.objects.filter(word=word, person__is_active=True)
        .select_related("person", "course__host")
        .first()
    )
