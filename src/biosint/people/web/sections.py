"""A person's records as tables that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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


def shown_sections(records: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Section]:
    """Return the sections that have rows; long ones are cut, the file has them whole."""
    shown = []
    for label, rows in records.items():
        if not rows:
            continue
        columns = list(rows[0])
        shown.append(
            Section(
                label=label,
                name=_name(label),
                count=len(rows),
                columns=[column.replace("_", " ") for column in columns],
                rows=[[_text(row.get(column)) for column in columns] for row in rows[:MOST]],
                more=max(0, len(rows) - MOST),
            )
        )
    return shown


def _name(label: str) -> Sentence:
    app, _dot, model = label.partition(".")
    try:
        return str(apps.get_model(app, model)._meta.verbose_name_plural)  # noqa: SLF001 -- Django's documented Model._meta
    except (LookupError, ValueError):
        return label


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    return str(value)
