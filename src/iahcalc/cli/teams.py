"""``biosint teams``: a table of people in, teams with their reasons out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from iahcalc.cli._faults import Unusable
from iahcalc.cli._people import people_in
from iahcalc.cli._team_files import read_table, write_table
from iahcalc.cli._team_report import as_json, as_text
from iahcalc.cli._team_rules import read_rules, wishes_and_rules
from iahcalc.teams import TeamFault, form_teams

BAD_INPUT = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``biosint teams`` to its parser."""
    parser.description = (
        "Form international, multidisciplinary teams from a table of people and explain each team."
    )
    parser.add_argument("file", metavar="FILE", help="people: a .csv or .xlsx file, one row each")
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
    """Form the teams and print them; return 0, or 2 for input that cannot be used."""
    try:
        _run(arguments)
    except (Unusable, TeamFault) as fault:
        print(f"biosint teams: {fault}", file=sys.stderr)
        return BAD_INPUT
    return 0


def _run(arguments: argparse.Namespace) -> None:
    out: Path | None = arguments.out
    if out is not None and out.suffix.lower() not in {".csv", ".xlsx"}:
        raise Unusable(f"The name of the output file must end in .csv or .xlsx: {out}.")
    if arguments.seed < 0:
        raise Unusable(f"The seed must be 0 or more, not {arguments.seed}.")
    week_of = arguments.week or datetime.now(tz=UTC).date()
    header, rows = read_table(Path(arguments.file))
    table = people_in(header, rows, week_of=week_of)
    wishes, rules = wishes_and_rules(
        read_rules(arguments.rules) if arguments.rules else {},
        table,
        size=arguments.size,
        teams=arguments.teams,
        minimum_common_hours=arguments.min_common_hours,
    )
    result = form_teams(table.people, wishes=wishes, rules=rules, seed=arguments.seed)
    if out is not None:
        numbers = [result.team_of(person.key).number for person in table.people]
        write_table(out, header, rows, numbers)
    if arguments.json:
        print(json.dumps(as_json(result, week_of=week_of), ensure_ascii=False, indent=2))
    else:
        print(as_text(result, week_of=week_of), end="")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-03-02") from None
