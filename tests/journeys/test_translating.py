"""Translating a questionnaire: two languages side by side, on a desk and on a phone, without scripts too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from biosint.surveys.formats import translation_sheets
from biosint.surveys.models import Version
from biosint.surveys.translations import with_words
from browser import Axe, Visiting
from factories.people import CoordinatorFactory
from factories.surveys import SMALL, VersionFactory


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
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#section-1").get_by_role("button", name="Save this section").click()
    page.wait_for_load_state()
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


@pytest.mark.parametrize("phone", [False, True])
def test_a_translated_file_is_looked_at_before_it_counts(visitors: Visiting, axe: Axe, phone: bool) -> None:
    version = VersionFactory(published_by=None, published_at=None)
    visitor = visitors(phone=phone)
    visitor.sign_in(CoordinatorFactory(at=version.questionnaire.institution))
    page = visitor.visit(f"/surveys/versions/{version.pk}/translations/files/")
    translated = with_words(with_words(SMALL, "ro", {"wish/text": "Dorință"}), "en", {"age/text": "How old?"})
    translated = with_words(translated, "ro", {"age/text": "Vârsta"})

    page.get_by_label("Translated file").set_input_files(
        {
            "name": "small.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": translation_sheets.write(translated, source="en", targets=["ro"]),
        }
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("The source was changed since the file was made.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="age/text")).not_to_be_checked()
    axe(page)
    page.get_by_role("button", name="Take in the ticked rows").click()

    expect(page.get_by_text("Texts taken in: 1.")).to_be_visible()
    questions = Version.objects.get().content["sections"][0]["questions"]
    assert questions[5]["text"]["ro"] == "Dorință"
    assert "ro" not in questions[4]["text"]
