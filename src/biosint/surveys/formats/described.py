"""Files of answers that bring their own code book: LimeSurvey's archive and SPSS. Read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from biosint.surveys.formats import limesurvey_answers, spss_in
from biosint.surveys.formats.books import Book


def kind_of(start: bytes, file: BinaryIO) -> str:
    """Return the kind of a described file, or an empty word for a plain table."""
    if start.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if start.startswith(b"PK") and limesurvey_answers.is_archive(file):
        return "lsa"
    return ""


def book_of(file: BinaryIO, kind: str) -> Book:
    """Read the code book of a file.

    Raises:
        Broken: the file is not what it says it is.
    """
    file.seek(0)
    return limesurvey_answers.book(file) if kind == "lsa" else spss_in.book(file)


def rows_of(file: BinaryIO, kind: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every answer with its number in the file, as cells in the order of the header."""
    file.seek(0)
    yield from limesurvey_answers.rows(file) if kind == "lsa" else spss_in.rows(file)
