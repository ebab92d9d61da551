from collections.abc import Callable

import pytest
from django.test import Client

from biosint.people.api import Office, Person
from factories import (
    CoordinatorFactory,
    EvidenceFactory,
    InstitutionFactory,
    LineFactory,
    PersonFactory,
    StudentFactory,
)

pytestmark = pytest.mark.django_db


def test_a_coordinator_holds_the_office_at_the_named_institution_only() -> None:
    here, elsewhere = InstitutionFactory(), InstitutionFactory()

    coordinator = CoordinatorFactory(at=here)

    assert coordinator.holds(Office.COORDINATOR, at=here)
    assert not coordinator.holds(Office.COORDINATOR, at=elsewhere)
    assert coordinator.institution_ids == {here.pk}


def test_a_student_without_a_named_institution_gets_one() -> None:
    assert len(StudentFactory().institution_ids) == 1


def test_a_person_with_a_password_can_check_it() -> None:
    assert PersonFactory(password="a long enough word").check_password("a long enough word")
    assert not PersonFactory().has_usable_password()


def test_trail_and_evidence_are_whole_records() -> None:
    assert str(LineFactory()).startswith("2026-03-02 12:00 Ana Ilić")
    assert str(EvidenceFactory()) == "Shared wards, spring"


def test_client_of_signs_a_person_in(client_of: Callable[[Person], Client]) -> None:
    assert client_of(PersonFactory()).get("/").status_code == 200
