"""Answers from a file of SPSS (.sav, .zsav), with its labels in any script. pyreadstat is slow to import."""

from __future__ import annotations

import datetime as dt
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from biosint.surveys.columns import UNTOLD, Column, Option
from biosint.surveys.formats.books import Book
from biosint.surveys.formats.xml import Broken
from biosint.surveys.intake import MOST_ANSWERS
from biosint.surveys.states import INSTITUTION, LANGUAGE, ColumnKind

ROWS_AT_A_TIME = 50_000
MOST_VARIABLES = 2_000
_DAYS = re.compile(r"(?:A|E|J|S)?DATE\d*|DATETIME[\d.]*|YMDHMS[\d.]*")


@dataclass(frozen=True, slots=True)
class _Set:
    """Variables that together are one question with several answers."""

    code: str
    label: str
    ticked: str


@dataclass(slots=True)
class _Meta:
    names: list[str]
    labels: dict[str, str]
    value_labels: dict[str, dict[str, str]]
    days: set[str]
    words: set[str]
    measures: dict[str, str]
    sets: dict[str, _Set]
    count: int
    notes: list[str] = field(default_factory=list)


def _source(file: BinaryIO) -> Any:
    """A path is read much faster than an open file; a storage may have none."""
    name = getattr(file, "name", "")
    return name if isinstance(name, str) and os.path.exists(name) else file  # noqa: PTH110 -- a name may be no path at all


def _read(file: BinaryIO, **more: Any) -> tuple[dict[str, list[Any]], Any]:
    import pyreadstat

    if not isinstance(_source(file), str):
        file.seek(0)
    try:
        values, meta = pyreadstat.read_sav(_source(file), output_format="dict", **more)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError):
        raise Broken(_("The file cannot be read as SPSS (.sav). Save it again in its program.")) from None
    return values, meta


def plain(value: Any) -> str:
    """Return a value as a cell: 1 and not 1.0, an ISO day, words without the spaces that fill their field."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()


def _meta(file: BinaryIO) -> _Meta:
    _values, meta = _read(file, metadataonly=True, user_missing=True)
    if len(meta.column_names) > MOST_VARIABLES:
        raise Broken(_("The file has more than %(most)s variables.") % {"most": MOST_VARIABLES})
    missing = {
        name: [(span["lo"], span["hi"]) for span in spans] for name, spans in meta.missing_ranges.items()
    }
    labels = {
        name: {
            plain(value): str(words)
            for value, words in found.items()
            if not any(_between(value, low, high) for low, high in missing.get(name, []))
        }
        for name, found in meta.variable_value_labels.items()
    }
    found = _Meta(
        names=list(meta.column_names),
        labels={name: text or name for name, text in meta.column_names_to_labels.items()},
        value_labels={name: words for name, words in labels.items() if words},
        days={name for name, form in meta.original_variable_types.items() if _DAYS.fullmatch(form or "")},
        words={name for name, form in meta.readstat_variable_types.items() if form == "string"},
        measures=dict(meta.variable_measure),
        sets=_sets(meta),
        count=meta.number_rows,
    )
    if missing:
        found.notes.append(
            _("Values declared as missing are read as not answered, in: %(names)s.")
            % {"names": ", ".join(sorted(missing)[:20])}
        )
    return found


def _between(value: Any, low: Any, high: Any) -> bool:
    try:
        return bool(low <= value <= high)
    except TypeError:
        return bool(value == low)


def _sets(meta: Any) -> dict[str, _Set]:
    """Multiple response sets of dichotomies, by variable."""
    found = {}
    for name, described in (getattr(meta, "mr_sets", None) or {}).items():
        if described.get("is_dichotomy"):
            code = re.sub(r"[^A-Za-z0-9_]", "_", str(name).strip("$")) or "set"
            entry = _Set(code, described.get("label") or code, plain(_number(described.get("counted_value"))))
            found.update(dict.fromkeys(described.get("variable_list") or [], entry))
    return found


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Yield every row; no more than ``ROWS_AT_A_TIME`` are held at once."""
    meta = _meta(file)
    start = 0
    while start < meta.count or (meta.count < 0 and start == 0):
        values, _found = _read(file, row_offset=start, row_limit=ROWS_AT_A_TIME)
        columns = [_cells(values[name], meta.sets.get(name), is_day=name in meta.days) for name in meta.names]
        for number, row in enumerate(zip(*columns, strict=True), start + 1):
            yield number, list(row)
        start += ROWS_AT_A_TIME


