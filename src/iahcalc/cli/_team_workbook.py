"""Teams as a workbook with sheets to filter and print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from iahcalc.cli._team_account import DAYS, Account, common
from iahcalc.cli._team_files import lines_with_teams
from iahcalc.cli._team_wording import clock, names_of, title_of

Cell = str | int | float | None
_HEADER = PatternFill("solid", fgColor="1F3A5F")
_HEADER_FONT = Font(bold=True, color="FFFFFF")
_TOP = Alignment(vertical="top", wrap_text=True)
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?")
# Openpyxl takes these beginnings for a formula, or for a formula's error.
_NOT_TEXT = ("=", "#")
_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 8, 70
_ROWS_OF_A_SHEET = 1_048_575


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its first row names the columns; ``shares`` are columns of numbers from 0 to 1."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    shares: frozenset[int] = frozenset()
    wrapped: bool = True


def write_workbook(path: Path, account: Account) -> None:
    """Write every sheet.

    Raises:
        OSError: the file cannot be written.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.title = "Teams"
    book.properties.creator = "BIOSINT"
    for sheet in (
        _teams(account),
        _people(account),
        _wishes(account),
        _broken(account),
        _hours(account),
        _about(account),
    ):
        _write(book, sheet)
    with path.open("wb") as file:
        book.save(file)


def _write(book: Any, sheet: Sheet) -> None:
    written = book.create_sheet(sheet.title)
    rows = iter(sheet.rows)
    first = list(islice(rows, _MEASURED_ROWS))
    for column, title in enumerate(sheet.header):
        longest = max([len(title) + 3, *(_width(row[column]) for row in first)])
        written.column_dimensions[get_column_letter(column + 1)].width = min(
            max(longest + 2, _NARROWEST), _WIDEST
        )
    written.freeze_panes = "B2"
    written.page_setup.orientation = "landscape"
    written.page_setup.fitToHeight = 0
    written.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    written.print_title_rows = "1:1"
    written.append([_headed(written, title) for title in sheet.header])
    count = 0
    for count, row in enumerate(islice(chain(first, rows), _ROWS_OF_A_SHEET), start=1):  # noqa: B007 -- the last count is the number of rows
        written.append([_cell(written, sheet, column, value) for column, value in enumerate(row)])
    written.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{count + 1}"


def _headed(written: Any, title: str) -> Any:
    cell = _text(written, title)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER, _TOP
    return cell


def _cell(written: Any, sheet: Sheet, column: int, value: Cell) -> Any:
    if isinstance(value, str):
        if not sheet.wrapped and not value.startswith(_NOT_TEXT) and value.isprintable():
            return value
        cell = _text(written, value)
    elif not sheet.wrapped:
        return value
    else:
        cell = WriteOnlyCell(written, value=value)
        if column in sheet.shares:
            cell.number_format = "0%"
    if sheet.wrapped:
        cell.alignment = _TOP
    return cell


def _text(written: Any, text: str) -> Any:
    """Return a cell that stays text: one that starts with “=” would become a formula."""
    cell = WriteOnlyCell(written, value=_UNWRITABLE.sub(" ", text))
    cell.data_type = "s"
    return cell


def _width(value: Cell) -> int:
    return max((len(line) for line in str(value).splitlines()), default=0) if value is not None else 0


def _teams(account: Account) -> Sheet:
    wishes = [title_of(outcome.wish) for outcome in account.result.wishes]

    def rows() -> Iterator[Sequence[Cell]]:
        for team in account.result.teams:
            yield [
                account.number(team.number),
                len(team.people),
                team.score,
                *(score.score for score in team.wishes),
                names_of(team.people),
                account.hours(team),
                account.facilitator(team),
                "\n".join(reason.english for reason in account.broken(team.number)),
                account.why(team),
            ]

    header = [
        "Team",
        "People",
        "Score",
        *wishes,
        "Members",
        f"Common hours ({account.zone})",
        "Accompanied by",
        "Rules broken",
        "Why",
    ]
    return Sheet(title="Teams", header=header, rows=rows(), shares=frozenset(range(2, 3 + len(wishes))))


def _people(account: Account) -> Sheet:
    lines = lines_with_teams(account)
    header = [str(title) for title in next(lines)]
    # Numbers as numbers, so that they sort as such; “007” is a name.
    titles = [title for title in account.table.columns if title in header]
    numeric = {column for column, title in enumerate(titles) if _are_numbers(account.table.columns[title])}

    def rows() -> Iterator[Sequence[Cell]]:
        for line in lines:
            yield [
                (float(cell) if "." in cell else int(cell))
                if column in numeric and isinstance(cell, str) and cell.strip()
                else cell
                for column, cell in enumerate(line)
            ]

    return Sheet(title="People", header=header, rows=rows(), wrapped=False)


def _are_numbers(cells: Sequence[str]) -> bool:
    filled = {cell.strip() for cell in cells if cell.strip()}
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def _wishes(account: Account) -> Sheet:
    rows = [
        (title_of(outcome.wish), outcome.wish.weight, outcome.mean, outcome.worst, outcome.bound)
        for outcome in account.result.wishes
    ]
    header = ["Wish", "Weight", "Mean of all teams", "Worst team", "Proved bound of the mean"]
    return Sheet(title="Wishes", header=header, rows=rows, shares=frozenset({2, 3, 4}))


def _broken(account: Account) -> Sheet:
    rows: list[Sequence[Cell]] = [
        (number or "several", reason.english, ", ".join(reason.people))
        for number, reason in account.told_everywhere()
    ]
    if account.untold_in_words:
        rows.append(("", account.untold_in_words, ""))
    rows += [
        (
            f"conflict ({conflict.scope or 'by trial'})",
            conflict.english,
            ", ".join(conflict.people),
        )
        for conflict in account.told_conflicts
    ]
    return Sheet(
        title="Rules broken",
        header=["Team", "What does not hold", "People concerned"],
        rows=rows or [("", "All rules hold.", "")],
    )


def _hours(account: Account) -> Sheet:
    def rows() -> Iterator[Sequence[Cell]]:
        for team in account.result.teams:
            slots = common(team)
            days = account.days(slots or ())
            yield [
                account.number(team.number),
                None if slots is None else len(slots) / 4,
                *(", ".join(f"{clock(start)}-{clock(end)}" for start, end in day) for day in days),
                names_of(person for person in team.people if person.free is None),
            ]

    header = [
        "Team",
        "Common hours a week",
        *(f"{day} ({account.zone})" for day in DAYS),
        "Hours not known of",
    ]
    return Sheet(title="Hours", header=header, rows=rows())


def _about(account: Account) -> Sheet:
    rows = [
        *account.facts(),
        ("Method", account.method),
        *((answer.question, answer.answer) for answer in account.answers),
    ]
    return Sheet(title="About", header=["What", ""], rows=[*(("", line) for line in account.heading), *rows])
