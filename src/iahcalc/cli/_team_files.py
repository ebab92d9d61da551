"""A table of people from CSV or XLSX, and the same table with a column of teams."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from iahcalc.cli._faults import Unusable

Rows = list[tuple[int, list[str]]]
DELIMITERS = (",", ";", "\t")


def read_table(path: Path) -> tuple[list[str], Rows]:
    """Return the header and the filled rows, each with its number in the file (the header is row 1).

    Raises:
        Unusable: the file is not there, empty, or not what its name says.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Unusable(f"{path} cannot be read: {fault.strerror}.") from fault
    if path.suffix.lower() == ".xlsx":
        lines = _sheet(content, path)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        lines = _csv(content, path)
    else:
        raise Unusable(f"{path} is neither a .csv nor an .xlsx file.")
    filled = [
        (number, cells) for number, cells in enumerate(lines, start=1) if any(cell.strip() for cell in cells)
    ]
    if not filled:
        raise Unusable(f"{path} is empty.")
    (_, header), *rows = filled
    for number, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise Unusable(f"Row {number} of {path} has more cells than the header.")
    return header, [(number, [*cells, *[""] * len(header)][: len(header)]) for number, cells in rows]


def write_table(path: Path, header: Sequence[str], rows: Rows, teams: Sequence[int]) -> None:
    """Write the table as it was read, with the team number as a last column.

    Raises:
        Unusable: the file cannot be written.
    """
    lines: list[list[str | int]] = [[*header, "team"]]
    lines += [[*cells, number] for (_, cells), number in zip(rows, teams, strict=True)]
    try:
        if path.suffix.lower() == ".xlsx":
            _write_sheet(path, lines)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([_harmless(cell) for cell in line] for line in lines)
    except OSError as fault:
        raise Unusable(f"{path} cannot be written: {fault.strerror}.") from fault


def _csv(content: bytes, path: Path) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unusable(f"{path} is not in UTF-8; save it again as “CSV UTF-8”.") from fault
    if "\0" in text:
        raise Unusable(f"{path} is not a text file; save it again as “CSV UTF-8”.")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        raise Unusable(f"{path} is not a CSV file: {fault}.") from fault


def _sheet(content: bytes, path: Path) -> list[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [[_cell(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as fault:
        raise Unusable(f"{path} is not an XLSX file.") from fault


def _cell(value: object) -> str:
    if value is None:
        return ""
    # Spreadsheets keep whole numbers as 3.0; keys and levels should read 3.
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _write_sheet(path: Path, lines: Iterable[Sequence[str | int]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Teams")
    for line in lines:
        sheet.append([_text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in line])
    book.save(path)


def _text_cell(sheet: object, text: str) -> object:
    """Return a cell that stays text: one that starts with “=” would become a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _harmless(cell: str | int) -> str | int:
    """Put an apostrophe before what a spreadsheet would run as a formula; numbers stay as they are."""
    if isinstance(cell, str) and cell[:1] in {"=", "@", "+", "-", "\t", "\r"}:
        digits = cell[1:].replace(" ", "").replace(".", "").replace(",", "")
        if cell[0] in "=@\t\r" or (digits and not digits.isdigit()):
            return f"'{cell}"
    return cell
