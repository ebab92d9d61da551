"""Quizzes in a browser: a phone that loses its line, two tabs, and the teacher's desk."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from biosint.exchange.operations.quizzes import begin_quiz
from biosint.exchange.states import CourseState
from biosint.people.api import Person
from biosint.quizzes import api as quizzes
from biosint.quizzes.api import Attempt, AttemptState
from browser import Axe, Visiting, Visitor
from exchange.cast import Cast, a_course
from factories import ActivityFactory
from factories.quizzes import ESSAY, SAMPLES

NO_LINE = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")


def a_quiz(*, essay: bool = False, minutes: int | None = None) -> tuple[Cast, str, Person]:
    now = timezone.now()
    cast = a_course(state=CourseState.RUNNING)
    activity = ActivityFactory(course=cast.course, kind="quiz", title="Pulse and fever")
    quiz = begin_quiz(activity_id=activity.pk, by=cast.teacher, at=now)
    contents = [*SAMPLES.values(), *([ESSAY] if essay else [])]
    asked = quizzes.add_questions(
        bank_id=quiz.bank_id,
        drafts=[quizzes.Draft(content, "Heart", ("pulse",)) for content in contents],
        by=cast.teacher,
        at=now,
    )
    quiz = quizzes.set_parts(
        quiz_id=quiz.pk,
        parts=[quizzes.Asked(question_id=question.pk) for question in asked],
        seen_version=1,
        by=cast.teacher,
        at=now,
    )
    quizzes.change_quiz(
        quiz_id=quiz.pk,
        settings=quizzes.Settings(title="Pulse and fever", shuffles_questions=False, minutes=minutes),
        seen_version=quiz.version,
        by=cast.teacher,
        at=now,
    )
    return cast, f"/courses/{cast.course.slug}/pages/{activity.pk}/", cast.admitted().learner


def answers() -> dict[str, Any]:
    found = Attempt.objects.get().answers
    return dict(found)


def until(page: Page, wanted: dict[str, Any]) -> None:
    for _look in range(80):
        if wanted.items() <= answers().items():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{json.dumps(answers())} does not hold {json.dumps(wanted)}")


def test_a_learner_answers_on_a_phone_that_loses_its_line(phone: Visitor, axe: Axe) -> None:
    _cast, place, learner = a_quiz(minutes=30)
    phone.tolerates = NO_LINE
    phone.sign_in(learner)
    page = phone.visit(place)
    axe(page)
    page.get_by_role("button", name="Begin the quiz").click()
    expect(page.get_by_role("timer")).to_contain_text("29:")
    axe(page)

    page.get_by_label("120 a minute").check()
    until(page, {"0": "a"})
    phone.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("redness").check()
    page.get_by_label("heat").check()
    expect(page.locator("[data-state]")).to_contain_text("No connection")
    page.get_by_role("link", name="5", exact=True).click()
    page.get_by_role("textbox", name="Your answer").fill("125")
    page.get_by_role("button", name="Send answers").click()
    expect(page.locator("[data-state]")).to_contain_text("No connection")
    assert Attempt.objects.get().state == AttemptState.OPEN
    phone.context.set_offline(False)

    expect(page.get_by_text("4 of 7 points")).to_be_visible(timeout=15_000)
    axe(page)
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('biosint-quiz-')).length")
        == 0
    )


def test_a_closed_tab_loses_nothing(visitors: Visiting) -> None:
    _cast, place, learner = a_quiz()
    visitor = visitors()
    visitor.tolerates = NO_LINE
    visitor.sign_in(learner)
    page = visitor.visit(place)
    page.get_by_role("button", name="Begin the quiz").click()
    # The script is there once it offers the way on.
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    address = page.url
    visitor.context.set_offline(True)
    # A phone whose browser is ended from outside sends no last word; only what lies on the device remains.
    page.evaluate("navigator.sendBeacon = () => false")
    page.get_by_label("120 a minute").check()
    page.close()
    visitor.context.set_offline(False)

    visitor.page = visitor.context.new_page()
    visitor.page.goto(address)

    expect(visitor.page.get_by_text("Answers that had not reached us yet are back")).to_be_visible()
    visitor.page.get_by_role("link", name="1, answered").click()
    expect(visitor.page.get_by_label("120 a minute")).to_be_checked()
    until(visitor.page, {"0": "a"})


def test_two_tabs_do_not_take_from_each_other(visitors: Visiting) -> None:
    _cast, place, learner = a_quiz()
    one, other = visitors(), visitors()
    for visitor in (one, other):
        visitor.sign_in(learner)
    one.visit(place).get_by_role("button", name="Begin the quiz").click()
    other.page.goto(one.page.url)

    one.page.get_by_label("120 a minute").check()
    until(one.page, {"0": "a"})
    other.page.get_by_role("link", name="5", exact=True).click()
    other.page.get_by_role("textbox", name="Your answer").fill("125")
    until(other.page, {"0": "a", "4": "125"})

    expect(other.page.get_by_text("open somewhere else")).to_be_visible()


def test_the_whole_way_works_without_scripts(visitors: Visiting, axe: Axe) -> None:
    _cast, place, learner = a_quiz()
    visitor = visitors(scripts=False, phone=True)
    visitor.sign_in(learner)
    page = visitor.visit(place)
    page.get_by_role("button", name="Begin the quiz").click()
    page.get_by_label("120 a minute").check()
    page.get_by_role("button", name="Check before sending").click()
    expect(page.get_by_text("Not answered yet:")).to_be_visible()
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_text("1 of 7 points")).to_be_visible()


def test_a_teacher_walks_the_desk_of_a_quiz(desktop: Visitor, axe: Axe) -> None:
    cast, place, learner = a_quiz(essay=True)
    now = timezone.now()
    quiz = quizzes.Quiz.objects.get()
    attempt = quizzes.begin(quiz_id=quiz.pk, key=cast.course.public_id, by=learner, at=now)
    quizzes.send(
        attempt_id=attempt.pk,
        answers={"0": "a", "6": "Because of the fever."},
        seen_revision=0,
        by=learner,
        at=now,
    )
    desktop.sign_in(cast.colleague)
    page = desktop.visit(place)
    axe(page)
    page.get_by_role("link", name="Questions and settings").click()
    axe(page)
    for name in ("Preview", "Results", "Figures", "Marking"):
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        axe(page)
    page.get_by_label("Share of the points (%)").fill("75")
    page.get_by_role("button", name="Save the marks").click()
    expect(page.get_by_text("1 answer is marked")).to_be_visible()
    page.goto(f"{desktop.address}/quizzes/banks/{quiz.bank_id}/")
    axe(page)
    page.get_by_role("link", name="Several answers").first.click()
    page.wait_for_load_state()
    page.get_by_label("Question", exact=True).fill("Which are **signs**?")
    page.get_by_label("Answer", exact=True).nth(0).fill("redness")
    page.get_by_label("right").nth(0).check()
    page.get_by_label("Answer", exact=True).nth(1).fill("hunger")
    expect(page.locator("#preview").get_by_label("redness")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save the question").click()
    expect(page.get_by_text("The question is saved")).to_be_visible()
    axe(page)
    page.goto(f"{desktop.address}/quizzes/banks/{quiz.bank_id}/import/")
    axe(page)
    page.get_by_label("File with questions").set_input_files(
        {"name": "a.gift", "mimeType": "text/plain", "buffer": b"::One::What?{=a ~b}\n\nOnly a text."}
    )
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("Cannot be carried: 1")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Import the chosen").click()
    expect(page.get_by_text("1 question is in the collection")).to_be_visible()
