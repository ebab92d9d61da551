"""What ``teams`` does, apart from its arguments: numpy is imported only when this is."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from iahcalc.cli._people import people_in
from iahcalc.cli._team_files import write_table
from iahcalc.cli._team_report import as_json, as_text
from iahcalc.cli._team_rules import read_rules, wishes_and_rules
from iahcalc.cli.tables import Unreadable, read_table
from iahcalc.teams import TeamFault, form_teams


def formed(arguments: argparse.Namespace) -> str:
    """Form the teams, write ``--out`` and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    out: Path | None = arguments.out
    if out is not None and out.suffix.lower() not in {".csv", ".xlsx"}:
        raise Unreadable(f"The name of the output file must end in .csv or .xlsx: {out}.")
    if arguments.seed < 0:
        raise Unreadable(f"The seed must be 0 or more, not {arguments.seed}.")
    week_of = arguments.week or datetime.now(tz=UTC).date()
    given = read_table(Path(arguments.file), wanted=None, encoding=arguments.encoding, sheet=arguments.sheet)
    table = people_in(given, week_of=week_of)
    wishes, rules = wishes_and_rules(
        read_rules(arguments.rules) if arguments.rules else {},
        table,
        size=arguments.size,
        teams=arguments.teams,
        minimum_common_hours=arguments.min_common_hours,
    )
    try:
        result = form_teams(table.people, wishes=wishes, rules=rules, seed=arguments.seed)
    except TeamFault as fault:
        raise Unreadable(str(fault)) from fault
    if out is not None:
        team_of = {person.key: team.number for team in result.teams for person in team.people}
        write_table(out, given, [team_of[person.key] for person in table.people])
    if arguments.json:
        return json.dumps(as_json(result, week_of=week_of), ensure_ascii=False, indent=2, allow_nan=False)
    return as_text(result, week_of=week_of)
