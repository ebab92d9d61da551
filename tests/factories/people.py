from __future__ import annotations

from typing import Any

import factory

from biosint.people.api import (
    Affiliation,
    AffiliationKind,
    Consent,
    Office,
    OfficeHeld,
    Person,
)
from clock import NOON
from factories.institutions import InstitutionFactory

NAMES = [
    "Ana Ilić",
    "Blerta Hoxha",
    "Cedric Maes",
    "Dragan Šarić",
    "Elira Dervishi",
    "Ioana Pop",
    "Јована Тасић",
]


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with an account and nothing else. ``PersonFactory(password="…")`` can sign in by form."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n + 1}@example.org")
    name = factory.Sequence(lambda n: NAMES[n % len(NAMES)])
    time_zone = "Europe/Belgrade"
    language = "en"

    @factory.post_generation
    def password(self: Person, create: bool, given: str | None, **_more: Any) -> None:
        if given:
            self.set_password(given)
        else:
            self.set_unusable_password()
        if create:
            self.save(update_fields=["password"])


class GuestFactory(PersonFactory):
    """A person from outside the consortium."""

    is_guest = True


class SiteAdministratorFactory(PersonFactory):
    """The person who runs the installation."""

    is_staff = True


class OfficeHeldFactory(factory.django.DjangoModelFactory[OfficeHeld]):
    class Meta:
        model = OfficeHeld

    person = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(InstitutionFactory)
    office = Office.TEACHER
    since_date = NOON.date()


class AffiliationFactory(factory.django.DjangoModelFactory[Affiliation]):
    """Confirmed by the person's own hand; ``confirmed_by=None, confirmed_at=None`` still waits."""

    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(InstitutionFactory)
    kind = AffiliationKind.STUDENT
    requested_at = NOON
    confirmed_by = factory.SelfAttribute("person")
    confirmed_at = NOON


class ConsentFactory(factory.django.DjangoModelFactory[Consent]):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    subject = "profile"
    version = "1"
    given_at = NOON


class _InOfficeFactory(PersonFactory):
    """A person who holds one office ``at`` one institution (a new one unless told)."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _in_office(cls, person: Person, institution: Any, office: Office, kind: AffiliationKind) -> None:
        place = institution or InstitutionFactory()
        AffiliationFactory(person=person, institution=place, kind=kind)
        OfficeHeldFactory(person=person, institution=place, office=office)


class StudentFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.STUDENT, AffiliationKind.STUDENT)


class TeacherFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.TEACHER, AffiliationKind.TEACHER)


class AdministratorFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.ADMINISTRATOR, AffiliationKind.STAFF)


class CoordinatorFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.COORDINATOR, AffiliationKind.TEACHER)


class QualityBoardFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.QUALITY_BOARD, AffiliationKind.TEACHER)


class DeanFactory(_InOfficeFactory):
    @factory.post_generation
    def at(self: Person, _create: bool, institution: Any, **_more: Any) -> None:
        _InOfficeFactory._in_office(self, institution, Office.DEAN, AffiliationKind.TEACHER)
