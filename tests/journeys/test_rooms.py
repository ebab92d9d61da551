"""The room of a team on a phone and at a computer: live talk, a meeting found, nothing in the way of anybody."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from biosint.exchange.models import Intervention, Meeting
from browser import Axe, Visiting
from exchange.cast import Cast, running
from factories import PostFactory
from factories.rooms import PulseFactory, RoomFileFactory, RoomTaskFactory

PAGES = (
    "",
    "notes/",
    "agreement/",
    "tasks/",
    "meetings/",
    "files/",
    "work/",
    "about/",
    "contributions/",
    "pulse/",
)
SEEN = os.environ.get("BIOSINT_TEST_PICTURES", "")


def lively() -> Cast:
    """A course that began three weeks ago (20 whole days, at any hour of today): team 1 works, one member is silent, team 2 has not begun."""
    today = timezone.localdate()
    cast, learners, team = running(start_date=today - timedelta(days=21), end_date=today + timedelta(days=30))
    cast.course.teams_published_at = timezone.now() - timedelta(days=20, hours=1)
    cast.course.save()
    words = (
        "Hello from Kotor! I can meet on Monday.",
        "Me too. Shall we begin with the **guidelines**?",
        "Yes!",
    )
    for number, text in enumerate(words):
        PostFactory(
            team=team,
            author=learners[number].learner,
            text=text,
            posted_at=timezone.now() - timedelta(hours=9 - number),
        )
    RoomTaskFactory(team=team, assignee=learners[0].learner, due_date=today - timedelta(days=1))
    RoomTaskFactory(team=team, text="Write the summary", due_date=today + timedelta(days=3))
    RoomFileFactory(team=team, added_by=learners[1].learner)
    PulseFactory(team=team, person=learners[1].learner, going=2, share=2, words="Two of us do it all.")
    cast.team(cast.admitted(), cast.admitted(cast.partner), number=2)
    return cast


@pytest.mark.parametrize("phone", [True, False])
def test_no_page_of_the_room_or_the_desk_has_a_barrier(visitors: Visiting, axe: Axe, phone: bool) -> None:
    cast = lively()
    learner = cast.course.teams.get(number=1).members.first().application.learner
    course = f"/courses/{cast.course.slug}"
    visitor = visitors(phone=phone)
    for person, pages in (
        (learner, [f"teams/1/{page}" for page in PAGES]),
        (
            cast.teacher,
            ["facilitate/", "facilitate/1/", "facilitate/people/", f"facilitate/1/nudge/{learner.pk}/"],
        ),
    ):
        visitor.sign_in(person)
        for name in pages:
            page = visitor.visit(f"{course}/{name}")
            if SEEN:
                file = name.strip("/").replace("/", "-")
                page.screenshot(path=Path(SEEN) / f"{file}-{'390' if phone else '1280'}.png", full_page=True)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def test_two_talk_and_find_a_time(visitors: Visiting) -> None:
    cast = lively()
    members = [one.application.learner for one in cast.course.teams.get(number=1).members.all()]
    first, second = visitors(phone=True), visitors()
    room = f"/courses/{cast.course.slug}/teams/1/"
    for visitor, person in ((first, members[0]), (second, members[1])):
        visitor.sign_in(person)
        visitor.visit(room)

    first.page.get_by_label("Write to your team").fill("Can you hear me?")
    first.page.get_by_role("button", name="Send").click()
    expect(second.page.locator("[data-post]").filter(has_text="Can you hear me?")).to_be_visible(
        timeout=15_000
    )

    first.page.get_by_role("link", name="Meetings").click()
    first.page.get_by_label("What about").fill("First steps")
    first.page.locator("input[name=times]").first.check()
    first.page.get_by_role("button", name="Ask the team").click()
    second.visit(f"{room}meetings/")
    second.page.get_by_role("radio", name="if need be").first.check()
    second.page.get_by_role("button", name="Keep my answer").click()
    second.page.get_by_text("Choose the time").click()
    second.page.get_by_role("button", name="Choose, and tell the team").click()

    expect(second.page.get_by_role("link", name="Put into my calendar")).to_be_visible()
    assert Meeting.objects.get().starts_at is not None


def test_a_teacher_sees_who_is_silent_and_writes_to_them(visitors: Visiting) -> None:
    cast = lively()
    team = cast.course.teams.get(number=1)
    wrote = team.posts.values("author")
    silent = team.members.exclude(application__learner__in=wrote).get().application.learner
    visitor = visitors()
    visitor.sign_in(cast.teacher)
    page = visitor.visit(f"/courses/{cast.course.slug}/facilitate/")

    expect(page.get_by_text(f"{silent.name} did nothing for 20 days, while others work.")).to_be_visible()
    page.get_by_role("link", name="Team 1").click()
    page.get_by_role("link", name=f"Send {silent.name} a friendly reminder").click()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("The reminder is on its way")).to_be_visible()
    assert Intervention.objects.get().person == silent
