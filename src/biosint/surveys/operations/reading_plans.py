"""How a file of answers is read: guesses, a person's choices, and the rows understood by them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from biosint.files import api as files
from biosint.institutions.api import Institution
from biosint.surveys import intake as reading
from biosint.surveys.columns import Column, from_json
from biosint.surveys.formats import described
from biosint.surveys.formats.books import Book
from biosint.surveys.formats.spss_in import with_labels
from biosint.surveys.models import Intake
from biosint.surveys.states import INSTITUTION, LANGUAGE, ColumnKind
from biosint.surveys.tables import Layout, rows_of


@dataclass(frozen=True, slots=True)
class Choices:
    """How a person wants a file to be read. ``uses`` and ``kinds`` go by the name of the column."""

    uses: dict[str, str]
    kinds: dict[str, str]
    weight: str
    institution_id: int | None
    leave_out_duplicates: bool
    hides_small_groups: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "uses": self.uses,
            "kinds": self.kinds,
            "weight": self.weight,
            "institution_id": self.institution_id,
            "leave_out_duplicates": self.leave_out_duplicates,
            "hides_small_groups": self.hides_small_groups,
        }


@contextmanager
def content_of(stored: files.StoredFile) -> Iterator[BinaryIO]:
    with files.open_content(stored) as content:
        yield cast("BinaryIO", content.file)


def _columns_of(intake: Intake) -> list[Column]:
    if intake.target is not None:
        return intake.target.columns
    return [from_json(entry) for entry in intake.plan["columns"]]


def settled_plan(intake: Intake, layout: Layout) -> dict[str, Any]:
    """Settle what each column of the file becomes, from guesses and what a person chose."""
    plan: dict[str, Any] = dict(intake.plan)
    if not plan:
        plan = _guessed(intake, layout)
    if intake.target is None:
        plan["columns"] = _as_chosen(intake, layout, plan)
    return plan


def _guessed(intake: Intake, layout: Layout) -> dict[str, Any]:
    only = None
    if intake.target is not None:
        uses = reading.guess_uses(layout.header, intake.target.columns)
        asked = list(intake.target.asked.values_list("institution_id", flat=True))
        only = asked[0] if len(asked) == 1 else None
        words = {
            name: f"{use.into}:{use.option}" if use.option else use.into
            for name, use in zip(layout.header, uses, strict=True)
        }
    elif layout.kind:
        with content_of(intake.file) as content:
            return _as_described(described.book_of(content, layout.kind))
    else:
        with content_of(intake.file) as content:
            inferred = reading.infer_columns(layout.header, rows_of(content, layout))
        words = {name: column.code for name, column in zip(layout.header, inferred, strict=True)}
        places = institution_words(intake)
        for name, column in zip(layout.header, inferred, strict=True):
            named = [reading.folded(option.code) in places for option in column.options]
            if named and all(named) and INSTITUTION not in words.values():
                words[name] = INSTITUTION
        return {
            "uses": words,
            "kinds": {column.code: column.kind.value for column in inferred},
            "inferred": [column.as_json() for column in inferred],
            "weight": "",
            "institution_id": None,
            "leave_out_duplicates": False,
            "hides_small_groups": True,
        }
    return {
        "uses": words,
        "kinds": {},
        "weight": "",
        "institution_id": only,
        # Two people may answer alike. Rows are surely the same person's only where a column that is
        # not taken (a number, a moment) is the same too.
        "leave_out_duplicates": any(not use.into for use in uses),
        "hides_small_groups": True,
    }


def _as_described(book: Book) -> dict[str, Any]:
    """The file says itself what its columns hold."""
    return {
        "uses": dict(zip(book.header, book.uses, strict=True)),
        "kinds": {column.code: column.kind.value for column in book.columns},
        "inferred": [column.as_json() for column in book.columns],
        "weight": "",
        "institution_id": None,
        "leave_out_duplicates": False,
        "hides_small_groups": True,
    }


def _as_chosen(intake: Intake, layout: Layout, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """The code book of a new set: inferred columns, in the kinds that were chosen."""
    inferred = [from_json(entry) for entry in plan["inferred"]]
    places = {plan["uses"].get(name, ""): place for place, name in enumerate(layout.header)}
    used = set(places) | {use.partition(":")[0] for use in places if layout.kind}
    book = []
    for column in inferred:
        if column.code not in used:
            continue
        place = places.get(column.code, -1)
        kind = ColumnKind(plan["kinds"].get(column.code, column.kind.value))
        if kind != column.kind:
            seen: set[str] = set()
            if kind == ColumnKind.SINGLE:
                with content_of(intake.file) as content:
                    for _number, cells in rows_of(content, layout):
                        seen.add(cells[place].strip())
                seen -= reading.MISSING
            if len(seen) > reading.MOST_ANSWERS:
                kind = ColumnKind.TEXT
            book.append(reading.as_kind(column, kind, seen).as_json())
        else:
            book.append(column.as_json())
    return book


def understood(intake: Intake, layout: Layout, report: reading.Report) -> Iterator[tuple[int, reading.Read]]:
    columns = {column.code: column for column in _columns_of(intake)}
    uses = []
    for name in layout.header:
        into, _sign, option = intake.plan["uses"].get(name, "").partition(":")
        if into in columns and columns[into].kind == ColumnKind.MULTIPLE:
            uses.append(reading.Use(into, option))
        else:
            into = intake.plan["uses"].get(name, "")
            uses.append(reading.Use(into if into in columns or into in {INSTITUTION, LANGUAGE} else ""))
    plan = reading.Plan(
        header=layout.header,
        uses=tuple(uses),
        columns=columns,
        institutions=institution_words(intake),
        leave_out_duplicates=intake.plan["leave_out_duplicates"],
    )
    with content_of(intake.file) as content:
        rows = rows_of(content, layout)
        if layout.kind and intake.target is not None:
            rows = with_labels(rows, _foreign_labels(content, layout, plan))
        yield from reading.understand(rows, plan, report)


def _foreign_labels(content: BinaryIO, layout: Layout, plan: reading.Plan) -> dict[int, dict[str, str]]:
    """Words of codes, where the questionnaire knows its answers by other codes than the file."""
    found = {}
    for place, labels in described.book_of(content, layout.kind).labels.items():
        use = plan.uses[place]
        column = plan.columns.get(use.into)
        if column is None or use.option or column.kind != ColumnKind.SINGLE:
            continue
        known = {option.code for option in column.options}
        found[place] = {code: words for code, words in labels.items() if code not in known}
    return found


def institution_words(intake: Intake) -> dict[str, int]:
    known = Institution.objects.all()
    if intake.target is not None:
        known = known.filter(pk__in=intake.target.asked.values("institution"))
    return {
        reading.folded(word): institution.pk
        for institution in known
        for word in (institution.slug, institution.short_name, institution.name)
    }
