"""A person's records as tables that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from biosint.shared.dates import written_day, written_moment
from biosint.shared.verdicts import Sentence

MOST = 100


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record: its name, its columns, and the first rows as text."""

    label: str
    name: Sentence
    count: int
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: int

    @property
    def only(self) -> list[tuple[str, str]]:
        """The one record, fact by fact; empty when there are several."""
        return list(zip(self.columns, self.rows[0], strict=True)) if self.count == 1 else []


def shown_sections(records: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Section]:
    """Return the sections that have rows; long ones are cut, the file has them whole."""
    shown = []
    # Who the person is comes first, then what they have, then what they did.
    for label in sorted(
        records, key=lambda one: (one != "people.person", not one.startswith("people."), one)
    ):
        rows = records[label]
        if not rows:
            continue
        columns = list(rows[0])
        shown.append(
            Section(
                label=label,
                name=_name(label),
                count=len(rows),
                columns=[_column(label, column) for column in columns],
                rows=[[_shown(label, column, row.get(column)) for column in columns] for row in rows[:MOST]],
                more=max(0, len(rows) - MOST),
            )
        )
    return shown


def _name(label: str) -> Sentence:
    app, _dot, model = label.partition(".")
    try:
        return str(apps.get_model(app, model)._meta.verbose_name_plural)  # noqa: SLF001 -- Django's documented Model._meta
    except (LookupError, ValueError):
        pass
    try:
        return apps.get_app_config(label).verbose_name
    except LookupError:
        return label.replace("_", " ")


def _column(label: str, column: str) -> str:
    """Return the field's own name, in the reader's language; else the word that the export uses."""
    app, _dot, model = label.partition(".")
    try:
        field = apps.get_model(app, model)._meta.get_field(column)  # noqa: SLF001 -- Django's documented Model._meta
        return capfirst(str(field.verbose_name))
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return capfirst(column.replace("_", " "))


def _shown(label: str, column: str, value: object) -> str:
    """Return a value in the reader's words: a chosen value has the name that the form gave it."""
    app, _dot, model = label.partition(".")
    try:
        field = apps.get_model(app, model)._meta.get_field(column)  # noqa: SLF001 -- Django's documented Model._meta
        choices = dict(getattr(field, "flatchoices", ()) or ())
    except (LookupError, ValueError, FieldDoesNotExist):
        choices = {}
    return _text(choices.get(value, value) if isinstance(value, str | int) else value)


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date):
        return written_day(value)
    return str(value)
