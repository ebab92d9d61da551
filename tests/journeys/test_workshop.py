"""From what was read and measured to an objective in a strategy: at a desk, on a phone, without scripts."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import Axe, Visiting
from factories import (
    ClosedRoundFactory,
    CoordinatorFactory,
    IndicatorFactory,
    InstitutionFactory,
    RoundParticipationFactory,
    ValueFactory,
    consortium_of,
)
from factories.research import GradingFactory, PublishedFindingFactory, SourceFactory
from factories.strategies import DocumentFactory


@pytest.fixture
def scene() -> dict[str, Any]:
    """A faculty that knows its index, in a consortium that has read two reports."""
    home = InstitutionFactory(name="Faculty of Medicine Bistrica", short_name="Bistrica")
    consortium = consortium_of([home, InstitutionFactory(), InstitutionFactory()])
    one = ClosedRoundFactory(consortium=consortium, title="Spring 2026", period_until=date(2026, 2, 28))
    levels = {"A strategy that is used": 4, "Courses with a partner abroad": 0, "Guests from abroad": 1}
    for title, level in levels.items():
        indicator = IndicatorFactory(dimension__bank=one.bank, title={"en": title})
        for part in one.participations.all() or [
            RoundParticipationFactory(round=one, institution=each) for each in (home, InstitutionFactory())
        ]:
            ValueFactory(participation=part, indicator=indicator, answer=level)
    for text, bearing in (
        ("Dutch programmes look for partners who teach online.", "opportunity"),
        ("Graduates with two languages leave for better pay.", "threat"),
    ):
        finding = PublishedFindingFactory(source__consortium=consortium, text=text, bearing=bearing)
        GradingFactory(finding=finding)
    return {
        "home": home,
        "consortium": consortium,
        "leader": CoordinatorFactory(at=home),
        "document": DocumentFactory(institution=home, title="Strategy 2027"),
    }


def keep(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for pictures of this journey."""
    if folder := os.environ.get("BIOSINT_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_from_a_finding_to_an_objective_in_the_strategy(
    scene: dict[str, Any], visitors: Visiting, axe: Axe
) -> None:
    leader, participant = visitors(), visitors(phone=True)
    leader.sign_in(scene["leader"])

    page = leader.visit("/situation/research/")
    keep(page, "research")
    axe(page)
    page.get_by_role("link", name="Visser et al. 2024").first.click()
    keep(page, "source")
    axe(page)

    page = leader.visit("/situation/workshops/new/")
    axe(page)
    page.get_by_role("button", name="Begin").click()
    keep(page, "workshop-proposed")
    axe(page)
    for side in ("S", "W", "O", "T"):
        page.locator(f"#side-{side}").get_by_role("button", name="Take", exact=True).first.click()
    expect(page.get_by_text("Dutch programmes look for partners")).to_be_visible()
    page.get_by_label("Side").select_option("S")
    page.get_by_label("Statement").fill("Our teachers already give lessons online.")
    page.get_by_role("button", name="Add", exact=True).click()
    keep(page, "workshop")

    page.get_by_role("link", name="Vote", exact=True).click()
    word = page.locator(".swot-code").inner_text()
    phone = participant.visit("/situation/join/")
    axe(phone)
    phone.get_by_label("Code").fill(word)
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("No vote is open yet")).to_be_visible()
    keep(phone, "phone-waiting")
    page.get_by_label("Hide the results").uncheck()
    page.get_by_role("button", name="Open the vote").click()

    # The phone comes to the vote by itself, and counts what is left.
    expect(phone.get_by_text("Dots left: 3").first).to_be_visible(timeout=15_000)
    phone.get_by_role("button", name="One dot more: Our teachers already give lessons online.").click()
    phone.get_by_role("button", name="One dot more: Our teachers already give lessons online.").click()
    expect(phone.get_by_text("Dots left: 1").first).to_be_visible()
    keep(phone, "phone-vote")
    axe(phone)
    phone.get_by_role("button", name="Send my dots").click()
    expect(phone.get_by_text("Your dots are counted")).to_be_visible()

    # The wall shows the dots by itself.
    expect(page.get_by_text("1 device has sent its dots")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Dots: 2, from devices: 1")).to_be_visible()
    keep(page, "wall")
    axe(page)
    page.get_by_role("button", name="Close the vote").click()
    expect(phone.get_by_text("What came out")).to_be_visible(timeout=15_000)
    keep(phone, "phone-result")
    axe(phone)

    page.get_by_role("link", name="Where we stand").first.click()
    page.get_by_role("link", name="TOWS matrix and objectives").click()
    axe(page)
    page.locator("#SO").get_by_role("link", name="Add an option").click()
    page.get_by_label("Our teachers already give lessons online.").check()
    page.get_by_label("Dutch programmes look for partners who teach online.").check()
    page.get_by_label("Strategic option").fill("Open a joint online course with a Dutch programme.")
    axe(page)
    page.get_by_role("button", name="Keep the option").click()
    keep(page, "tows")
    page.get_by_role("link", name="Make it an objective").click()
    page.get_by_label("Indicator").select_option(index=2)
    page.get_by_label("Target").fill("3")
    page.get_by_label("To be reached by").fill("2099-12-31")
    axe(page)
    page.get_by_role("button", name="Set it").click()
    keep(page, "objective")
    axe(page)
    expect(page.get_by_text("level 0 of 4")).to_be_visible()

    page = leader.visit(scene["document"].get_absolute_url())
    keep(page, "strategy-before")
    page.get_by_role("button", name="Take up").click()
    expect(page.get_by_text("From level 0 of 4 (Index, Spring 2026) to level 3 of 4")).to_be_visible()
    keep(page, "strategy")
    axe(page)
    page.get_by_role("complementary").get_by_role("link", name="Open a joint online course").click()
    expect(page.get_by_role("link", name="Strategy 2027")).to_be_visible()


def test_the_pages_fit_a_phone(scene: dict[str, Any], visitors: Visiting, axe: Axe) -> None:
    SourceFactory(consortium=scene["consortium"], title="A report that nobody has read to its end yet")
    leader = visitors(phone=True)
    leader.sign_in(scene["leader"])
    for name, address in (
        ("research", "/situation/research/"),
        ("source-new", "/situation/research/sources/new/"),
        ("import", "/situation/research/import/"),
        ("workshops", "/situation/workshops/"),
        ("workshop-new", "/situation/workshops/new/"),
    ):
        page = leader.visit(address)
        keep(page, f"phone-{name}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    page.get_by_role("button", name="Begin").click()
    keep(page, "phone-workshop")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Vote", exact=True).click()
    keep(page, "phone-wall")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_one_votes_by_typing_numbers(scene: dict[str, Any], visitors: Visiting) -> None:
    leader, participant = visitors(scripts=False), visitors(phone=True, scripts=False)
    leader.sign_in(scene["leader"])
    page = leader.visit("/situation/workshops/new/")
    page.get_by_role("button", name="Begin").click()
    for side in ("S", "W"):
        page.locator(f"#side-{side}").get_by_role("button", name="Take", exact=True).first.click()
    page.get_by_role("link", name="Vote", exact=True).click()
    word = page.locator(".swot-code").inner_text()
    page.get_by_role("button", name="Open the vote").click()

    phone = participant.visit(f"/situation/join/{word}/")
    phone.locator("input[type=number]").first.fill("2")
    phone.get_by_role("button", name="Send my dots").click()
    expect(phone.get_by_text("Your dots are counted")).to_be_visible()
    page.get_by_role("button", name="Close the vote").click()

    expect(page.get_by_text("Dots: 2, from devices: 1")).to_be_visible()
