"""Figures taken away as a table that spreadsheets open as they are."""

from __future__ import annotations

from django.http import HttpResponse

from biosint.shared.cells import harmless as cell

__all__ = ["cell", "table_file"]


def table_file(name: str) -> HttpResponse:
    """Return an empty CSV answer; the mark at its start tells spreadsheets that it is UTF-8."""
    return HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
