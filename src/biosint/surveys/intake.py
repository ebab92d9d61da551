"""Understands the rows of a file: guesses what its columns are, checks each row, makes answers of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.answering import LONGEST_TEXT, day_from, number_from, plain
from biosint.surveys.columns import UNTOLD, Column, Option
from biosint.surveys.states import INSTITUTION, LANGUAGE, ColumnKind

MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "NULL", "null"})
# More different values than this are free text, not answers to choose from.
MOST_ANSWERS = 60
SHOWN_FAULTS = 200
TRUE_WORDS = frozenset({"1", "y", "yes", "true", "x", "да", "da", "po"})
FALSE_WORDS = frozenset({"0", "n", "no", "false", "не", "ne", "jo"})
_BETWEEN = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, slots=True)
class Use:
    """What one column of the file becomes: ``into`` a column, ``option`` of it, or (empty) nothing."""

    into: str = ""
    option: str = ""


@dataclass(slots=True)
class Report:
    """What a look at every row found, before anything is written."""

    rows: int = 0
    usable: int = 0
    duplicates: int = 0
    duplicate_rows: list[int] = field(default_factory=list)
    fault_count: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def add_fault(self, row: int, text: str) -> None:
        self.fault_count += 1
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append((row, text))

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "usable": self.usable,
            "duplicates": self.duplicates,
            "duplicate_rows": self.duplicate_rows,
            "fault_count": self.fault_count,
            "faults": [list(fault) for fault in self.faults],
        }


@dataclass(frozen=True, slots=True)
class Read:
    """One row understood."""

    institution: str
    language: str
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows become answers.

    ``institutions`` are words (name, short name, address word; folded) -> key of an institution.
    """

    header: tuple[str, ...]
    uses: tuple[Use, ...]
    columns: Mapping[str, Column]
    institutions: Mapping[str, int]
    leave_out_duplicates: bool


def folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def guess_uses(header: Iterable[str], columns: Iterable[Column]) -> tuple[Use, ...]:
    """Guess which column of the file is which question: by code, by question text, by option."""
    by_word: dict[str, Use] = {
        INSTITUTION: Use(INSTITUTION),
        LANGUAGE: Use(LANGUAGE),
        "startlanguage": Use(LANGUAGE),
    }
    for column in columns:
        by_word.setdefault(folded(column.code), Use(column.code))
        for text in column.label.values():
            by_word.setdefault(folded(text), Use(column.code))
        if column.kind == ColumnKind.MULTIPLE:
            for option in column.options:
                for sign in (":", ".", "_"):
                    by_word.setdefault(
                        folded(f"{column.code}{sign}{option.code}"), Use(column.code, option.code)
                    )
    guessed: list[Use] = []
    for name in header:
        # LimeSurvey writes the part of a question in brackets: Q00[SQ001].
        use = by_word.get(folded(name)) or by_word.get(folded(name.replace("[", "_").rstrip("]"))) or Use()
        guessed.append(Use() if use in guessed else use)
    return tuple(guessed)


def infer_columns(header: tuple[str, ...], rows: Iterable[tuple[int, list[str]]]) -> list[Column]:
    """Find out what each column of an unknown table holds, from every row."""
    values: list[set[str]] = [set() for _name in header]
    numeric = [True] * len(header)
    for _number, cells in rows:
        for place, cell in enumerate(cells[: len(header)]):
            seen = values[place]
            if cell in seen or cell in MISSING:
                continue
            if len(seen) <= MOST_ANSWERS or numeric[place]:
                if numeric[place] and number_from(cell) is None:
                    numeric[place] = False
                if len(seen) <= MOST_ANSWERS:
                    seen.add(cell)
    taken: set[str] = {INSTITUTION, LANGUAGE}
    return [
        _inferred(name, values[place], is_number=numeric[place] and bool(values[place]), taken=taken)
        for place, name in enumerate(header)
    ]


def _inferred(name: str, values: set[str], *, is_number: bool, taken: set[str]) -> Column:
    code = name if name not in taken else f"{name}_"
    taken.add(code)
    distinct = {value.strip() for value in values} - MISSING
    if is_number:
        kind = ColumnKind.NUMBER
    elif len(distinct) <= MOST_ANSWERS:
        kind = ColumnKind.SINGLE
    else:
        kind = ColumnKind.TEXT
    return Column(code, kind, {UNTOLD: name}, options=_options(distinct) if kind == ColumnKind.SINGLE else ())


def _options(distinct: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(code=value, label={UNTOLD: value}) for value in sorted(distinct))


def as_kind(column: Column, kind: ColumnKind, seen: Iterable[str]) -> Column:
    """Return the column read in another way, as the person chose."""
    return replace(column, kind=kind, options=_options(seen) if kind == ColumnKind.SINGLE else ())


