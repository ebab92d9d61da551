from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from biosint.audit.api import Line
from biosint.institutions import operations
from biosint.institutions.api import AcademicTerm, TermKind, terms_between
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import (
    AcademicTermFactory,
    AdministratorFactory,
    InstitutionFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
EASTER = {
    "kind": TermKind.HOLIDAY,
    "title": "Orthodox Easter",
    "first_date": date(2026, 4, 10),
    "last_date": date(2026, 4, 13),
}


def test_teachers_and_administrators_of_an_institution_write_its_academic_year() -> None:
    place = InstitutionFactory()

    for person in (TeacherFactory(at=place), AdministratorFactory(at=place)):
        AcademicTerm.objects.all().delete()
        operations.write_term(institution_id=place.pk, by=person, at=NOON, **EASTER)

        assert place.academic_terms.get().title == "Orthodox Easter"
    assert Line.objects.filter(action="institutions.term.written").count() == 2


def test_students_and_teachers_from_elsewhere_do_not() -> None:
    place = InstitutionFactory()

    for person in (StudentFactory(at=place), TeacherFactory()):
        with pytest.raises(Refused, match="Only a teacher, coordinator or administrator"):
            operations.write_term(institution_id=place.pk, by=person, at=NOON, **EASTER)


def test_the_same_days_stand_once_and_never_backwards() -> None:
    place = InstitutionFactory()
    teacher = TeacherFactory(at=place)
    operations.write_term(institution_id=place.pk, by=teacher, at=NOON, **EASTER)

    with pytest.raises(operations.TermKnown, match="already"):
        operations.write_term(institution_id=place.pk, by=teacher, at=NOON, **EASTER)
    with pytest.raises(operations.TermBackwards, match="before"):
        operations.write_term(
            institution_id=place.pk,
            by=teacher,
            at=NOON,
            **{**EASTER, "last_date": date(2026, 4, 1)},
        )


def test_terms_between_days_come_by_institution_and_touch_them() -> None:
    term = AcademicTermFactory(first_date=date(2026, 2, 16), last_date=date(2026, 5, 29))
    AcademicTermFactory(
        institution=term.institution, first_date=date(2025, 10, 1), last_date=date(2026, 1, 16)
    )
    unknown = InstitutionFactory()

    found = terms_between([term.institution, unknown], first=date(2026, 5, 29), last=date(2026, 7, 1))

    assert found == {term.institution_id: [term]}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_shows_the_year_to_everybody(client: Client, count_queries: Any, count: int) -> None:
    place = InstitutionFactory()
    for month in range(count):
        AcademicTermFactory(
            institution=place,
            title=f"Term {month}",
            first_date=date(2026, 3 + month, 1),
            last_date=date(2026, 6, 1),
        )

    with count_queries(2):
        page = client.get(f"/institutions/{place.slug}/terms/")

    assert f"Term {count - 1}" in page.content.decode()
    assert "Add days" not in page.content.decode()


def test_a_teacher_adds_changes_and_removes_days_by_form(client_of: ClientOf) -> None:
    place = InstitutionFactory()
    client = client_of(TeacherFactory(at=place))
    address = f"/institutions/{place.slug}/terms/"
    given = {"kind": "holiday", "title": "Easter", "first_date": "2026-04-10", "last_date": "2026-04-13"}

    client.post(address, given)
    term = place.academic_terms.get()
    refused = client.post(address, {**given, "title": "Again"})
    client.post(f"{address}{term.pk}/", {**given, "title": "Orthodox Easter"})

    assert refused.status_code == 422
    assert place.academic_terms.get().title == "Orthodox Easter"

    client.post(f"{address}{term.pk}/remove/")

    assert not place.academic_terms.exists()
