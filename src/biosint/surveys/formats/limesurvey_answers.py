"""Answers of LimeSurvey: the archive (.lsa) with its questionnaire and its responses, read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from biosint.surveys.definitions import parse
from biosint.surveys.formats.books import Book
from biosint.surveys.formats.limesurvey import Carried, Place, read_survey
from biosint.surveys.formats.translation_rows import language_code
from biosint.surveys.formats.xml import Broken
from biosint.surveys.states import LANGUAGE, LANGUAGES, ColumnKind

SURVEY_BYTES = 50 * 1024 * 1024
_ANSWERS = "_responses.lsr"
# Members that hold people or moments; they are left alone.
_LEFT_ALONE = {"_tokens.lst": "participants", "_timings.lsi": "timings"}


def is_archive(file: BinaryIO) -> bool:
    """Whether a zip holds a questionnaire of LimeSurvey."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            return any(name.endswith(".lss") for name in package.namelist())
    except zipfile.BadZipFile:
        return False


def _member(package: zipfile.ZipFile, ending: str) -> str:
    found = [name for name in package.namelist() if name.endswith(ending)]
    if len(found) != 1:
        raise Broken(_("The archive holds no answers. Export it again as “Survey archive (.lsa)”."))
    return found[0]


def _survey(package: zipfile.ZipFile) -> Carried:
    name = _member(package, ".lss")
    if package.getinfo(name).file_size > SURVEY_BYTES:
        raise Broken(_("The questionnaire in the archive is too large."))
    return read_survey(package.read(name))


@dataclass(frozen=True, slots=True)
class _Cell:
    """Which fields of a response make one cell, and how."""

    fields: tuple[tuple[str, Place], ...]
    option: str = ""


def _cells(carried: Carried) -> tuple[list[str], list[str], list[_Cell]]:
    """The header, what each cell fills, and where it comes from."""
    by_code: dict[str, list[tuple[str, Place]]] = {}
    for name, place in carried.places.items():
        by_code.setdefault(place.code, []).append((name, place))
    header, uses, cells = [LANGUAGE], [LANGUAGE], [_Cell(())]
    for column in parse(carried.content).columns():
        fields = by_code.get(column.code, [])
        if column.kind == ColumnKind.MULTIPLE:
            for option in column.options:
                mine = tuple(pair for pair in fields if pair[1].option == option.code)
                if mine:
                    header.append(f"{column.code}:{option.code}")
                    uses.append(header[-1])
                    cells.append(_Cell(mine, option.code))
        else:
            header.append(column.code)
            uses.append(column.code)
            cells.append(_Cell(tuple(fields)))
    return header, uses, cells


def book(file: BinaryIO) -> Book:
    """Read the questionnaire of an archive as a code book."""
    try:
        with zipfile.ZipFile(file) as package:
            carried = _survey(package)
            notes = [f"{note.where}: {note.text}" if note.where else note.text for note in carried.notes]
            for ending, words in _LEFT_ALONE.items():
                if any(name.endswith(ending) for name in package.namelist()):
                    notes.append(_("“%(part)s” stay in the archive; they are not read.") % {"part": words})
            begun = sum(not sent for sent, _row in _responses(package))
    except zipfile.BadZipFile:
        raise Broken(_("The archive is not whole. Save it again.")) from None
    if begun:
        notes.insert(0, _("Begun but never sent, and left out: %(count)s.") % {"count": begun})
    header, uses, _sources = _cells(carried)
    columns = tuple(column for column in parse(carried.content).columns() if _is_filled(column.code, uses))
    return Book(tuple(header), columns, tuple(uses), tuple(notes))


def _is_filled(code: str, uses: list[str]) -> bool:
    return any(use.partition(":")[0] == code for use in uses)


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Yield every response that was sent."""
    with zipfile.ZipFile(file) as package:
        carried = _survey(package)
        _header, _uses, cells = _cells(carried)
        for number, (sent, row) in enumerate(_responses(package), 1):
            if sent:
                yield number, _read(row, cells)


def _responses(package: zipfile.ZipFile) -> Iterator[tuple[bool, dict[str, str]]]:
    with package.open(_member(package, _ANSWERS)) as answers:
        yield from _records(answers)


def _records(answers: IO[bytes]) -> Iterator[tuple[bool, dict[str, str]]]:
    """Read response by response; what was read is dropped, so that memory stays small."""
    try:
        parent: Element | None = None
        for event, element in iterparse(answers, events=("start", "end"), forbid_dtd=True):
            if event == "start" and element.tag == "rows":
                parent = element
            elif event == "end" and element.tag == "row":
                # A name that begins with a digit is no name to XML, so an underscore goes before it.
                row = {str(cell.tag).lstrip("_"): cell.text or "" for cell in element}
                yield bool(row.get("submitdate")), row
                if parent is not None:
                    parent.clear()
    except (defusedxml.DefusedXmlException, ParseError):
        raise Broken(_("The answers in the archive are not whole. Export them again.")) from None


def _read(row: Mapping[str, str], cells: list[_Cell]) -> list[str]:
    language = language_code(row.get("startlanguage", ""))
    found = [language if language in LANGUAGES else ""]
    chosen: set[str] = set()
    for cell in cells[1:]:
        found.append(_text(row, cell))
        if cell.option and found[-1] == "1":
            chosen.add(cell.fields[0][1].code)
    # LimeSurvey leaves all boxes empty both where none was ticked and where nothing was asked.
    return [
        "" if cell.option and text == "0" and cell.fields[0][1].code not in chosen else text
        for cell, text in zip(cells, found, strict=True)
    ]


def _text(row: Mapping[str, str], cell: _Cell) -> str:
    given = [(place, row[name]) for name, place in cell.fields if row.get(name, "") != ""]
    if cell.option:
        return "1" if any(_is_ticked(place, text) for place, text in given) else "0"
    if any(place.rank for place, _words in given):
        ordered = sorted(given, key=lambda pair: pair[0].rank)
        return "; ".join(dict.fromkeys(place.values.get(text, text) for place, text in ordered))
    if not given:
        return ""
    place, text = given[0]
    return place.values.get(text, text.removesuffix(" 00:00:00"))


def _is_ticked(place: Place, text: str) -> bool:
    # The text beside “other” ticks its box.
    return text == "Y" or "" in place.values
