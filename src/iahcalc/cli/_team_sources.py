"""What stands in files and columns beside the people: teams there were, and who accompanies teams."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from iahcalc.cli import _team_toml as toml
from iahcalc.cli._people import PeopleTable, alike, columns_of, keys_in, people_in, plain
from iahcalc.cli.tables import Table, Unreadable, read_table, shortened
from iahcalc.teams import Facilitator, Person

_TEAM = re.compile(r"(?:team\s*)?0*([1-9]\d{0,8})(?:\.0)?", re.IGNORECASE)
_FACILITATOR = {"name", "key", "email", "teams", "hours", "free_hours", "time_zone"}


def not_again_of(
    given: Mapping[str, Any], table: PeopleTable, files: Sequence[Path], folder: Path
) -> tuple[tuple[str, ...], ...]:
    """Return the teams of last time from the rules file, from files with teams, and from the column “last team”.

    Args:
        given: the rules file.
        table: the people.
        files: as ``--last-time`` gave them.
        folder: where names of files in the rules file start.

    Raises:
        Unreadable: a file or a value that cannot be used.
    """
    value = given.get("not_again", [])
    if isinstance(value, str):
        files, value = [*files, folder / value], []
    groups = toml.groups({"not_again": value}, "not_again")
    return (*groups, *(group for path in files for group in _groups_in(path)), *table.last_teams)


def _groups_in(path: Path) -> tuple[tuple[str, ...], ...]:
    table = _table(path, "of last time")
    try:
        return alike(keys_in(table), columns_of(table)["team"])
    except KeyError:
        raise Unreadable(f"The file of last time, {path}, needs a column “team”.") from None
    except Unreadable as fault:
        raise Unreadable(f"The file of last time, {path}, cannot be used: {fault}") from None


def teams_in(path: Path) -> dict[str, int]:
    """Read which team each person of a file is in; who has none there is left out.

    Raises:
        Unreadable: with a sentence.
    """
    table = _table(path, "of the teams before")
    try:
        keys, cells = keys_in(table), columns_of(table).get("team")
    except Unreadable as fault:
        raise Unreadable(f"The file of the teams before, {path}, cannot be used: {fault}") from None
    if cells is None:
        raise Unreadable(f"The file of the teams before, {path}, needs a column “team”.")
    return numbered(keys, cells, table.row_numbers)


def numbered(keys: Sequence[str], cells: Sequence[str], rows: Sequence[int]) -> dict[str, int]:
    """Read team numbers, as in “3” or “Team 3”; an empty cell is no team.

    Raises:
        Unreadable: a cell that is no team number; the row is named.
    """
    found = {}
    for key, cell, row in zip(keys, cells, rows, strict=True):
        if not cell:
            continue
        match = _TEAM.fullmatch(cell)
        if match is None:
            raise Unreadable(f"Row {row}: the team “{shortened(cell)}” is not a number from 1 on.")
        found[key] = int(match[1])
    return found


def facilitators_of(
    given: Mapping[str, Any], table: PeopleTable, files: Sequence[Path], *, week_of: date
) -> tuple[Facilitator, ...]:
    """Return who accompanies teams, from the rules file and from tables of their own.

    Raises:
        Unreadable: with a sentence.
    """
    allowed = _FACILITATOR | {name.replace(" ", "_") for name in table.attributes}
    written = toml.tables(given, "facilitators", "facilitator", allowed)
    found = [_facilitator(one, number, week_of) for number, one in enumerate(written, start=1)]
    for path in files:
        own = _table(path, "of facilitators")
        try:
            found += _facilitators_in(own, week_of=week_of, row_name="Row {}")
        except Unreadable as fault:
            raise Unreadable(f"The file of facilitators, {path}, cannot be used: {fault}") from None
    return tuple(found)


def _facilitator(given: Mapping[str, Any], number: int, week_of: date) -> Facilitator:
    """Read one as a table of one row, so that everything in it means what it means in a table."""
    columns = {
        "free hours" if plain(name) == "hours" else plain(name): [_cell(value)]
        for name, value in given.items()
    }
    table = Table(columns=columns, row_numbers=[number], decimal_comma=False)
    return _facilitators_in(table, week_of=week_of, row_name="Facilitator {} of the rules file")[0]


def _cell(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _facilitators_in(table: Table, *, week_of: date, row_name: str) -> list[Facilitator]:
    read = people_in(table, week_of=week_of, row_name=row_name.format)
    return [
        _capable(person, row_name.format(row))
        for person, row in zip(read.people, read.row_numbers, strict=True)
    ]


def _capable(person: Person, row: str) -> Facilitator:
    attributes = dict(person.attributes)
    teams = attributes.pop("teams", None)
    if not isinstance(teams, float) or teams != int(teams) or not 0 <= teams <= toml.LARGEST:
        raise Unreadable(f"{row} needs “teams”: how many teams {person.name} can accompany, 0 or more.")
    return Facilitator(
        key=person.key, name=person.name, teams=int(teams), free=person.free, attributes=attributes
    )


def _table(path: Path, noun: str) -> Table:
    try:
        return read_table(path, wanted=None)
    except Unreadable as fault:
        raise Unreadable(f"The file {noun} cannot be used: {fault}") from None
