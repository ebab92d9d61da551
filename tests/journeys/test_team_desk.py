"""The desk of teams in a real browser: by mouse, by finger, by keyboard, without scripts, and what learners see."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from biosint.exchange import operations
from biosint.exchange.models import Application, TeamMember
from biosint.exchange.plans import teams_of
from browser import Axe, Visiting
from exchange.cast import Cast, a_course


def tried_out(*, learners: int = 10, formed: bool = True) -> Cast:
    today = timezone.localdate()
    cast = a_course(
        title="Safe hand-over",
        start_date=today + timedelta(days=30),
        end_date=today + timedelta(days=60),
        apply_until_date=today + timedelta(days=20),
    )
    for number in range(learners):
        place = cast.partner if number % 2 else cast.host
        cast.admitted(
            place, name=f"Learner {'ABCDEFGHIJKL'[number]}", profession=("medicine", "nursing")[number % 2]
        )
    if formed:
        operations.form_teams(course_id=cast.course.pk, plan=teams_of(5), by=cast.teacher, at=timezone.now())
    return cast


def desk_of(cast: Cast) -> str:
    return f"/courses/{cast.course.slug}/teams/"


def number_of(application: Application) -> int:
    return TeamMember.objects.get(application=application).team.number


def member(cast: Cast, team: int) -> Application:
    return Application.objects.filter(course=cast.course, membership__team__number=team).order_by("pk")[0]


def drag(page: Page, person: Locator, onto: Locator) -> None:
    """Move the pointer as a hand does: press, a few steps, let go."""
    grip = person.locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    goal = onto.bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 30, steps=4)
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 20, steps=8)
    page.wait_for_timeout(60)
    page.mouse.up()


def test_a_teacher_forms_changes_and_publishes_teams_and_a_learner_sees_why(
    visitors: Visiting, axe: Axe
) -> None:
    cast = tried_out(formed=False)
    visitor = visitors()
    visitor.sign_in(cast.teacher)
    page = visitor.visit(desk_of(cast))
    expect(page.locator("#who")).to_contain_text("10")

    # A ready-made set, and what it leads to, before anything is kept.
    page.get_by_role("link", name="Case room").click()
    effect = page.locator("#effect")
    expect(effect).to_contain_text("10 learners in 2 teams of 5")
    axe(page)
    page.get_by_role("link", name="Small joint course").click()
    expect(effect).to_contain_text("At least 2 common hours a week: holds")
    page.locator("summary", has_text="Adjust").click()
    axe(page)
    page.get_by_label("People in a team, from").fill("2")
    page.get_by_label("to", exact=True).fill("3")
    expect(effect).to_contain_text("10 learners in 4 teams of 2–3")
    page.get_by_label("People in a team, from").fill("5")
    page.get_by_label("to", exact=True).fill("5")
    expect(effect).to_contain_text("10 learners in 2 teams of 5")
    # A wish by keyboard alone.
    page.get_by_role("slider", name="First language").press("ArrowRight")
    expect(effect).to_contain_text("First language different in a team")
    assert not cast.course.teams.exists()

    page.get_by_role("button", name="Form teams").click()
    expect(page.get_by_text("Teams are formed.")).to_be_visible()
    axe(page)

    # Dragged onto a person: the two change places, once the consequence has been read.
    one, other = member(cast, 1), member(cast, 2)
    drag(page, page.locator(f"[data-person='{one.pk}']"), page.locator(f"[data-person='{other.pk}']"))
    window = page.get_by_role("dialog")
    expect(window).to_contain_text("change places")
    axe(page)
    assert (number_of(one), number_of(other)) == (1, 2)
    window.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("The two have changed places.")).to_be_visible()
    assert (number_of(one), number_of(other)) == (2, 1)

    # Dragged onto a team, read, and left as it is.
    drag(page, page.locator(f"[data-person='{one.pk}']"), page.locator("#team-1 header"))
    expect(window).to_contain_text("goes from team 2 to team 1")
    expect(window).to_contain_text("Would no longer hold:")
    window.get_by_role("link", name="Leave as it is").click()
    expect(window).to_be_hidden()
    assert number_of(one) == 2

    # The same by keyboard.
    page.locator(f"[data-person='{one.pk}'] [data-move-link]").focus()
    page.keyboard.press("Enter")
    expect(window).to_contain_text("Where should")
    window.get_by_label("Team").select_option("1")
    window.get_by_role("button", name="Show what changes").press("Enter")
    expect(window).to_contain_text("goes from team 2 to team 1")
    window.get_by_role("button", name="Do it").press("Enter")
    expect(page.get_by_text("is in team 1 now.")).to_be_visible()
    assert number_of(one) == 1
    page.get_by_role("button", name="Take the last change back").click()
    expect(page.get_by_text("The last change is taken back.")).to_be_visible()
    assert number_of(one) == 2

    # Locked people stay when the rest is formed again.
    page.locator(f"[data-person='{one.pk}']").get_by_role("button", name="keep in this team").click()
    expect(page.locator(f"[data-person='{one.pk}']")).to_contain_text("Locked")
    page.get_by_role("button", name="Form the rest again").click()
    expect(page.get_by_text("Teams are formed.")).to_be_visible()
    assert number_of(one) == 2

    page.locator("summary", has_text="Publish the teams").click()
    page.locator("details[open]").get_by_role("button", name="Publish the teams").click()
    expect(page.get_by_text("Every learner sees their team now.")).to_be_visible()
    axe(page)

    phone = visitors(phone=True, timezone_id="Europe/Tirane")
    phone.sign_in(one.learner)
    page = phone.visit(f"/courses/{cast.course.slug}/teams/{number_of(one)}/about/")
    expect(page.locator("main")).to_contain_text("Why this team")
    page.get_by_role("link", name="Why am I in this team?").click()
    expect(page.locator("#why-me")).to_contain_text("You")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_desk_works_without_scripts_on_a_phone(visitors: Visiting, axe: Axe) -> None:
    cast = tried_out()
    visitor = visitors(phone=True, scripts=False)
    visitor.sign_in(cast.teacher)
    page = visitor.visit(desk_of(cast))

    page.get_by_role("button", name="Show the effect").click()
    expect(page.locator("#effect")).to_contain_text("10 learners in 2 teams of 5")

    one = member(cast, 1)
    page.locator(f"[data-person='{one.pk}'] [data-move-link]").click()
    page.get_by_label("Team").select_option("2")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("main")).to_contain_text("goes from team 1 to team 2")
    page.get_by_role("button", name="Do it").click()

    expect(page.get_by_text("is in team 2 now.")).to_be_visible()
    assert number_of(one) == 2


def test_a_finger_drags_and_the_page_does_not_scroll_sideways(visitors: Visiting, axe: Axe) -> None:
    cast = tried_out()
    visitor = visitors(phone=True)
    visitor.sign_in(cast.teacher)
    page = visitor.visit(desk_of(cast))
    one = member(cast, 1)
    grip = page.locator(f"[data-person='{one.pk}'] [data-grip]")
    grip.scroll_into_view_if_needed()

    # Playwright has no finger that moves; these are the events a finger makes.
    grip.dispatch_event(
        "pointerdown",
        {"button": 0, "pointerId": 5, "pointerType": "touch", "clientX": 30, "clientY": 300, "bubbles": True},
    )
    page.locator("#team-2").scroll_into_view_if_needed()
    goal = page.locator("#team-2 header").bounding_box()
    assert goal
    where = {
        "pointerId": 5,
        "pointerType": "touch",
        "clientX": goal["x"] + 20,
        "clientY": goal["y"] + 10,
        "bubbles": True,
    }
    page.locator("body").dispatch_event("pointermove", where)
    page.locator("body").dispatch_event("pointerup", where)

    expect(page.get_by_role("dialog")).to_contain_text("goes from team 1 to team 2")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_second_teacher_is_told_what_has_changed(visitors: Visiting) -> None:
    cast = tried_out()
    visitor = visitors()
    visitor.sign_in(cast.teacher)
    page = visitor.visit(desk_of(cast))
    one, other = member(cast, 1), member(cast, 2)
    operations.move(
        course_id=cast.course.pk, application_id=other.pk, to=1, by=cast.colleague, at=timezone.now()
    )

    page.locator(f"[data-person='{one.pk}']").get_by_role("button", name="keep in this team").click()

    expect(page.get_by_text(f"{cast.colleague} has changed the teams")).to_be_visible()
    assert not TeamMember.objects.filter(is_locked=True).exists()
