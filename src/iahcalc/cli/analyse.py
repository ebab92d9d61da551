"""``analyse``: what a situation analysis computes, from a file of answers.

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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from iahcalc.cli.tables import Table, Unreadable, read_table
from iahcalc.faults import Undefined

Report: TypeAlias = tuple[object, str]
"""What is printed: as JSON, and as text."""
TableOf: TypeAlias = Callable[..., Table]

__all__ = ["SUMMARY", "add_arguments", "run"]

SUMMARY = "Analyse a file of answers: tables, comparisons, changes, scales, agreement, or a whole report."

# The options of each analysis; the first ones are required.
_REQUIRED = {
    "crosstab": ("rows", "columns"),
    "compare": ("outcome", "by"),
    "posthoc": ("outcome", "by"),
    "paired": ("before", "after"),
    "reliability": ("items",),
    "items": ("items", "range"),
    "agreement": ("coders",),
    "report": ("items",),
    "texts": ("text",),
}
_ALLOWED = {
    "crosstab": ("rows", "columns", "weight", "no_correction"),
    "compare": ("outcome", "by"),
    "posthoc": ("outcome", "by"),
    "paired": ("before", "after", "categories"),
    "reliability": ("items", "reverse", "range"),
    "items": ("items", "reverse", "range"),
    "agreement": ("coders", "measure"),
    "report": ("items", "by", "scale", "reverse"),
    "texts": ("text", "language", "groups"),
}
_MEASURES = ("nominal", "ordinal", "interval")
_RANGE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add everything ``run`` reads to a parser; options may stand before, between or after the two words."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "examples:\n"
        "  analyse answers.csv crosstab --rows Hair --columns Eye --weight Freq\n"
        "  analyse answers.xlsx compare --outcome score --by faculty\n"
        "  analyse answers.csv posthoc --outcome score --by faculty\n"
        "  analyse pairs.csv paired --before score2027 --after score2028\n"
        "  analyse answers.csv reliability --items A1,A2,A3,A4,A5 --reverse A1 --range 1-6 --json\n"
        "  analyse answers.csv items --items A1,A2,A3,A4,A5 --range 1-6\n"
        "  analyse codes.csv agreement --coders first,second\n"
        "  analyse answers.csv report --items A1,A2,A3,A4,A5 --by gender,education --scale A1,A2,A3 --reverse A1"
    )
    parser.add_argument("file", metavar="FILE", help="answers as CSV (comma, semicolon or tab), TSV or XLSX")
    parser.add_argument("analysis", metavar="ANALYSIS", help=", ".join(_REQUIRED))
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
    compare = parser.add_argument_group("compare and posthoc", "do groups differ, and which of them?")
    compare.add_argument("--outcome", metavar="COLUMN", help="what is compared: numbers")
    compare.add_argument(
        "--by", metavar="COLUMN", help="who is compared: groups (a report takes several, separated by commas)"
    )
    paired = parser.add_argument_group("paired", "did the same people or institutions change?")
    paired.add_argument("--before", metavar="COLUMN", help="the first answer")
    paired.add_argument("--after", metavar="COLUMN", help="the second answer of the same line")
    paired.add_argument("--categories", action="store_true", help="the answers are categories, not numbers")
    scales = parser.add_argument_group(
        "reliability, items and report", "do the items of a scale belong together?"
    )
    scales.add_argument("--items", metavar="COLUMN,COLUMN,…", help="the items of the scale or of the report")
    scales.add_argument(
        "--reverse",
        metavar="COLUMN,…",
        help="items worded against the scale (needs --range, not in a report)",
    )
    scales.add_argument("--range", metavar="LOW-HIGH", help="smallest and largest point, e.g. 1-6")
    scales.add_argument(
        "--scale", metavar="COLUMN,COLUMN,…", action="append", help="items of one scale; may be given again"
    )
    agreement = parser.add_argument_group("agreement", "how far do people who judged the same things agree?")
    agreement.add_argument("--coders", metavar="COLUMN,COLUMN,…", help="one column for each coder")
    agreement.add_argument("--measure", metavar="|".join(_MEASURES), help="what the codes are (nominal)")
    texts = parser.add_argument_group("texts", "what do open answers speak of?")
    texts.add_argument("--text", metavar="COLUMN", help="the open answers")
    texts.add_argument("--language", help="sr, bs, hr, cnr, sq, en, ro or nl (found out by default)")
    texts.add_argument("--groups", type=int, metavar="NUMBER", help="how many groups (chosen by default)")


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


def _analyse(arguments: argparse.Namespace) -> Report:
    file, analysis = _file_and_analysis(arguments)
    _check_options(arguments, analysis)

    def table_of(*wanted: str) -> Table:
        return read_table(file, wanted=wanted, encoding=arguments.encoding, sheet=arguments.sheet)

    return _ANALYSES[analysis](arguments, table_of)


def _crosstab(arguments: argparse.Namespace, table_of: TableOf) -> Report:
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


def _compare(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    table = table_of(arguments.outcome, arguments.by)
    from iahcalc.cli import _compare

    return _compare.report(table, outcome=arguments.outcome, by=arguments.by)


def _posthoc(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    table = table_of(arguments.outcome, arguments.by)
    from iahcalc.cli import _posthoc

    return _posthoc.report(table, outcome=arguments.outcome, by=arguments.by)


def _paired(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    table = table_of(arguments.before, arguments.after)
    from iahcalc.cli import _paired

    return _paired.report(
        table, before=arguments.before, after=arguments.after, categories=arguments.categories
    )


def _reliability(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    items, turned, points = _scale(arguments)
    table = table_of(*items)
    from iahcalc.cli import _reliability

    return _reliability.report(table, items=items, turned=turned, points=points)


def _items(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    items, turned, points = _scale(arguments)
    table = table_of(*items)
    from iahcalc.cli import _items

    # --range is required here.
    return _items.report(table, items=items, turned=turned, points=points or (0.0, 0.0))


def _agreement(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    coders = _names(arguments.coders, option="--coders")
    if len(coders) < 2:
        raise Unreadable("Agreement needs at least 2 coders, separated by commas: --coders first,second.")
    measure = arguments.measure or _MEASURES[0]
    if measure not in _MEASURES:
        raise Unreadable(f"There is no measure “{measure}”; choose {', '.join(_MEASURES)}.")
    table = table_of(*coders)
    from iahcalc.cli import _agreement

    return _agreement.report(table, coders=coders, measure=measure)


def _report(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    items = _names(arguments.items, option="--items")
    by = _names(arguments.by, option="--by") if arguments.by is not None else []
    scales = [_names(given, option="--scale") for given in arguments.scale or ()]
    turned = _names(arguments.reverse, option="--reverse") if arguments.reverse is not None else []
    for named, option, known in (
        *((scale, "--scale", items) for scale in scales),
        (turned, "--reverse", [item for scale in scales for item in scale]),
    ):
        strangers = [name for name in named if name not in known]
        if strangers:
            of = "--items" if option == "--scale" else "items of a --scale"
            raise Unreadable(f"“{strangers[0]}” in {option} is not one of the {of} ({', '.join(known)}).")
    table = table_of(*dict.fromkeys([*items, *by]))
    from iahcalc.cli import _report

    return _report.report(table, items=items, by=by, scales=scales, turned=turned)


def _texts(arguments: argparse.Namespace, table_of: TableOf) -> Report:
    if arguments.groups is not None and arguments.groups < 2:
        raise Unreadable("--groups is a number of at least 2.")
    table = table_of(arguments.text)
    from iahcalc.cli import _texts

    return _texts.report(table, column=arguments.text, language=arguments.language, count=arguments.groups)


_ANALYSES: Mapping[str, Callable[[argparse.Namespace, TableOf], Report]] = {
    "crosstab": _crosstab,
    "compare": _compare,
    "posthoc": _posthoc,
    "paired": _paired,
    "reliability": _reliability,
    "items": _items,
    "agreement": _agreement,
    "report": _report,
    "texts": _texts,
}


def _scale(arguments: argparse.Namespace) -> tuple[list[str], list[str], tuple[float, float] | None]:
    """Items, those of them to be turned, and the range of their points."""
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
    return items, turned, points


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
