"""Open answers in a real browser: from the first code to a released quote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import Axe, Visiting
from clock import DAY
from factories import AdministratorFactory, InstitutionFactory, TeacherFactory
from factories.surveys import AnswerSetFactory, SubmissionFactory

SAID = ("I have no money for travel", "Money for the rent is missing", "No time beside the wards")


@pytest.fixture
def scene() -> dict[str, Any]:
    """Twelve wishes in a collection that closed long ago, a keeper and two teachers."""
    home = InstitutionFactory(short_name="Bistrica")
    answer_set = AnswerSetFactory(owner=home, asked=[home])
    answer_set.opens_at -= 900 * DAY
    answer_set.closes_at -= 900 * DAY
    answer_set.save()
    for number in range(12):
        SubmissionFactory(answer_set=answer_set, institution=home, answers={"wish": SAID[number % 3]})
    return {
        "set": answer_set,
        "keeper": AdministratorFactory(at=home),
        "coders": [TeacherFactory(at=home), TeacherFactory(at=home)],
    }


def keep(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for pictures of this journey."""
    if folder := os.environ.get("BIOSINT_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_two_people_code_what_others_wrote(scene: dict[str, Any], visitors: Visiting, axe: Axe) -> None:
    keeper = visitors()
    keeper.sign_in(scene["keeper"])
    page = keeper.visit(f"/situation/answers/{scene['set'].pk}/texts/wish/")
    page.get_by_role("link", name="Code these answers").click()
    axe(page)
    page.get_by_role("button", name="Begin the codebook").click()
    page.get_by_role("link", name="See words and groups that stand out").click()
    expect(page.get_by_role("listitem").filter(has_text="money")).to_be_visible()
    keep(page, "coding-suggestions")
    axe(page)
    page.go_back()
    for label, definition in (("Money", "Money is named."), ("Time", "Time is named.")):
        page.get_by_text("Add a code").first.click()
        page.get_by_label("Name of the code").fill(label)
        page.get_by_label("Given when").fill(definition)
        page.get_by_role("button", name="Add the code").click()
    for person, place in zip(scene["coders"], ("first", "second"), strict=True):
        page.get_by_label("Mail address").fill(person.email)
        page.get_by_label("Place").select_option(label=place)
        page.get_by_role("button", name="Name", exact=True).click()
    keep(page, "codebook")
    axe(page)
    address = page.url

    for number, person in enumerate(scene["coders"]):
        # The second one codes on a phone, without scripts.
        visitor = visitors(phone=bool(number), scripts=not number)
        visitor.sign_in(person)
        desk = visitor.page
        desk.goto(address)
        desk.get_by_role("link", name="Read and code").click()
        keep(desk, f"coding-read-{number}")
        if not number:
            axe(desk)
        for turn in range(12):
            said = desk.locator("blockquote").inner_text()
            if "oney" in said and not (number and turn == 11):
                desk.get_by_label("Money").check()
            if "time" in said:
                desk.get_by_label("Time").check()
            desk.get_by_role("button", name="Keep, and read the next").click()

    page.goto(address)
    expect(page.get_by_text("How far the two coders agree")).to_be_visible()
    keep(page, "codebook-compared")
    axe(page)
    if page.get_by_role("link", name="Settle differences").count():
        page.get_by_role("link", name="Settle differences").click()
        page.get_by_label("Money").check()
        keep(page, "coding-compare")
        axe(page)
        page.get_by_role("button", name="Settle").click()
        page.goto(address)
    page.get_by_text("Finish the coding").first.click()
    page.get_by_role("button", name="Finish the coding").click()
    expect(page.get_by_text("The codes are variables of the answers now")).to_be_visible()
    page.get_by_role("link", name="Quotes (0)").first.click()
    page.get_by_role("link", name="Make a quote of it").first.click()
    page.get_by_label("Nobody can be recognised by it").check()
    axe(page)
    page.get_by_role("button", name="Release this quote").click()
    expect(page.get_by_text("Released. The quote may stand in reports.")).to_be_visible()
    keep(page, "coding-quotes")

    phone = visitors(phone=True)
    phone.sign_in(scene["keeper"])
    phone.page.goto(address)
    keep(phone.page, "phone-codebook")
    axe(phone.page)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
