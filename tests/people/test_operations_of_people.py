from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client

from biosint.audit.api import Line
from biosint.people import operations, queries
from biosint.people.api import Affiliation, AffiliationKind, Office, Person, sign_in_link
from biosint.people.hours import HoursUnreadable, read_hours, week_shown
from biosint.shared.verdicts import Refused
from clock import DAY, HOUR, NOON
from factories import (
    AdministratorFactory,
    AffiliationFactory,
    ConsentFactory,
    CoordinatorFactory,
    GuestFactory,
    InstitutionFactory,
    LineFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db


def test_a_confirmed_student_holds_the_office_of_student() -> None:
    here = InstitutionFactory()
    person = PersonFactory()
    asked = operations.ask_affiliation(
        institution=here, kind=AffiliationKind.STUDENT, by=person, at=NOON, programme="Medicine"
    )

    operations.confirm_affiliation(affiliation_id=asked.pk, by=AdministratorFactory(at=here), at=NOON)

    again = Person.objects.get(pk=person.pk)
    assert again.holds(Office.STUDENT, at=here)
    assert again.institution_ids == {here.pk}
    assert Line.objects.filter(action="people.affiliation.confirmed", subject_id=str(asked.pk)).exists()


def test_a_request_is_confirmed_only_once() -> None:
    here = InstitutionFactory()
    asked = AffiliationFactory(institution=here, confirmed_by=None, confirmed_at=None)
    first, second = AdministratorFactory(at=here), CoordinatorFactory(at=here)
    operations.confirm_affiliation(affiliation_id=asked.pk, by=first, at=NOON)

    with pytest.raises(Refused, match="already been answered"):
        operations.decline_affiliation(affiliation_id=asked.pk, by=second, at=NOON)

    asked.refresh_from_db()
    assert asked.confirmed_by == first
    assert asked.ended_date is None


def test_asking_twice_is_refused_and_after_a_no_one_may_ask_again() -> None:
    here, person = InstitutionFactory(), PersonFactory()
    first = operations.ask_affiliation(institution=here, kind=AffiliationKind.TEACHER, by=person, at=NOON)
    with pytest.raises(operations.AlreadyAsked):
        operations.ask_affiliation(institution=here, kind=AffiliationKind.TEACHER, by=person, at=NOON)

    operations.decline_affiliation(affiliation_id=first.pk, by=AdministratorFactory(at=here), at=NOON)

    operations.ask_affiliation(institution=here, kind=AffiliationKind.TEACHER, by=person, at=NOON + DAY)
    assert Affiliation.objects.filter(person=person).count() == 2


def test_a_stranger_confirms_nobody() -> None:
    asked = AffiliationFactory(confirmed_by=None, confirmed_at=None)

    with pytest.raises(Refused):
        operations.confirm_affiliation(affiliation_id=asked.pk, by=CoordinatorFactory(), at=NOON)


def test_leaving_an_institution_ends_the_office_that_came_with_it() -> None:
    here = InstitutionFactory()
    student = StudentFactory(at=here)

    operations.end_affiliation(affiliation_id=student.affiliations.get().pk, by=student, at=NOON)

    assert not Person.objects.get(pk=student.pk).institution_ids


def test_an_administrator_gives_and_ends_offices_but_not_that_of_coordinator() -> None:
    here = InstitutionFactory()
    administrator, teacher, coordinator = (
        AdministratorFactory(at=here),
        TeacherFactory(at=here),
        CoordinatorFactory(at=here),
    )

    held = operations.give_office(
        person=teacher, office=Office.QUALITY_BOARD, institution=here, by=administrator, at=NOON
    )
    assert Person.objects.get(pk=teacher.pk).holds(Office.QUALITY_BOARD, at=here)
    operations.end_office(held_id=held.pk, by=administrator, at=NOON)
    assert not Person.objects.get(pk=teacher.pk).holds(Office.QUALITY_BOARD, at=here)

    with pytest.raises(Refused, match="Only a coordinator"):
        operations.end_office(
            held_id=coordinator.offices_held.get(office=Office.COORDINATOR).pk, by=administrator, at=NOON
        )


def test_an_address_has_one_account_in_any_case() -> None:
    PersonFactory(email="ana@example.org")

    with pytest.raises(operations.EmailTaken):
        operations.open_account(email="Ana@Example.org", name="Ana", password=None, at=NOON)


def test_a_guest_is_opened_once_and_an_account_is_left_untouched() -> None:
    member = PersonFactory(email="ana@example.org", name="Ana Ilić")

    guest = operations.open_guest(email="new@example.org", name="Noor Claes", at=NOON)

    assert guest.is_guest
    assert not guest.has_usable_password()
    assert operations.open_guest(email="New@Example.org", name="Other", at=NOON) == guest
    assert operations.open_guest(email="ANA@example.org", name="Somebody", at=NOON) == member
    member.refresh_from_db()
    assert (member.name, member.is_guest) == ("Ana Ilić", False)


def _token(link: str) -> str:
    return link.split("/link/")[1].split("/", maxsplit=1)[0]


def test_a_link_opens_for_seven_days_and_only_until_the_first_sign_in() -> None:
    guest = GuestFactory()
    token = _token(sign_in_link(guest, at=NOON))

    assert queries.guest_of_link(token, at=NOON + 6 * DAY) == (guest, True)
    assert queries.guest_of_link(token, at=NOON + 7 * DAY + HOUR) == (guest, False)

    guest.last_login = NOON + HOUR
    guest.save()
    assert queries.guest_of_link(token, at=NOON + 2 * HOUR) == (guest, False)


def test_a_forged_link_belongs_to_nobody() -> None:
    token = _token(sign_in_link(GuestFactory(), at=NOON))

    assert queries.guest_of_link(token[:-2] + "xx", at=NOON) == (None, False)
    assert queries.guest_of_link("nonsense", at=NOON) == (None, False)


def test_closing_an_account_erases_the_person_and_keeps_the_records() -> None:
    here = InstitutionFactory()
    person = StudentFactory(at=here, about="I like bones.", free_hours="Mon 17:00-20:00", country="AL")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    ConsentFactory(person=person)
    LineFactory(by_id=person.pk, by_label=person.name)
    LineFactory(subject_id=str(person.pk), subject_label=person.name)
    browser = Client()
    browser.force_login(person)
    name, email = person.name, person.email

    operations.close_account(by=person, at=NOON)

    closed = Person.objects.get(pk=person.pk)
    assert not closed.is_active
    assert closed.name == "Former member"
    assert closed.email.endswith("@closed.invalid")
    assert (closed.about, closed.free_hours, closed.country) == ("", "", "")
    assert not closed.institution_ids
    assert not EmailAddress.objects.filter(user=closed).exists()
    assert closed.affiliations.count() == 1
    assert closed.consents.get().withdrawn_at == NOON
    assert not Line.objects.filter(by_label=name, by_id=closed.pk).exists()
    assert not Line.objects.filter(
        subject_label=name, subject_kind="people.person", subject_id=str(closed.pk)
    ).exists()
    assert browser.get("/people/me/").status_code == 302
    assert Session.objects.count() == 1  # the old one no longer opens anything
    PersonFactory(email=email)  # the address is free again


def test_the_only_coordinator_is_not_let_go() -> None:
    coordinator = CoordinatorFactory()

    with pytest.raises(Refused, match="only coordinator"):
        operations.close_account(by=coordinator, at=NOON)


def test_a_guest_becomes_a_member_once() -> None:
    guest = GuestFactory()

    operations.become_member(person=guest, at=NOON)
    operations.become_member(person=guest, at=NOON + timedelta(days=1))

    assert not guest.is_guest
    assert Line.objects.filter(action="people.guest.became_member").count() == 1


def test_the_site_administrator_confirms_anywhere() -> None:
    asked = AffiliationFactory(confirmed_by=None, confirmed_at=None)

    operations.confirm_affiliation(affiliation_id=asked.pk, by=SiteAdministratorFactory(), at=NOON)

    asked.refresh_from_db()
    assert asked.confirmed_at == NOON


def test_hours_are_kept_in_one_form_and_shown_day_by_day() -> None:
    assert read_hours("wednesday 18-21; Mon 17:00-20:00") == "Mon 17:00-20:00; Wed 18:00-21:00"
    assert dict(week_shown("Sun 22:00-02:00"))["Monday"] == "00:00–02:00"
    assert dict(week_shown("Sun 22:00-02:00"))["Sunday"] == "22:00–24:00"
    assert week_shown("") == []
    with pytest.raises(HoursUnreadable, match="Mon 17:00"):
        read_hours("in the evening")
