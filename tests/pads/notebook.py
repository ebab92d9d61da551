"""A kind of text for tests: those in ``writers`` write, those in ``readers`` read, all others see nothing."""

from __future__ import annotations

import base64
import json
import uuid
from typing import TYPE_CHECKING, Any

from pycrdt import Doc, Text

from biosint.pads import api as pads
from biosint.shared.verdicts import ALLOWED, refused
from clock import NOON
from factories import PersonFactory

if TYPE_CHECKING:
    from django.test import Client

    from biosint.people.api import Person

KIND = "tests.notes"
WRITERS: set[uuid.UUID] = set()
READERS: set[uuid.UUID] = set()


def _rule(person: Person, pad: pads.Pad) -> pads.Access:
    return pads.Access(
        may_read=person.public_id in WRITERS | READERS,
        may_write=ALLOWED if person.public_id in WRITERS else refused("Only members write here."),
        page=f"/pads/{pad.public_id}/",
        title="Our notes",
    )


pads.register_rule(KIND, _rule)


def writer(**more: Any) -> Person:
    person = PersonFactory(**more)
    WRITERS.add(person.public_id)
    return person


def reader() -> Person:
    person = PersonFactory()
    READERS.add(person.public_id)
    return person


def notes(by: Person, text: str = "", **more: Any) -> pads.Pad:
    return pads.create_pad(kind=KIND, by=by, at=NOON, text=text, **more)


class Page:
    """One opened page, as the script in the browser works, but typed in Python."""

    def __init__(self, client: Client, pad: pads.Pad) -> None:
        self.client = client
        self.address = f"/pads/{pad.public_id}/updates/"
        self.doc: Doc[Any] = Doc()
        self.text = self.doc.get("text", type=Text)
        self.seen = 0
        self.waiting: list[tuple[str, bytes]] = []

    def __str__(self) -> str:
        return str(self.text)

    def type(self, at: int, text: str) -> None:
        self._change(at, 0, text)

    def erase(self, at: int, length: int) -> None:
        self._change(at, length, "")

    def _change(self, at: int, length: int, text: str) -> None:
        state = self.doc.get_state()
        now = str(self.text)
        start, past = len(now[:at].encode()), len(now[: at + length].encode())
        with self.doc.transaction():
            if past > start:
                del self.text[start:past]
            if text:
                self.text.insert(start, text)
        self.waiting.append((str(uuid.uuid4()), self.doc.get_update(state)))

    def ask(self) -> Any:
        """Send what waits and return the answer, without taking it in."""
        return send(self.client, self.address, self.waiting, self.seen)

    def exchange(self, *, answer_is_lost: bool = False) -> None:
        response = self.ask()
        assert response.status_code == 200, response.content
        if answer_is_lost:
            return
        answer = response.json()
        self.waiting = []
        for update in answer["updates"]:
            self.doc.apply_update(base64.b64decode(update))
        self.seen = answer["number"]


def send(client: Client, address: str, updates: list[tuple[str, bytes]], seen: int = 0) -> Any:
    body = {
        "seen": seen,
        "writing": bool(updates),
        "updates": [[key, base64.b64encode(content).decode()] for key, content in updates],
    }
    return client.post(address, json.dumps(body), content_type="application/json")
