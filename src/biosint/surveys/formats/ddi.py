"""The code book of a questionnaire or an answer set as DDI Codebook 2.5.

Source: DDI Alliance, DDI-Codebook 2.5 (2012). Version 2.6 (2026) keeps every element used here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from biosint.shared.languages import page_tag
from biosint.shared.script import is_cyrillic
from biosint.surveys.columns import UNTOLD, Column
from biosint.surveys.formats import xml
from biosint.surveys.formats.variables import Variable, variables_of
from biosint.surveys.formats.xml import Element, SubElement, clean
from biosint.surveys.states import ColumnKind

SPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value of a variable was given; None where the number is hidden.

    ``answered`` and ``missing`` are -1 where they are hidden.
    """

    counts: Mapping[int, int | None]
    answered: int
    missing: int


@dataclass(frozen=True, slots=True)
class Study:
    """What the code book is about. Texts go by language; with ``tallies`` it describes answers, too."""

    number: str
    title: Mapping[str, str]
    abstract: Mapping[str, str]
    owner: str
    written_date: date
    columns: Iterable[Column]
    audience: str = ""
    opened_date: date | None = None
    closed_date: date | None = None
    cases: int | None = None
    licence: str = ""
    instruments: tuple[str, ...] = ()
    # Code of a question -> the words of the condition under which it is asked.
    conditions: Mapping[str, str] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    smallest: int = 0


def write(study: Study) -> bytes:
    """Return the code book as XML."""
    root = Element("codeBook", {"xmlns": SPACE, "version": "2.5"})
    document = SubElement(root, "docDscr")
    citation = SubElement(document, "citation")
    _titles(SubElement(citation, "titlStmt"), study)
    produced = SubElement(citation, "prodStmt")
    SubElement(
        produced, "prodDate", {"date": study.written_date.isoformat()}
    ).text = study.written_date.isoformat()
    SubElement(produced, "software").text = "BIOSINT"
    _study(SubElement(root, "stdyDscr"), study)
    variables = variables_of(study.columns)
    if study.cases is not None:
        text = SubElement(SubElement(root, "fileDscr", {"ID": "F1"}), "fileTxt")
        SubElement(text, "fileName").text = clean(study.number)
        sizes = SubElement(text, "dimensns")
        SubElement(sizes, "caseQnty").text = str(study.cases)
        SubElement(sizes, "varQnty").text = str(len(variables))
    data = SubElement(root, "dataDscr")
    _groups(data, variables)
    for number, variable in enumerate(variables, 1):
        _variable(data, variable, number, study)
    xml.indent(root)
    return xml.write(root)


def _worded(parent: Element, name: str, words: Mapping[str, str]) -> None:
    """One element per language; words of an untold language have no mark."""
    for code, text in words.items():
        if not text:
            continue
        element = SubElement(parent, name)
        if code == "sr" and not is_cyrillic(text):
            element.set(_LANG, "sr-Latn")
        elif code != UNTOLD:
            element.set(_LANG, page_tag(code))
        element.text = clean(text)


def _first(words: Mapping[str, str]) -> tuple[str, str]:
    code = "en" if words.get("en") else next((code for code, text in words.items() if text), "en")
    return code, words.get(code, "")


def _titles(statement: Element, study: Study) -> None:
    """The title in one language, and as parallel titles in the others."""
    code, text = _first(study.title)
    title = SubElement(statement, "titl")
    if code != UNTOLD:
        title.set(_LANG, page_tag(code))
    title.text = clean(text)
    _worded(statement, "parTitl", {other: words for other, words in study.title.items() if other != code})
    SubElement(statement, "IDNo", {"agency": "BIOSINT"}).text = study.number


