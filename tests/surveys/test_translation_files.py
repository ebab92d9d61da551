"""Translations leave as XLIFF and workbook and come back, row by row and never unseen."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from biosint.surveys.formats import translation_sheets, xliff
from biosint.surveys.formats.translation_rows import Outcome, Row, language_code, review
from biosint.surveys.formats.xml import Broken, clean
from biosint.surveys.models import Version
from biosint.surveys.translations import pairs_of, texts_of, with_words
from factories.people import CoordinatorFactory
from factories.surveys import SMALL, VersionFactory

KINDS: list[xliff.Kind] = ["1.2", "2.0"]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xliff version="1.2">&b;</xliff>"""


def written(kind: xliff.Kind, content: Any = SMALL, target: str = "sr") -> bytes:
    return xliff.write(
        pairs_of(content, {}, source="en", target=target), kind=kind, name="Small", source="en", target=target
    )


def row(address: str, text: str, *, language: str = "ro", source: str = "") -> Row:
    return Row(1, address, "en", source, language, text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_as_xliff_reads_back(kind: xliff.Kind) -> None:
    rows = xliff.read(written(kind))

    assert [found.address for found in rows] == [text.address for text in texts_of(SMALL)]
    by_address = {found.address: found for found in rows}
    assert by_address["mobility/text"] == Row(
        by_address["mobility/text"].number, "mobility/text", "en", "Abroad?", "sr", "У иностранство?"
    )
    assert by_address["wish/text"].text == ""


@pytest.mark.parametrize("kind", KINDS)
@given(words=st.text(max_size=60))
def test_any_words_survive_the_way_through_xliff(kind: xliff.Kind, words: str) -> None:
    content = with_words(SMALL, "ro", {"mobility/text": words})

    rows = {found.address: found.text for found in xliff.read(written(kind, content, "ro"))}

    # Carriage returns are line ends to XML.
    assert rows["mobility/text"] == clean(words).replace("\r\n", "\n").replace("\r", "\n").strip()


def test_xliff_keeps_the_form_of_its_version() -> None:
    first, second = fromstring(written("1.2")), fromstring(written("2.0"))
    space = {"old": "urn:oasis:names:tc:xliff:document:1.2", "new": "urn:oasis:names:tc:xliff:document:2.0"}

    assert first.find("old:file", space).get("target-language") == "sr-Cyrl"
    assert (
        first.find(".//old:trans-unit[@id='wish/text']/old:target", space).get("state") == "needs-translation"
    )
    assert (second.get("srcLang"), second.get("trgLang")) == ("en", "sr-Cyrl")
    identifiers = [unit.get("id") for unit in second.iterfind(".//new:unit", space)]
    assert len(set(identifiers)) == len(texts_of(SMALL))
    assert all("/" not in identifier for identifier in identifiers)


def test_a_text_cut_into_sentences_is_put_together() -> None:
    content = b"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ro"><file id="f">
      <unit id="u1" name="title"><segment><source>One.</source><target>Unu.</target></segment><ignorable><source> </source></ignorable>
      <segment><source>Two.</source><target>Doi.</target></segment></unit>
      <unit id="u2" name="introduction"><segment><source>One.</source><target>Unu.</target></segment><segment><source>Two.</source></segment></unit>
      </file></xliff>"""

    first, second = xliff.read(content)

    assert (first.source, first.text) == ("One. Two.", "Unu. Doi.")
    assert second.text == ""


@pytest.mark.parametrize("content", [BOMB, b"<xliff", b"<html></html>", b"<xliff version='3.0'/>"])
def test_a_file_that_is_no_safe_xliff_is_refused(content: bytes) -> None:
    with pytest.raises(Broken):
        xliff.read(content)


def test_a_workbook_reads_back_and_holds_no_formula() -> None:
    content = with_words(SMALL, "ro", {"mobility/text": '=HYPERLINK("http://x","y")', "title": "+1"})

    body = translation_sheets.write(content, source="en", targets=["ro"])
    rows = {found.address: found for found in translation_sheets.read(body)}

    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
    assert rows["mobility/text"].text == '=HYPERLINK("http://x","y")'
    assert rows["mobility/text"].source == "Abroad?"
    assert rows["title"].text == "+1"


def test_a_workbook_without_a_column_of_codes_is_refused() -> None:
    with pytest.raises(Broken, match="first row must name"):
        translation_sheets.read(workbook([["english", "romanian"], ["Abroad?", "În străinătate?"]]))


def workbook(lines: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("found", "outcome", "stale", "lost"),
    [
        (row("mobility/text", "În străinătate?"), Outcome.NEW, False, ()),
        (row("mobility/text", "Напоље?", language="sr"), Outcome.REPLACES, False, ()),
        (row("mobility/text", "У иностранство?", language="sr"), Outcome.SAME, False, ()),
        (row("mobility/text", " "), Outcome.EMPTY, False, ()),
        (row("nowhere/text", "x"), Outcome.UNKNOWN, False, ()),
        (row("mobility/text", "U inostranstvo?", language="sr-latn"), Outcome.LANGUAGE, False, ()),
        (row("mobility/text", "x" * 4001), Outcome.TOO_LONG, False, ()),
        (row("mobility/text", "Afară?", source="Gone abroad?"), Outcome.NEW, True, ()),
        (row("wish/text", "Dorință"), Outcome.NEW, False, ("{name}",)),
    ],
)
def test_each_row_says_what_taking_it_would_do(
    found: Row, outcome: Outcome, stale: bool, lost: tuple[str, ...]
) -> None:
    content = with_words(SMALL, "en", {"wish/text": "Wish of {name}"})

    reviewed = review([found], content)[0]

    assert (reviewed.outcome, reviewed.is_stale, reviewed.lost) == (outcome, stale, lost)
    assert reviewed.is_proposed == (outcome in {Outcome.NEW, Outcome.REPLACES} and not stale and not lost)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("sr-Cyrl-RS", "sr"),
        ("sr", "sr"),
        ("nl-BE", "nl"),
        ("cnr-Latn", "cnr"),
        ("sr_Latn", "sr-latn"),
        ("de", "de"),
    ],
)
def test_languages_of_other_tools_are_understood(tag: str, code: str) -> None:
    assert language_code(tag) == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name"), [("xliff-2.0", "t.xlf"), ("xliff-1.2", "t.xlf"), ("xlsx", "t.xlsx")]
)
def test_a_file_goes_out_is_translated_seen_and_taken_in(
    client_of: Callable[[Any], Client], kind: str, name: str
) -> None:
    version = VersionFactory(published_by=None, published_at=None)
    client = client_of(CoordinatorFactory(at=version.questionnaire.institution))
    address = f"/surveys/versions/{version.pk}/translations"
    body = client.get(f"{address}/download/?kind={kind}&from=en&to=sr").content
    other = with_words(SMALL, "sr", {"mobility/text": "Били сте напољу?", "nowhere": "x"})
    mended = (
        translation_sheets.write(other, source="en", targets=["sr"])
        if kind == "xlsx"
        else written("2.0" if kind == "xliff-2.0" else "1.2", other)
    )

    preview = client.post(f"{address}/files/", {"file": SimpleUploadedFile(name, mended)})
    before = Version.objects.get().content
    client.post(f"{address}/take/", {"sealed": preview.context["sealed"], "row": ["0"]})

    assert body
    assert before == SMALL
    assert "Били сте напољу?" in preview.content.decode()
    after = Version.objects.get()
    assert with_words(after.content, "sr", {"mobility/text": "У иностранство?"}) == SMALL
    assert after.sources["sr"]["mobility/text"][0] == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("t.xlf", BOMB, "not safe"),
        ("t.xlf", b"PK\x03\x04", "not really"),
        ("t.xlsx", b"PK\x03\x04 nonsense", "not really"),
        ("t.exe", b"MZ", "cannot be used"),
        ("t.xlf", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    client_of: Callable[[Any], Client], name: str, body: bytes, words: str
) -> None:
    version = VersionFactory(published_by=None, published_at=None)
    client = client_of(CoordinatorFactory(at=version.questionnaire.institution))

    response = client.post(
        f"/surveys/versions/{version.pk}/translations/files/", {"file": SimpleUploadedFile(name, body)}
    )

    assert response.status_code == 422
    assert words in response.content.decode()
