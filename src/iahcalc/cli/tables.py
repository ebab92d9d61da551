"""Tables of answers read from CSV, TSV and XLSX files, with sentences for everything that can be wrong."""

from __future__ import annotations

import codecs
import csv
import difflib
import math
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

__all__ = ["MOST_ROWS", "Table", "Unreadable", "read_table", "shortened"]

MOST_ROWS = 2_000_000
# What stands for "no answer". Anything else is an answer.
_MISSING = frozenset({"", "NA"})
_DELIMITERS = (",", ";", "\t")
_SNIFFED_BYTES = 65_536
_LISTED_COLUMNS = 40
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")


class Unreadable(Exception):
    """The file or the question put to it cannot be used; the message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Table:
    """The wanted columns of a file, as text. ``row_numbers`` are the rows a spreadsheet shows (header: 1)."""

    columns: dict[str, list[str]]
    row_numbers: list[int]
    decimal_comma: bool

    def labels(self, column: str) -> list[str]:
        """The answers as words; ``""`` where one is missing."""
        cleaned = {cell: _clean(cell) for cell in set(self.columns[column])}
        return [cleaned[cell] for cell in self.columns[column]]

    def numbers(self, column: str, *, points: tuple[float, float] | None = None) -> npt.NDArray[np.float64]:
        """The answers as numbers, ``nan`` where one is missing.

        Raises:
            Unreadable: an answer is no number, or outside ``points`` (smallest, largest); the row is named.
        """
        import numpy as np

        cells = self.columns[column]
        # A questionnaire repeats few answers, so each spelling is read once, in order: the first fault is reported.
        known = {cell: self._number(cell) for cell in dict.fromkeys(cells)}
        for cell, number in known.items():
            if number is None:
                raise Unreadable(
                    f"Row {self._row_of(column, cell)}: “{shortened(cell)}” in column “{column}” is not a number."
                )
        if points is not None:
            low, high = points
            for cell, number in known.items():
                if number is not None and not math.isnan(number) and not low <= number <= high:
                    raise Unreadable(
                        f"Row {self._row_of(column, cell)}: {shortened(cell)} in column “{column}” is outside {low:g} to {high:g}."
                    )
        return np.array([known[cell] for cell in cells], dtype=np.float64)

    def _row_of(self, column: str, cell: str) -> int:
        return self.row_numbers[self.columns[column].index(cell)]

    def _number(self, cell: str) -> float | None:
        text = _clean(cell)
        if text == "":
            return math.nan
        if self.decimal_comma and text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            return None
        # Python also takes "1_000", "nan" and "inf" for numbers; a person who typed them meant something else.
        return number if math.isfinite(number) and "_" not in text else None


def read_table(
    path: Path, *, wanted: Sequence[str] | None, encoding: str | None = None, sheet: str | None = None
) -> Table:
    """Read the wanted columns of a file.

    Args:
        path: a CSV or TSV file (comma, semicolon or tab, found out from its beginning) or an XLSX workbook,
            told apart by content, not by name. The first row names the columns.
        wanted: names of the columns to keep; ``None`` keeps all that have a name.
        encoding: of a text file; UTF-8 by default. A byte order mark (UTF-8, UTF-16) is always obeyed.
        sheet: of a workbook; the first by default.

    Returns:
        Rows without any content are left out.

    Raises:
        Unreadable: with a sentence that says what is wrong and where.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED_BYTES)
        if start.startswith(b"PK") and zipfile.is_zipfile(path):
            return _collect(_workbook_rows(path, sheet), path=path, wanted=wanted, decimal_comma=False)
        return _read_text(path, start, wanted=wanted, encoding=encoding)
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise Unreadable(f"{path} is a folder, not a file.") from None
    except OSError as fault:
        raise Unreadable(f"{path} cannot be read: {fault.strerror or fault}.") from None


def _read_text(path: Path, start: bytes, *, wanted: Sequence[str] | None, encoding: str | None) -> Table:
    encoding = _encoding_of(path, start, encoding)
    try:
        # A sample cut inside a character must not count as broken.
        beginning = codecs.getincrementaldecoder(encoding)().decode(start)
        delimiter = _delimiter_of(beginning)
        with path.open(encoding=encoding, newline="") as file:
            return _collect(
                _text_rows(file, delimiter, path), path=path, wanted=wanted, decimal_comma=delimiter != ","
            )
    except UnicodeError:
        raise Unreadable(_undecodable(path, encoding)) from None


def _encoding_of(path: Path, start: bytes, encoding: str | None) -> str:
    # The mark of UTF-32 begins like that of UTF-16.
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(_OLD_OFFICE):
        raise Unreadable(f"{path} is an old or password-protected office file; save it as XLSX or CSV.")
    if start.startswith(codecs.BOM_UTF8) or encoding is None:
        if b"\0" in start:
            raise Unreadable(f"{path} is not a table of text; save the answers as CSV or XLSX.")
        return "utf-8-sig"
    try:
        codecs.lookup(encoding)
        "".encode(encoding)
    except LookupError:
        raise Unreadable(
            f"There is no text encoding named “{encoding}”; try utf-8, cp1250 or cp1251."
        ) from None
    return encoding


