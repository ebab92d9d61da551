"""A real browser on a real server: what a person sees, with every console error a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from browser import Visiting, Visitor

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from biosint.people.api import Person

# Playwright runs an event loop in this thread; Django's own guard would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The rules of WCAG 2.2 A and AA and what axe counts as good practice.
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium; ``make test`` installs it where it can."""
    program = os.environ.get("BIOSINT_TEST_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail("No Chromium for the journeys. Run: python3 tools/setup.py chromium")
    # Chromium refuses its sandbox to root; only our own pages are opened here.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = _playwright.chromium.launch(
        executable_path=program, args=[*arguments, "--disable-dev-shm-usage", "--disable-gpu"]
    )
    yield browser
    browser.close()


@pytest.fixture
def visitors(chromium: Browser, live_server: LiveServer) -> Iterator[Visiting]:
    """Opens browsers that know nothing of each other: ``visitors(scripts=False, phone=True)``."""
    opened: list[Visitor] = []

    def open_one(*, phone: bool = False, scripts: bool = True, **more: Any) -> Visitor:
        context = chromium.new_context(
            **{
                **(PHONE if phone else DESKTOP),
                "java_script_enabled": scripts,
                "locale": "en-GB",
                "reduced_motion": "reduce",
                **more,
            }
        )
        context.set_default_timeout(30_000)
        visitor = Visitor(context, live_server.url)
        opened.append(visitor)
        return visitor

    yield open_one
    complaints = [line for visitor in opened for line in visitor.complaints]
    for visitor in opened:
        # Nothing may still be asked of the server when its database is emptied.
        visitor.page.goto("about:blank")
        visitor.context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def desktop(visitors: Visiting) -> Visitor:
    """A visitor at a computer."""
    return visitors()


@pytest.fixture
def phone(visitors: Visiting) -> Visitor:
    """A visitor at a phone."""
    return visitors(phone=True)


@pytest.fixture
def visit(desktop: Visitor) -> Callable[[str], Page]:
    return desktop.visit


@pytest.fixture
def sign_in(desktop: Visitor) -> Callable[[Person], None]:
    return desktop.sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """``axe(page)`` fails with every barrier that axe finds on the page."""
    checker = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()
        try:
            found = checker.run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}})
        except PlaywrightError:  # the page loaded itself anew below axe, as waiting pages do
            page.wait_for_load_state()
            found = checker.run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}})
        barriers = [
            f"{barrier['id']} ({barrier['impact']}): {barrier['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in barrier["nodes"][:5])
            for barrier in found.response["violations"]
        ]
        assert not barriers, f"Barriers on {page.url}:\n" + "\n".join(barriers)

    return check
