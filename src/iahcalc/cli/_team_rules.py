"""Wishes and rules for teams, from a TOML file and the command line."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from iahcalc.cli._people import PeopleTable
from iahcalc.cli.tables import Unreadable
from iahcalc.teams import KINDS, Kind, Rules, Wish

USUAL_SIZE = 5
# Without a rules file: what courses with international teams report as wise, for columns there are.
USUAL_WISHES = (
    Wish(attribute="country", kind="mix", weight=2),
    Wish(attribute="profession", kind="mix", weight=2),
    Wish(attribute="language level", kind="balance", weight=1),
)
USUALLY_NOT_ALONE = ("profession", "gender")
USUAL_COMMON_HOURS = 2.0

NUMBERS = {"size", "teams", "size_low", "size_high"}
KEYS = {
    *NUMBERS,
    "minimum_common_hours",
    "at_least_two_of",
    "at_most_different",
    "at_least_different",
    "together",
    "apart",
    "locked",
    "wishes",
}


def read_rules(path: Path) -> Mapping[str, Any]:
    """Read a rules file and check the names in it.

    Raises:
        Unreadable: it is not there, not TOML, or has names that mean nothing.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise Unreadable(f"The rules file {path} cannot be read: {fault.strerror}.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Unreadable(f"The rules file {path} is not TOML: {fault}.") from fault
    for key in given:
        _known(key, KEYS, f"The rules file {path} has “{key}”, which means nothing")
    return given


def wishes_and_rules(
    given: Mapping[str, Any],
    table: PeopleTable,
    *,
    size: int | None,
    teams: int | None,
    minimum_common_hours: float | None,
) -> tuple[tuple[Wish, ...], Rules]:
    """Join the rules file, the options (which win) and what is usual.

    Raises:
        Unreadable: a value has the wrong form, or names a column that is not there.
    """
    numbers = {key: _whole(given, key) for key in NUMBERS & given.keys()}
    if size is not None or teams is not None:
        numbers = {key: number for key, number in (("size", size), ("teams", teams)) if number is not None}
    if not numbers:
        numbers = {"size": USUAL_SIZE}
    if "size" in numbers and len(numbers) > 1:
        raise Unreadable("Give the usual size of a team, or else the number of teams or limits of the size.")
    if "size" in numbers:
        if numbers["size"] < 1:
            raise Unreadable(f"The size of a team must be 1 or more, not {numbers['size']}.")
        # The nearest number of teams; a half goes up, to smaller teams.
        people = len(table.people)
        numbers = {"teams": max(1, (2 * people + numbers["size"]) // (2 * numbers["size"]))}
    hours = minimum_common_hours
    if hours is None:
        hours = _hours(given) if "minimum_common_hours" in given else USUAL_COMMON_HOURS * table.has_hours
    rules = Rules(
        teams=numbers.get("teams"),
        size_low=numbers.get("size_low"),
        size_high=numbers.get("size_high"),
        minimum_common_hours=hours,
        at_least_two_of=_not_alone(given, table),
        at_most_different=_limits(given, "at_most_different", table),
        at_least_different=_limits(given, "at_least_different", table),
        together=_groups(given, "together"),
        apart=_groups(given, "apart"),
        locked=_numbers(given, "locked"),
    )
    return _wishes(given, table), rules


def _wishes(given: Mapping[str, Any], table: PeopleTable) -> tuple[Wish, ...]:
    if "wishes" not in given:
        return tuple(wish for wish in USUAL_WISHES if wish.attribute in table.attributes)
    wishes = given["wishes"]
    if not isinstance(wishes, list) or not all(isinstance(wish, dict) for wish in wishes):
        raise Unreadable("In the rules file, write each wish under its own [[wishes]].")
    return tuple(_wish(wish, table) for wish in wishes)


def _wish(given: Mapping[str, Any], table: PeopleTable) -> Wish:
    for key in given:
        _known(key, {"attribute", "kind", "weight"}, f"A wish has “{key}”, which means nothing")
    kind, weight = given.get("kind"), given.get("weight", 1.0)
    if kind not in KINDS:
        raise Unreadable(f"A wish has the kind “{kind}”; the kinds are {', '.join(KINDS)}.")
    if not isinstance(weight, (int, float)) or isinstance(weight, bool):
        raise Unreadable(f"A wish has the weight “{weight}”, which is not a number.")
    wish = Wish(attribute=_attribute(given.get("attribute"), table), kind=cast("Kind", kind))
    return replace(wish, weight=float(weight))


def _not_alone(given: Mapping[str, Any], table: PeopleTable) -> tuple[str, ...]:
    if "at_least_two_of" not in given:
        return tuple(name for name in USUALLY_NOT_ALONE if name in table.attributes)
    names = given["at_least_two_of"]
    if not isinstance(names, list):
        raise Unreadable("In the rules file, at_least_two_of is a list of columns.")
    return tuple(_attribute(name, table) for name in names)


def _limits(given: Mapping[str, Any], key: str, table: PeopleTable) -> dict[str, int]:
    return {_attribute(name, table): limit for name, limit in _numbers(given, key).items()}


def _numbers(given: Mapping[str, Any], key: str) -> dict[str, int]:
    numbers = given.get(key, {})
    if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
        raise Unreadable(f"In the rules file, write [{key}] with lines such as: name = 2.")
    return numbers


def _groups(given: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
    groups = given.get(key, [])
    if not isinstance(groups, list) or not all(
        isinstance(group, list) and all(isinstance(name, str) for name in group) for group in groups
    ):
        raise Unreadable(
            f"In the rules file, {key} is a list of lists of keys, as in [[“a@x.org”, “b@x.org”]]."
        )
    return tuple(tuple(group) for group in groups)


def _whole(given: Mapping[str, Any], key: str) -> int:
    if type(given[key]) is not int:
        raise Unreadable(f"In the rules file, {key} is a whole number, not “{given[key]}”.")
    return cast("int", given[key])


def _hours(given: Mapping[str, Any]) -> float:
    hours = given["minimum_common_hours"]
    if type(hours) not in {int, float}:
        raise Unreadable(f"In the rules file, minimum_common_hours is a number, not “{hours}”.")
    return float(hours)


def _attribute(name: object, table: PeopleTable) -> str:
    if not isinstance(name, str):
        raise Unreadable("A wish or a rule in the rules file lacks the name of its column.")
    plain = name.replace("_", " ").strip().casefold()
    _known(plain, set(table.attributes), f"The rules name the column “{name}”, which the table does not have")
    return plain


def _known(name: str, known: set[str], otherwise: str) -> None:
    if name in known:
        return
    close = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f"do you mean “{close[0]}”?" if close else f"it may be {', '.join(sorted(known))}."
    raise Unreadable(f"{otherwise}; {hint}")
