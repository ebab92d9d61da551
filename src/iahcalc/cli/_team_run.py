"""What ``biosint teams`` does, apart from its arguments: numpy is imported only when this is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from iahcalc.calendars import UnknownZone, zone_named
from iahcalc.cli import _team_account as account
from iahcalc.cli._people import PeopleTable, people_in, plain
from iahcalc.cli._progress import Progress
from iahcalc.cli._team_answers import answers_of
from iahcalc.cli._team_files import checked, write_all
from iahcalc.cli._team_options import command_of
from iahcalc.cli._team_report import shown
from iahcalc.cli._team_rules import Options, aim_of, wishes_and_rules
from iahcalc.cli._team_sources import facilitators_of, not_again_of, numbered, teams_in
from iahcalc.cli._team_toml import read_rules, words
from iahcalc.cli.tables import Table, Unreadable, read_table
from iahcalc.teams import Aim, Repair, Result, Rules, TeamFault, Wish, form_teams, placed, repaired

MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for, read and checked."""

    given: Mapping[str, Any]
    options: Options
    table: Table
    people: PeopleTable
    week_of: date
    zone: str
    seed: int
    aim: Aim
    origin: account.Origin
    arguments: argparse.Namespace

    def wishes_and_rules(self, *, teams_before: int | None = None) -> tuple[tuple[Wish, ...], Rules]:
        """Return what is wished for and what must hold.

        Raises:
            Unreadable: a value has the wrong form, or names a column that is not there.
        """
        rules: Path | None = self.arguments.rules
        folder = rules.parent if rules else Path()
        return wishes_and_rules(
            self.given,
            self.people,
            self.options,
            not_again=not_again_of(self.given, self.people, self.arguments.last_time, folder),
            facilitators=facilitators_of(
                self.given, self.people, self.arguments.facilitators, week_of=self.week_of
            ),
            teams_before=teams_before,
        )

    def finished(
        self,
        result: Result,
        *,
        heading: tuple[str, ...] = (),
        repair: Repair | None = None,
    ) -> str:
        """Write every file asked for and return what is to be printed.

        Raises:
            Unreadable: a file cannot be written.
        """
        of_all = account.Account(
            result=result,
            table=self.table,
            keys=tuple(person.key for person in self.people.people),
            week_of=self.week_of,
            zone=self.zone,
            aim=self.aim,
            origin=self.origin,
            answers=answers_of(result, self.arguments),
            heading=heading,
            repair=repair,
            ladder=self.people.ladder,
        )
        write_all([*self.arguments.out, *self.arguments.report], of_all)
        return shown(of_all, json=self.arguments.json)


def formed(arguments: argparse.Namespace) -> str:
    """Form teams, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    asked = read(arguments)
    wishes, rules = asked.wishes_and_rules()
    with searching(asked) as told:
        result = form_teams(
            asked.people.people, wishes=wishes, rules=rules, seed=asked.seed, aim=asked.aim, told=told
        )
    return asked.finished(result)


def judged(arguments: argparse.Namespace) -> str:
    """Judge teams that exist already, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    asked = read(arguments)
    before = teams_before(asked)
    people = asked.people.people
    missing = [person.name for person in people if person.key not in before]
    if missing:
        raise Unreadable(f"{named(missing)} in no team. “biosint teams repair” finds places for them.")
    teams = max(before[person.key] for person in people)
    empty = sorted(set(range(1, teams + 1)) - {before[person.key] for person in people})
    if empty:
        raise Unreadable(f"The teams go up to {teams}, but nobody is in team {empty[0]}.")
    wishes, rules = asked.wishes_and_rules(teams_before=teams)
    with searching(asked):
        result = placed(
            people,
            [before[person.key] - 1 for person in people],
            wishes=wishes,
            rules=rules,
            seed=asked.seed,
            aim=asked.aim,
        )
    return asked.finished(result)


