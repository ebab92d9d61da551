"""References to sources: read from RIS and BibTeX, checked in form, written as a list. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from biosint.situation.references._bibtex import from_bibtex
from biosint.situation.references._reference import (
    FIRST_YEAR,
    BadDoi,
    Reference,
    doi_in,
    language_in,
    title_key,
    written,
)
from biosint.situation.references._ris import as_ris, from_ris

__all__ = [
    "FIRST_YEAR",
    "BadDoi",
    "Reference",
    "as_ris",
    "doi_in",
    "from_bibtex",
    "from_ris",
    "language_in",
    "read",
    "title_key",
    "written",
]


LONGEST = {"title": 500, "authors": 1000, "published_in": 300}
LATEST_YEAR = 2200


def read(text: str) -> list[Reference]:
    """Read every reference of a file, RIS or BibTeX; what it is shows in its first sign.

    An empty list means that the text is neither.
    """
    start = text.lstrip("\ufeff \t\r\n")
    # BibTeX allows remarks before the first entry; a RIS record begins with its type.
    found = from_ris(text) if start[:2].upper() == "TY" else from_bibtex(text)
    return [_fitted(one) for one in found]


def _fitted(one: Reference) -> Reference:
    """Return a reference without what no page could show: addresses of other schemes, endless words, far years."""
    faults = list(one.faults)
    cut = {name: getattr(one, name)[:most].strip() for name, most in LONGEST.items()}
    if any(cut[name] != getattr(one, name) for name in LONGEST):
        faults.append("cut")
    url = one.url if re.match(r"https?://[^\s]+$", one.url) and len(one.url) <= 500 else ""
    if one.url and not url:
        faults.append("bad_url")
    doi = one.doi if len(one.doi) <= 200 else ""
    year = one.year if one.year is not None and one.year <= LATEST_YEAR else None
    if one.year != year:
        faults.append("bad_year")
    return replace(
        one, **cut, url=url, doi=doi, year=year, language=language_in(one.language), faults=tuple(faults)
    )
