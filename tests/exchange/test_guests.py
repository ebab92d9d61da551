from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from biosint.exchange.models import Application
from biosint.exchange.states import ApplicationState
from biosint.jobs import api as jobs
from biosint.people.api import Person
from clock import NOON
from exchange.cast import FREE
from exchange.test_web import open_now, page_of
from factories import GuestFactory, PersonFactory

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Inês Carvalho",
    "email": "ines@example.org",
    "profession": "medicine",
    "country": "PT",
    "english_level": "C1",
    "days": ["Mon", "Wed"],
    "free_from": "17",
    "free_until": "20",
    "motivation": "",
}


def letters() -> list[Any]:
    while jobs.run_due():
        pass
    return mail.outbox


def link_in(letter: Any) -> str:
    found = re.search(r"http://localhost(/people/link/\S+)", letter.body)
    assert found is not None
    return found[1]


def test_a_visitor_applies_proves_the_address_and_sees_the_application() -> None:
    cast = open_now(outsider_places=2)
    visitor = Client()
    visitor.cookies["biosint_zone"] = "Europe/Lisbon"

    response = visitor.post(f"/courses/{cast.course.slug}/apply/", FORM, follow=True)
    (letter,) = letters()
    came_in = visitor.post(link_in(letter), follow=True)

    assert "Look into your mailbox" in page_of(response)
    assert letter.to == ["ines@example.org"]
    assert "You have applied" in page_of(came_in)
    guest = Person.objects.get(email="ines@example.org")
    assert (guest.is_guest, guest.country, guest.time_zone) == (True, "PT", "Europe/Lisbon")
    assert guest.free_hours == FREE


def test_sending_the_form_twice_is_one_guest_one_application_one_letter() -> None:
    cast = open_now()

    for _again in range(2):
        Client().post(f"/courses/{cast.course.slug}/apply/", FORM)

    assert Application.objects.count() == 1
    assert len(letters()) == 1


def test_nobody_is_flooded_with_letters_that_somebody_else_asks_for() -> None:
    cast = open_now()
    sent = 0
    for _again in range(5):
        answer = Client().post(f"/courses/{cast.course.slug}/apply/", FORM)
        sent = len(letters())
        assert answer.status_code == 302

    assert sent == 3


def without_tokens(response: Any) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page_of(response))


@pytest.mark.parametrize("known", ["member", "guest"])
def test_an_address_with_an_account_is_neither_told_nor_touched(known: str) -> None:
    cast = open_now()
    make = PersonFactory if known == "member" else GuestFactory
    person = make(email="Ines@example.org", country="BE", last_login=NOON)

    answer = Client().post(f"/courses/{cast.course.slug}/apply/", FORM, follow=True)
    (letter,) = letters()

    fresh = Client().post(
        f"/courses/{cast.course.slug}/apply/", {**FORM, "email": "new@example.org"}, follow=True
    )
    assert without_tokens(answer) == without_tokens(fresh)
    assert "You have an account already" in letter.body
    person.refresh_from_db()
    assert person.country == "BE"
    assert not Application.objects.filter(learner=person).exists()


def test_a_guest_who_came_before_lands_on_the_form() -> None:
    cast = open_now()
    GuestFactory(email="ines@example.org", last_login=NOON)
    visitor = Client()

    visitor.post(f"/courses/{cast.course.slug}/apply/", FORM)
    (letter,) = letters()
    form = visitor.post(link_in(letter), follow=True)
    assert "Apply for a place" in page_of(form)
    visitor.post(f"/courses/{cast.course.slug}/apply/", FORM)

    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_a_closed_course_sends_no_letters() -> None:
    cast = open_now(apply_until_date=NOON.date(), start_date=NOON.date())

    response = Client().post(f"/courses/{cast.course.slug}/apply/", FORM, follow=True)

    assert "The time to apply is over." in page_of(response)
    assert letters() == []


def test_bad_input_keeps_what_was_typed() -> None:
    cast = open_now()

    response = Client().post(f"/courses/{cast.course.slug}/apply/", {**FORM, "email": "ines"})

    assert response.status_code == 422
    assert "Inês Carvalho" in page_of(response)
    assert not Person.objects.filter(is_guest=True).exists()


def test_a_subject_cannot_smuggle_headers() -> None:
    cast = open_now(title="Shared\nBcc: all@example.org")

    Client().post(f"/courses/{cast.course.slug}/apply/", FORM)
    (letter,) = letters()

    assert letter.subject == "Your application: Shared Bcc: all@example.org"
