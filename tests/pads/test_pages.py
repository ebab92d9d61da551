"""The text without script: a form that the server merges, versions, taking one back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from biosint.pads import api as pads
from biosint.pads.edits import clashes, edits_between
from biosint.pads.providers import records_of
from biosint.pads.queries import passages_of
from pads.notebook import Page, notes, reader, writer

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


def save(client: Client, pad: pads.Pad, text: str, *, seen: int, key: uuid.UUID | None = None) -> Any:
    given = {"text": text, "seen": seen, "key": key or uuid.uuid4()}
    return client.post(f"/pads/{pad.public_id}/", given, follow=True)


def test_a_form_is_merged_into_what_others_wrote_meanwhile(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana, "One\nTwo\nThree\n")
    save(client_of(ben), pad, "One\nTwo by Ben\nThree\n", seen=1)

    answer = save(client_of(ana), pad, "Zero\r\nOne\r\nTwo\r\nThree and four\r\n", seen=1)

    pad.refresh_from_db()
    assert pad.text == "Zero\nOne\nTwo by Ben\nThree and four\n"
    assert "Saved." in answer.content.decode()
    assert "same lines" not in answer.content.decode()


def test_lines_that_two_changed_at_once_are_named(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana, "We meet on Monday\nIn Kotor\n")
    save(client_of(ben), pad, "We meet on Tuesday\nIn Kotor\n", seen=1)

    answer = save(client_of(ana), pad, "We meet on Friday\nIn Kotor\n", seen=1)

    assert "We meet on Monday" in answer.content.decode()
    pad.refresh_from_db()
    assert "In Kotor" in pad.text


def test_a_form_sent_twice_is_one_change(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, "One")
    key = uuid.uuid4()

    save(client_of(ana), pad, "One two", seen=1, key=key)
    save(client_of(ana), pad, "One two", seen=1, key=key)

    pad.refresh_from_db()
    assert (pad.text, pad.number) == ("One two", 2)


def test_a_form_that_is_too_long_keeps_what_was_typed(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, limit=10)

    answer = save(client_of(ana), pad, "twelve signs", seen=0)

    assert answer.status_code == 422
    assert "twelve signs" in answer.content.decode()
    assert "10 characters" in answer.content.decode()


def test_scripts_in_a_text_stay_words(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, "<script>alert(1)</script></textarea><b>")

    shown = client_of(ana).get(f"/pads/{pad.public_id}/").content.decode()
    formatted = client_of(ana).post(f"/pads/{pad.public_id}/preview/", {"text": pad.text}).content.decode()

    assert "<script>alert" not in shown + formatted


def test_who_only_reads_is_told_why(client_of: ClientOf) -> None:
    ana = writer()
    pad = notes(ana, "**Ours**")

    shown = client_of(reader()).get(f"/pads/{pad.public_id}/").content.decode()

    assert "<strong>Ours</strong>" in shown
    assert "Only members write here." in shown
    assert "<textarea" not in shown


def test_an_earlier_version_is_taken_back_as_a_new_change(client_of: ClientOf) -> None:
    ana, ben = writer(name="Ana Kos"), writer(name="Ben Peeters")
    pad = notes(ana, "First")
    save(client_of(ben), pad, "All gone", seen=1)
    client = client_of(ana)

    shown = client.get(f"/pads/{pad.public_id}/versions/1/").content.decode()
    client.post(f"/pads/{pad.public_id}/versions/1/restore/")

    pad.refresh_from_db()
    assert "First" in shown
    assert (pad.text, pad.number) == ("First", 3)
    assert pads.text_at(pad, 2) == "All gone"


def test_versions_name_everybody_and_cost_the_same_for_few_and_many(
    client_of: ClientOf, count_queries: Any
) -> None:
    ana, ben = writer(name="Ana Kos"), writer(name="Ben Peeters")
    for count in (3, 30):
        pad = notes(ana, "Begun")
        pages = [Page(client_of(person), pad) for person in (ana, ben)]
        for turn in range(count):
            page = pages[turn % 2]
            page.exchange()
            page.type(0, f"{turn} ")
            page.exchange()
        client = client_of(ana)

        with count_queries(7):
            shown = client.get(f"/pads/{pad.public_id}/versions/").content.decode()

        assert "Ben Peeters" in shown


def test_a_person_takes_their_own_words_home(client_of: ClientOf) -> None:
    ana, ben = writer(), writer()
    pad = notes(ana, "Template. ")
    save(client_of(ben), pad, "Template. Words of Ben", seen=1)

    record = next(iter(records_of(ben)))

    assert record["passages"] == ["Words of Ben"]
    assert [piece.author for piece in passages_of(pads.Pad.objects.get())] == [ana.pk, ben.pk]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "new"),
        ("old", ""),
        ("a\nb\nc", "a\nB\nc"),
        ("aaa", "aaaa"),
        ("one\ntwo\nthree\nfour", "zero\none\nthree\nfour!\nfive"),
        ("x\n" * 2000, "x\n" * 1990 + "y"),
    ],
)
def test_edits_make_the_one_text_of_the_other(before: str, after: str) -> None:
    text = before
    for edit in reversed(edits_between(before, after)):
        text = text[: edit.start] + edit.text + text[edit.start + edit.length :]

    assert text == after


def test_the_same_change_by_two_is_no_clash() -> None:
    assert clashes("a\nb", "a\nB", "a\nB") == []
