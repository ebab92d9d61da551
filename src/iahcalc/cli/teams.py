"""``biosint teams``: a table of people in, teams with their reasons out."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from iahcalc.cli.tables import Unreadable

__all__ = ["SUMMARY", "add_arguments", "run"]

SUMMARY = "Form international, multidisciplinary teams from a table of people and explain each team."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``biosint teams`` to its parser."""
    parser.description = (
        "Form international, multidisciplinary teams from a table of people and explain each team."
    )
    parser.add_argument("file", metavar="FILE", help="people, one row each, as CSV, TSV or XLSX")
    parser.add_argument("--encoding", help="encoding of a text file that is not UTF-8, e.g. cp1250")
    parser.add_argument("--sheet", help="sheet of a workbook (the first one by default)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--size", type=int, metavar="S", help="usual size of a team (5)")
    size.add_argument("--teams", type=int, metavar="N", help="number of teams")
    parser.add_argument("--rules", type=Path, metavar="FILE.toml", help="wishes and rules")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed gives other teams (1)")
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
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="also write the table with its teams (.csv or .xlsx)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Form the teams and print them; return 0, or 2 after one sentence on the error stream."""
    from iahcalc.cli._team_run import formed

    try:
        print(formed(arguments), flush=True)
    except BrokenPipeError:
        # The reader (``| head``) has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Unreadable as fault:
        print(f"biosint teams: {fault}", file=sys.stderr)
        return 2
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-03-02") from None
