"""Answering without a line: nothing is lost, nothing counts twice, the page opens again."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, expect

from biosint.surveys import operations
from biosint.surveys.models import AnswerSet, Submission
from biosint.surveys.states import Entry
from browser import Axe, Visiting, Visitor
from factories.surveys import AnswerSetFactory, AskedGroupFactory

THANKS = "Thank you, your answers have arrived"


def open_now(**more: object) -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1), **more)


def fill(page: Page, age: int) -> None:
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("textbox", name="Age (optional)").fill(str(age))


def ages() -> list[int]:
    return sorted(submission.answers["age"] for submission in Submission.objects.all())


def wait_for(page: Page, number: int) -> None:
    for _look in range(60):
        if Submission.objects.count() >= number:
            break
        page.wait_for_timeout(100)
    # Whatever else might be on its way has arrived.
    page.wait_for_timeout(400)


def open_and_keep(visitor: Visitor, answer_set: AnswerSet, address: str = "") -> Page:
    """Open the page and wait until it can be opened without a line."""
    page = visitor.visit(f"/surveys/a/{answer_set.token}/{address}")
    page.evaluate(
        """async () => {
          for (let look = 0; look < 100; look += 1) {
            const kept = await (await caches.open("biosint-answer-1")).keys();
            const works = navigator.serviceWorker.controller?.state === "activated";
            if (works && kept.some((page) => page.url === location.href)) return;
            await new Promise((resolve) => { setTimeout(resolve, 100); });
          }
          throw new Error("The page was not kept.");
        }"""
    )
    return page


def test_what_is_sent_without_a_line_goes_by_itself_when_it_is_back(visitors: Visiting, axe: Axe) -> None:
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    page = open_and_keep(visitor, open_now())
    fill(page, 21)

    visitor.context.set_offline(True)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Your answers are kept on this device", exact=True)).to_be_visible()
    expect(page.get_by_text("Filled in and waiting on this device: 1")).to_be_visible()
    axe(page)
    assert ages() == []
    visitor.context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert ages() == [21]


def test_a_closed_tab_loses_nothing_and_the_page_opens_without_a_line(visitors: Visiting) -> None:
    answer_set = open_now()
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    page = open_and_keep(visitor, answer_set)
    fill(page, 22)
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Your answers are kept on this device", exact=True)).to_be_visible()
    page.close()

    visitor.page = visitor.context.new_page()
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")
    expect(page.get_by_text("Filled in and waiting on this device: 1")).to_be_visible()
    expect(page.get_by_role("button", name="Send answers")).to_be_visible()
    visitor.context.set_offline(False)

    expect(page.get_by_text("Sent from this device just now: 1")).to_be_visible()
    assert ages() == [22]


def test_a_killed_tab_loses_no_draft(visitors: Visiting) -> None:
    answer_set = open_now()
    # Without the worker, whose program would be ended together with the tab's.
    visitor = visitors(phone=True, service_workers="block")
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")
    fill(page, 23)
    page.wait_for_timeout(500)
    # The program of the tab is ended: no line of the page runs any more.
    with contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash")

    visitor.page = visitor.context.new_page()
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")

    expect(page.get_by_role("textbox", name="Age (optional)")).to_have_value("23")


def test_people_in_turn_at_one_device_without_a_line_count_each_once(visitors: Visiting) -> None:
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    page = open_and_keep(visitor, open_now())
    visitor.context.set_offline(True)
    for age in (20, 30, 40):
        fill(page, age)
        page.get_by_role("button", name="Send answers").click()
        page.get_by_role("button", name="Fill in for another person").click()
        expect(page.get_by_role("textbox", name="Age (optional)")).to_have_value("")
    expect(page.get_by_text("Filled in and waiting on this device: 3")).to_be_visible()

    visitor.context.set_offline(False)
    wait_for(page, 3)

    assert ages() == [20, 30, 40]


def test_an_answer_whose_thanks_were_lost_counts_once(visitors: Visiting) -> None:
    visitor = visitors()
    visitor.expects_refusal = True
    page = visitor.visit(f"/surveys/a/{open_now().token}/")
    fill(page, 25)
    lost: list[str] = []

    def lose(route: Route) -> None:
        # The form reaches the server; its answer does not reach the browser.
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route("**/surveys/a/**", lose)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Your answers are kept on this device", exact=True)).to_be_visible()
    assert ages() == [25]
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert ages() == [25]


def test_without_a_line_the_first_missing_answer_is_shown(visitors: Visiting) -> None:
    visitor = visitors(phone=True)
    page = visitor.visit(f"/surveys/a/{open_now().token}/")
    page.get_by_role("checkbox", name="I agree.").check()

    visitor.context.set_offline(True)
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_text("Something is not answered yet")).to_be_visible()
    expect(page.get_by_role("group", name="Abroad?")).to_be_focused()
    visitor.context.set_offline(False)


def test_a_ticket_is_spent_from_a_device_without_a_line(visitors: Visiting) -> None:
    answer_set = open_now(entry=Entry.TICKETS)
    group = AskedGroupFactory(asked__answer_set=answer_set)
    operations.add_tickets(places=[("abcdefghjkmn", (group.asked, group))])
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    page = open_and_keep(visitor, answer_set, "?ticket=abcdefghjkmn")
    fill(page, 26)

    visitor.context.set_offline(True)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Your answers are kept on this device", exact=True)).to_be_visible()
    visitor.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)

    page = visitor.visit(f"/surveys/a/{answer_set.token}/?ticket=abcdefghjkmn")
    expect(page.get_by_role("heading", level=1)).to_have_text("This ticket has been used")
    assert ages() == [26]


def test_a_shared_device_is_cleared(visitors: Visiting) -> None:
    answer_set = open_now()
    visitor = visitors()
    page = open_and_keep(visitor, answer_set)
    fill(page, 27)
    page.wait_for_timeout(400)

    page.get_by_role("button", name="Remove my answers from this device").click()
    expect(page.get_by_role("textbox", name="Age (optional)")).to_have_value("")

    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('biosint-')).length") == 0
    )


def test_only_the_questionnaire_itself_is_kept(visitors: Visiting) -> None:
    visitor = visitors()
    page = open_and_keep(visitor, open_now())
    fill(page, 28)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    visitor.visit("/")

    kept = page.evaluate(
        "async () => (await (await caches.open('biosint-answer-1')).keys()).map((kept) => new URL(kept.url).pathname)"
    )

    assert [path for path in kept if not path.startswith("/static/")] == [
        f"/surveys/a/{AnswerSet.objects.get().token}/"
    ]
