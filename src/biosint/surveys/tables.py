"""Reads tables of answers out of CSV, TSV and XLSX files, row by row. No database, no request."""

from __future__ import annotations

import codecs
import csv
import io
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault
from biosint.surveys.formats import described
from biosint.surveys.formats.xml import Broken

MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_NOTES = 100
# No spreadsheet program writes more; up to a row that claims a higher number, empty rows would be read for ever.
LAST_ROW_OF_A_SHEET = 1_048_576
SAMPLE_BYTES = 64 * 1024
SAMPLE_ROWS = 200
LONGEST_NAME = 60

DELIMITERS = (",", ";", "\t", "|")
# Offered when the words look wrong: what spreadsheets of the region save.
ENCODINGS = ("utf-8-sig", "cp1250", "cp1251", "cp1252", "iso8859-2", "iso8859-5", "utf-16")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What some spreadsheets write above the header to name their delimiter.
_SEPARATOR_LINE = "sep="
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")


class Unreadable(Fault):
    """The file cannot be read as a table."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read: found out from its beginning, or chosen by a person."""

    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    # The text is not UTF-8, so the encoding is a guess that a person should look at.
    is_guess: bool = False
    # A file that brings its own code book (``formats.described``), and what to know about it.
    kind: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_workbook(self) -> bool:
        return bool(self.sheets)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def layout_from_json(raw: dict[str, Any]) -> Layout:
    """Read what ``Layout.as_json`` wrote."""
    lists = {name: tuple(raw.get(name) or ()) for name in ("sheets", "header", "notes")}
    return Layout(**{**raw, **lists})


def look_at(file: BinaryIO, *, encoding: str = "", sheet: str = "") -> Layout:
    """Find out how a file is to be read.

    Args:
        encoding: chosen by a person; empty to find out.
        sheet: of a workbook; empty for the first.

    Raises:
        Unreadable: it is no table; the sentence says what to do.
    """
    file.seek(0)
    start = file.read(SAMPLE_BYTES)
    if not start.strip():
        raise Unreadable(_("The file is empty. Choose the file with the answers."))
    if start.startswith(_OLD_OFFICE):
        raise Unreadable(
            _("This is an old or locked office file. Save it as XLSX or CSV without a password.")
        )
    if kind := described.kind_of(start, file):
        return _look_at_described(file, kind)
    if start.startswith(b"PK"):
        return _look_at_workbook(file, sheet)
    found, is_guess = (encoding, False) if encoding in ENCODINGS else _encoding_of(file, start)
    try:
        sample = codecs.getincrementaldecoder(found)().decode(start)
    except UnicodeError:
        raise Unreadable(
            _("The file cannot be read as %(encoding)s. Choose another way of reading the letters.")
            % {"encoding": found}
        ) from None
    delimiter = _delimiter_of(sample, is_cut=len(start) == SAMPLE_BYTES)
    layout = Layout(found, delimiter, "", (), (), is_guess)
    return _with_header(file, layout)


def _look_at_described(file: BinaryIO, kind: str) -> Layout:
    try:
        book = described.book_of(file, kind)
    except Broken as fault:
        raise Unreadable(str(fault)) from None
    if not book.columns:
        raise Unreadable(_("The file holds no question that could be read."))
    return Layout("", "", "", (), book.header, kind=kind, notes=book.notes[:MOST_NOTES])


def _look_at_workbook(file: BinaryIO, sheet: str) -> Layout:
    workbook = _open_workbook(file)
    try:
        sheets = tuple(worksheet.title for worksheet in workbook.worksheets)
    finally:
        workbook.close()
    if not sheets:
        raise Unreadable(_("The workbook has no sheet with cells."))
    return _with_header(file, Layout("", "", sheet if sheet in sheets else sheets[0], sheets, ()))


def _with_header(file: BinaryIO, layout: Layout) -> Layout:
    lines = _lines(file, layout)
    _number, head = next(lines, (1, []))
    while head and not head[-1].strip():
        head.pop()
    if not head:
        raise Unreadable(_("The first row is empty. It should name the columns."))
    if len(head) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if len(head) == 1 and len(head[0]) > LONGEST_NAME:
        raise Unreadable(
            _("This is not a table: the first row names no columns. Save the answers as CSV or XLSX.")
        )
    names: list[str] = []
    for place, cell in enumerate(head, 1):
        name = " ".join(cell.replace("\x00", "").split())[:LONGEST_NAME] or f"column {place}"
        twin = 2
        unique = name
        while unique in names:
            unique, twin = f"{name} ({twin})", twin + 1
        names.append(unique)
    _refuse_prose(lines, len(names))
    return Layout(
        layout.encoding, layout.delimiter, layout.sheet, layout.sheets, tuple(names), layout.is_guess
    )


