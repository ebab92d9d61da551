"""Values of a rules file for teams, with a sentence for each that has the wrong form."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, cast

from iahcalc.cli._people_values import LEVELS_IN_WORDS, level_in
from iahcalc.cli.tables import Unreadable, shortened

LARGEST = 1e9
"""No number in a rules file means anything beyond."""

NUMBERS = {"size", "teams", "size_low", "size_high"}
KEYS = {
    *NUMBERS,
    "aim",
    "words",
    "minimum_common_hours",
    "at_least_two_of",
    "at_most_different",
    "at_least_different",
    "shared",
    "together",
    "apart",
    "not_again",
    "locked",
    "facilitators",
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
    # Also a number of thousands of digits is a ValueError, as both of what it is not TOML for.
    except ValueError as fault:
        raise Unreadable(f"The rules file {path} is not TOML: {fault}.") from fault
    except RecursionError:
        raise Unreadable(f"The rules file {path} is not TOML: its brackets go too deep.") from None
    for key in given:
        known(key, KEYS, f"The rules file {path} has “{key}”, which means nothing")
    return given


def known(name: str, names: Collection[str], otherwise: str) -> None:
    """Accept a name that is among ``names``.

    Raises:
        Unreadable: ``otherwise``, and the nearest of the names.
    """
    if name in names:
        return
    close = difflib.get_close_matches(name, sorted(names), n=1)
    hint = f"do you mean “{close[0]}”?" if close else f"it may be {', '.join(sorted(names))}."
    raise Unreadable(f"{otherwise}; {hint}")


def whole(given: Mapping[str, Any], key: str) -> int:
    if type(given[key]) is not int:
        raise Unreadable(f"In the rules file, {key} is a whole number, not “{given[key]}”.")
    return cast("int", given[key])


def hours(given: Mapping[str, Any]) -> float:
    value = given["minimum_common_hours"]
    if type(value) not in {int, float} or abs(value) > LARGEST:
        raise Unreadable(
            f"In the rules file, minimum_common_hours is a number from 0 to 168, not “{shortened(str(value))}”."
        )
    return float(value)


def whole_numbers(given: Mapping[str, Any], key: str) -> dict[str, int]:
    numbers = given.get(key, {})
    if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
        raise Unreadable(f"In the rules file, write [{key}] with lines such as: name = 2.")
    return numbers


def words(given: Mapping[str, Any], key: str) -> list[str]:
    names = given.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Unreadable(f"In the rules file, {key} is a list of columns.")
    return names


def groups(given: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
    found = given.get(key, [])
    if not isinstance(found, list) or not all(
        isinstance(group, list) and all(isinstance(name, str) for name in group) for group in found
    ):
        raise Unreadable(
            f"In the rules file, {key} is a list of lists of keys, as in [[“a@x.org”, “b@x.org”]]."
        )
    return tuple(tuple(group) for group in found)


def tables(given: Mapping[str, Any], key: str, noun: str, names: Collection[str]) -> list[dict[str, Any]]:
    """Return what stands under each ``[[key]]``, its names checked."""
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(f"In the rules file, write each {noun} under its own [[{key}]].")
    for one in found:
        for name in one:
            known(name, names, f"A {noun} has “{name}”, which means nothing")
    return found


def level(value: object) -> float:
    """Read a level: A1 to C2, native, or a number."""
    found = level_in(value) if isinstance(value, str) else None
    if type(value) in {int, float} and abs(cast("float", value)) <= LARGEST:
        found = float(cast("float", value))
    if found is None:
        raise Unreadable(
            f"In the rules file, a level is {LEVELS_IN_WORDS}, or a number, not “{shortened(str(value))}”."
        )
    return found
