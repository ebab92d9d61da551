"""What was opened can be read without a line, by the one who opened it and nobody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from biosint.exchange.models import Application
from browser import Axe, Visiting, Visitor
from factories import ActivityFactory, ApplicationFactory, PersonFactory

pytestmark = pytest.mark.journey


@pytest.fixture
def place() -> Application:
    application: Application = ApplicationFactory(state="admitted", course__state="running")
    ActivityFactory(
        course=application.course, position=1, title="Look at the ward", text="Wash your hands **first**."
    )
    ActivityFactory(course=application.course, position=2, title="Never opened", text="Later.")
    return application


def kept(page: Page, times: int = 1) -> None:
    """Wait until the worker looks after the page and has put it by."""
    page.evaluate(
        """async (address) => {
          for (let look = 0; look < 200; look += 1) {
            const pages = await (await caches.open("biosint-read-1")).keys();
            const works = navigator.serviceWorker.controller?.state === "activated";
            const parts = await (await caches.open("biosint-parts-1")).keys();
            if (works && parts.length && pages.some((page) => page.url === address)) return;
            await new Promise((resolve) => { setTimeout(resolve, 100); });
          }
          throw new Error("The page was not kept.");
        }""",
        page.url,
    )


def opened(visitor: Visitor, place: Application) -> Page:
    """Open the course and its first page as a learner does."""
    visitor.sign_in(place.learner)
    page = visitor.visit(f"/courses/{place.course.slug}/")
    kept(page)
    page.get_by_role("link", name="Look at the ward").click()
    expect(page.get_by_role("heading", name="Look at the ward")).to_be_visible()
    kept(page)
    return page


def test_an_opened_page_is_read_without_a_line_and_says_from_when_it_is(
    visitors: Visiting, place: Application, axe: Axe
) -> None:
    learner = visitors(phone=True)
    page = opened(learner, place)
    expect(page.get_by_text("kept it on")).to_be_hidden()

    learner.expects_refusal = True
    learner.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Wash your hands")).to_be_visible()
    expect(page.get_by_text("This is the page as this device kept it on")).to_be_visible()
    axe(page)
    page.goto(f"{learner.address}/courses/{place.course.slug}/")
    expect(page.get_by_text("This is the page as this device kept it on")).to_be_visible()

    # What was never opened is not there; what is, is named.
    page.get_by_role("link", name="Never opened").click()
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()
    page.get_by_role("link", name=re.compile("Look at the ward")).click()
    expect(page.get_by_text("Wash your hands")).to_be_visible()

    learner.context.set_offline(False)
    page.get_by_role("link", name="Load it again").click()
    expect(page.get_by_text("kept it on")).to_be_hidden()


def test_nobody_else_on_the_device_reads_what_was_kept(visitors: Visiting, place: Application) -> None:
    learner = visitors()
    page = opened(learner, place)
    address = page.url

    learner.sign_in(PersonFactory())
    page = learner.visit("/")
    kept(page)
    learner.expects_refusal = True
    learner.context.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Look at the ward"))).to_have_count(0)


def test_signing_out_drops_what_was_kept(visitors: Visiting, place: Application) -> None:
    learner = visitors()
    page = opened(learner, place)
    page.goto(f"{learner.address}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()

    assert page.evaluate("async () => (await caches.keys()).includes('biosint-read-1')") is False


def test_a_page_one_may_not_read_any_more_is_dropped(visitors: Visiting, place: Application) -> None:
    learner = visitors()
    page = opened(learner, place)
    Application.objects.filter(pk=place.pk).update(state="withdrawn")

    learner.expects_refusal = True
    page.reload()
    address = page.url
    learner.context.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()


def test_a_visitor_has_no_worker(visitors: Visiting, place: Application) -> None:
    page = visitors().visit(f"/courses/{place.course.slug}/")

    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
