"""International courses in a real browser: on a phone, without scripts, on a line that breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from biosint.exchange import operations
from biosint.exchange.models import Application, Post
from biosint.exchange.plans import teams_of
from browser import Axe, Visiting
from exchange.cast import Cast, a_course, running
from factories import ActivityFactory, AdministratorFactory, CompletionFactory, PostFactory, ProductFactory


def open_course() -> Cast:
    today = timezone.localdate()
    return a_course(
        title="Safe hand-over",
        start_date=today + timedelta(days=30),
        end_date=today + timedelta(days=60),
        apply_until_date=today + timedelta(days=20),
        outsider_places=3,
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_student_applies_from_a_phone(*, scripts: bool, visitors: Visiting) -> None:
    cast = open_course()
    visitor = visitors(phone=True, scripts=scripts)
    visitor.sign_in(cast.student(english_level="", profession=""))

    page = visitor.visit("/courses/")
    page.get_by_role("link", name="Safe hand-over").click()
    page.get_by_role("link", name="Apply for a place").click()
    page.get_by_label("What do you study or work in?").select_option("nursing")
    page.get_by_label("Your level of English").select_option("B1")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_text("You have applied", exact=True)).to_be_visible()
    assert Application.objects.get().learner.english_level == "B1"


def test_open_pages_of_courses_have_no_barrier(visitors: Visiting, axe: Axe) -> None:
    cast = open_course()
    ActivityFactory(course=cast.course)
    visitor = visitors(phone=True)

    for path in ("", f"{cast.course.slug}/", f"{cast.course.slug}/apply/", f"{cast.course.slug}/applied/"):
        page = visitor.visit(f"/courses/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_pages_of_teachers_have_no_barrier(visitors: Visiting, axe: Axe) -> None:
    cast, _learners, _team = running()
    draft = open_course()
    draft.applicant()
    for place in (draft.host, draft.partner):
        draft.admitted(place)
    operations.form_teams(
        course_id=draft.course.pk, plan=teams_of(2, common_hours=1), by=draft.teacher, at=timezone.now()
    )
    visitor = visitors(phone=True)

    for course, teacher, pages in (
        (cast.course, cast.teacher, ("desk", "marks", "teams", "places", "edit", "pages/new")),
        (draft.course, draft.teacher, ("desk", "applications", "teams")),
    ):
        visitor.sign_in(teacher)
        for name in pages:
            page = visitor.visit(f"/courses/{course.slug}/{name}/")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    for path in ("/courses/teaching/", "/courses/new/"):
        axe(visitor.visit(path))


def test_pages_of_learners_and_institutions_have_no_barrier(visitors: Visiting, axe: Axe) -> None:
    cast, learners, team = running()
    activity = ActivityFactory(course=cast.course)
    PostFactory(team=team, author=learners[1].learner)
    ProductFactory(team=team, handed_in_by=learners[1].learner)
    completion = CompletionFactory()
    visitor = visitors(phone=True)

    visitor.sign_in(learners[0].learner)
    for path in ("mine/", f"{cast.course.slug}/teams/1/", f"{cast.course.slug}/pages/{activity.pk}/"):
        axe(visitor.visit(f"/courses/{path}"))
    visitor.sign_in(AdministratorFactory(at=completion.institution))
    for path in ("", f"{completion.public_id}/"):
        axe(visitor.visit(f"/recognition/decisions/{path}"))


def test_writing_to_the_team_does_not_leave_the_page(visitors: Visiting) -> None:
    cast, learners, _team = running()
    visitor = visitors(phone=True)
    visitor.sign_in(learners[0].learner)
    page = visitor.visit(f"/courses/{cast.course.slug}/teams/1/")
    page.evaluate("window.stayed = true")

    for words in ("Hello from the bus", "And once more"):
        page.get_by_label("Write to your team").fill(words)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#discussion article").filter(has_text=words)).to_be_visible()
        expect(page.get_by_label("Write to your team")).to_have_value("")

    assert page.evaluate("window.stayed") is True
    assert Post.objects.count() == 2


def test_a_lost_line_and_a_closed_page_lose_no_words(visitors: Visiting) -> None:
    cast, learners, _team = running()
    visitor = visitors(phone=True)
    visitor.expects_refusal = True
    visitor.sign_in(learners[0].learner)
    address = f"/courses/{cast.course.slug}/teams/1/"
    page = visitor.visit(address)
    visitor.complaints.clear()

    visitor.context.set_offline(True)
    page.get_by_label("Write to your team").fill("Written in a tunnel")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("No connection. Your words are kept here")).to_be_visible()
    visitor.context.set_offline(False)
    visitor.complaints.clear()
    page = visitor.visit(address)

    expect(page.get_by_label("Write to your team")).to_have_value("Written in a tunnel")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#discussion article").filter(has_text="Written in a tunnel")).to_be_visible()
    page = visitor.visit(address)
    expect(page.get_by_label("Write to your team")).to_have_value("")
    assert Post.objects.count() == 1


def test_an_answer_that_was_lost_on_the_way_makes_no_second_post(visitors: Visiting) -> None:
    cast, learners, team = running()
    visitor = visitors(phone=True)
    visitor.sign_in(learners[0].learner)
    address = f"/courses/{cast.course.slug}/teams/1/"
    page = visitor.visit(address)
    key = page.locator("#discussion input[name=key]").input_value()
    page.get_by_label("Write to your team").fill("Did this arrive?")
    # The post reaches the server, its answer does not reach the phone.
    operations.post(
        team_id=team.pk, text="Did this arrive?", key=key, by=learners[0].learner, at=timezone.now()
    )

    page = visitor.visit(address)

    expect(page.get_by_label("Write to your team")).to_have_value("")
    expect(page.locator("#discussion article")).to_have_count(1)
