"""``analyse``: tables of counts, comparison of groups and reliability of scales, from a file of answers.

numpy and scipy are imported only when there is something to compute, so that ``--help`` and a
misspelt column answer at once.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from pathlib import Path

from iahcalc.cli.tables import Table, Unreadable, read_table
from iahcalc.faults import Undefined

__all__ = ["SUMMARY", "add_arguments", "run"]

SUMMARY = "Analyse a file of answers: cross-table, comparison of groups, or reliability of a scale."

# The options of each analysis; the first ones are required.
_REQUIRED = {"crosstab": ("rows", "columns"), "compare": ("outcome", "by"), "reliability": ("items",)}
_ALLOWED = {
    "crosstab": ("rows", "columns", "weight", "no_correction"),
    "compare": ("outcome", "by"),
    "reliability": ("items", "reverse", "range"),
}
_RANGE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add everything ``run`` reads to a parser; options may stand before, between or after the two words."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "examples:\n"
        "  analyse answers.csv crosstab --rows Hair --columns Eye --weight Freq\n"
        "  analyse answers.xlsx compare --outcome score --by faculty\n"
        "  analyse answers.csv reliability --items A1,A2,A3,A4,A5 --reverse A1 --range 1-6 --json"
    )
    parser.add_argument("file", metavar="FILE", help="answers as CSV (comma, semicolon or tab), TSV or XLSX")
    parser.add_argument("analysis", metavar="ANALYSIS", help="crosstab, compare or reliability")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--encoding", help="encoding of a text file that is not UTF-8, e.g. cp1250")
    parser.add_argument("--sheet", help="sheet of a workbook (the first one by default)")
    crosstab = parser.add_argument_group("crosstab", "do two questions have anything to do with each other?")
    crosstab.add_argument("--rows", metavar="COLUMN", help="question in the rows of the table")
    crosstab.add_argument("--columns", metavar="COLUMN", help="question in the columns of the table")
    crosstab.add_argument("--weight", metavar="COLUMN", help="how many people each line stands for")
    crosstab.add_argument(
        "--no-correction", action="store_true", help="leave Yates' correction out of a 2 by 2 table"
    )
    compare = parser.add_argument_group("compare", "do groups differ?")
    compare.add_argument("--outcome", metavar="COLUMN", help="what is compared: numbers")
    compare.add_argument("--by", metavar="COLUMN", help="who is compared: groups")
    reliability = parser.add_argument_group("reliability", "do the items of a scale belong together?")
    reliability.add_argument("--items", metavar="COLUMN,COLUMN,…", help="the items of the scale")
    reliability.add_argument(
        "--reverse", metavar="COLUMN,…", help="items worded against the scale (needs --range)"
    )
    reliability.add_argument("--range", metavar="LOW-HIGH", help="smallest and largest point, e.g. 1-6")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the analysis; return 0, or 2 after one sentence on the error stream."""
    try:
        findings, text = _analyse(arguments)
        print(json.dumps(findings, indent=2, allow_nan=False) if arguments.json else text, flush=True)
    except BrokenPipeError:
        # The reader (``| head``) has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Unreadable, Undefined) as fault:
        print(f"biosint analyse: {fault}", file=sys.stderr)
        return 2
    return 0


def _analyse(arguments: argparse.Namespace) -> tuple[object, str]:
    file, analysis = _file_and_analysis(arguments)
    _check_options(arguments, analysis)

    def table_of(*wanted: str) -> Table:
        return read_table(file, wanted=wanted, encoding=arguments.encoding, sheet=arguments.sheet)

    if analysis == "crosstab":
        weight = [arguments.weight] if arguments.weight is not None else []
        table = table_of(arguments.rows, arguments.columns, *weight)
        from iahcalc.cli import _crosstab

        return _crosstab.report(
            table,
            rows=arguments.rows,
            columns=arguments.columns,
            weight=arguments.weight,
            correction=not arguments.no_correction,
        )
    if analysis == "compare":
        table = table_of(arguments.outcome, arguments.by)
        from iahcalc.cli import _compare

        return _compare.report(table, outcome=arguments.outcome, by=arguments.by)

    items = _names(arguments.items, option="--items")
    turned = _names(arguments.reverse, option="--reverse") if arguments.reverse is not None else []
    points = _points(arguments.range)
    strangers = [name for name in turned if name not in items]
    if strangers:
        raise Unreadable(f"“{strangers[0]}” in --reverse is not one of the --items ({', '.join(items)}).")
    if turned and points is None:
        raise Unreadable(
            "--reverse needs --range, for instance --range 1-6, to know where an answer turns to."
        )
    if len(items) < 2:
        raise Unreadable("Reliability needs at least 2 items, separated by commas: --items A1,A2.")
    table = table_of(*items)
    from iahcalc.cli import _reliability

    return _reliability.report(table, items=items, turned=turned, points=points)


def _file_and_analysis(arguments: argparse.Namespace) -> tuple[Path, str]:
    file, analysis = arguments.file, arguments.analysis
    if analysis not in _REQUIRED and file in _REQUIRED:
        file, analysis = analysis, file
    if analysis not in _REQUIRED:
        raise Unreadable(f"There is no analysis named “{analysis}”; choose {', '.join(_REQUIRED)}.")
    return Path(file), analysis


def _check_options(arguments: argparse.Namespace, analysis: str) -> None:
    for name in _REQUIRED[analysis]:
        if getattr(arguments, name) is None:
            needed = " and ".join(f"--{option}" for option in _REQUIRED[analysis])
            raise Unreadable(f"{analysis} needs {needed}.")
    for other, options in _ALLOWED.items():
        for name in options:
            if name not in _ALLOWED[analysis] and getattr(arguments, name) not in (None, False):
                raise Unreadable(f"--{name.replace('_', '-')} belongs to {other}, not to {analysis}.")


def _names(given: str, *, option: str) -> list[str]:
    """Column names separated by commas; a name with a comma in it can be put in quotation marks."""
    names = [name.strip() for name in next(csv.reader([given], skipinitialspace=True), [])]
    if not names or not all(names):
        raise Unreadable(f"{option} names columns, separated by commas: {option} A1,A2.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unreadable(f"{option} names “{twice[0]}” more than once.")
    return names


def _points(given: str | None) -> tuple[float, float] | None:
    if given is None:
        return None
    found = _RANGE.fullmatch(given)
    if found is None or not float(found[1]) < float(found[2]):
        raise Unreadable(f"--range gives the smallest and the largest point, such as 1-6, not “{given}”.")
    return float(found[1]), float(found[2])
