"""How the long journey walks: people at browsers, who see words and press what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core import mail
from django.urls import resolve
from playwright.sync_api import Page, expect

from biosint.jobs.api import run_due
from biosint.people.api import Person

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from browser import Axe, Visiting, Visitor


class Walker:
    """One person at one device. Every kind of page is searched for barriers the first time anybody is there."""

    def __init__(self, visitor: Visitor, thread: Thread, *, device: str) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.thread = thread
        self.device = device

    def opens(self, path: str) -> Walker:
        """Open an address, as from a bookmark or a letter."""
        self.visitor.visit(path.removeprefix(self.visitor.address))
        return self._arrived()

    def follows(self, name: str, *, within: str = "main", nth: int = 0) -> Walker:
        """Press a link by its words."""
        self.page.locator(within).get_by_role("link", name=name).nth(nth).click()
        return self._arrived()

    def presses(self, name: str, *, within: str = "main", exact: bool = True) -> Walker:
        """Press a button by its words; where it asks whether one is sure, say yes."""
        place = self.page.locator(within)
        summary = place.locator("summary", has_text=name)
        button = place.get_by_role("button", name=name, exact=exact)
        if summary.count() and summary.first.is_visible():
            summary.first.click()
            button = place.locator("details[open]").get_by_role("button", name=name, exact=exact)
        button.first.click()
        return self._arrived()

    def sends(self, form: str) -> Walker:
        """Press the first button of a form, whatever language its words are in."""
        self.page.locator(form).locator("button[type=submit], button:not([type])").first.click()
        return self._arrived()

    def chooses(self, label: str, words: str) -> Walker:
        """Choose the first line of a list that begins with the words."""
        field = self.page.locator("main").get_by_label(label).first
        lines = field.locator("option").all_inner_texts()
        field.select_option(label=next(line for line in lines if line.startswith(words)))
        return self

    def adds(self, name: str, words: str) -> Walker:
        """Type at the end of what stands in a field."""
        field = self.page.locator(f"main [name='{name}']")
        field.fill(field.input_value() + words)
        return self

    def writes(self, **fields: Any) -> Walker:
        """Fill the fields of a form by their names: words are typed, choices are chosen, boxes are ticked."""
        for name, value in fields.items():
            self.fills(self.page.locator("main").locator(f"[name='{name}']"), value)
        return self

    def fills(self, field: Locator, value: Any) -> Walker:
        """Give one field its value, whatever sort of field it is."""
        first = field.first
        sort = first.evaluate("field => field.type || field.localName")
        if sort in {"select-one", "select-multiple"}:
            first.select_option(value)
        elif sort in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                if one is True:
                    first.check()
                else:
                    field.and_(self.page.locator(f"[value='{one}']")).check()
        elif sort == "file":
            first.set_input_files(value)
        else:
            first.fill(str(value))
        return self

    def reads(self, words: str) -> Walker:
        """The words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def takes(self, name: str, folder: Path) -> Path:
        """Press a link that hands out a file, and keep the file."""
        with self.page.expect_download() as coming:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        place = folder / coming.value.suggested_filename
        coming.value.save_as(place)
        return place

    def prints(self, name: str) -> bytes:
        """Open what a link shows in the browser's own viewer (a PDF), and return it."""
        address = self.page.locator("main").get_by_role("link", name=name).first.get_attribute("href")
        answer = self.visitor.context.request.get(self.visitor.address + str(address))
        assert answer.ok, f"{address}: {answer.status}"
        return bytes(answer.body())

    def arrives(self) -> Walker:
        """Wait until the page is whole, and search it for barriers."""
        return self._arrived()

    def _arrived(self) -> Walker:
        self.page.wait_for_load_state("load")
        self.thread.searches(self)
        return self


class Thread:
    """Everybody who walks along, by the first name; a person's own browser opens when they first come."""

    def __init__(self, visiting: Visiting, axe: Axe) -> None:
        self.visiting = visiting
        self.axe = axe
        self.searched: set[tuple[str, str]] = set()
        self.walkers: dict[tuple[str, str], Walker] = {}

    def stranger(self, *, phone: bool = False, **more: Any) -> Walker:
        """Somebody whom the platform does not know."""
        return Walker(self.visiting(phone=phone, **more), self, device="phone" if phone else "computer")

    def knows(self, first_name: str, walker: Walker) -> Walker:
        """Remember whose browser this is from now on."""
        self.walkers[first_name, walker.device] = walker
        return walker

    def person(self, first_name: str, *, phone: bool = False) -> Walker:
        """Somebody with an account, signed in."""
        key = (first_name, "phone" if phone else "computer")
        if key not in self.walkers:
            walker = self.stranger(phone=phone)
            walker.visitor.sign_in(Person.objects.get(email=address_of(first_name)))
            self.walkers[key] = walker
        return self.walkers[key]

    def searches(self, walker: Walker) -> None:
        """Look for barriers on this kind of page, once per device."""
        kind = (resolve(urlsplit(walker.page.url).path).view_name, walker.device)
        if kind not in self.searched:
            self.searched.add(kind)
            self.axe(walker.page)
            if walker.device == "phone":
                assert walker.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
                    f"{walker.page.url} scrolls sideways on a phone."
                )


def address_of(first_name: str) -> str:
    return f"{first_name.lower()}@example.org"


def letters_to(address: str) -> list[str]:
    """Do what waits, and return the texts of the letters to an address, the newest first."""
    while run_due():
        pass
    return [str(letter.body) for letter in reversed(mail.outbox) if address in letter.to]