def _refuse_prose(lines: Iterator[tuple[int, list[str]]], width: int) -> None:
    """Text with commas is no table: its rows have any number of cells."""
    sample = [cells for _place, (_number, cells) in zip(range(SAMPLE_ROWS), lines, strict=False)]
    filled = [cells for cells in sample if any(cell.strip() for cell in cells)]
    if not filled:
        raise Unreadable(_("The file names columns, but has no answers below them."))
    odd = sum(len(cells) != width and any(cell.strip() for cell in cells[width:] or [""]) for cells in filled)
    short = sum(len(cells) < width for cells in filled)
    if odd + short > len(filled) / 2 and width > 1 and odd + short > 1:
        raise Unreadable(_("This is not a table: most rows have another number of cells than the first row."))


def rows_of(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield every row below the header that has content, with the number a spreadsheet shows.

    A row longer than the header keeps its extra cells, so that the caller can report it.

    Raises:
        Unreadable: the file breaks off, or holds more rows than can be taken.
    """
    width = len(layout.header)
    taken = 0
    for number, cells in _answers(file, layout):
        if not any(cell.strip() for cell in cells):
            continue
        taken += 1
        if taken > MOST_ROWS:
            raise Unreadable(
                _("The file has more than %(most)s rows. Import it in parts.") % {"most": MOST_ROWS}
            )
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        yield number, cells + [""] * (width - len(cells))


def _answers(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    if layout.kind:
        try:
            yield from described.rows_of(file, layout.kind)
        except Broken as fault:
            raise Unreadable(str(fault)) from None
        return
    lines = _lines(file, layout)
    next(lines, None)
    yield from lines


def _lines(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    return _sheet_lines(file, layout.sheet) if layout.is_workbook else _text_lines(file, layout)


def _text_lines(file: BinaryIO, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=layout.encoding, newline="")
    try:
        # Strict: an open quotation mark would otherwise swallow the rest of the file as one answer.
        reader = csv.reader(_without_zero_bytes(text), delimiter=layout.delimiter, strict=True)
        for number, cells in enumerate(reader, 1):
            if number > 1 or not cells or not cells[0].startswith(_SEPARATOR_LINE):
                yield number, cells
    except csv.Error:
        raise Unreadable(
            _("The table breaks near line %(line)s. Look at its quotation marks.") % {"line": reader.line_num}
        ) from None
    except UnicodeError:
        raise Unreadable(
            _(
                "Near line %(line)s stands a letter that is not %(encoding)s. Choose another way of reading the letters."
            )
            % {"line": reader.line_num + 1, "encoding": layout.encoding}
        ) from None
    finally:
        # The wrapper must not close a file that is not its own; an error may have closed it already.
        if not file.closed:
            text.detach()


def _without_zero_bytes(text: io.TextIOWrapper) -> Iterator[str]:
    for line in text:
        yield line.replace("\x00", "") if "\x00" in line else line


def _sheet_lines(file: BinaryIO, sheet: str) -> Iterator[tuple[int, list[str]]]:
    workbook = _open_workbook(file)
    try:
        worksheet = workbook[sheet]
        # The size written into a workbook is often wrong; without it the rows themselves are counted.
        worksheet.reset_dimensions()
        rows = islice(worksheet.iter_rows(values_only=True), LAST_ROW_OF_A_SHEET)
        for number, cells in enumerate(rows, 1):
            yield number, [_cell_text(cell) for cell in cells]
    except Exception:  # noqa: BLE001 -- a sheet is read row by row, and a broken one can raise anything
        raise _cannot_be_opened() from None
    finally:
        workbook.close()


def _cannot_be_opened() -> Unreadable:
    return Unreadable(_("This workbook cannot be opened. Open it in its program and save it as XLSX or CSV."))


def _open_workbook(file: BinaryIO) -> Any:
    import openpyxl

    file.seek(0)
    with warnings.catch_warnings():
        # openpyxl warns about decoration it does not keep; the answers are not touched by that.
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception:  # noqa: BLE001 -- a broken workbook can raise anything, down to the XML parser
            raise _cannot_be_opened() from None


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(timespec="minutes")
        )
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _encoding_of(file: BinaryIO, start: bytes) -> tuple[str, bool]:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding, False
    if b"\x00" in start:
        raise Unreadable(_("This is not a table of text. Save the answers as CSV or XLSX."))
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _code_page_of(file), True
    return "utf-8-sig", False


def _code_page_of(file: BinaryIO) -> str:
    """Guess the one-byte code page: in Cyrillic text most letters are high bytes, in Latin text few."""
    file.seek(0)
    content = file.read(1 << 20)
    high = sum(byte >= 0x80 for byte in content)
    low = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in content)
    return "cp1251" if high > low * 0.5 else "cp1250"


def _delimiter_of(sample: str, *, is_cut: bool) -> str:
    """The delimiter that cuts the first rows into the most, and equally many, cells."""
    lines = [line for line in sample.splitlines(keepends=True)[:60] if not line.startswith(_SEPARATOR_LINE)]
    if is_cut and len(lines) > 2:
        lines = lines[:-1]

    def worth(delimiter: str) -> float:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return 0.0
        if not widths or widths[0] == 1:
            return 0.0
        return widths[0] * widths.count(widths[0]) / len(widths)

    return max(DELIMITERS, key=worth)
