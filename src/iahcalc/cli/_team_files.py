"""Files with teams: which kinds there are, and that none is left half written."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from iahcalc.cli._team_account import Account
from iahcalc.cli.tables import Unreadable

_FORMULA = frozenset("=@+-\t\r＝＠＋－")
_NUMBER_SIGNS = frozenset("+-")


def checked(outs: Sequence[Path], reports: Sequence[Path], *, kept: Sequence[Path]) -> None:
    """Accept the names of files to be written, so that no search runs in vain.

    Args:
        outs, reports: names of files.
        kept: files that must not be replaced.

    Raises:
        Unreadable: an ending that means nothing, a folder that is not there, a file that was read.
    """
    for paths, noun, endings in (
        (outs, "output file", (".csv", ".xlsx", ".json")),
        (reports, "report", (".html", ".md")),
    ):
        for path in paths:
            if path.suffix.lower() not in endings:
                listed = " or ".join([", ".join(endings[:-1]), endings[-1]])
                raise Unreadable(f"The name of the {noun} must end in {listed}: {path}.")
    for path in chain(outs, reports):
        if not path.parent.is_dir():
            raise Unreadable(f"{path} cannot be written: there is no folder {path.parent}.")
        if path.is_dir():
            raise Unreadable(f"{path} cannot be written: it is a folder.")
        if any(path.resolve() == other.resolve() for other in kept):
            raise Unreadable(f"{path} cannot be written: it is what was read; choose another name.")


def write_all(paths: Sequence[Path], account: Account) -> None:
    """Write each file in the form its ending names.

    Raises:
        Unreadable: a file cannot be written.
    """
    for path in paths:
        try:
            _write(path, account)
        except OSError as fault:
            raise Unreadable(f"{path} cannot be written: {fault.strerror}.") from fault


def _write(path: Path, account: Account) -> None:
    """Write beside the file and put it in place when it is whole."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        _writer(path)(beside, account)
        # A temporary file is readable by its owner alone; the result has the rights any new file has.
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _writer(path: Path) -> Callable[[Path, Account], None]:
    # Each form is imported only when it is written.
    match path.suffix.lower():
        case ".xlsx":
            from iahcalc.cli._team_workbook import write_workbook

            return write_workbook
        case ".html":
            from iahcalc.cli._team_page import page

            return _as_text(page)
        case ".md":
            from iahcalc.cli._team_markdown import markdown

            return _as_text(markdown)
        case ".json":
            from iahcalc.cli._team_report import as_json

            # Piece by piece: the text of a large course is larger than the course.
            encoder = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)
            return _as_text(lambda account: chain(encoder.iterencode(as_json(account)), "\n"))
    return _write_csv


def _as_text(pieces: Callable[[Account], Iterator[str]]) -> Callable[[Path, Account], None]:
    def write(path: Path, account: Account) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces(account))

    return write


def lines_with_teams(account: Account) -> Iterator[list[str | int]]:
    """Yield the table as it was read, with the team number as a last column; an older “team” gives way."""
    kept = {
        title: cells for title, cells in account.table.columns.items() if title.strip().casefold() != "team"
    }
    yield [*kept, "team"]
    teams = [account.number(account.result.number_of[key]) for key in account.keys]
    for *cells, number in zip(*kept.values(), teams, strict=True):
        yield [*cells, number]


def _write_csv(path: Path, account: Account) -> None:
    # With a byte order mark: spreadsheets take the letters of the Balkans for others without it. Divided as
    # what was read: a spreadsheet that writes semicolons wants them back.
    delimiter = ";" if account.table.decimal_comma else ","
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(
            [harmless(cell) for cell in line] for line in lines_with_teams(account)
        )


def harmless(cell: str | int) -> str | int:
    """Put an apostrophe before what a spreadsheet would run as a formula; numbers stay as they are."""
    if not isinstance(cell, str) or cell.lstrip(" ")[:1] not in _FORMULA or not cell.strip(" "):
        return cell
    first, rest = cell.lstrip(" ")[0], cell.lstrip(" ")[1:]
    digits = rest.replace(" ", "").replace(".", "").replace(",", "")
    if first in _NUMBER_SIGNS and (not digits or digits.isdigit()):
        return cell
    return f"'{cell}"
