"""How people come in: with a password, with a passkey, as a guest; and what they keep of themselves."""

import re

import pytest
from playwright.sync_api import Page, expect

from biosint.people.api import Person, sign_in_link
from browser import Axe, Visiting, Visitor
from factories import (
    AdministratorFactory,
    AffiliationFactory,
    ConsortiumFactory,
    CoordinatorFactory,
    GuestFactory,
    InstitutionFactory,
    MembershipFactory,
    OpenMembershipFactory,
    PersonFactory,
)

WORD = "sedam belih golubova"


def _carry_a_passkey(visitor: Visitor) -> None:
    """Give the browser a device that keeps passkeys and says yes at once."""
    device = visitor.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def _sign_up(page: Page, name: str, email: str) -> None:
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password1]").fill(WORD)
    page.locator(
        "form:has(input[name=password1]) button[type=submit], form:has(input[name=password1]) button:not([type])"
    ).first.click()


def test_somebody_signs_up_adds_a_passkey_and_comes_back_with_it(visitors: Visiting, axe: Axe) -> None:
    visitor = visitors()
    _carry_a_passkey(visitor)
    page = visitor.visit("/account/signup/")
    _sign_up(page, "Ana Ilić", "ana@example.org")
    expect(page).to_have_url(visitor.address + "/people/me/")

    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_url(re.compile(r"/account/(2fa|reauthenticate)"))
    axe(page)
    if page.locator("input[type=password]").count():
        page.locator("input[type=password]").fill(WORD)
        page.locator("main form button").first.click()
    page.locator("input[name=name]").fill("My phone")
    box = page.locator("input[name=passwordless]")
    if box.count() and not box.is_checked():
        box.check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add)"))
    visitor.context.clear_cookies()

    page = visitor.visit("/account/login/")
    page.locator("#passkey_login").click()

    expect(page).to_have_url(visitor.address + "/")
    assert visitor.visit("/people/me/").url.endswith("/people/me/")
    expect(page.locator("input[name=name]")).to_have_value("Ana Ilić")


def test_a_guest_comes_in_by_the_letter_without_scripts(visitors: Visiting) -> None:
    visitor = visitors(scripts=False, phone=True)
    link = sign_in_link(GuestFactory(name="Noor Claes"), then="/people/me/")

    page = visitor.visit(link.removeprefix("http://localhost"))
    page.locator("main form button").first.click()

    expect(page).to_have_url(visitor.address + "/people/me/")
    expect(page.locator("main")).to_contain_text("You are a guest")


def test_free_hours_show_as_a_week_while_they_are_written(visitors: Visiting, axe: Axe) -> None:
    visitor = visitors(phone=True)
    visitor.sign_in(PersonFactory(name="Ana Ilić"))
    page = visitor.visit("/people/me/")

    page.locator("input[name=free_hours]").fill("Tue 8-10")
    page.locator("input[name=free_hours]").press("Tab")

    expect(page.locator("#week")).to_contain_text("08:00–10:00")
    axe(page)


def test_an_administrator_confirms_a_student_on_a_phone(visitors: Visiting, axe: Axe) -> None:
    here = InstitutionFactory()
    asking = AffiliationFactory(
        institution=here, person=PersonFactory(name="Ana Ilić"), confirmed_by=None, confirmed_at=None
    )
    visitor = visitors(phone=True)
    visitor.sign_in(AdministratorFactory(at=here))
    page = visitor.visit(f"/people/of/{here.slug}/")
    axe(page)

    page.get_by_role("button", name="Confirm").click()

    expect(page.locator("main")).to_contain_text("Ana Ilić now belongs to")
    assert Person.objects.get(pk=asking.person.pk).institution_ids == {here.pk}


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_the_pages_of_people_and_partners_have_no_barrier(small: bool, visitors: Visiting, axe: Axe) -> None:
    consortium = ConsortiumFactory(summary={"en": "We teach together."})
    MembershipFactory(consortium=consortium)
    asking = OpenMembershipFactory(consortium=consortium)
    visitor = visitors(phone=small)
    visitor.sign_in(CoordinatorFactory(at=consortium.coordinator))
    place = consortium.coordinator.slug

    for path in (
        "/partners/",
        f"/partners/{consortium.slug}/",
        f"/partners/{consortium.slug}/requests/{asking.pk}/",
        f"/partners/{consortium.slug}/invite/?new",
        "/partners/join/",
        "/partners/join/?new",
        "/partners/new/",
        "/institutions/",
        f"/institutions/{place}/",
        f"/institutions/{place}/facts/",
        "/people/",
        "/people/me/",
        "/people/me/institutions/",
        "/people/me/records/",
        "/people/me/close/",
        f"/people/of/{place}/",
        f"/people/of/{place}/offices/give/",
        "/people/link/",
        "/audit/",
    ):
        page = visitor.visit(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