def _cells(values: list[Any], of_set: _Set | None, *, is_day: bool) -> list[str]:
    """One variable's cells; the few different values of most variables are turned into words once."""
    known: dict[Any, str] = {}
    found = []
    for value in values:
        cell = known.get(value)
        if cell is None:
            cell = plain(value)
            if of_set is not None and cell:
                cell = "1" if cell == of_set.ticked else "0"
            if is_day:
                cell = cell[:10]
            if len(known) < 5000 and value == value:  # noqa: PLR0124 -- not a number is never the same
                known[value] = cell
        found.append(cell)
    return found


def book(file: BinaryIO) -> Book:
    """Find out what the variables hold: from their labels, and from every row where labels do not tell."""
    meta = _meta(file)
    seen = _seen(file, meta)
    columns: dict[str, Column] = {}
    uses = []
    for name in meta.names:
        if name.lower() in {INSTITUTION, LANGUAGE}:
            uses.append(name.lower())
        elif of_set := meta.sets.get(name):
            before = columns.get(of_set.code) or Column(
                of_set.code, ColumnKind.MULTIPLE, {UNTOLD: of_set.label}
            )
            option = Option(name, {UNTOLD: meta.labels[name]})
            columns[of_set.code] = Column(before.code, before.kind, before.label, (*before.options, option))
            uses.append(f"{of_set.code}:{name}")
        else:
            columns[name] = _column(name, meta, seen[name])
            uses.append(name)
    labels = {
        place: meta.value_labels[name] for place, name in enumerate(meta.names) if name in meta.value_labels
    }
    return Book(tuple(meta.names), tuple(columns.values()), tuple(uses), tuple(meta.notes), labels)


def _seen(file: BinaryIO, meta: _Meta) -> dict[str, set[str]]:
    """The different values of each variable, as far as they could be answers to choose from."""
    seen: dict[str, set[str]] = {name: set() for name in meta.names}
    open_ones = [(place, seen[name]) for place, name in enumerate(meta.names) if name not in meta.days]
    for _place, cells in rows(file):
        for place, values in open_ones:
            if len(values) <= MOST_ANSWERS and cells[place]:
                values.add(cells[place])
    return seen


def _column(name: str, meta: _Meta, seen: set[str]) -> Column:
    words = {UNTOLD: meta.labels[name]}
    labels = meta.value_labels.get(name, {})
    if name in meta.days:
        return Column(name, ColumnKind.DATE, words)
    few = len(seen) <= MOST_ANSWERS
    if few and (labels or name in meta.words) and len(labels) <= MOST_ANSWERS:
        # Values without a label, such as the points between two named ends, are answers as well.
        codes = [*labels, *sorted(seen - labels.keys(), key=_order)]
        codes.sort(key=_order)
        return Column(
            name,
            ColumnKind.SINGLE,
            words,
            options=tuple(Option(code, {UNTOLD: labels.get(code, code)}) for code in codes),
        )
    return Column(name, ColumnKind.TEXT if name in meta.words else ColumnKind.NUMBER, words)


def _order(code: str) -> tuple[int, float, str]:
    try:
        return 0, float(code), ""
    except ValueError:
        return 1, 0.0, code


def with_labels(
    found: Iterator[tuple[int, list[str]]], labels: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[int, list[str]]]:
    """Say the words of codes in these places, for a questionnaire that has other codes for its answers."""
    for number, cells in found:
        for place, words in labels.items():
            cells[place] = words.get(cells[place], cells[place])
        yield number, cells
