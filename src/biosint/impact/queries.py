from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, QuerySet

from biosint.exchange.api import Completion, Course, CourseState
from biosint.impact.calculation import Group
from biosint.impact.models import Comparison, Version
from biosint.impact.rules import COMPARERS, viewable_by
from iahcalc.costs import great_circle_km

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


def comparisons_for(person: Person | None) -> QuerySet[Comparison]:
    """Return the comparisons a person may see, the latest first, each with all its versions."""
    return (
        Comparison.objects.filter(viewable_by(person))
        .select_related("course__host", "institution")
        .prefetch_related(
            Prefetch("versions", Version.objects.select_related("written_by").order_by("-number"))
        )
    )


def published_versions() -> QuerySet[Version]:
    """Return the published versions, the latest first, with their comparison and course."""
    return (
        Version.objects.filter(published_at__isnull=False)
        .select_related("comparison__course", "comparison__institution")
        .order_by("-published_at", "-pk")
    )


def shown_version(comparison: Comparison, *, to_officer: bool) -> Version | None:
    """Return what a reader sees first: officers the newest version, everyone else the newest published one."""
    for version in comparison.versions.all():
        if to_officer or version.published_at:
            return version
    return None


def courses_to_compare(person: Person) -> QuerySet[Course]:
    """Return the finished courses that the person may compare and nobody has compared yet."""
    return (
        Course.objects.filter(state=CourseState.FINISHED, host__in=person.institutions_as(*COMPARERS))
        .exclude(pk__in=Comparison.objects.values("course"))
        .select_related("host")
    )


def finished_courses() -> QuerySet[Course]:
    return Course.objects.filter(state=CourseState.FINISHED).select_related("host")


def groups_of(course: Course) -> list[Group]:
    """Return who completed the course, per institution, and how far away a stay would be.

    Learners go to the host. The host's own learners would go to one of the partners: for them the
    mean distance to the partners stands.
    """
    partners = [
        participation.institution
        for participation in course.participations.select_related("institution")
        if participation.institution_id != course.host_id
    ]
    known: dict[int, Institution] = {place.pk: place for place in (course.host, *partners)}
    counts = dict(
        Completion.objects.filter(application__course=course)
        .order_by()
        .values_list("institution_id")
        .annotate(count=Count("pk"))
    )
    away = [_km(place, course.host) for place in partners]
    mean_away = sum(away) / len(away) if away else 0.0
    groups = [
        Group(
            name=known[institution_id].short_name,
            learners=count,
            km=mean_away if institution_id == course.host_id else _km(known[institution_id], course.host),
            is_host=institution_id == course.host_id,
        )
        for institution_id, count in counts.items()
        if institution_id in known
    ]
    return sorted(groups, key=lambda group: (not group.is_host, group.name))


def _km(place: Institution, host: Institution) -> float:
    return great_circle_km(
        from_latitude=float(place.latitude),
        from_longitude=float(place.longitude),
        to_latitude=float(host.latitude),
        to_longitude=float(host.longitude),
    )
