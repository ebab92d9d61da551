"""Arguments that several actions of ``biosint teams`` share."""

from __future__ import annotations

import argparse
import re
import shlex
from datetime import date
from pathlib import Path

_RANGE = re.compile(r"(-?\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")


def add_people(parser: argparse.ArgumentParser) -> None:
    """Add what says who is there and what is wished for."""
    parser.add_argument("file", metavar="FILE", help="people, one row each, as CSV, TSV or XLSX")
    parser.add_argument("--encoding", help="encoding of a text file that is not UTF-8, e.g. cp1250")
    parser.add_argument("--sheet", help="sheet of a workbook (the first one by default)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--size", type=_size, metavar="S", help="usual size of a team, or a range: 5 or 4-6 (5)"
    )
    size.add_argument("--teams", type=int, metavar="N", help="number of teams")
    parser.add_argument("--rules", type=Path, metavar="FILE.toml", help="wishes and rules")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed gives other teams (1)")
    parser.add_argument(
        "--aim", choices=("worst", "sum"), help="lift the worst team first, or the sum of all teams (worst)"
    )
    parser.add_argument(
        "--min-common-hours",
        type=float,
        metavar="H",
        help="hours a week all of a team are free (2 if hours are given)",
    )
    parser.add_argument(
        "--week",
        type=_day,
        metavar="YYYY-MM-DD",
        help="a day of the week that decides about summer time (today)",
    )
    parser.add_argument(
        "--last-time",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="teams of last time, in a column “team”: no two of them should meet again; may be given again",
    )
    parser.add_argument(
        "--facilitators",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="who accompanies teams: a table like that of people, with a column “teams”: how many at most",
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add what says what is printed and written."""
    parser.add_argument(
        "--zone", metavar="ZONE", help="time zone in which hours are shown, e.g. Europe/Belgrade"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument(
        "--out",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="also write the table with its teams (.csv), a workbook (.xlsx) or all figures (.json); may be given again",
    )
    parser.add_argument(
        "--report",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="also write a report to read and print (.html or .md); may be given again",
    )


def add_questions(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked about the teams; a person is named by key, or by a name nobody else has."""
    parser.add_argument(
        "--explain", action="append", default=[], metavar="KEY", help="say why this person is in their team"
    )
    parser.add_argument(
        "--swap",
        nargs=2,
        action="append",
        default=[],
        metavar=("KEY", "KEY"),
        help="say what would follow if two people changed places",
    )
    parser.add_argument(
        "--move",
        nargs=2,
        action="append",
        default=[],
        metavar=("KEY", "TEAM"),
        help="say what would follow if a person went to another team",
    )


def command_of(arguments: argparse.Namespace) -> str:
    """Return the command line that gives the same teams again, without what only shows or writes them."""
    words = ["biosint", "teams", arguments.action, str(arguments.file)]
    for name in ("encoding", "sheet", "size", "teams", "rules", "aim", "min_common_hours", "before"):
        value = getattr(arguments, name, None)
        if value is not None:
            shown = "-".join(map(str, dict.fromkeys(value))) if isinstance(value, tuple) else str(value)
            words += [f"--{name.replace('_', '-')}", shown]
    for name in ("last_time", "facilitators"):
        for path in getattr(arguments, name, []):
            words += [f"--{name.replace('_', '-')}", str(path)]
    return shlex.join([*words, "--seed", str(arguments.seed)])


def _size(text: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a size such as 5, or 4-6")
    return int(match[1]), int(match[2] or match[1])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-03-02") from None
