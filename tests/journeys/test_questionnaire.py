"""A questionnaire on a phone, on a weak line, in another script, and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from biosint.surveys.models import AnswerSet, Submission
from browser import Axe, Visiting
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.situation_campaigns import CampaignFactory
from factories.surveys import AnswerSetFactory, QuestionnaireFactory, VersionFactory


def open_now() -> AnswerSet:
    now = timezone.now()
    return AnswerSetFactory(
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        asked=[InstitutionFactory(), InstitutionFactory()],
    )


def fill(page: Page) -> None:
    page.get_by_label("Your institution").select_option(index=1)
    page.get_by_role("checkbox", name="I agree.").check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("group", name="I can.").get_by_role("radio", name="4").check()
    page.get_by_role("textbox", name="Age (optional)").fill("21")


def test_a_draft_outlives_a_closed_page_and_is_gone_once_sent(visitors: Visiting, axe: Axe) -> None:
    answer_set = open_now()
    visitor = visitors(phone=True)
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")
    axe(page)
    fill(page)
    page.wait_for_timeout(500)

    page.goto("about:blank")
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")
    expect(page.get_by_text("Your answers from before are back")).to_be_visible()
    expect(page.get_by_role("textbox", name="Age (optional)")).to_have_value("21")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")
    axe(page)
    page = visitor.visit(f"/surveys/a/{answer_set.token}/")

    expect(page.get_by_role("textbox", name="Age (optional)")).to_have_value("")
    assert [submission.answers for submission in Submission.objects.all()] == [
        {"mobility": "yes", "digital_a": 4, "age": 21}
    ]


def test_it_works_without_scripts_and_says_what_is_missing(visitors: Visiting) -> None:
    answer_set = open_now()
    visitor = visitors(scripts=False, phone=True)
    # The answer to a form with a mistake is 422, which the browser's console names.
    visitor.expects_refusal = True
    page = visitor.visit(f"/surveys/a/{answer_set.token}/?lang=en")

    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    fill(page)
    page.get_by_role("button", name="Send answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, your answers have arrived")


@pytest.mark.parametrize("small", [False, True], ids=["computer", "phone"])
def test_the_pages_of_the_analysis_have_no_barrier(small: bool, visitors: Visiting, axe: Axe) -> None:
    home = InstitutionFactory()
    questionnaire = QuestionnaireFactory(institution=home)
    version = VersionFactory(questionnaire=questionnaire)
    campaign = CampaignFactory(answer_set=AnswerSetFactory(version=version, asked=[home]))
    visitor = visitors(phone=small)
    visitor.sign_in(CoordinatorFactory(at=home))
    for path in (
        "/surveys/",
        f"/surveys/{questionnaire.pk}/",
        "/surveys/supplied/students_2026/",
        "/surveys/imports/new/",
        "/situation/",
        "/situation/campaigns/new/",
        f"/situation/campaigns/{campaign.pk}/",
        f"/situation/answers/{campaign.answer_set_id}/",
        f"/situation/answers/{campaign.answer_set_id}/ask/?kind=reliability",
    ):
        page = visitor.visit(path)

        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
