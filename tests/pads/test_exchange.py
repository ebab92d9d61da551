"""Changes between pages and server: nothing is lost, everybody sees the same, nobody breaks in."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pycrdt import Doc, Map, Text

from at_once import at_once
from biosint.pads import api as pads
from biosint.pads.models import Change
from biosint.pads.operations import SNAPSHOT_EVERY
from biosint.pads.queries import passages_at, passages_of
from factories import PersonFactory
from pads.notebook import Page, notes, reader, send, writer

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
SIGNS = "abc defg\nčćž ђљ 😀👩‍⚕️é"


def opened(client_of: ClientOf, pad: pads.Pad, person: Any) -> Page:
    page = Page(client_of(person), pad)
    page.exchange()
    return page


@pytest.mark.parametrize("seed", range(6))
def test_pages_that_write_at_once_end_with_the_same_text(client_of: ClientOf, seed: int) -> None:
    chance = random.Random(seed)
    people = [writer(name=f"Writer {number}") for number in range(4)]
    pad = notes(people[0], "Agenda\nWho brings what?\n")
    pages = [opened(client_of, pad, chance.choice(people)) for _page in range(5)]

    for _turn in range(60):
        page = chance.choice(pages)
        length = len(str(page))
        if chance.random() < 0.6 or not length:
            page.type(chance.randint(0, length), "".join(chance.choices(SIGNS, k=chance.randint(1, 6))))
        else:
            at = chance.randrange(length)
            page.erase(at, chance.randint(1, min(5, length - at)))
        # Some pages are away for a while, and some answers never arrive.
        if chance.random() < 0.4:
            page.exchange(answer_is_lost=chance.random() < 0.3)
    for page in [*pages, *pages]:
        page.exchange()

    pad.refresh_from_db()
    assert {str(page) for page in pages} == {pad.text}
    assert "".join(piece.text for piece in passages_of(pad)) == pad.text
    assert passages_at(pad, pad.number) == passages_of(pad)
    assert pad.snapshot_number > 0
    assert pads.text_at(pad, pad.number) == pad.text


def test_a_change_sent_twice_is_one_change(client_of: ClientOf) -> None:
    ana = writer()
    page = opened(client_of, notes(ana), ana)
    page.type(0, "Once")

    page.exchange(answer_is_lost=True)
    page.exchange()

    assert Change.objects.count() == 1
    assert pads.Pad.objects.get().text == "Once"


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_lose_nothing(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana)
    pages = [opened(client_of, pad, person) for person in (ana, ben, ana, ben)]
    for number, page in enumerate(pages):
        for word in range(5):
            page.type(0, f"{number}-{word} ")

    outcome = at_once(*[page.exchange for page in pages])

    assert outcome == [None] * 4
    pad.refresh_from_db()
    assert sorted(pad.text.split()) == sorted(f"{number}-{word}" for number in range(4) for word in range(5))
    assert list(pad.changes.values_list("number", flat=True)) == list(range(1, 21))


def test_a_page_that_was_away_long_gets_one_sum(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana)
    away = opened(client_of, pad, ana)
    page = opened(client_of, pad, ana)
    for number in range(SNAPSHOT_EVERY + 5):
        page.type(0, str(number % 10))
        page.exchange()

    answer = away.ask().json()

    assert len(answer["updates"]) == 1
    away.exchange()
    assert str(away) == str(page)
    pad.refresh_from_db()
    assert pad.snapshot_number == SNAPSHOT_EVERY


def test_an_answer_with_nothing_new_is_small_and_writes_nothing(
    client_of: ClientOf, count_queries: Any
) -> None:
    ana = writer()
    page = opened(client_of, notes(ana, "Long text. " * 2000), ana)

    with count_queries(2):
        response = page.ask()

    assert len(response.content) < 60


def test_strangers_see_nothing_and_readers_do_not_write(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, "Ours")
    page = opened(client_of, pad, ana)
    page.type(0, "x")

    page.client = client_of(reader())
    assert page.ask().status_code == 403
    page.waiting = []
    assert page.ask().status_code == 200
    page.client = client_of(PersonFactory())
    assert page.ask().status_code == 404
    page.client = Client()
    assert page.ask().status_code == 401
    pad.refresh_from_db()
    assert pad.text == "Ours"


def of_a_map() -> bytes:
    doc: Doc[Any] = Doc()
    doc["settings"] = Map({"a": "b"})
    return doc.get_update()


def formatted() -> bytes:
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "bold"
    text.format(0, 4, {"bold": True})
    return doc.get_update()


def elsewhere() -> bytes:
    doc: Doc[Any] = Doc()
    text = doc.get("hidden", type=Text)
    text += "not seen by anybody"
    return doc.get_update()


def with_a_gap() -> bytes:
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "first"
    state = doc.get_state()
    text += "second"
    return doc.get_update(state)


def with_zero() -> bytes:
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "a\0b"
    return doc.get_update()


HOSTILE = {
    "nothing": b"",
    "changes nothing": b"\0\0",
    "noise": b"\xff" * 40,
    "huge count": b"\x01\xff\xff\xff\xff\x0f\x01\x00",
    "endless number": b"\x80" * 200,
    "takes away what is not here": b"\x00\x01\x07\x01\x00\x05",
    "map": of_a_map(),
    "format": formatted(),
    "elsewhere": elsewhere(),
    "gap": with_a_gap(),
    "zero sign": with_zero(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_no_text_field_makes_is_refused(client_of: ClientOf, content: bytes) -> None:
    ana = writer()
    pad = notes(ana, "Ours")

    response = send(client_of(ana), f"/pads/{pad.public_id}/updates/", [(str(uuid.uuid4()), content)])

    assert response.status_code == 422
    pad.refresh_from_db()
    assert (pad.text, pad.number) == ("Ours", 1)


def test_changed_bytes_never_break_the_text(client_of: ClientOf) -> None:
    chance = random.Random(7)
    ana = writer()
    pad = notes(ana, "Ours")
    whole = opened(client_of, pad, ana)
    whole.type(4, " and yours, čaša 😀")
    good = whole.waiting[0][1]

    for _try in range(120):
        content = bytearray(good)
        for _byte in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        response = send(whole.client, whole.address, [(str(uuid.uuid4()), bytes(content))])
        assert response.status_code in {200, 413, 422, 429}

    pad.refresh_from_db()
    assert pads.text_at(pad, pad.number) == pad.text
    assert "".join(piece.text for piece in passages_of(pad)) == pad.text


@pytest.mark.parametrize(
    "body", ["", "[]", "null", '{"seen": -1, "writing": true, "updates": []}', '{"seen": "1"}', "[" * 9000]
)
def test_a_request_that_no_page_makes_is_refused(client_of: ClientOf, body: str) -> None:
    ana = writer()

    address = f"/pads/{notes(ana).public_id}/updates/"

    assert client_of(ana).post(address, body, content_type="application/json").status_code == 422


def test_nobody_writes_in_the_name_of_somebody_else(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana)
    page = opened(client_of, pad, ana)
    page.type(0, "I am Ana")
    page.exchange()
    page.type(8, " and agree")

    page.client = client_of(ben)

    assert page.ask().status_code == 422


def test_a_full_text_takes_nothing_more_but_can_shrink(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, "12345678", limit=10)
    page = opened(client_of, pad, ana)
    page.type(8, "90 too long")

    assert page.ask().status_code == 413

    page.erase(2, 12)
    page.exchange()
    pad.refresh_from_db()
    assert pad.text == str(page)
    assert len(pad.text) <= 10


def test_others_learn_who_is_here_and_writes(client_of: ClientOf) -> None:
    ana, ben = writer(name="Ana Kos"), writer(name="Ben Peeters")
    pad = notes(ana)
    first, second = opened(client_of, pad, ana), opened(client_of, pad, ben)
    first.type(0, "x")
    first.exchange()

    here = second.ask().json()["here"]

    assert here == [{"name": "Ana Kos", "mark": 1, "writes": True}]


def test_characters_count_for_whoever_wrote_them(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana, "Template")
    first, second = opened(client_of, pad, ana), opened(client_of, pad, ben)
    first.type(8, " čaša")
    first.exchange()
    second.exchange()
    second.erase(0, 8)
    second.exchange()

    written = {one.person: (one.added, one.removed) for one in pads.written_in([pad.pk])}

    assert written == {ana.pk: (5, 0), ben.pk: (0, 8)}
