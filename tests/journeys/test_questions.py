"""Every kind of question in a browser: with and without scripts, at a computer and on a phone."""

from __future__ import annotations

import copy
import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from biosint.surveys.models import AnswerSet, Submission
from browser import Axe, Visiting
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import EVERY_KIND, AnswerSetFactory, QuestionnaireFactory, VersionFactory


def open_now(**changes: Any) -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(
        version=VersionFactory(content={**copy.deepcopy(EVERY_KIND), **changes}),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def place(page: Page, option: str) -> Any:
    return page.get_by_role("combobox", name=option, exact=True)


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_questions_come_and_go_with_the_answers(small: bool, visitors: Visiting, axe: Axe) -> None:
    answer_set = open_now()
    page = visitors(phone=small).visit(f"/surveys/a/{answer_set.token}/")
    where = page.get_by_role("combobox", name="Where?")
    expect(where).to_be_hidden()
    expect(page.get_by_text("Only if you answered")).to_have_count(2)
    expect(page.get_by_text("Only if you answered").first).to_be_hidden()

    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes").check()
    where.select_option("RS")
    page.get_by_role("group", name="I ask when I do not understand.").get_by_role("radio", name="2").check()
    page.get_by_role("textbox", name="Why not more? (optional)").fill("I am shy.")
    axe(page)
    picture(page, f"kinds-{'phone' if small else 'computer'}")
    assert fits(page)
    page.get_by_role("radio", name="No", exact=True).check()
    expect(where).to_be_hidden()
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    assert Submission.objects.get().answers == {"abroad": "no", "confidence_a": 2, "why": "I am shy."}


def test_places_are_given_by_keyboard_and_never_twice(visitors: Visiting) -> None:
    answer_set = open_now()
    page = visitors(phone=True).visit(f"/surveys/a/{answer_set.token}/")
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="No", exact=True).check()

    place(page, "Friends").select_option("1")
    place(page, "Money").select_option("1")
    page.get_by_role("button", name="Up: Time").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    assert [place(page, name).input_value() for name in ("Money", "Time", "Friends")] == ["1", "2", "3"]
    expect(page.get_by_role("button", name="Up: Time")).to_be_focused()
    expect(page.get_by_role("button", name="Up: Money")).to_be_disabled()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    assert Submission.objects.get().answers == {"abroad": "no", "wishes": ["money", "time", "friends"]}


