"""The pages that everybody meets first, on a computer, on a phone and without scripts."""

import pytest
from playwright.sync_api import expect

from browser import Axe, Visiting
from factories import NoticeFactory, PersonFactory

OPEN_PAGES = ["/", "/account/login/", "/account/signup/", "/evidence/"]


@pytest.mark.parametrize("path", OPEN_PAGES)
@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_open_pages_have_no_barrier(path: str, small: bool, visitors: Visiting, axe: Axe) -> None:
    page = visitors(phone=small).visit(path)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "The page scrolls sideways."
    )


def test_a_person_signs_in_with_the_form_without_scripts(visitors: Visiting) -> None:
    PersonFactory(email="ana@example.org", name="Ana Ilić", password="sedam belih golubova")
    visitor = visitors(scripts=False, phone=True)

    page = visitor.visit("/account/login/")
    page.locator("input[type=email]").first.fill("ana@example.org")
    page.locator("input[type=password]").first.fill("sedam belih golubova")
    page.locator("form:has(input[type=password]) button[type=submit]").first.click()

    expect(page).not_to_have_url(visitor.address + "/account/login/")
    assert visitor.visit("/notices/").url == visitor.address + "/notices/"


def test_notices_are_read_and_marked(visitors: Visiting, axe: Axe) -> None:
    notice = NoticeFactory()
    visitor = visitors(phone=True)
    visitor.sign_in(notice.person)

    page = visitor.visit("/notices/")
    axe(page)
    page.get_by_role("button", name="Mark all as read").click()

    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)


def test_an_address_without_a_page_says_what_to_do(visitors: Visiting, axe: Axe) -> None:
    visitor = visitors()
    visitor.expects_refusal = True

    page = visitor.visit("/nothing-here/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is here")
    axe(page)
