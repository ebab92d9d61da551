"""A table of people, as somebody typed it, to people who can be put into teams."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iahcalc.calendars import CalendarFault, UnknownZone, parse_week, utc_slots, zone_named
from iahcalc.cli._people_values import number_in, reader_of
from iahcalc.cli.tables import Table, Unreadable, shortened
from iahcalc.teams import Person, Value

# Header, as people write it -> what it means. Every other column is an attribute of its own.
HEADERS = {
    "key": ("key", "email", "e mail", "mail", "email address", "id", "student id"),
    "name": ("name", "full name", "person", "student"),
    "country": ("country",),
    "institution": ("institution", "university", "home institution"),
    "profession": ("profession", "discipline", "field", "field of study"),
    "language level": ("language level", "english level", "english", "cefr", "level"),
    "languages": ("languages", "spoken languages", "language skills"),
    "native language": ("native language", "mother tongue", "first language"),
    "year": ("year", "year of study", "study year"),
    "gender": ("gender", "sex"),
    "time zone": ("time zone", "timezone", "tz"),
    "free hours": ("free hours", "free", "availability", "available hours"),
    "team": ("team",),
    "last team": ("last team", "last time", "previous team"),
}
MEANING = {alias: meaning for meaning, aliases in HEADERS.items() for alias in aliases}
NO_ATTRIBUTES = frozenset({"key", "name", "time zone", "free hours", "team", "last team"})
NEVER = frozenset({"never", "none", "-", "–"})
LONGEST_HOURS = 2_000
# What would move the cursor of a terminal, or turn the reading direction of the words that follow.
_UNSHOWABLE = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), " ")


@dataclass(frozen=True)
class PeopleTable:
    """People, in the order of the rows, and the attributes there are columns for.

    ``ladder``: the language levels are A1 to C2, not numbers of their own. ``team_cells`` is the column “team”, ``last_teams`` the keys of people who had the same word in
    the column “last team”; both are empty without the column.
    """

    people: tuple[Person, ...]
    attributes: tuple[str, ...]
    has_hours: bool
    ladder: bool = False
    team_cells: tuple[str, ...] = ()
    last_teams: tuple[tuple[str, ...], ...] = ()
    row_numbers: tuple[int, ...] = ()


def people_in(
    given: Table,
    *,
    week_of: date,
    as_words: Collection[str] = (),
    row_name: Callable[[int], str] = "Row {}".format,
) -> PeopleTable:
    """Read people.

    Args:
        given: the table.
        week_of: a day of the week whose summer time decides about free hours.
        as_words: columns whose numbers are names (a year of study), not amounts.
        row_name: how a row is called in a sentence about it.

    Raises:
        Unreadable: a column is missing, a person is there twice, a cell cannot be read.
    """
    column = columns_of(given)
    if "name" not in column and "key" not in column:
        raise Unreadable(
            "The table needs a column “name” or “email”; "
            f"it has {', '.join(f'“{shortened(title)}”' for title in given.columns)}."
        )
    if "free hours" in column and "time zone" not in column:
        raise Unreadable("The column “free hours” needs a column “time zone” beside it.")
    rows = [row_name(row) for row in given.row_numbers]
    keys = _keys(column, rows)
    names = [name or key for name, key in zip(column.get("name", keys), keys, strict=True)]
    own = tuple(name for name in column if name not in NO_ATTRIBUTES)
    values = [_values(name, column[name], rows, as_words=name in as_words) for name in own]
    free = _free(column, rows, week_of)
    people = tuple(
        Person(key=key, name=name, attributes=dict(zip(own, of_person, strict=True)), free=hours)
        for key, name, of_person, hours in zip(
            keys, names, zip(*values, strict=True) if own else [()] * len(keys), free, strict=True
        )
    )
    return PeopleTable(
        people=people,
        attributes=own,
        has_hours="free hours" in column,
        ladder="language level" in column and not _numeric(column["language level"]),
        team_cells=tuple(column.get("team", ())),
        last_teams=alike(keys, column.get("last team", ())),
        row_numbers=tuple(given.row_numbers),
    )


def plain(title: str) -> str:
    """Return a header in the one form it is compared in; one of several words for a thing becomes the first."""
    folded = re.sub(r"[\s_-]+", " ", title).strip().casefold()
    return MEANING.get(folded, folded)


def columns_of(given: Table) -> Mapping[str, list[str]]:
    """Return the columns by what they mean.

    Raises:
        Unreadable: two columns mean the same.
    """
    title_of: dict[str, str] = {}
    for title in given.columns:
        meaning = plain(title)
        if meaning in title_of:
            raise Unreadable(f"The columns “{title_of[meaning]}” and “{title}” both mean “{meaning}”.")
        title_of[meaning] = title
    return {
        meaning: given.labels(title) if meaning == "free hours" else _showable(given.labels(title))
        for meaning, title in title_of.items()
    }


def alike(keys: Sequence[str], cells: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the keys of those who have the same word, for words of two or more people."""
    groups: dict[str, list[str]] = {}
    for key, cell in zip(keys, cells, strict=False):
        if cell:
            groups.setdefault(cell.casefold(), []).append(key)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def keys_in(given: Table) -> list[str]:
    """Return who each row of a table is about, read as in a table of people.

    Raises:
        Unreadable: as ``people_in``.
    """
    column = columns_of(given)
    if "name" not in column and "key" not in column:
        raise Unreadable("it needs a column “name” or “email”.")
    return _keys(column, [f"Row {row}" for row in given.row_numbers])


