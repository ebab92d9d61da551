from __future__ import annotations

import re
import unicodedata

from biosint.situation.references._reference import BadDoi, Reference, doi_in
from biosint.situation.references._ris import year_in

ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
KINDS = {
    "article": "article",
    "inproceedings": "article",
    "conference": "article",
    "techreport": "report",
    "report": "report",
    "phdthesis": "report",
    "mastersthesis": "report",
    "online": "web",
    "electronic": "web",
    "www": "web",
    "legislation": "law",
    "book": "book",
    "inbook": "book",
    "incollection": "book",
}
ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "v": "\u030c",
    "c": "\u0327",
    "u": "\u0306",
    "H": "\u030b",
    "r": "\u030a",
    "k": "\u0328",
}
LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "l": "ł", "L": "Ł", "dj": "đ", "DJ": "Đ"}
ACCENT = re.compile(r"""\\(['`"^~=.]|[vcuHrk](?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))""")
LETTER = re.compile(r"\\(ss|ae|AE|dj|DJ|o|O|l|L)(?![A-Za-z])\s?")

# A file in which so many entries never close is no BibTeX; to look for each end through all of it would take hours.
MOST_BROKEN = 50
# Signs. No title or list of authors is longer; short words made of short words could grow without end.
LONGEST_VALUE = 20_000


def from_bibtex(text: str) -> list[Reference]:
    """Read the entries of a BibTeX or BibLaTeX file, with its short words (``@string``) put in."""
    found: list[Reference] = []
    words: dict[str, str] = {}
    at = broken = 0
    while match := ENTRY.search(text, at):
        kind = match[1].lower()
        place = text.count("\n", 0, match.start()) + 1
        body, at = _body(text, match.end(), match[2])
        if body is None:
            broken += 1
            if broken > MOST_BROKEN:
                break
        if kind in {"comment", "preamble"}:
            continue
        if kind == "string":
            words.update(_fields(body, words))
            continue
        _key, _comma, rest = (body or "").partition(",")
        more = () if body is not None else ("no_end",)
        found.append(_reference(kind, _fields(rest, words), place, more))
    return found


def _body(text: str, start: int, opening: str) -> tuple[str | None, int]:
    """Return what stands between the brackets of an entry, and where to read on; None where they never close."""
    closing = {"{": "}", "(": ")"}[opening]
    depth = 0
    for place in range(start, len(text)):
        sign = text[place]
        if depth == 0 and sign == closing:
            return text[start:place], place + 1
        if sign == "{" and text[place - 1] != "\\":
            depth += 1
        elif sign == "}" and text[place - 1] != "\\":
            depth -= 1
    # The rest may still hold whole entries: go on right behind the broken one's head.
    return None, start


def _fields(body: str | None, words: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest, at = body or "", 0
    while match := FIELD.match(rest, at):
        value, at = _value(rest, match.end(), words)
        found.setdefault(match[1].lower(), value)
        comma = rest.find(",", at)
        if comma < 0:
            break
        at = comma + 1
    return found


def _value(text: str, at: int, words: dict[str, str]) -> tuple[str, int]:
    """Read one value: pieces in braces, in quotation marks or as bare words, joined by ``#``."""
    made = ""
    while at < len(text):
        if text[at] == "{":
            inside, at = _body(text, at + 1, "{")
            if inside is None:
                return made, len(text)
            piece = inside
        elif text[at] == '"':
            end = _closing_quote(text, at + 1)
            piece = text[at + 1 : end]
            at = end + 1
        else:
            word = re.compile(r"[^\s,#]*").match(text, at)
            bare = word[0] if word else ""
            piece = words.get(bare.lower(), bare)
            at += len(bare)
        if len(made) < LONGEST_VALUE:
            made = (made + piece)[:LONGEST_VALUE]
        joined = re.compile(r"\s*#\s*").match(text, at)
        if joined is None:
            break
        at = joined.end()
    return made, at


def _closing_quote(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        if text[place] == '"' and depth == 0:
            return place
        depth += {"{": 1, "}": -1}.get(text[place], 0)
    return len(text)


def _plain(value: str) -> str:
    """Return a value as people read it: accents as letters, braces and line breaks gone."""

    def accented(match: re.Match[str]) -> str:
        letter = (match[2] or match[3]).lstrip("\\")
        return unicodedata.normalize("NFC", letter + ACCENTS[match[1]])

    plain = LETTER.sub(lambda match: LETTERS[match[1]], ACCENT.sub(accented, value))
    plain = re.sub(r"\\([&%$#_{}])", r"\1", plain)
    plain = re.sub(r"\\(?:emph|textit|textbf|url|href)\b", "", plain)
    return " ".join(plain.replace("{", "").replace("}", "").replace("~", " ").replace("--", "–").split())


def _author(name: str) -> str:
    if name.startswith("{") and name.endswith("}"):
        # An office or council, kept whole by its braces.
        return _plain(name)
    # Words in braces belong together, and a small particle (“van”, “de”) begins the surname.
    parts = [_plain(part) for part in re.findall(r"(?:\\.|\{[^{}]*\}|[^\s{}])+", name)]
    if "," in name or len(parts) < 2:
        return _plain(name)
    start = next(
        (place for place, part in enumerate(parts[:-1]) if place and part[:1].islower()), len(parts) - 1
    )
    return f"{' '.join(parts[start:])}, {' '.join(parts[:start])}"


def _reference(kind: str, fields: dict[str, str], place: int, more: tuple[str, ...]) -> Reference:
    faults = list(more)
    title = _plain(fields.get("title", ""))
    if fields.get("subtitle"):
        title = f"{title}: {_plain(fields['subtitle'])}"
    year, bad_year = year_in(_plain(fields.get("year", "") or fields.get("date", "")))
    try:
        doi = doi_in(_plain(fields.get("doi", "")))
    except BadDoi:
        doi = ""
        faults.append("bad_doi")
    if bad_year:
        faults.append("bad_year")
    if not title:
        faults.append("no_title")
    names = " ".join((fields.get("author", "") or fields.get("editor", "")).split()).split(" and ")
    where = ("journal", "journaltitle", "booktitle", "institution", "school", "publisher", "organization")
    return Reference(
        title=title,
        kind=KINDS.get(kind, "web" if kind == "misc" and fields.get("url") else "other"),
        authors="; ".join(_author(name.strip()) for name in names if name.strip() not in {"", "others"}),
        year=year,
        published_in=next((_plain(fields[name]) for name in where if fields.get(name)), ""),
        doi=doi,
        url=_plain(fields.get("url", "")),
        language=_plain(fields.get("langid", "") or fields.get("language", "")),
        place=place,
        faults=tuple(faults),
    )
