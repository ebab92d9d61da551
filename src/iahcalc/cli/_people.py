"""A table of people, as somebody typed it, to people who can be put into teams."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iahcalc.calendars import CalendarFault, UnknownZone, parse_week, utc_slots, zone_named
from iahcalc.cli.tables import Table, Unreadable
from iahcalc.teams import Person, Value

# Header, as people write it -> what it means. Every other column is an attribute of its own.
HEADERS = {
    "key": ("key", "email", "e mail", "mail", "email address", "id", "student id"),
    "name": ("name", "full name", "person", "student"),
    "country": ("country",),
    "institution": ("institution", "university", "home institution"),
    "profession": ("profession", "discipline", "field", "field of study"),
    "language level": ("language level", "english level", "english", "cefr", "level"),
    "gender": ("gender", "sex"),
    "time zone": ("time zone", "timezone", "tz"),
    "free hours": ("free hours", "free", "availability", "available hours"),
}
LEVELS = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 4.0, "C1": 5.0, "C2": 6.0, "NATIVE": 6.0}
NEVER = {"never", "none", "-", "–"}


@dataclass(frozen=True)
class PeopleTable:
    """People, in the order of the rows, and the attributes there are columns for."""

    people: tuple[Person, ...]
    attributes: tuple[str, ...]
    has_hours: bool


def people_in(given: Table, *, week_of: date) -> PeopleTable:
    """Read people; ``week_of`` is a day of the week whose summer time decides about free hours.

    Raises:
        Unreadable: a column is missing, a person is there twice, a cell cannot be read.
    """
    column = _columns(given)
    if "name" not in column and "key" not in column:
        raise Unreadable(
            f"The table needs a column “name” or “email”; it has {', '.join(f'“{title}”' for title in given.columns)}."
        )
    if "free hours" in column and "time zone" not in column:
        raise Unreadable("The column “free hours” needs a column “time zone” beside it.")
    own = [name for name in column if name not in {"key", "name", "time zone", "free hours"}]
    numeric = {name for name in own if _all_numbers(column[name])}
    seen: dict[str, int] = {}
    people = []
    for index, row in enumerate(given.row_numbers):
        cells = {name: labels[index] for name, labels in column.items()}
        key = cells.get("key") or cells.get("name") or ""
        if not key:
            raise Unreadable(f"Row {row} has neither a name nor a key.")
        if key in seen:
            raise Unreadable(
                f"“{key}” is in row {seen[key]} and again in row {row}; each person may be there once."
            )
        seen[key] = row
        people.append(
            Person(
                key=key,
                name=cells.get("name") or key,
                attributes={name: _value(name, cells[name], row, numeric=name in numeric) for name in own},
                free=_free(cells, row, week_of),
            )
        )
    return PeopleTable(tuple(people), tuple(own), "free hours" in column)


def _columns(given: Table) -> Mapping[str, list[str]]:
    known = {alias: meaning for meaning, aliases in HEADERS.items() for alias in aliases}
    title_of: dict[str, str] = {}
    for title in given.columns:
        plain = re.sub(r"[\s_-]+", " ", title).strip().casefold()
        meaning = known.get(plain, plain)
        if meaning in title_of:
            raise Unreadable(f"The columns “{title_of[meaning]}” and “{title}” both mean “{meaning}”.")
        title_of[meaning] = title
    return {meaning: given.labels(title) for meaning, title in title_of.items()}


def _all_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_number(cell) is not None for cell in filled)


def _number(cell: str) -> float | None:
    try:
        number = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _value(name: str, cell: str, row: int, *, numeric: bool) -> Value:
    if not cell:
        return None
    if name == "language level" and not numeric:
        level = LEVELS.get(cell.upper().rstrip("+"))
        if level is None:
            raise Unreadable(
                f"Row {row}: the language level “{cell}” is not A1, A2, B1, B2, C1, C2 or native."
            )
        return level
    if numeric:
        return _number(cell)
    if ";" in cell:
        return tuple(word.strip() for word in cell.split(";") if word.strip())
    return cell


def _free(given: Mapping[str, str], row: int, week_of: date) -> frozenset[int] | None:
    hours, zone = given.get("free hours", ""), given.get("time zone", "")
    try:
        if zone:
            # Checked even without hours: a wrong zone would surprise as soon as hours are added.
            zone_named(zone)
        if not hours:
            return None
        if not zone:
            raise Unreadable(f"Row {row} has free hours but no time zone.")
        week = () if hours.casefold() in NEVER else parse_week(hours)
        return utc_slots(week, zone=zone, week_of=week_of)
    except UnknownZone as unknown:
        raise Unreadable(f"Row {row}: {unknown}") from unknown
    except CalendarFault as malformed:
        raise Unreadable(f"Row {row}: the free hours cannot be read: {malformed}") from malformed
