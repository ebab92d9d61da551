from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from biosint.curriculum.models import Outcome, Programme, Syllabus, Unit
from biosint.curriculum.rules import STAFF, viewable_by
from biosint.curriculum.states import SyllabusState, UnitState
from biosint.people.api import Office

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


def units() -> QuerySet[Unit]:
    """Return every unit with its programme and institution."""
    return Unit.objects.select_related("programme__institution")


def _ects_in(syllabi: QuerySet[Syllabus]) -> Subquery:
    return Subquery(syllabi.filter(unit=OuterRef("pk")).values("international_ects")[:1])


def with_change(found: QuerySet[Unit]) -> QuerySet[Unit]:
    """Add ``ects_before`` (first approved version) and ``ects_after`` (last approved one) to each unit."""
    approved = Syllabus.objects.filter(state=SyllabusState.APPROVED)
    return found.annotate(
        ects_before=_ects_in(approved.order_by("number")),
        ects_after=_ects_in(approved.order_by("-number")),
    )


def units_visible_to(person: Person | None) -> QuerySet[Unit]:
    return units().filter(viewable_by(person))


def units_of(institution: Institution) -> QuerySet[Unit]:
    """Return the institution's units that have an approved syllabus, with their credits before and after."""
    return (
        counted_units().filter(programme__institution=institution).order_by("programme__title", "title", "pk")
    )


def counted_units() -> QuerySet[Unit]:
    """Return every unit with an approved syllabus, of all institutions, with its credits before and after."""
    return with_change(units().filter(state=UnitState.APPROVED))


def units_at(institution: Institution, person: Person | None) -> QuerySet[Unit]:
    """Return the institution's units that the person may see, with their credits before and after."""
    found = units_visible_to(person).filter(programme__institution=institution)
    return with_change(found).order_by("programme__title", "title", "pk")


def approved_outcomes(found: Sequence[Unit]) -> list[tuple[Unit, list[Outcome]]]:
    """Return, for units with an approved version, the outcomes of the newest one; two queries for all."""
    newest: dict[int, Syllabus] = {}
    approved = Syllabus.objects.filter(unit__in=found, state=SyllabusState.APPROVED).order_by("number")
    for syllabus in approved.prefetch_related("outcomes"):
        newest[syllabus.unit_id] = syllabus
    return [(unit, list(newest[unit.pk].outcomes.all())) for unit in found if unit.pk in newest]


def units_taught_by(person: Person) -> QuerySet[Unit]:
    """Return the units whose syllabus the person writes as their teacher."""
    return with_change(units().filter(teachers=person)).prefetch_related(
        Prefetch("syllabi", queryset=Syllabus.objects.order_by("-number"))
    )


def outcomes_of(unit: Unit) -> list[Outcome]:
    """Return the learning outcomes of the approved version, in order; none where nothing is approved."""
    current = current_version(unit)
    return [] if current is None else list(current.outcomes.all())


def current_version(unit: Unit) -> Syllabus | None:
    """Return the approved version that stands now."""
    return (
        unit.syllabi.filter(state=SyllabusState.APPROVED)
        .order_by("-number")
        .prefetch_related("outcomes")
        .first()
    )


def versions_of(unit: Unit, person: Person | None) -> list[Syllabus]:
    """Return the versions that the person may read, newest first."""
    found = unit.syllabi.select_related("written_by", "decided_by").prefetch_related("outcomes")
    staff = person is not None and person.holds(*STAFF, at=unit.programme.institution_id)
    return list(found if staff else found.filter(state=SyllabusState.APPROVED))


def waiting_for_approval(person: Person) -> QuerySet[Syllabus]:
    """Return the submitted versions that this person can decide on."""
    return (
        Syllabus.objects.filter(
            state=SyllabusState.SUBMITTED,
            unit__programme__institution_id__in=person.institutions_as(Office.DEAN, Office.COORDINATOR),
        )
        .exclude(submitted_by=person)
        .select_related("unit__programme__institution", "submitted_by")
        .order_by("submitted_at", "pk")
    )


def returned_to(person: Person) -> QuerySet[Syllabus]:
    """Return the versions that came back to units this person teaches."""
    return (
        Syllabus.objects.filter(state=SyllabusState.RETURNED, unit__teachers=person)
        .select_related("unit")
        .order_by("decided_at", "pk")
    )


def programmes_of(institution: Institution) -> QuerySet[Programme]:
    return Programme.objects.filter(institution=institution).select_related("institution")


def found_units(words: str, person: Person | None, limit: int) -> QuerySet[Unit]:
    return units_visible_to(person).filter(Q(title__icontains=words) | Q(code__iexact=words))[:limit]


def syllabi_touched_by(person: Person) -> QuerySet[Syllabus]:
    """Return the versions that a person wrote, submitted or decided on."""
    return (
        Syllabus.objects.filter(Q(written_by=person) | Q(submitted_by=person) | Q(decided_by=person))
        .select_related("unit")
        .order_by("unit", "number")
    )


def programmes_entered_by(person: Person) -> QuerySet[Programme]:
    return Programme.objects.filter(created_by=person)


def units_connected_with(person: Person) -> QuerySet[Unit]:
    """Return the units that a person entered or teaches."""
    return Unit.objects.filter(Q(created_by=person) | Q(teachers=person)).distinct()