def _study(part: Element, study: Study) -> None:
    citation = SubElement(part, "citation")
    _titles(SubElement(citation, "titlStmt"), study)
    SubElement(SubElement(citation, "rspStmt"), "AuthEnty").text = clean(study.owner)
    info = SubElement(part, "stdyInfo")
    _worded(info, "abstract", study.abstract)
    summary = SubElement(info, "sumDscr")
    for event, day in (("start", study.opened_date), ("end", study.closed_date)):
        if day is not None:
            element = SubElement(summary, "collDate", {"date": day.isoformat(), "event": event})
            element.text = day.isoformat()
    if study.audience:
        SubElement(summary, "universe").text = clean(study.audience)
    SubElement(summary, "dataKind").text = "survey data"
    collected = SubElement(SubElement(part, "method"), "dataColl")
    SubElement(collected, "collMode").text = "self-administered questionnaire: web-based (CAWI)"
    for name in study.instruments:
        SubElement(collected, "resInstru").text = clean(name)
    if study.licence or study.smallest:
        use = SubElement(SubElement(part, "dataAccs"), "useStmt")
        if study.smallest:
            SubElement(
                use, "confDec", {"required": "no"}
            ).text = f"Frequencies below {study.smallest} are left out, with one more where it would follow from the total."
        if study.licence:
            SubElement(use, "conditions").text = clean(study.licence)


def _groups(data: Element, variables: list[Variable]) -> None:
    """Statements of a scale, and options of a question with several answers, belong together."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, variable in enumerate(variables, 1):
        if variable.option is not None:
            kind = "multipleResp" if variable.column.kind == ColumnKind.MULTIPLE else "other"
            groups.setdefault((kind, variable.column.code), []).append(number)
        elif variable.column.scale:
            groups.setdefault(("grid", variable.column.scale), []).append(number)
    for place, ((kind, code), numbers) in enumerate(groups.items(), 1):
        attributes = {
            "ID": f"G{place}",
            "type": kind,
            "name": code,
            "var": " ".join(f"V{n}" for n in numbers),
        }
        if kind == "other":
            attributes["otherType"] = "ranking"
        group = SubElement(data, "varGrp", attributes)
        column = variables[numbers[0] - 1].column
        _worded(group, "labl", column.scale_label if kind == "grid" else column.label)


def _variable(data: Element, variable: Variable, number: int, study: Study) -> None:
    column = variable.column
    is_words = column.kind in {ColumnKind.TEXT, ColumnKind.DATE}
    attributes = {
        "ID": f"V{number}",
        "name": variable.name,
        "intrvl": "contin" if column.kind == ColumnKind.NUMBER else "discrete",
    }
    if study.cases is not None:
        attributes["files"] = "F1"
    _code, unit = _first(column.unit)
    if unit:
        attributes["measUnit"] = clean(unit)
    element = SubElement(data, "var", attributes)
    _worded(element, "labl", variable.label())
    question = SubElement(element, "qstn")
    _worded(question, "preQTxt", column.scale_label)
    _worded(question, "qstnLit", column.label)
    if (column.least, column.most) != (None, None) and variable.option is None:
        limits = {
            name: f"{value:.15g}"
            for name, value in (("min", column.least), ("max", column.most))
            if value is not None
        }
        SubElement(SubElement(element, "valrng"), "range", {**limits, "UNITS": "REAL"})
    if condition := study.conditions.get(column.code):
        SubElement(element, "universe", {"clusion": "I"}).text = clean(condition)
    tally = study.tallies.get(variable.name)
    if tally is not None and tally.answered >= 0:
        SubElement(element, "sumStat", {"type": "vald"}).text = str(tally.answered)
        SubElement(element, "sumStat", {"type": "invd"}).text = str(tally.missing)
    for value, words in _categories(variable):
        category = SubElement(element, "catgry")
        SubElement(category, "catValu").text = str(value)
        _worded(category, "labl", words)
        count = tally.counts.get(value) if tally is not None else None
        if count is not None:
            SubElement(category, "catStat", {"type": "freq"}).text = str(count)
    SubElement(element, "varFormat", {"type": "character" if is_words else "numeric"})
    if column.reversed:
        SubElement(element, "notes").text = "Worded against the other statements of its scale."


def _categories(variable: Variable) -> list[tuple[int, Mapping[str, str]]]:
    column = variable.column
    if variable.numbers is not None:
        labels = {option.code: option.label for option in column.options}
        return [(value, labels[code]) for code, value in variable.numbers.items()]
    if variable.option is not None and column.kind == ColumnKind.MULTIPLE:
        return [(0, {"en": "not chosen"}), (1, {"en": "chosen"})]
    if column.kind == ColumnKind.POINT and column.least is not None and column.most is not None:
        return [(point, {UNTOLD: str(point)}) for point in range(int(column.least), int(column.most) + 1)]
    return []


def condition_words(condition: object) -> str:
    """Return a condition as a definition writes it; readable by people and programs alike."""
    return json.dumps(condition, ensure_ascii=False)
