"""Two people write one text at once in real browsers, one of them without a line for a while."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from biosint.pads import api as pads
from browser import Axe, Visiting
from pads.notebook import notes, writer


def field(page: Page) -> str:
    return page.get_by_role("textbox", name="Our notes").input_value()


def wait_for(page: Page, *words: str) -> None:
    page.wait_for_function(
        "(words) => words.every((word) => document.querySelector('[data-pad] textarea').value.includes(word))",
        arg=list(words),
    )


def type_at(page: Page, where: str, text: str) -> None:
    area = page.get_by_role("textbox", name="Our notes")
    area.evaluate(
        "(area, where) => { area.focus(); const at = where === 'end' ? area.value.length : 0; area.setSelectionRange(at, at); }",
        where,
    )
    page.keyboard.type(text, delay=12)


def test_two_write_at_once_and_one_loses_the_line(visitors: Visiting, axe: Axe) -> None:
    ana, ben = writer(name="Ana Kos"), writer(name="Ben Peeters")
    pad = notes(ana, "Agenda\n\nEnd")
    first, second = visitors(), visitors(phone=True)
    for visitor, person in ((first, ana), (second, ben)):
        visitor.sign_in(person)
        visitor.visit(f"/pads/{pad.public_id}/")
        expect(visitor.page.locator("[data-pad]")).to_have_attribute("data-state", "saved")

    # Both write in turns of letters; neither caret jumps.
    type_at(first.page, "start", "Ana begins. ")
    type_at(second.page, "end", " Ben ends.")
    wait_for(first.page, "Ben ends.")
    wait_for(second.page, "Ana begins.")
    expect(first.page.get_by_label("Here now")).to_contain_text("Ben Peeters")
    axe(first.page)
    axe(second.page)

    # Ben's line is gone; both go on.
    second.expects_refusal = True
    second.context.set_offline(offline=True)
    type_at(second.page, "end", " Written in a tunnel.")
    type_at(first.page, "start", "Ana goes on. ")
    expect(second.page.get_by_role("status")).to_contain_text("Your words are kept on this device")
    second.context.set_offline(offline=False)
    wait_for(first.page, "Written in a tunnel.", "Ana goes on.")
    wait_for(second.page, "Written in a tunnel.", "Ana goes on.")

    # While Ana's selection stands, Ben writes before it: the same words stay selected.
    first.page.get_by_role("textbox", name="Our notes").evaluate(
        "(area) => { const at = area.value.indexOf('Agenda'); area.focus(); area.setSelectionRange(at, at + 6); }"
    )
    type_at(second.page, "start", "Top. ")
    wait_for(first.page, "Top.")
    chosen = first.page.get_by_role("textbox", name="Our notes").evaluate(
        "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    )
    assert chosen == "Agenda"

    # Taking back takes back only one's own words.
    second.page.keyboard.press("Control+z")
    first.page.wait_for_function(
        "() => !document.querySelector('[data-pad] textarea').value.includes('Top.')"
    )
    expected = "Ana goes on. Ana begins. Agenda\n\nEnd Ben ends. Written in a tunnel."
    assert field(first.page) == field(second.page) == expected
    pad.refresh_from_db()
    assert pad.text == expected


def test_words_typed_without_a_line_survive_a_closed_page(visitors: Visiting) -> None:
    ana = writer(name="Ana Kos")
    pad = notes(ana, "Begun.")
    visitor = visitors()
    visitor.expects_refusal = True
    visitor.sign_in(ana)
    page = visitor.visit(f"/pads/{pad.public_id}/")
    expect(page.locator("[data-pad]")).to_have_attribute("data-state", "saved")
    visitor.context.set_offline(offline=True)
    type_at(page, "end", " Not sent yet 😀.")
    page.close()

    visitor.context.set_offline(offline=False)
    visitor.page = visitor.context.new_page()
    page = visitor.visit(f"/pads/{pad.public_id}/")

    wait_for(page, "Not sent yet 😀.")
    expect(page.locator("[data-pad]")).to_have_attribute("data-state", "saved")
    assert pads.Pad.objects.get().text == "Begun. Not sent yet 😀."


def test_without_script_the_text_is_a_form(visitors: Visiting, axe: Axe, tmp_path: Path) -> None:
    ana = writer(name="Ana Kos")
    pad = notes(ana, "Begun.")
    visitor = visitors(scripts=False)
    visitor.sign_in(ana)
    page = visitor.visit(f"/pads/{pad.public_id}/")

    page.get_by_role("textbox", name="Our notes").fill("Begun. **And saved.**")
    page.get_by_role("button", name="Show formatted").click()
    expect(page.locator("strong", has_text="And saved.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.get_by_role("link", name="Versions").click()

    expect(page.get_by_role("heading", level=1, name="Versions")).to_be_visible()
    pad.refresh_from_db()
    assert pad.text == "Begun. **And saved.**"
