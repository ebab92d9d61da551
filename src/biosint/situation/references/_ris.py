from __future__ import annotations

import re
from collections.abc import Iterable

from biosint.situation.references._reference import FIRST_YEAR, BadDoi, Reference, doi_in

LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
KINDS = {
    "JOUR": "article",
    "MGZN": "article",
    "CPAPER": "article",
    "CONF": "article",
    "ABST": "article",
    "RPRT": "report",
    "GOVDOC": "report",
    "THES": "report",
    "ELEC": "web",
    "BLOG": "web",
    "WEB": "web",
    "STAT": "law",
    "BILL": "law",
    "LEGAL": "law",
    "BOOK": "book",
    "CHAP": "book",
    "EDBOOK": "book",
}
TYPES = {
    "article": "JOUR",
    "report": "RPRT",
    "web": "ELEC",
    "law": "STAT",
    "strategy": "RPRT",
    "book": "BOOK",
}


def from_ris(text: str) -> list[Reference]:
    """Read the records of a RIS file. A record without its end, or without a title, is told in its faults."""
    found: list[Reference] = []
    fields: dict[str, list[str]] = {}
    last, start = "", 1
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        match = LINE.match(line.rstrip())
        if match is None:
            # A long title or abstract goes on in the next line.
            if last and line.strip():
                fields[last][-1] += f" {line.strip()}"
            continue
        tag, value = match[1], match[2].strip()
        if tag == "TY":
            if fields:
                found.append(_reference(fields, start, "no_end"))
            fields, start = {}, number
        if tag == "ER":
            if fields:
                found.append(_reference(fields, start))
            fields, last = {}, ""
            continue
        fields.setdefault(tag, []).append(value)
        last = tag
    if fields:
        found.append(_reference(fields, start, "no_end"))
    return found


def _first(fields: dict[str, list[str]], *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if fields.get(tag) and fields[tag][0]), "")


def _reference(fields: dict[str, list[str]], place: int, *more: str) -> Reference:
    faults = list(more)
    title = _first(fields, "TI", "T1", "CT")
    year, bad_year = year_in(_first(fields, "PY", "Y1", "DA"))
    try:
        doi = doi_in(_first(fields, "DO"))
    except BadDoi:
        doi = ""
        faults.append("bad_doi")
    if bad_year:
        faults.append("bad_year")
    if not title:
        faults.append("no_title")
    authors = [name for tag in ("AU", "A1") for name in fields.get(tag, []) if name]
    return Reference(
        title=title,
        kind=KINDS.get(_first(fields, "TY").upper(), "other"),
        authors="; ".join(authors),
        year=year,
        published_in=_first(fields, "JO", "JF", "T2", "BT", "PB"),
        doi=doi,
        url=_first(fields, "UR", "L2"),
        language=_first(fields, "LA"),
        place=place,
        faults=tuple(faults),
    )


def year_in(text: str) -> tuple[int | None, bool]:
    """Return the year a date begins with or names, and whether there is a date without any."""
    match = re.search(r"\d{4}", text)
    if match is None or int(match[0]) < FIRST_YEAR:
        return None, bool(text.strip())
    return int(match[0]), False


def as_ris(references: Iterable[Reference]) -> str:
    """Write references as a RIS file, which every reference manager reads."""
    lines: list[str] = []
    for one in references:
        pairs = [("TY", TYPES.get(one.kind, "GEN")), ("TI", one.title)]
        pairs += [("AU", name.strip()) for name in one.authors.split(";")]
        pairs += [("PY", str(one.year or "")), ("T2", one.published_in), ("DO", one.doi)]
        pairs += [("UR", one.url), ("LA", one.language)]
        lines += [f"{tag}  - {' '.join(value.split())}" for tag, value in pairs if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)
