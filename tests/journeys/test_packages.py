"""Foreign packages in a real browser: worked in, left, found again; and what a hostile one cannot do."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from biosint.exchange.models import Activity, Score
from biosint.exchange.operations.packages import hand_in_package
from biosint.exchange.states import ActivityKind, CourseState
from biosint.packages.models import Attempt, ItemState, Statement
from browser import Axe, Visiting, Visitor
from exchange.cast import Cast, a_course
from factories import ActivityFactory
from packages.hostile import hostile
from packages.making import h5p, scorm_12, scorm_2004, upload

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page


def course_with(content: bytes, **fields: Any) -> tuple[Cast, Activity]:
    cast = a_course(state=CourseState.RUNNING)
    activity = ActivityFactory(
        course=cast.course, kind=ActivityKind.PACKAGE, title="Before you begin", **fields
    )
    hand_in_package(
        upload(content), activity_id=activity.pk, key=uuid.uuid4(), by=cast.teacher, at=timezone.now()
    )
    return cast, activity


def address(activity: Activity, word: str = "") -> str:
    return f"/courses/{activity.course.slug}/pages/{activity.pk}/{word}"


def player(page: Page) -> FrameLocator:
    return page.frame_locator("[data-package-frame]")


def begun(visitor: Visitor, activity: Activity, button: str = "Load and start") -> Page:
    page = visitor.visit(address(activity))
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/package/play/")
    return page


def stands_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_a_learner_works_leaves_returns_and_the_points_arrive(visitors: Visiting, axe: Axe) -> None:
    cast, activity = course_with(scorm_12(mastery="70"))
    learner = cast.admitted()
    visitor = visitors(phone=True)
    visitor.sign_in(learner.learner)

    page = begun(visitor, activity)
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#told")).to_have_text("ab-initio||")
    part.get_by_role("button", name="Half way").click()
    expect(player(page).locator("#status")).to_have_text("Saved.")
    axe(page)
    assert not stands_sideways(page)

    page = begun(visitor, activity, "Go on")
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#told")).to_have_text("resume|half=yes|page2")
    part.get_by_role("button", name="All right answers").click()
    expect(page.locator("[data-package-standing]")).to_have_text("done · 80 points of 100 · passed")

    page = visitor.visit(address(activity))
    expect(page.get_by_text("80 points of 100")).to_be_visible()
    assert Score.objects.get(application=learner).points == 80
    assert Attempt.objects.get().seconds == 125


def test_parts_of_scorm_2004_lead_on_and_are_ticked(visitors: Visiting) -> None:
    cast, activity = course_with(scorm_2004())
    visitor = visitors()
    visitor.sign_in(cast.admitted().learner)

    page = begun(visitor, activity)
    part = player(page).frame_locator("#stage iframe")
    part.get_by_role("button", name="Done").click()
    part.get_by_role("button", name="Next part").click()
    expect(part.locator("#told")).to_have_text("ab-initio|")
    player(page).get_by_text("Contents").click()
    expect(player(page).get_by_role("button", name="Belgrade ✓ done")).to_be_visible()
    expect(player(page).get_by_role("button", name="Tirana")).to_have_attribute("aria-current", "true")
    part.get_by_role("button", name="Done").click()
    expect(page.locator("[data-package-standing]")).to_have_text("done · 90 points of 100 · passed")

    assert {one.item: one.state["cmi.suspend_data"] for one in ItemState.objects.all()} == {
        "a": "?part=a",
        "b": "?part=b",
    }


def test_an_h5p_content_tells_its_points_and_keeps_what_was_typed(visitors: Visiting) -> None:
    cast, activity = course_with(h5p())
    visitor = visitors()
    visitor.sign_in(cast.admitted().learner)

    page = begun(visitor, activity)
    content = player(page).frame_locator("iframe.h5p-iframe")
    content.get_by_label("Dose in mg?").fill("400")
    content.get_by_role("button", name="Check").click()
    expect(page.locator("[data-package-standing]")).to_have_text("done · 100 points of 100 · passed")
    expect(player(page).locator("#status")).to_have_text("Saved.")

    page = begun(visitor, activity, "Go on")
    content = player(page).frame_locator("iframe.h5p-iframe")
    expect(content.get_by_label("Dose in mg?")).to_have_value("400")
    assert Score.objects.get().points == 100
    assert Statement.objects.filter(verb="answered").count() == 1
    assert "actor" not in Statement.objects.get(verb="answered").content


def test_work_done_without_a_line_arrives_when_it_is_back(visitors: Visiting) -> None:
    cast, activity = course_with(scorm_12())
    visitor = visitors()
    visitor.expects_refusal = True
    visitor.sign_in(cast.admitted().learner)
    page = begun(visitor, activity)
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#told")).to_have_text("ab-initio||")

    visitor.context.set_offline(True)
    part.get_by_role("button", name="All right answers").click()
    expect(player(page).locator("#status")).to_contain_text("The line is lost")
    assert not ItemState.objects.filter(is_done=True).exists()
    visitor.context.set_offline(False)

    expect(player(page).locator("#status")).to_have_text("Saved.")
    assert Score.objects.get().points == 80


def test_what_could_not_be_sent_is_sent_at_the_next_visit(visitors: Visiting) -> None:
    cast, activity = course_with(scorm_12())
    visitor = visitors()
    visitor.expects_refusal = True
    visitor.sign_in(cast.admitted().learner)
    page = begun(visitor, activity)
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#told")).to_have_text("ab-initio||")

    page.route("**/report/", lambda route: route.abort())
    part.get_by_role("button", name="Half way").click()
    expect(player(page).locator("#status")).to_contain_text("The line is lost")
    page.goto("about:blank")
    page.unroute("**/report/")

    page = begun(visitor, activity, "Go on")
    expect(player(page).frame_locator("#stage iframe").locator("#told")).to_have_text("resume|half=yes|page2")


def test_of_two_tabs_the_one_opened_last_goes_on_and_the_other_is_told(visitors: Visiting) -> None:
    cast, activity = course_with(scorm_12())
    visitor = visitors()
    visitor.expects_refusal = True
    visitor.sign_in(cast.admitted().learner)
    first = begun(visitor, activity)
    expect(player(first).frame_locator("#stage iframe").locator("#told")).to_have_text("ab-initio||")
    second = visitor.context.new_page()
    second.goto(first.url)
    newer = player(second).frame_locator("#stage iframe")
    expect(newer.locator("#told")).to_contain_text("|")

    newer.get_by_role("button", name="Half way").click()
    expect(player(second).locator("#status")).to_have_text("Saved.")
    player(first).frame_locator("#stage iframe").get_by_role("button", name="All right answers").click()

    expect(player(first).locator("#status")).to_contain_text("opened again in another window")
    expect(first.locator("[data-package-standing]")).to_contain_text("done · 80 points")
    assert ItemState.objects.get().state["cmi.suspend_data"] == "half=yes"
    second.close()


def test_a_teacher_hands_in_tries_out_and_reads_results(visitors: Visiting, axe: Axe, tmp_path: Any) -> None:
    cast = a_course(state=CourseState.RUNNING)
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PACKAGE, title="Before you begin")
    file = tmp_path / "dose.h5p"
    file.write_bytes(h5p())
    visitor = visitors()
    visitor.sign_in(cast.teacher)

    page = visitor.visit(address(activity))
    page.get_by_role("link", name="Hand in a package").click()
    axe(page)
    page.get_by_label("Package", exact=True).set_input_files(file)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("“Dose” is ready")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Try it out").click()
    content = player(page).frame_locator("iframe.h5p-iframe")
    content.get_by_label("Dose in mg?").fill("400")
    content.get_by_role("button", name="Check").click()
    expect(page.locator("[data-package-standing]")).to_contain_text("100 points")
    page.get_by_role("link", name="Open in full page").click()
    expect(page.get_by_role("link", name="Back to the course")).to_be_visible()
    axe(page)

    page = visitor.visit(address(activity, "package/results/"))
    expect(page.get_by_text("Nobody has begun")).to_be_visible()
    axe(page)
    assert not Score.objects.exists()


def test_the_frame_is_as_high_as_its_content_on_a_phone(visitors: Visiting) -> None:
    cast, activity = course_with(h5p())
    visitor = visitors(phone=True)
    visitor.sign_in(cast.admitted().learner)
    page = begun(visitor, activity)
    content = player(page).frame_locator("iframe.h5p-iframe")
    content.get_by_role("button", name="Check").wait_for()
    content.locator("body").evaluate(
        "body => { body.insertAdjacentHTML('beforeend', '<p style=\"height: 1500px\">long</p>'); "
        "window.H5P.instances[0].trigger('resize'); }"
    )

    page.wait_for_function("document.querySelector('[data-package-frame]').clientHeight > 1500")

    assert page.evaluate("document.querySelector('[data-package-frame]').clientHeight") < 2200


@pytest.mark.parametrize("kind", ["h5p", "scorm"])
def test_links_to_elsewhere_are_offered_by_the_page_around(visitors: Visiting, kind: str) -> None:
    cast, activity = course_with(h5p() if kind == "h5p" else scorm_12())
    visitor = visitors()
    visitor.sign_in(cast.admitted().learner)
    page = begun(visitor, activity)
    inner = player(page).frame_locator("iframe.h5p-iframe" if kind == "h5p" else "#stage iframe")
    inner.locator("#out").wait_for()
    page.wait_for_timeout(4500 if kind == "h5p" else 200)  # the player looks at H5P every four seconds

    inner.locator("#out").click()

    offered = page.locator("[data-package-link] a")
    expect(offered).to_be_visible()
    assert str(offered.get_attribute("href")).startswith("https://outside.example/")
    assert str(offered.get_attribute("rel")).startswith("noopener noreferrer")
    assert len(visitor.context.pages) == 1


def test_a_hostile_package_reads_nothing_calls_nobody_and_stays_in_its_frame(visitors: Visiting) -> None:
    """Every attempt is made by the package itself in the browser, and each tells how it ended."""
    cast, activity = course_with(hostile())
    visitor = visitors()
    visitor.sign_in(cast.admitted().learner)
    asked: list[str] = []
    # What the browser really sends; requests that its policy stops never come this far.
    visitor.context.route(
        "**/*", lambda route: (asked.append(f"{route.request.method} {route.request.url}"), route.continue_())
    )
    # What the browser says about each thing it forbids is what this journey wants to see.
    visitor.tolerates = (
        "Content Security Policy",
        "Failed to load resource",
        "sandbox",
        "Unsafe attempt",
        "Blocked",
        "CORS",
        "Refused",
        "frame",
        "cross-origin",
    )

    page = begun(visitor, activity)
    told = player(page).frame_locator("#stage iframe").locator("#told")
    expect(told).to_contain_text("finished", timeout=20_000)
    outcome = json.loads(told.inner_text().removesuffix("finished"))

    assert outcome == {
        "cookies": "",
        "top document": "SecurityError",
        "top storage": "SecurityError",
        "our page by fetch": "TypeError",
        "our page by fetch without answer": "TypeError",
        "elsewhere by fetch": "TypeError",
        "elsewhere by picture": "error",
        "elsewhere by beacon": "nothing sent",
        "elsewhere by socket": "closed",
        "a new window": "null",
        "the top page": "SecurityError",
        "a service worker": "refused",
        "a frame of our page": "nothing read",
        "a form to our page": "stayed",
        "another's ticket": 404,
        "parent messages": "sent",
    }
    assert page.url.endswith("/package/play/")
    assert len(visitor.context.pages) == 1
    assert {cookie["domain"] for cookie in visitor.context.cookies()} == {"localhost"}
    assert any("/files/" in line for line in asked)
    outside = [line for line in asked if "outside.example" in line]
    ours = [line for line in asked if line.startswith(f"POST {visitor.address}") and "/begin/" not in line]
    assert outside == []
    assert ours == []
    assert page.locator("[data-package-link] a").get_attribute("href") in {None, ""}
