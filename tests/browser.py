"""One person at one browser, as the journeys use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

if TYPE_CHECKING:
    from biosint.people.api import Person

# A busy machine may take its time; what never comes still fails.
expect.set_options(timeout=20_000)


class Visitor:
    """One person at one browser. Ends with a failure when a page complained in the console."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.complaints: list[str] = []
        self.expects_refusal = False
        # Words of complaints that a journey causes on purpose.
        self.tolerates: tuple[str, ...] = ()
        self.page: Page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"script: {fault}"))

    def _listen(self, message: ConsoleMessage) -> None:
        # The browser's own line about a 4xx answer, where the test asked for one.
        if any(words in message.text for words in self.tolerates):
            return
        refusal = self.expects_refusal and "Failed to load resource" in message.text
        if (message.type == "error" and not refusal) or "Content Security Policy" in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def visit(self, path: str) -> Page:
        """Open a page of the platform and wait until it is whole."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page

    def sign_in(self, person: Person) -> None:
        """Become a person at once; the sign-in form has journeys of its own."""
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": self.address}]
        )


def session_of(person: Person) -> str:
    """Return the key of a new session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key or ""


Visiting = Callable[..., Visitor]
Axe = Callable[[Page], None]
