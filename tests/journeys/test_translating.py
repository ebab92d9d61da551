"""Translating a questionnaire: two languages side by side, on a desk and on a phone, without scripts too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from biosint.surveys.models import Version
from browser import Axe, Visiting
from factories.people import CoordinatorFactory
from factories.surveys import VersionFactory


@pytest.mark.parametrize(("phone", "scripts"), [(False, True), (True, False)])
def test_a_section_is_translated_and_the_rest_is_found_by_the_filter(
    visitors: Visiting, axe: Axe, phone: bool, scripts: bool
) -> None:
    version = VersionFactory(published_by=None, published_at=None)
    visitor = visitors(phone=phone, scripts=scripts)
    visitor.sign_in(CoordinatorFactory(at=version.questionnaire.institution))
    page = visitor.visit(f"/surveys/versions/{version.pk}/translations/?from=en&to=ro&show=all")
    if scripts:
        axe(page)

    page.locator("textarea[name='text:mobility/text']").fill("În străinătate?")
    page.locator("#section-1").get_by_role("button", name="Save this section").click()
    expect(page.locator("textarea[name='text:mobility/text']")).to_have_value("În străinătate?")
    page.get_by_label("Show", exact=True).select_option("missing")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("textarea[name='text:mobility/text']")).to_have_count(0)
    assert Version.objects.get().content["sections"][0]["questions"][1]["text"]["ro"] == "În străinătate?"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_the_files_for_translators_are_found(visitors: Visiting, axe: Axe) -> None:
    version = VersionFactory(published_by=None, published_at=None)
    visitor = visitors()
    visitor.sign_in(CoordinatorFactory(at=version.questionnaire.institution))

    page = visitor.visit(f"/surveys/versions/{version.pk}/translations/files/")

    axe(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith("en-sr.xlsx")