def understand(
    rows: Iterable[tuple[int, list[str]]], plan: Plan, report: Report
) -> Iterator[tuple[int, Read]]:
    """Yield every row that can be taken; the report says what became of the others."""
    reader = _RowReader(plan)
    seen: set[int] = set()
    for number, cells in rows:
        report.rows += 1
        # A hash of 64 bits instead of the row itself: a million rows fit into memory.
        fingerprint = hash(tuple(cells))
        if fingerprint in seen:
            report.duplicates += 1
            if len(report.duplicate_rows) < SHOWN_FAULTS:
                report.duplicate_rows.append(number)
            if plan.leave_out_duplicates:
                continue
        seen.add(fingerprint)
        if len(cells) > len(plan.header):
            report.add_fault(number, _("It has more cells than the first row."))
            continue
        fault = ""
        try:
            read = reader.read(cells)
        except _NotUnderstood as reason:
            fault = str(reason)
        if fault:
            report.add_fault(number, fault)
        elif not read.answers:
            report.add_fault(number, _("It holds no answer."))
        else:
            report.usable += 1
            yield number, read


class _NotUnderstood(Exception):
    """A cell that fits no answer; the text is the sentence."""


class _RowReader:
    """Reads rows by one plan; each spelling of an answer is understood once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.places = [(place, use) for place, use in enumerate(plan.uses) if use.into]
        self.known: list[dict[str, Any]] = [{} for _use in plan.uses]

    def read(self, cells: list[str]) -> Read:
        institution = language = ""
        answers: dict[str, Any] = {}
        for place, use in self.places:
            cell = cells[place]
            known = self.known[place]
            if cell in known:
                value = known[cell]
            else:
                value = self._value(place, use, cell.replace("\x00", "").strip())
                # Numbers and words that repeat are few; free texts would only fill the memory.
                if len(known) < 5000:
                    known[cell] = value
            if value is None:
                continue
            if use.into == INSTITUTION:
                institution = value
            elif use.into == LANGUAGE:
                language = value
            elif use.option:
                chosen = answers.setdefault(use.into, [])
                if value:
                    chosen.append(use.option)
            else:
                answers[use.into] = value
        return Read(institution, language, answers)

    def _value(self, place: int, use: Use, cell: str) -> Any:
        if cell in MISSING:
            return None
        name = self.plan.header[place]
        if use.into == INSTITUTION:
            if folded(cell) not in self.plan.institutions:
                raise _NotUnderstood(_("“%(cell)s” is no institution that was asked.") % {"cell": cell[:60]})
            return folded(cell)
        if use.into == LANGUAGE:
            return cell[:10]
        column = self.plan.columns[use.into]
        if use.option:
            return _is_chosen(cell, name)
        return _READERS[column.kind](column, cell, name)


def _is_chosen(cell: str, name: str) -> bool:
    if folded(cell) in TRUE_WORDS:
        return True
    if folded(cell) in FALSE_WORDS:
        return False
    raise _NotUnderstood(_unknown(cell, name))


def _codes_of(column: Column, cell: str, name: str) -> list[str]:
    found = [_code_of(column, part, name) for part in _BETWEEN.split(cell) if part]
    return [option.code for option in column.options if option.code in found]


def _order_of(column: Column, cell: str, name: str) -> list[str]:
    """Read codes or words in their order, the preferred first."""
    found = [_code_of(column, part, name) for part in _BETWEEN.split(cell) if part]
    if len(set(found)) < len(found):
        raise _NotUnderstood(_unknown(cell, name))
    return found


def _day_of(_column: Column, cell: str, name: str) -> str:
    day = day_from(cell)
    if day is None:
        raise _NotUnderstood(
            _("“%(cell)s” in the column “%(name)s” is not a day.") % {"cell": cell[:60], "name": name}
        )
    return day.isoformat()


def _text_of(_column: Column, cell: str, _name: str) -> str:
    return cell[:LONGEST_TEXT]


def _unknown(cell: str, name: str) -> str:
    return _("“%(cell)s” in the column “%(name)s” is not one of the answers.") % {
        "cell": cell[:60],
        "name": name,
    }


def _code_of(column: Column, cell: str, name: str) -> str:
    for option in column.options:
        if option.code == cell:
            return option.code
    wanted = folded(cell)
    for option in column.options:
        if folded(option.code) == wanted or any(folded(text) == wanted for text in option.label.values()):
            return option.code
    raise _NotUnderstood(_unknown(cell, name))


def _number_of(column: Column, cell: str, name: str) -> float | int:
    value = number_from(cell)
    if value is None:
        raise _NotUnderstood(
            _("“%(cell)s” in the column “%(name)s” is not a number.") % {"cell": cell[:60], "name": name}
        )
    low, high = column.least, column.most
    if (low is not None and value < low) or (high is not None and value > high):
        raise _NotUnderstood(
            _("%(cell)s in the column “%(name)s” is outside %(least)s to %(most)s.")
            % {
                "cell": cell[:60],
                "name": name,
                "least": "…" if low is None else plain(low),
                "most": "…" if high is None else plain(high),
            }
        )
    if column.kind == ColumnKind.POINT and value != int(value):
        raise _NotUnderstood(_unknown(cell, name))
    return plain(value)


_READERS = {
    ColumnKind.SINGLE: _code_of,
    ColumnKind.MULTIPLE: _codes_of,
    ColumnKind.RANK: _order_of,
    ColumnKind.POINT: _number_of,
    ColumnKind.NUMBER: _number_of,
    ColumnKind.DATE: _day_of,
    ColumnKind.TEXT: _text_of,
}