def _undecodable(path: Path, encoding: str) -> str:
    """Say where the first byte stands that the encoding cannot read."""
    content = path.read_bytes()
    try:
        content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].decode(encoding, errors="replace").count("\n") + 1
        where = f"line {line} holds the byte 0x{content[fault.start]:02X}, which is not {encoding.removesuffix('-sig').upper()}"
    except UnicodeError as fault:
        where = str(fault)
    else:
        where = f"it is not {encoding}"
    return f"{path} cannot be read: {where}; if an older program saved it, try --encoding cp1250."


def _delimiter_of(beginning: str) -> str:
    """The delimiter that cuts the first rows into the most, and equally many, cells."""
    lines = beginning.splitlines(keepends=True)[:50]
    if len(beginning) >= _SNIFFED_BYTES // 4 and len(lines) > 2:
        # The last line of a long sample may be cut.
        lines = lines[:-1]

    def worth(delimiter: str) -> float:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        if not widths:
            return 0.0
        return widths[0] * widths.count(widths[0]) / len(widths)

    try:
        return max(_DELIMITERS, key=worth)
    except csv.Error:
        return ","


def _text_rows(file: Iterable[str], delimiter: str, path: Path) -> Iterator[list[str]]:
    # Strict: an open quotation mark would otherwise swallow the rest of the file as one answer.
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    width = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise Unreadable(
                f"{path} is not a well-formed table near line {reader.line_num}: check its quotation marks ({fault})."
            ) from None
        if row is None:
            return
        width = width or len(row)
        if row and len(row) != width and any(cell.strip() for cell in row):
            raise Unreadable(
                f"{path} is not a table: the number of cells changes from {width} to {len(row)} in line {reader.line_num}."
            )
        yield row


def _workbook_rows(path: Path, sheet: str | None) -> Iterator[list[str]]:
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns about decoration it does not keep; the answers are not touched by that.
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except Exception:  # noqa: BLE001 -- a broken workbook can raise anything, down to the XML parser
            raise Unreadable(
                f"{path} is a zip file, but not an XLSX workbook; save it as XLSX or CSV."
            ) from None
        try:
            names = [worksheet.title for worksheet in workbook.worksheets]
            if not names:
                raise Unreadable(f"{path} has no sheet with cells.")
            if sheet is not None and sheet not in names:
                raise Unreadable(f"{path} has no sheet “{sheet}”; its sheets are {', '.join(names)}.")
            worksheet = workbook[sheet if sheet is not None else names[0]]
            # The size written into a workbook is often wrong; without it the rows themselves are counted.
            worksheet.reset_dimensions()
            width = 0
            for cells in worksheet.iter_rows(values_only=True):
                row = [_cell_text(cell) for cell in cells]
                width = width or len(row)
                # Trailing empty cells are not stored.
                yield row + [""] * (width - len(row))
        finally:
            workbook.close()


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _collect(
    rows: Iterator[list[str]], *, path: Path, wanted: Sequence[str] | None, decimal_comma: bool
) -> Table:
    header = [name.strip() for name in next(rows, [])]
    if not any(header):
        raise Unreadable(f"{path} has no header: its first row should name the columns.")
    wanted = [name for name in header if name] if wanted is None else wanted
    places = [_place(name, header, path) for name in wanted]
    kept: list[list[str]] = [[] for _ in places]
    row_numbers: list[int] = []
    for number, row in enumerate(rows, start=2):
        if not any(row) or not any(cell.strip() for cell in row):
            continue
        if len(row_numbers) == MOST_ROWS:
            raise Unreadable(f"{path} has more than {MOST_ROWS:,} rows of answers; analyse it in parts.")
        row_numbers.append(number)
        for column, place in zip(kept, places, strict=True):
            column.append(row[place])
    if not row_numbers:
        raise Unreadable(f"{path} names columns, but has no answers below them.")
    return Table(
        columns=dict(zip(wanted, kept, strict=True)), row_numbers=row_numbers, decimal_comma=decimal_comma
    )


def _place(name: str, header: Sequence[str], path: Path) -> int:
    if header.count(name) > 1:
        raise Unreadable(f"{path} has more than one column named “{name}”; rename one of them.")
    if name in header:
        return header.index(name)
    by_folded = {column.casefold(): column for column in reversed(header) if column}
    near = difflib.get_close_matches(name.casefold(), by_folded, n=1)
    closest = f" Did you mean “{by_folded[near[0]]}”?" if near else ""
    listed = [shortened(column) for column in header if column]
    more = f" and {len(listed) - _LISTED_COLUMNS} more" if len(listed) > _LISTED_COLUMNS else ""
    columns = ", ".join(listed[:_LISTED_COLUMNS]) + more
    raise Unreadable(f"{path} has no column “{name}”.{closest} Its columns are: {columns}.")


def _clean(cell: str) -> str:
    text = cell.strip()
    return "" if text in _MISSING else text


def shortened(text: str) -> str:
    """Return what a sentence can quote of a cell."""
    return text if len(text) <= 60 else text[:59] + "…"
