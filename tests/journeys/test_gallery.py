"""The gallery in a real browser: every component, light and dark, wide and narrow, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _open_to_all(settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_component_is_accessible(
    visit: Callable[[str], Page], axe: Callable[[Page], None], theme: str, size: dict[str, int]
) -> None:
    page = visit("/ui/")
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)

    axe(page)


def test_nothing_is_wider_than_a_phone(visit: Callable[[str], Page]) -> None:
    page = visit("/ui/")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_window_opens_and_closes_by_keyboard_and_gives_the_focus_back(visit: Callable[[str], Page]) -> None:
    page = visit("/ui/")
    opener = page.get_by_text("Open a window")

    opener.focus()
    page.keyboard.press("Enter")
    assert page.locator("#specimen-dialog").evaluate("dialog => dialog.matches(':modal')")
    page.keyboard.press("Escape")

    assert not page.locator("#specimen-dialog").is_visible()
    assert opener.evaluate("element => element === document.activeElement")


def test_a_question_closes_by_escape(visit: Callable[[str], Page]) -> None:
    page = visit("/ui/")

    page.locator("summary", has_text="Delete the course").click()
    assert page.get_by_text("Nobody has joined it yet.").is_visible()
    page.keyboard.press("Escape")

    assert not page.get_by_text("Nobody has joined it yet.").is_visible()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Callable[[str], Page]) -> None:
    page = visit("/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