def test_conditions_know_languages_dates_and_rows(visitors: Visiting) -> None:
    content = copy.deepcopy(EVERY_KIND)
    for question in content["sections"][2]["questions"]:
        if question["code"] == "word":
            question["shown_if"] = {
                "all": [
                    {"question": "spoken", "chosen": "sr"},
                    {"question": "since", "at_least": "2020-01-01"},
                    {"question": "support_net", "is_not": "good"},
                ]
            }
    page = visitors().visit(f"/surveys/a/{open_now(sections=content['sections']).token}/")
    word = page.get_by_label("One word for it")
    network = page.get_by_role("group", name="the network")

    page.get_by_label("Language 2").fill("Serbian")
    page.get_by_label("Since when do you study?").fill("2020-01-01")
    expect(word).to_be_hidden()
    network.get_by_role("radio", name="Fair").check()
    expect(word).to_be_visible()
    page.get_by_label("Since when do you study?").fill("2019-12-31")
    expect(word).to_be_hidden()
    page.get_by_label("Since when do you study?").fill("2021-03-01")
    expect(word).to_be_visible()
    network.get_by_role("radio", name="Good").check()
    expect(word).to_be_hidden()
    network.get_by_role("radio", name="Poor").check()
    page.get_by_label("Language 2").fill("Albanian")
    expect(word).to_be_hidden()


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_without_scripts_everything_stands_on_one_page(small: bool, visitors: Visiting) -> None:
    answer_set = open_now(pages=True)
    visitor = visitors(scripts=False, phone=small)
    visitor.expects_refusal = True
    page = visitor.visit(f"/surveys/a/{answer_set.token}/?lang=en")
    expect(page.get_by_text("Only if you answered “Yes” to “Have you been abroad?”.")).to_be_visible()
    picture(page, f"kinds-{'phone' if small else 'computer'}-without-scripts")
    assert fits(page)

    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("combobox", name="Where?").select_option("RS")
    page.get_by_label("Since when do you study?").fill("2020-10-01")
    page.get_by_label("How long do you learn online?").fill("2,5")
    page.get_by_label("Language 1").fill("Serbian")
    page.get_by_label("Language 2").fill("Klingon")
    place(page, "Time").select_option("1")
    place(page, "Money").select_option("1")
    page.get_by_role("group", name="papers").get_by_role("radio", name="Good").check()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("We do not know the language “Klingon”").first).to_be_visible()
    expect(page.get_by_text("Please give every place once").first).to_be_visible()
    picture(page, f"faults-{'phone' if small else 'computer'}")
    place(page, "Money").select_option("2")
    page.get_by_label("Language 2").fill("Albanian")
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    assert Submission.objects.get().answers == {
        "abroad": "no",
        "since": "2020-10-01",
        "hours": 2.5,
        "spoken": ["sq", "sr"],
        "wishes": ["time", "money"],
        "support_office": "good",
    }


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_one_section_at_a_time(small: bool, visitors: Visiting, axe: Axe) -> None:
    answer_set = open_now(pages=True)
    visitor = visitors(phone=small)
    visitor.expects_refusal = True
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")
    send, onward = (page.get_by_role("button", name=name) for name in ("Send answers", "Next"))
    expect(page.get_by_text("Part 1 of 3")).to_be_visible()
    expect(send).to_be_hidden()
    axe(page)

    onward.click()
    expect(page.get_by_role("heading", name="You")).to_be_focused()
    page.get_by_label("How long do you learn online?").fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Part 3 of 3")).to_be_visible()
    picture(page, f"pages-{'phone' if small else 'computer'}")
    assert fits(page)
    send.click()
    expect(page.get_by_text("Part 1 of 3")).to_be_visible()
    page.get_by_role("link", name="Have you been abroad?").click()
    expect(page.get_by_text("Part 2 of 3")).to_be_visible()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("checkbox", name="I agree.").check()
    onward.click()
    onward.click()
    send.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    assert Submission.objects.get().answers == {"abroad": "no", "hours": 2}


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_a_questionnaire_is_written_scored_and_tried(small: bool, visitors: Visiting, axe: Axe) -> None:
    home = InstitutionFactory()
    version = VersionFactory(
        questionnaire=QuestionnaireFactory(institution=home),
        content=EVERY_KIND,
        published_by=None,
        published_at=None,
    )
    visitor = visitors(phone=small)
    visitor.sign_in(CoordinatorFactory(at=home))
    name = "phone" if small else "computer"
    draft = f"/surveys/versions/{version.pk}/"
    for path in (
        f"{draft}edit/",
        f"{draft}questions/confidence/",
        f"{draft}questions/why/condition/",
        f"{draft}questions/confidence/scoring/",
        f"{draft}sections/2/",
        f"/surveys/instruments/?draft={version.pk}",
        f"/surveys/instruments/digital_readiness/?draft={version.pk}",
        draft,
    ):
        page = visitor.visit(path)
        axe(page)
        picture(page, f"editor{path.replace('/', '-').replace('?', '-')}{name}")
        assert fits(page), path

    page = visitor.visit(f"{draft}edit/")
    page.get_by_label("Kind").select_option("rank")
    page.get_by_role("button", name="Write the question").click()
    page.get_by_label("Question").fill("What would you give up?")
    page.get_by_label("Answers to choose from").fill("Sleep\nSport\nNothing")
    page.get_by_role("button", name="Save the question").click()
    page.get_by_role("link", name="What would you give up?").click()
    page.get_by_role("link", name="Change when it is shown").click()
    page.get_by_label("Condition 1", exact=False).first.select_option(
        label="“Have you been abroad?” is “Yes”"
    )
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Only if you answered “Yes” to “Have you been abroad?”.")).to_have_count(2)
    page.get_by_role("link", name="Take statements from the library").click()
    page.get_by_role("link", name="Interest in international experience at home").click()
    page.get_by_role("button", name="Take it into the draft").click()
    page.get_by_role("link", name="Look and try").click()
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_label("Where?").select_option("AL")
    place(page, "Sport").select_option("1")
    page.get_by_role("button", name="Try to send").click()

    expect(page.get_by_role("heading", name="This would be kept")).to_be_visible()
    expect(page.get_by_role("row", name="What would you give up? Sport")).to_be_visible()
    picture(page, f"editor-tried-{name}")
    assert not Submission.objects.exists()
