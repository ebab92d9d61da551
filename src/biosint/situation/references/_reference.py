from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from biosint.shared.script import in_latin

FIRST_YEAR = 1450
# A registrant of digits, a slash, and anything printable: the form that the DOI handbook lays down.
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}]+")
KEY_LETTERS = 200


class BadDoi(ValueError):
    """A text that is no DOI in form."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One source as a file names it. ``faults`` are codes of what is missing or wrong in form."""

    title: str
    kind: str = "other"
    authors: str = ""  # “Surname, Given; Surname, Given”
    year: int | None = None
    published_in: str = ""
    doi: str = ""
    url: str = ""
    language: str = ""
    place: int = 0  # line of the file, counted from 1
    faults: tuple[str, ...] = ()


def doi_in(text: str) -> str:
    """Return a DOI in its plain form, lower case; nothing for an empty text.

    Raises:
        BadDoi: the text is not empty and holds none.

    >>> doi_in("https://doi.org/10.1007/BF02310555")
    '10.1007/bf02310555'
    """
    given = text.strip()
    if not given:
        return ""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", given, flags=re.IGNORECASE)
    if not DOI.fullmatch(bare):
        raise BadDoi(given)
    return bare.rstrip(".,;").lower()


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The code of each language by its English name."""
    return {str(name).casefold(): code for code, name in Locale("en").languages.items()}


def language_in(text: str) -> str:
    """Return the code of the language that a file names by code or English name; nothing where it is unknown.

    >>> language_in("English"), language_in("sr-Latn"), language_in("??")
    ('en', 'sr', '')
    """
    word = text.strip().casefold()
    code = re.split(r"[-_]", word)[0]
    if code in _languages().values() and len(code) <= 3:
        return code
    return _languages().get(word, "")


def title_key(title: str) -> str:
    """Return what two writings of one title share: letters and digits alone, in Latin script, without accents."""
    plain = unicodedata.normalize("NFKD", in_latin(title).casefold())
    return re.sub(r"[^0-9a-z\u0370-\uffff]+", "", "".join(c for c in plain if not unicodedata.combining(c)))[
        :KEY_LETTERS
    ]


def _initials(author: str) -> str:
    surname, comma, given = author.partition(",")
    if not comma:
        return author.strip()
    letters = " ".join(f"{name[0]}." for name in re.split(r"[\s-]+", given.strip()) if name[:1].isalpha())
    return f"{surname.strip()} {letters}".strip()


def written(reference: Reference) -> str:
    """Return the reference as one line of a list: who, when, what, where, address."""
    authors = [_initials(author) for author in reference.authors.split(";") if author.strip()]
    who = ", ".join(authors)
    parts = [f"{who} ({reference.year})" if reference.year and who else who or str(reference.year or "")]
    parts += [reference.title, reference.published_in]
    parts.append(f"https://doi.org/{reference.doi}" if reference.doi else reference.url)
    sentences = [part.strip().rstrip(".") for part in parts if part and part.strip()]
    return ". ".join(sentences) + ("" if reference.doi or reference.url else ".")
