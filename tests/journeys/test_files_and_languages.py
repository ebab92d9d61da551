"""Pages of languages and files, on a desk and on a phone: nothing is wider than the screen, nothing bars anybody."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from biosint.surveys.formats.limesurvey import write_survey
from browser import Axe, Visiting
from clock import DAY
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory
from factories.surveys import SMALL, AnswerSetFactory, VersionFactory


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("phone", [False, True])
def test_a_questionnaire_goes_to_limesurvey_and_comes_back(visitors: Visiting, axe: Axe, phone: bool) -> None:
    version = VersionFactory()
    visitor = visitors(phone=phone)
    visitor.sign_in(CoordinatorFactory(at=version.questionnaire.institution))
    page = visitor.visit(f"/surveys/versions/{version.pk}/files/")
    axe(page)
    assert fits(page)
    page = visitor.visit("/surveys/bring/")
    axe(page)

    page.get_by_label("Questionnaire of LimeSurvey").set_input_files(
        {"name": "small.lss", "mimeType": "application/xml", "buffer": write_survey(SMALL, sid=123456)[0]}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Everything was carried.")).to_be_visible()
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="Take this questionnaire").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Small questionnaire")


def test_a_keeper_finds_the_files_for_statistics_programs(visitors: Visiting, axe: Axe) -> None:
    answer_set = AnswerSetFactory()
    visitor = visitors(phone=True)
    visitor.sign_in(CoordinatorFactory(at=answer_set.owner))

    page = visitor.visit(f"/surveys/answers/{answer_set.pk}/files/")

    axe(page)
    assert fits(page)
    expect(page.get_by_label("Language of the labels")).to_be_visible()


@pytest.mark.parametrize("code", ["cnr", "ro"])
def test_a_phone_in_another_language_finds_its_way(visitors: Visiting, axe: Axe, code: str) -> None:
    now = timezone.now()
    answer_set = AnswerSetFactory(
        opens_at=now - DAY, closes_at=now + DAY, asked=[InstitutionFactory(), InstitutionFactory()]
    )
    visitor = visitors(phone=True)

    page = visitor.visit(f"/surveys/a/{answer_set.token}/?lang={code}")

    axe(page)
    assert fits(page)
    expect(page.locator("html")).to_have_attribute("lang", code)
