"""Wishes and rules for teams, from a TOML file and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from iahcalc.cli import _team_toml as toml
from iahcalc.cli._people import PeopleTable, plain
from iahcalc.cli.tables import Unreadable, shortened
from iahcalc.teams import AIMS, KINDS, Aim, Facilitator, Kind, Rules, Shared, Wish

USUAL_SIZE = 5
# Without a rules file: what courses with international teams report as wise, for columns there are.
USUAL_WISHES = (
    Wish(attribute="country", kind="mix", weight=2),
    Wish(attribute="profession", kind="mix", weight=2),
    Wish(attribute="language level", kind="balance", weight=1),
)
USUALLY_NOT_ALONE = ("profession", "gender")
USUAL_COMMON_HOURS = 2.0


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was said on the command line; it wins over the rules file. ``None`` is “nothing said”."""

    size: tuple[int, int] | None = None
    teams: int | None = None
    minimum_common_hours: float | None = None
    aim: Aim | None = None


def wishes_and_rules(
    given: Mapping[str, Any],
    table: PeopleTable,
    options: Options,
    *,
    not_again: tuple[tuple[str, ...], ...] = (),
    facilitators: tuple[Facilitator, ...] = (),
    teams_before: int | None = None,
) -> tuple[tuple[Wish, ...], Rules]:
    """Join the rules file, the options (which win) and what is usual.

    Args:
        given: the rules file.
        table: the people.
        options: of the command line.
        not_again: teams of last time.
        facilitators: of the rules file and of files of their own.
        teams_before: teams there are already; they stay as many unless a rule asks for a number.

    Raises:
        Unreadable: a value has the wrong form, or names a column that is not there.
    """
    hours = options.minimum_common_hours
    if hours is None:
        usual = USUAL_COMMON_HOURS * table.has_hours
        hours = toml.hours(given) if "minimum_common_hours" in given else usual
    rules = Rules(
        **_sizes(given, options, people=len(table.people), teams_before=teams_before),
        minimum_common_hours=hours,
        at_least_two_of=_not_alone(given, table),
        at_most_different=_limits(given, "at_most_different", table),
        at_least_different=_limits(given, "at_least_different", table),
        shared=_shared(given, table),
        together=toml.groups(given, "together"),
        apart=toml.groups(given, "apart"),
        not_again=not_again,
        facilitators=facilitators,
        locked=toml.whole_numbers(given, "locked"),
    )
    return _wishes(given, table), rules


def aim_of(given: Mapping[str, Any], options: Options) -> Aim:
    """Return what is lifted first: the worst team, or the sum of all.

    Raises:
        Unreadable: the rules file says something else.
    """
    if options.aim is not None:
        return options.aim
    aim = given.get("aim", AIMS[0])
    if aim not in AIMS:
        raise Unreadable(f"In the rules file, aim is {' or '.join(AIMS)}, not “{aim}”.")
    return cast("Aim", aim)


def column_named(name: object, table: PeopleTable) -> str:
    """Return the column of people that a rule speaks of.

    Raises:
        Unreadable: the table does not have it.
    """
    if not isinstance(name, str):
        raise Unreadable("A wish or a rule in the rules file lacks the name of its column.")
    meaning = plain(name)
    otherwise = f"The rules name the column “{name}”, which the table does not have"
    toml.known(meaning, set(table.attributes), otherwise)
    return meaning


def _sizes(
    given: Mapping[str, Any], options: Options, *, people: int, teams_before: int | None
) -> dict[str, int | None]:
    numbers = {key: toml.whole(given, key) for key in toml.NUMBERS & given.keys()}
    if options.teams is not None:
        numbers = {"teams": options.teams}
    elif options.size is not None:
        low, high = options.size
        numbers = {"size": low} if low == high else {"size_low": low, "size_high": high}
    if "size" in numbers and len(numbers) > 1:
        raise Unreadable("Give the usual size of a team, or else the number of teams or limits of the size.")
    size = numbers.pop("size", USUAL_SIZE)
    if size < 1:
        raise Unreadable(f"The size of a team must be 1 or more, not {size}.")
    if not numbers:
        # The nearest number of teams; a half goes up, to smaller teams.
        numbers = {"teams": teams_before or max(1, (2 * people + size) // (2 * size))}
    return {key: numbers.get(key) for key in ("teams", "size_low", "size_high")}


def _wishes(given: Mapping[str, Any], table: PeopleTable) -> tuple[Wish, ...]:
    if "wishes" not in given:
        return tuple(wish for wish in USUAL_WISHES if wish.attribute in table.attributes)
    wishes = toml.tables(given, "wishes", "wish", {"attribute", "kind", "weight"})
    return tuple(_wish(wish, table) for wish in wishes)


def _wish(given: Mapping[str, Any], table: PeopleTable) -> Wish:
    kind, weight = given.get("kind"), given.get("weight", 1.0)
    if kind not in KINDS:
        raise Unreadable(f"A wish has the kind “{kind}”; the kinds are {', '.join(KINDS)}.")
    if type(weight) not in {int, float} or not 0 <= weight <= toml.LARGEST:
        raise Unreadable(
            f"A wish has the weight “{shortened(str(weight))}”, which is not a number from 0 to 1000."
        )
    attribute = column_named(given.get("attribute"), table)
    return Wish(attribute=attribute, kind=cast("Kind", kind), weight=float(weight))


def _shared(given: Mapping[str, Any], table: PeopleTable) -> tuple[Shared, ...]:
    return tuple(
        Shared(attribute=column_named(one.get("attribute"), table), level=toml.level(one.get("level", 0)))
        for one in toml.tables(given, "shared", "shared word", {"attribute", "level"})
    )


def _not_alone(given: Mapping[str, Any], table: PeopleTable) -> tuple[str, ...]:
    if "at_least_two_of" not in given:
        return tuple(name for name in USUALLY_NOT_ALONE if name in table.attributes)
    return tuple(column_named(name, table) for name in toml.words(given, "at_least_two_of"))


def _limits(given: Mapping[str, Any], key: str, table: PeopleTable) -> dict[str, int]:
    return {column_named(name, table): limit for name, limit in toml.whole_numbers(given, key).items()}
