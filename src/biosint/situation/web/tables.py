"""Figures taken away as a table that spreadsheets open as they are."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse

T = TypeVar("T")

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_file(name: str) -> HttpResponse:
    """Return an empty CSV answer; the mark at its start tells spreadsheets that it is UTF-8."""
    return HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def cell(value: T) -> T | str:
    """Return a cell so that no spreadsheet takes words that a person typed for a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value
