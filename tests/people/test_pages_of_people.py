import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from biosint.people.api import Office, Person, sign_in_link
from clock import NOON
from factories import (
    AdministratorFactory,
    AffiliationFactory,
    CoordinatorFactory,
    GuestFactory,
    InstitutionFactory,
    OfficeHeldFactory,
    PersonFactory,
    QualityBoardFactory,
    SiteAdministratorFactory,
    StudentFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
SIGN_UP = {"name": "Ana Ilić", "email": "ana@example.org", "password1": "a long enough word"}


def test_somebody_signs_up_and_has_an_account(client: Client) -> None:
    client.cookies["biosint_zone"] = "Europe/Tirane"

    answer = client.post("/account/signup/", SIGN_UP)

    assert answer.status_code == 302
    person = Person.objects.get(email="ana@example.org")
    assert (person.name, person.time_zone, person.is_guest) == ("Ana Ilić", "Europe/Tirane", False)
    assert client.get("/people/me/").status_code == 200


def test_sign_up_keeps_what_was_typed_when_the_password_is_weak(client: Client) -> None:
    answer = client.post("/account/signup/", {**SIGN_UP, "password1": "short"})

    assert "ana@example.org" in answer.content.decode()
    assert not Person.objects.filter(email="ana@example.org").exists()


def test_sign_up_never_tells_that_an_address_has_an_account(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    PersonFactory(email="ana@example.org")

    taken = client.post("/account/signup/", {**SIGN_UP, "email": "ANA@example.org"})
    fresh = Client().post("/account/signup/", {**SIGN_UP, "email": "noor@example.org"})

    assert taken.status_code == fresh.status_code == 302
    assert taken["Location"] == fresh["Location"]
    assert Person.objects.filter(email__iexact="ana@example.org").count() == 1
    assert [letter.to[0].lower() for letter in mail.outbox] == ["ana@example.org", "noor@example.org"]
    assert "already" in mail.outbox[0].subject


def test_with_a_mail_server_the_letter_proves_the_address_and_signs_in(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post("/account/signup/", SIGN_UP)
    assert client.get("/people/me/").status_code == 302

    found = re.search(r"/account/confirm-email/[^\s/]+/", mail.outbox[0].body)
    assert found is not None
    assert client.get(found[0]).status_code == 200
    client.post(found[0])

    assert client.get("/people/me/").status_code == 200


def test_sign_in_takes_the_address_in_any_case_and_applies_the_persons_language(client: Client) -> None:
    PersonFactory(email="ana@example.org", password="a long enough word", language="sr")

    answer = client.post("/account/login/", {"login": "ANA@Example.org", "password": "a long enough word"})

    assert answer.status_code == 302
    assert client.cookies["biosint_language"].value == "sr"
    assert client.get("/people/me/")["Content-Language"] == "sr"


def test_many_wrong_passwords_meet_a_page_that_says_so(client: Client) -> None:
    PersonFactory(email="ana@example.org", password="a long enough word")

    answers = [
        client.post("/account/login/", {"login": "ana@example.org", "password": f"wrong {n}"})
        for n in range(12)
    ]

    assert "Too many" in answers[-1].content.decode() or answers[-1].status_code == 429


def test_a_limit_of_sign_up_shows_the_page_with_a_moment_to_come_back(client: Client) -> None:
    answers = [client.post("/account/signup/", {"email": f"a{n}@example.org"}) for n in range(25)]

    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()
    assert answers[-1]["Retry-After"]


def test_a_profile_is_saved_and_hours_take_one_form(client_of: ClientOf) -> None:
    person = PersonFactory()
    browser = client_of(person)

    answer = browser.post(
        "/people/me/",
        {"name": "Ana I.", "language": "sq", "country": "AL", "free_hours": "mon 17-20", "gender": ""},
    )

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.country, person.free_hours) == ("Ana I.", "AL", "Mon 17:00-20:00")
    assert browser.cookies["biosint_language"].value == "sq"


def test_hours_that_cannot_be_read_are_kept_and_explained(client_of: ClientOf) -> None:
    answer = client_of(PersonFactory()).post("/people/me/", {"name": "Ana", "free_hours": "evenings"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These hours cannot be read" in page
    assert 'value="evenings"' in page


def test_the_week_is_shown_while_it_is_written(client_of: ClientOf) -> None:
    page = client_of(PersonFactory()).get("/people/me/week/", {"free_hours": "Tue 8-10"}).content.decode()

    assert "08:00–10:00" in page
    assert "<html" not in page


@pytest.mark.parametrize(
    "path",
    ["/people/me/", "/people/", "/people/me/records/", "/people/me/close/", "/people/me/institutions/"],
)
def test_visitors_are_led_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_a_person_asks_an_institution_and_is_confirmed_there(client_of: ClientOf) -> None:
    here = InstitutionFactory(name="Drina Faculty", city="Bihać")
    person = PersonFactory(name="Ana Ilić")
    browser = client_of(person)
    assert "Drina Faculty" in browser.get("/people/me/institutions/", {"q": "bihać drina"}).content.decode()

    browser.post(f"/people/me/institutions/?institution={here.slug}", {"kind": "student"})
    administrator = client_of(AdministratorFactory(at=here))
    page = administrator.get(f"/people/of/{here.slug}/").content.decode()
    assert "Ana Ilić" in page
    asked = person.affiliations.get()
    answer = administrator.post(f"/people/of/{here.slug}/requests/{asked.pk}/confirm/")

    assert answer.status_code == 302
    assert Person.objects.get(pk=person.pk).holds(Office.STUDENT, at=here)


def test_the_page_of_people_is_404_to_strangers_and_a_reason_to_others_of_the_house(
    client_of: ClientOf,
) -> None:
    here = InstitutionFactory()

    assert client_of(CoordinatorFactory()).get(f"/people/of/{here.slug}/").status_code == 404
    refused = client_of(StudentFactory(at=here)).get(f"/people/of/{here.slug}/")
    assert refused.status_code == 403
    assert "Only a coordinator or administrator" in refused.content.decode()
    assert client_of(SiteAdministratorFactory()).get(f"/people/of/{here.slug}/").status_code == 200


def test_an_office_is_given_and_ended_on_the_page(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    teacher = TeacherFactory(at=here)
    browser = client_of(AdministratorFactory(at=here))

    browser.post(f"/people/of/{here.slug}/offices/give/", {"person": teacher.pk, "office": "dean"})
    held = teacher.offices_held.get(office="dean")
    browser.post(f"/people/of/{here.slug}/offices/{held.pk}/end/")

    held.refresh_from_db()
    assert held.until_date is not None


def test_an_administrator_reads_why_not_to_name_a_coordinator_and_nobody_from_outside_gets_an_office(
    client_of: ClientOf,
) -> None:
    here = InstitutionFactory()
    teacher, stranger = TeacherFactory(at=here), TeacherFactory()
    browser = client_of(AdministratorFactory(at=here))
    address = f"/people/of/{here.slug}/offices/give/"

    refused = browser.post(address, {"person": teacher.pk, "office": "coordinator"})
    outside = browser.post(address, {"person": stranger.pk, "office": "dean"})

    assert refused.status_code == outside.status_code == 422
    assert "name or remove another coordinator" in refused.content.decode()
    assert not stranger.offices_held.filter(office="dean").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(
    client_of: ClientOf, count_queries: Any, rows: int
) -> None:
    here = InstitutionFactory()
    browser = client_of(AdministratorFactory(at=here))
    for _row in range(rows):
        StudentFactory(at=here)
        AffiliationFactory(institution=here, confirmed_by=None, confirmed_at=None)
    browser.get(f"/people/of/{here.slug}/")

    with count_queries(9):
        assert browser.get(f"/people/of/{here.slug}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_colleagues_costs_the_same_however_long(
    client_of: ClientOf, count_queries: Any, rows: int
) -> None:
    here = InstitutionFactory()
    browser = client_of(AdministratorFactory(at=here))
    for _row in range(rows):
        StudentFactory(at=here)
    browser.get("/people/")

    with count_queries(6):
        assert browser.get("/people/").status_code == 200


def test_colleagues_are_those_of_the_own_institutions(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    StudentFactory(at=here, name="Known Person")
    StudentFactory(name="Far Person")

    page = client_of(TeacherFactory(at=here)).get("/people/", {"q": "person"}).content.decode()

    assert "Known Person" in page
    assert "Far Person" not in page


def test_own_records_hold_every_part_and_come_as_a_file(client_of: ClientOf) -> None:
    here = InstitutionFactory(name="Drina Faculty")
    person = StudentFactory(at=here, about="I like bones.")
    browser = client_of(person)

    page = browser.get("/people/me/records/").content.decode()
    file = browser.get("/people/me/records/file/")

    assert "I like bones." in page
    assert "Drina Faculty" in page
    kept = json.loads(file.content)
    assert kept["people.person"][0]["email"] == person.email
    assert kept["people.affiliation"][0]["institution"] == "Drina Faculty"
    assert kept["people.officeheld"][0]["office"] == "student"
    assert "attachment" in file["Content-Disposition"]
    assert file["Cache-Control"] == "no-store"


def test_closing_an_account_is_previewed_then_done(client_of: ClientOf) -> None:
    person = StudentFactory()
    browser = client_of(person)

    assert "Kept, without your name" in browser.get("/people/me/close/").content.decode()
    assert browser.post("/people/me/close/", {}).status_code == 422
    assert browser.post("/people/me/close/", {"sure": "on"}).status_code == 302

    person.refresh_from_db()
    assert not person.is_active
    assert browser.get("/people/me/").status_code == 302


def _path(link: str) -> str:
    return link.removeprefix("http://localhost")


def test_a_guest_comes_in_by_the_letter_once(client: Client) -> None:
    guest = GuestFactory()
    path = _path(sign_in_link(guest, then="/courses/"))

    assert client.get(path).status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(path)

    assert answer["Location"] == "/courses/"
    assert client.get("/people/me/").status_code == 200
    again = Client().post(path)
    assert again.status_code == 410
    assert "no longer opens" in again.content.decode()


def test_a_link_leads_nowhere_outside_this_site(client: Client) -> None:
    path = _path(sign_in_link(GuestFactory(), then="https://evil.example/"))

    assert client.post(path)["Location"] == "/"


def test_a_member_s_link_leads_to_the_sign_in_page_only(client: Client) -> None:
    member = PersonFactory()

    answer = client.post(_path(sign_in_link(member)))

    assert answer["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_a_guest_who_sets_a_password_is_a_member(client: Client) -> None:
    guest = GuestFactory()
    client.post(_path(sign_in_link(guest)))

    client.post(
        "/account/password/set/", {"password1": "a long enough word", "password2": "a long enough word"}
    )

    guest.refresh_from_db()
    assert not guest.is_guest
    assert guest.check_password("a long enough word")


def test_a_new_link_is_sent_and_the_answer_never_tells_who_has_an_account(client: Client) -> None:
    GuestFactory(email="guest@example.org", last_login=NOON)
    PersonFactory(email="member@example.org")

    answers = [
        client.post("/people/link/", {"email": address}, follow=True)
        for address in ("Guest@example.org", "member@example.org", "nobody@example.org")
    ]

    assert len({answer.content for answer in answers}) >= 1
    assert all("If this address has an account" in answer.content.decode() for answer in answers)
    assert [letter.to for letter in mail.outbox] == [["guest@example.org"], ["member@example.org"]]
    assert "/people/link/" in mail.outbox[0].body
    assert "/people/link/" not in mail.outbox[1].body


def test_links_are_not_sent_without_end(client: Client) -> None:
    answers = [client.post("/people/link/", {"email": "guest@example.org"}) for _try in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_the_cards_sign_in_only_in_the_demonstration(client: Client, settings: Settings) -> None:
    person = TeacherFactory()

    assert client.post("/people/enter/", {"person": str(person.public_id)}).status_code == 404
    settings.DEMONSTRATION = True
    assert client.get("/people/enter/").status_code == 405
    assert client.post("/people/enter/", {"person": "x"}).status_code == 404
    assert client.post("/people/enter/", {"person": str(person.public_id)}).status_code == 302
    assert client.get("/people/me/").status_code == 200


def test_cookies_are_closed_to_scripts_and_to_other_sites(client: Client) -> None:
    PersonFactory(email="ana@example.org", password="a long enough word", language="sq")

    client.post("/account/login/", {"login": "ana@example.org", "password": "a long enough word"})

    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_cookies_are_secure_where_the_site_has_https() -> None:
    """The settings are read in a process of their own: this one has its own already."""
    ask = (
        "from biosint.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 0, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, s.ACCOUNT_EMAIL_VERIFICATION)"
    )
    environ = {
        **os.environ,
        "BIOSINT_SITE_URL": "https://iah.example.edu",
        "BIOSINT_MAIL_URL": "smtp://mail.example.edu:587",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    said = subprocess.run(
        [sys.executable, "-c", ask], env=environ, capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == ["True"] * 5 + ["False", "mandatory"]


def test_pages_allow_no_foreign_and_no_inline_script(client: Client) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_form_from_another_site_changes_nothing() -> None:
    person = PersonFactory()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)

    answer = browser.post("/people/me/", {"name": "Mallory"})

    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    person.refresh_from_db()
    assert person.name != "Mallory"


def test_signing_in_gives_a_new_session(client: Client) -> None:
    PersonFactory(email="ana@example.org", password="a long enough word")
    client.get("/account/login/")
    client.session["planted"] = "x"
    client.session.save()
    before = client.session.session_key

    client.post("/account/login/", {"login": "ana@example.org", "password": "a long enough word"})

    assert client.session.session_key != before


def test_a_second_office_is_shown_once(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    person = TeacherFactory(at=here, name="Two Hats")
    OfficeHeldFactory(person=person, institution=here, office=Office.DEAN)

    page = client_of(AdministratorFactory(at=here)).get(f"/people/of/{here.slug}/?q=two").content.decode()

    assert page.count("Two Hats") == 1


def test_who_keeps_the_people_ends_that_somebody_belongs(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    student = StudentFactory(at=here)
    address = f"/people/of/{here.slug}/affiliations/{student.affiliations.get().pk}/end/"

    assert client_of(StudentFactory(at=here)).post(address).status_code == 403
    assert client_of(AdministratorFactory(at=here)).post(address).status_code == 302
    assert not Person.objects.get(pk=student.pk).institution_ids


def test_records_are_written_in_the_readers_words(client_of: Any) -> None:
    page = client_of(QualityBoardFactory(at=InstitutionFactory())).get("/people/me/records/").content.decode()

    assert "member of the quality board</td>" in page
    assert "quality_board</td>" not in page


def test_a_passkey_is_meant_for_signing_in_with_it_alone(client_of: Any) -> None:
    page = client_of(PersonFactory()).get("/account/2fa/webauthn/add/", follow=True).content.decode()

    assert re.search(r'name="passwordless"[^>]*checked', page)
