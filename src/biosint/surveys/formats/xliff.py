"""Translations as XLIFF 1.2 and 2.0, the files of translators' tools.

Source: OASIS, XLIFF Version 1.2 (2008) and XLIFF Version 2.0 (2014), core modules.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from biosint.shared.languages import page_tag
from biosint.surveys.formats import xml
from biosint.surveys.formats.translation_rows import MOST_ROWS, Row, language_code
from biosint.surveys.formats.xml import Broken, Element, SubElement, clean, name_of
from biosint.surveys.translations import Pair, Standing

Kind = Literal["1.2", "2.0"]
_SPACES = {"1.2": "urn:oasis:names:tc:xliff:document:1.2", "2.0": "urn:oasis:names:tc:xliff:document:2.0"}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STATES = {
    "1.2": {
        Standing.MISSING: "needs-translation",
        Standing.CHANGED: "needs-review-translation",
        Standing.DONE: "translated",
    },
    "2.0": {Standing.MISSING: "initial", Standing.CHANGED: "initial", Standing.DONE: "translated"},
}


def write(pairs: list[Pair], *, kind: Kind, name: str, source: str, target: str) -> bytes:
    """Return the texts of two languages as a file.

    Args:
        name: of the questionnaire and its version; it comes back with the file.
    """
    if kind == "1.2":
        root = Element("xliff", {"xmlns": _SPACES[kind], "version": kind})
        file = SubElement(
            root,
            "file",
            {
                "original": clean(name),
                "source-language": page_tag(source),
                "target-language": page_tag(target),
                "datatype": "plaintext",
            },
        )
        body = SubElement(file, "body")
        add = _add_unit_1
    else:
        root = Element(
            "xliff",
            {
                "xmlns": _SPACES[kind],
                "version": kind,
                "srcLang": page_tag(source),
                "trgLang": page_tag(target),
            },
        )
        body = SubElement(root, "file", {"id": "questionnaire", "original": clean(name)})
        add = _add_unit_2
    number = 0
    for section, members in groupby(pairs, key=lambda pair: pair.section):
        group = SubElement(body, "group", {"id": f"section-{section}"})
        for pair in members:
            number += 1
            add(group, pair, number)
    xml.indent(root)
    return xml.write(root)


def _add_unit_1(group: Element, pair: Pair, number: int) -> None:
    del number
    unit = SubElement(group, "trans-unit", {"id": pair.address, f"{_XML}space": "preserve"})
    SubElement(unit, "source").text = clean(pair.source)
    target = SubElement(unit, "target", {"state": _STATES["1.2"][pair.standing]})
    target.text = clean(pair.target)
    if pair.standing == Standing.CHANGED:
        SubElement(unit, "note").text = "The source was changed after this translation was made."


def _add_unit_2(group: Element, pair: Pair, number: int) -> None:
    # An identifier of a unit may not hold a slash, so the address is its name.
    unit = SubElement(group, "unit", {"id": f"u{number}", "name": pair.address})
    if pair.standing == Standing.CHANGED:
        notes = SubElement(unit, "notes")
        SubElement(notes, "note").text = "The source was changed after this translation was made."
    segment = SubElement(unit, "segment", {"state": _STATES["2.0"][pair.standing]})
    SubElement(segment, "source", {f"{_XML}space": "preserve"}).text = clean(pair.source)
    if pair.target:
        SubElement(segment, "target", {f"{_XML}space": "preserve"}).text = clean(pair.target)


def read(content: bytes) -> list[Row]:
    """Read a file of either version.

    Raises:
        Broken: it is no XLIFF of version 1.2 or 2.x, or holds more texts than any questionnaire.
    """
    root = xml.read(content)
    version = root.get("version", "")
    if name_of(root) != "xliff" or not version.startswith(("1.", "2.")):
        raise Broken(_("This is no XLIFF file of version 1.2 or 2.0."))
    rows = []
    for row in _rows_1(root) if version.startswith("1.") else _rows_2(root):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Broken(_("The file holds more texts than any questionnaire."))
    return rows


def _named(parent: Element, *names: str) -> Iterator[Element]:
    return (element for element in parent.iter() if name_of(element) in names)


def _child(parent: Element, name: str) -> Element | None:
    return next((element for element in parent if name_of(element) == name), None)


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).replace("\r\n", "\n").strip()


def _rows_1(root: Element) -> Iterator[Row]:
    number = 0
    for file in _named(root, "file"):
        source_language = language_code(file.get("source-language", ""))
        language = language_code(file.get("target-language", ""))
        for unit in _named(file, "trans-unit"):
            number += 1
            target = _child(unit, "target")
            own = target.get(f"{_XML}lang") if target is not None else None
            yield Row(
                number,
                unit.get("id", ""),
                source_language,
                _text(_child(unit, "source")),
                language_code(own) if own else language,
                _text(target),
            )


def _rows_2(root: Element) -> Iterator[Row]:
    source_language = language_code(root.get("srcLang", ""))
    language = language_code(root.get("trgLang", ""))
    for number, unit in enumerate(_named(root, "unit"), 1):
        pieces = list(_named(unit, "segment", "ignorable"))
        # A text cut into sentences counts once all of them are translated.
        lacking = any(name_of(piece) == "segment" and not _text(_child(piece, "target")) for piece in pieces)
        sources = [
            "".join(part.itertext()) for piece in pieces if (part := _child(piece, "source")) is not None
        ]
        targets = []
        for piece in pieces:
            # What is not translated, such as the space between two sentences, stays as in the source.
            part = _child(piece, "target")
            part = part if part is not None else _child(piece, "source")
            targets.append("" if part is None else "".join(part.itertext()))
        yield Row(
            number,
            unit.get("name") or unit.get("id") or "",
            source_language,
            "".join(sources).strip(),
            language,
            "" if lacking else "".join(targets).strip(),
        )
