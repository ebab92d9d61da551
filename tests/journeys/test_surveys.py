"""A learner answers a survey of the course on a phone; teachers compare, and bring a group from their faculty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from biosint.exchange.models import CourseSurvey, PutForward
from biosint.exchange.states import ActivityKind
from biosint.surveys import api as surveys
from browser import Visitor
from exchange.cast import running
from exchange.test_surveys import before_and_after, closed
from exchange.test_web import open_now
from factories import ActivityFactory

INSTRUMENT = "intercultural_confidence"


def test_a_learner_answers_on_a_phone_and_comes_back(phone: Visitor, axe: Callable[[Any], None]) -> None:
    cast, (ana, *_others), _team = running()
    activity = ActivityFactory(
        course=cast.course,
        kind=ActivityKind.SURVEY,
        title="Before we begin",
        settings={"instrument": INSTRUMENT, "moment": "before"},
    )
    phone.sign_in(ana.learner)
    page = phone.visit(reverse("exchange:activity", args=[cast.course.slug, activity.pk]))
    axe(page)

    page.get_by_role("button", name="Answer the questions").click()
    page.locator("[name=consent]").first.check(force=True)
    for item in surveys.supplied_instruments()[INSTRUMENT].instrument.items:
        page.locator(f"[name='{item}'][value='4']").check(force=True)
    axe(page)
    page.get_by_role("button", name="Send answers").click()
    page.get_by_role("link", name="Back to the course").click()

    expect(page.get_by_text("You have answered. Thank you")).to_be_visible()
    assert CourseSurvey.objects.get().answers.submissions.count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_teachers_ask_a_comparison_group_and_read_what_has_changed(
    desktop: Visitor, phone: Visitor, axe: Callable[[Any], None]
) -> None:
    cast, first, last = before_and_after()
    closed(first)
    closed(last)
    report = reverse("exchange:surveys", args=[cast.course.slug])

    desktop.sign_in(cast.teacher)
    page = desktop.visit(first.activity.get_absolute_url())
    axe(page)
    page.get_by_role("link", name="Report").click()
    axe(page)
    expect(page.get_by_text("more than chance explains").first).to_be_visible()
    phone.sign_in(cast.colleague)
    small = phone.visit(report)
    axe(small)
    assert small.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_teacher_brings_a_group(phone: Visitor, axe: Callable[[Any], None]) -> None:
    cast = open_now()
    phone.sign_in(cast.colleague)
    page = phone.visit(reverse("exchange:put_forward", args=[cast.course.slug]))
    axe(page)

    page.get_by_label("Your students").fill("Ana Kos ana@example.org\nBen Horvat ben@example.org")
    page.get_by_role("button", name="Send the letters").click()

    expect(page.get_by_text("2 people get a letter now.")).to_be_visible()
    axe(page)
    assert PutForward.objects.count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