def _keys(column: Mapping[str, list[str]], rows: Sequence[str]) -> list[str]:
    either = [column[name] for name in ("key", "name") if name in column]
    keys = [next((cell for cell in cells if cell), "") for cells in zip(*either, strict=True)]
    seen: dict[str, str] = {}
    for key, row in zip(keys, rows, strict=True):
        if not key:
            raise Unreadable(f"{row} has neither a name nor a key.")
        if key in seen:
            again = row[:1].lower() + row[1:]
            first = seen[key][:1].lower() + seen[key][1:]
            raise Unreadable(
                f"“{shortened(key)}” is in {first} and again in {again}; each person may be there once."
            )
        seen[key] = row
    return keys


def _showable(cells: Sequence[str]) -> list[str]:
    return [cell if cell.isprintable() else " ".join(cell.translate(_UNSHOWABLE).split()) for cell in cells]


def _values(name: str, cells: Sequence[str], rows: Sequence[str], *, as_words: bool) -> list[Value]:
    filled = dict.fromkeys(cell for cell in cells if cell)
    read = reader_of(name, list(filled), numeric=not as_words and _numeric(filled))
    # A table repeats few words, so each is read once, in order: the first fault is reported.
    known: dict[str, Value] = {"": None}
    for cell in filled:
        try:
            known[cell] = read(cell)
        except Unreadable as fault:
            raise Unreadable(f"{rows[cells.index(cell)]}: {fault}") from None
    return [known[cell] for cell in cells]


def _numeric(cells: Iterable[str]) -> bool:
    filled = {cell for cell in cells if cell}
    return bool(filled) and all(number_in(cell) is not None for cell in filled)


def _free(column: Mapping[str, list[str]], rows: Sequence[str], week_of: date) -> list[frozenset[int] | None]:
    nothing = [""] * len(rows)
    pairs = list(zip(column.get("free hours", nothing), column.get("time zone", nothing), strict=True))
    known: dict[tuple[str, str], frozenset[int] | None] = {}
    for pair in dict.fromkeys(pairs):
        try:
            known[pair] = free_slots(*pair, week_of=week_of)
        except Unreadable as fault:
            raise Unreadable(f"{rows[pairs.index(pair)]}: {fault}") from None
    return [known[pair] for pair in pairs]


def free_slots(hours: str, zone: str, *, week_of: date) -> frozenset[int] | None:
    """Return the quarter-hours of the week in UTC, ``None`` where the hours are not known.

    Raises:
        Unreadable: the zone or the hours cannot be read.
    """
    try:
        if zone:
            # Checked even without hours: a wrong zone would surprise as soon as hours are added.
            zone_named(zone)
        if not hours:
            return None
        if not zone:
            raise Unreadable("there are free hours, but no time zone.")
        if len(hours) > LONGEST_HOURS:
            raise Unreadable(
                f"the free hours cannot be read: they have more than {LONGEST_HOURS:,} characters."
            )
        week = () if hours.casefold() in NEVER else parse_week(hours)
        return utc_slots(week, zone=zone, week_of=week_of)
    except UnknownZone as unknown:
        raise Unreadable(str(unknown)) from unknown
    except CalendarFault as malformed:
        raise Unreadable(f"the free hours cannot be read: {malformed}") from malformed
