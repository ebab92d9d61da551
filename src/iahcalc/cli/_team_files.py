"""The table of people again, with a column of teams."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from iahcalc.cli.tables import Table, Unreadable


def write_table(path: Path, table: Table, teams: Sequence[int]) -> None:
    """Write the table as it was read, with the team number as a last column; an older “team” gives way.

    Raises:
        Unreadable: the file cannot be written.
    """
    kept = {title: cells for title, cells in table.columns.items() if title.casefold() != "team"}
    lines: list[list[str | int]] = [[*kept, "team"]]
    lines += [[*cells, number] for *cells, number in zip(*kept.values(), teams, strict=True)]
    try:
        if path.suffix.lower() == ".xlsx":
            _write_sheet(path, lines)
        else:
            # With a byte order mark: spreadsheets take the letters of the Balkans for others without it.
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([_harmless(cell) for cell in line] for line in lines)
    except OSError as fault:
        raise Unreadable(f"{path} cannot be written: {fault.strerror}.") from fault


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
