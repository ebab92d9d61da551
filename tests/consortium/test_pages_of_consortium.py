from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from biosint.consortium.api import Consortium, Membership
from biosint.people.api import Office, Person
from clock import DAY
from factories import (
    ConsortiumFactory,
    CoordinatorFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    OpenMembershipFactory,
    PersonFactory,
    SiteAdministratorFactory,
    StudentFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
NEW = {
    "name": "Faculty of Nursing, Kumanovo",
    "short_name": "Nursing",
    "country": "MK",
    "city": "Kumanovo",
    "latitude": "42.13220",
    "longitude": "21.71440",
    "time_zone": "Europe/Skopje",
    "role": "partner",
}


def test_an_empty_platform_says_what_a_consortium_is(client: Client, client_of: ClientOf) -> None:
    assert "No consortium stands here yet" in client.get("/partners/").content.decode()
    page = client_of(StudentFactory()).get("/partners/").content.decode()
    assert "Only a coordinator of an institution can found a consortium" in page
    assert client.get("/partners/join/").status_code == 200


def test_members_stand_on_the_map_and_in_the_list_for_everybody(client: Client) -> None:
    consortium = ConsortiumFactory(summary={"en": "We teach together."})
    membership = MembershipFactory(consortium=consortium)

    page = client.get("/partners/").content.decode()
    detail = client.get(f"/partners/{consortium.slug}/").content.decode()

    assert membership.institution.short_name in page
    assert page.count("map-point") == 2
    assert "We teach together." in detail
    assert "Invite an institution" not in detail


def test_a_stranger_sees_no_open_requests(client_of: ClientOf, client: Client) -> None:
    consortium = ConsortiumFactory()
    asking = OpenMembershipFactory(consortium=consortium)

    for browser in (client, client_of(CoordinatorFactory())):
        assert (
            asking.institution.short_name not in browser.get(f"/partners/{consortium.slug}/").content.decode()
        )
    address = f"/partners/{consortium.slug}/requests/{asking.pk}/"
    assert client_of(CoordinatorFactory()).get(address).status_code == 404
    assert client_of(CoordinatorFactory()).post(f"{address}approve/").status_code == 404
    assert client_of(asking.asked_by).get(address).status_code == 200
    assert client_of(asking.asked_by).post(f"{address}approve/").status_code == 403


def test_a_coordinator_founds_by_form(client_of: ClientOf) -> None:
    here = InstitutionFactory()
    browser = client_of(CoordinatorFactory(at=here))
    words = {
        "title": "Wards without borders",
        "acronym": "WARDS",
        "start_date": "2026-01-01",
        "months": "24",
        "coordinator": here.pk,
        "summary_en": "We teach together.",
        "summary_sq": "",
    }

    assert browser.get("/partners/new/").status_code == 200
    assert browser.post("/partners/new/", {**words, "months": "0"}).status_code == 422
    assert browser.post("/partners/new/", words).status_code == 302
    assert browser.post("/partners/new/", words).status_code == 422

    founded = Consortium.objects.get()
    assert founded.summary == {"en": "We teach together."}
    changed = browser.post(f"/partners/{founded.slug}/facts/", {**words, "months": "30"})
    assert changed.status_code == 302
    founded.refresh_from_db()
    assert (founded.months, founded.coordinator) == (30, here)


def test_founding_is_refused_with_the_reason_to_others(client_of: ClientOf) -> None:
    refused = client_of(StudentFactory()).get("/partners/new/")

    assert refused.status_code == 403
    assert "Only a coordinator" in refused.content.decode()


def test_an_outside_institution_asks_by_form_and_is_approved_on_the_page(client_of: ClientOf) -> None:
    consortium = ConsortiumFactory()
    asking = PersonFactory()
    browser = client_of(asking)
    assert "It is not in this list" in browser.get("/partners/join/").content.decode()

    words = {**NEW, "consortium": consortium.slug, "why": "We look for partners."}
    wrong = browser.post("/partners/join/?new", {**words, "time_zone": "", "why": ""})
    assert wrong.status_code == 422
    assert "Kumanovo" in wrong.content.decode()
    assert browser.post("/partners/join/?new", words).status_code == 302
    assert "waits for the answer" in browser.get("/partners/join/").content.decode()
    assert browser.post("/partners/join/?new", words).status_code == 422

    membership = Membership.objects.get(state="asked")
    leader = client_of(CoordinatorFactory(at=consortium.coordinator))
    address = f"/partners/{consortium.slug}/requests/{membership.pk}/"
    assert "We look for partners." in leader.get(address).content.decode()
    assert leader.post(f"{address}approve/").status_code == 302
    assert leader.post(f"{address}approve/").status_code == 403
    assert Person.objects.get(pk=asking.pk).holds(Office.COORDINATOR, at=membership.institution)


def test_a_registered_institution_with_a_coordinator_is_left_to_them(client_of: ClientOf) -> None:
    consortium, here = ConsortiumFactory(), InstitutionFactory()
    CoordinatorFactory(at=here)
    browser = client_of(PersonFactory())
    address = f"/partners/join/?institution={here.slug}"

    assert "has its own people here" in browser.get(address).content.decode()
    answer = browser.post(address, {"consortium": consortium.slug, "role": "partner", "why": "x"})
    assert answer.status_code == 403


def test_a_request_is_declined_with_words(client_of: ClientOf) -> None:
    membership = OpenMembershipFactory()
    browser = client_of(CoordinatorFactory(at=membership.consortium.coordinator))
    address = f"/partners/{membership.consortium.slug}/requests/{membership.pk}/"

    assert browser.post(address, {"answer": ""}).status_code == 422
    assert browser.post(address, {"answer": "Tell us more."}).status_code == 302
    assert "Tell us more." in client_of(membership.asked_by).get(address).content.decode()


def test_who_leads_invites_and_sees_the_link_once(client_of: ClientOf) -> None:
    consortium, here = ConsortiumFactory(), InstitutionFactory()
    browser = client_of(CoordinatorFactory(at=consortium.coordinator))
    address = f"/partners/{consortium.slug}/invite/"

    assert here.name in browser.get(address).content.decode()
    page = browser.post(
        f"{address}?institution={here.slug}", {"email": "dean@example.org", "role": "partner"}
    )
    assert "http://localhost/partners/invitation/" in page.content.decode()
    again = browser.post(
        f"{address}?institution={consortium.coordinator.slug}", {"email": "a@example.org", "role": "partner"}
    )
    assert again.status_code == 422
    assert client_of(CoordinatorFactory()).get(address).status_code == 403


def test_a_letter_is_read_by_a_visitor_and_answered_signed_in(client: Client, client_of: ClientOf) -> None:
    letter = InvitationFactory(token="letter", valid_until=timezone.now() + DAY)

    visitor = client.get("/partners/invitation/letter/").content.decode()
    assert "Open an account" in visitor
    assert "next=/partners/invitation/letter/" in visitor
    reader = PersonFactory()
    answer = client_of(reader).post("/partners/invitation/letter/", {"accept": "yes"})

    assert answer.status_code == 302
    letter.membership.refresh_from_db()
    assert letter.membership.state == "member"
    late = client_of(PersonFactory()).get("/partners/invitation/letter/")
    assert late.status_code == 410
    assert "already been answered" in late.content.decode()


def test_an_old_letter_says_whom_to_ask_and_a_forged_one_is_unknown(client_of: ClientOf) -> None:
    InvitationFactory(token="letter", valid_until=timezone.now() - DAY)
    browser = client_of(PersonFactory())

    assert "too old" in browser.get("/partners/invitation/letter/").content.decode()
    assert browser.get("/partners/invitation/forged/").status_code == 404
    assert browser.post("/partners/invitation/letter/", {"accept": "yes"}).status_code == 302
    assert Membership.objects.get(state="invited")


def test_a_member_leaves_on_the_page(client_of: ClientOf) -> None:
    membership = MembershipFactory()
    address = f"/partners/{membership.consortium.slug}/members/{membership.pk}/end/"

    assert client_of(CoordinatorFactory()).post(address).status_code == 403
    assert client_of(CoordinatorFactory(at=membership.institution)).post(address).status_code == 302
    membership.refresh_from_db()
    assert membership.state == "left"


def test_consortia_and_members_are_found(client_of: ClientOf) -> None:
    ConsortiumFactory(acronym="WARDS", title="Wards without borders")

    assert "Wards without borders" in client_of(PersonFactory()).get("/search/?q=borders").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_however_many_members(
    client_of: ClientOf, count_queries: Any, rows: int
) -> None:
    consortium = ConsortiumFactory()
    browser = client_of(SiteAdministratorFactory())
    for _row in range(rows):
        MembershipFactory(consortium=consortium)
        OpenMembershipFactory(consortium=consortium)
    browser.get("/partners/")

    with count_queries(5):
        assert browser.get("/partners/").status_code == 200
    with count_queries(5):
        assert browser.get(f"/partners/{consortium.slug}/").status_code == 200
