"""Cells of tables that spreadsheets open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: T) -> T | str:
    """Return a cell so that no spreadsheet takes words that a person typed for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless(-3)
    ("'=1+1", -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a table line by line as UTF-8; spreadsheets take it for that by the mark at its beginning alone."""
    yield "\ufeff".encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([harmless(cell) for cell in row])
        yield line.getvalue().encode()


def workbook(rows: Iterable[Sequence[object]], *, title: str) -> bytes:
    """Return a table as an XLSX file with one sheet; numbers stay numbers, signs that the format forbids are left out."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        cells = [harmless(cell) for cell in row]
        sheet.append(
            [ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in cells]
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