def repaired_teams(arguments: argparse.Namespace) -> str:
    """Repair teams, write what was asked for and return what is to be printed.

    Raises:
        Unreadable: input that cannot be used.
    """
    asked = read(arguments)
    before = teams_before(asked)
    wishes, rules = asked.wishes_and_rules(teams_before=max(before.values(), default=None))
    with searching(asked):
        repair = repaired(
            asked.people.people, before, wishes=wishes, rules=rules, seed=asked.seed, aim=asked.aim
        )
    return asked.finished(repair.result, heading=tuple(_changes(repair, before)), repair=repair)


def _changes(repair: Repair, before: Mapping[str, int]) -> Iterator[str]:
    """Say who left, joined and moved, and why."""
    gone = [f"{key} (team {before[key]})" for key in repair.left]
    if gone:
        yield f"{named(gone, one='left', several='left')}."
    for reason in repair.reasons:
        # Who left is not in the result, so the reason can only count them.
        if reason.code != "left":
            yield f"{reason.english[:1].upper()}{reason.english[1:]}."
    if not repair.moved:
        yield "Nobody else moved." if repair.joined or repair.left else "Nobody moved."


def teams_before(asked: Asked) -> dict[str, int]:
    """Return the teams there are, by key, from the file before or from the column “team”.

    Raises:
        Unreadable: there are none, or they cannot be read.
    """
    path: Path | None = asked.arguments.before
    if path is not None:
        return teams_in(path)
    people = asked.people
    if not people.team_cells:
        raise Unreadable("Which teams are there? Name a file with --before, or add a column “team”.")
    return numbered([person.key for person in people.people], people.team_cells, people.row_numbers)


def named(names: Sequence[str], *, one: str = "is", several: str = "are") -> str:
    """Return “Ana is”, “Ana and Besa are”, or “Ana, Besa, Carlo and 4 others are”."""
    if len(names) == 1:
        return f"{names[0]} {one}"
    shown = (
        list(names)
        if len(names) <= MOST_NAMED
        else [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} others"]
    )
    return f"{', '.join(shown[:-1])} and {shown[-1]} {several}"


@contextmanager
def searching(asked: Asked) -> Iterator[Progress]:
    """Show progress, and turn what cannot be done into a sentence.

    Raises:
        Unreadable: what was asked for has no answer.
    """
    progress = Progress(people=len(asked.people.people))
    try:
        yield progress
    except TeamFault as fault:
        raise Unreadable(str(fault)) from fault
    finally:
        progress.cleared()


def read(arguments: argparse.Namespace) -> Asked:
    """Read the people and the rules file, and check every name of a file to be written before any search.

    Raises:
        Unreadable: input that cannot be used.
    """
    file = Path(arguments.file)
    checked(arguments.out, arguments.report, kept=[file, *([arguments.rules] if arguments.rules else [])])
    if arguments.seed < 0:
        raise Unreadable(f"The seed must be 0 or more, not {arguments.seed}.")
    week_of = arguments.week or datetime.now(tz=UTC).date()
    given = read_rules(arguments.rules) if arguments.rules else {}
    table = read_table(file, wanted=None, encoding=arguments.encoding, sheet=arguments.sheet)
    people = people_in(table, week_of=week_of, as_words={plain(name) for name in words(given, "words")})
    options = Options(
        size=arguments.size,
        teams=arguments.teams,
        minimum_common_hours=arguments.min_common_hours,
        aim=arguments.aim,
    )
    before = getattr(arguments, "before", None)
    sources = [file, *filter(None, [arguments.rules, before, *arguments.last_time, *arguments.facilitators])]
    return Asked(
        given=given,
        options=options,
        table=table,
        people=people,
        week_of=week_of,
        zone=_zone(arguments.zone),
        seed=arguments.seed,
        aim=aim_of(given, options),
        origin=account.Origin(
            command=f"{command_of(arguments)} --week {week_of.isoformat()}",
            files=tuple(account.digest_of(path) for path in sources if path.is_file()),
        ),
        arguments=arguments,
    )


def _zone(name: str | None) -> str:
    if name is None or name.upper() == account.UTC:
        return account.UTC
    try:
        return zone_named(name).key
    except UnknownZone as unknown:
        raise Unreadable(str(unknown)) from unknown
