"""The literature table and the list of references, taken away as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from biosint.consortium.api import Consortium
from biosint.shared.languages import country_name
from biosint.shared.requests import SignedIn, login_required
from biosint.situation import references
from biosint.situation.models import Source
from biosint.situation.queries import research as queries
from biosint.situation.web.research import named_consortium, wanted_in
from biosint.situation.web.tables import cell, table_file

HEAD = [
    "authors",
    "year",
    "title",
    "published_in",
    "kind",
    "doi",
    "address",
    "source_country",
    "language",
    "read_on",
    "finding",
    "page",
    "countries",
    "theme",
    "bearing",
    "grade",
    "graders",
    "published",
]


def _rows(request: SignedIn, consortium: Consortium) -> Iterator[list[Any]]:
    """The rows that the page shows, in its order, with every fact of their sources."""
    names = {theme.code: theme.name for theme in queries.themes_of(consortium)}
    for finding in queries.findings_of(consortium, wanted_in(request)):
        source = finding.source
        yield [
            cell(source.authors),
            source.year,
            cell(source.title),
            cell(source.published_in),
            source.kind,
            source.doi,
            cell(source.url),
            source.country,
            source.language,
            source.read_date.isoformat() if source.read_date else "",
            cell(finding.text),
            cell(finding.page),
            "; ".join(country_name(code) for code in finding.countries),
            cell(names.get(finding.theme, finding.theme)),
            finding.bearing,
            finding.grade,
            getattr(finding, "graders", 0),
            "yes" if finding.is_published else "no",
        ]


@login_required
@require_GET
def as_csv(request: SignedIn) -> HttpResponse:
    """The literature table as CSV."""
    consortium = named_consortium(request)
    answer = table_file("literature.csv")
    writer = csv.writer(answer)
    writer.writerow(HEAD)
    writer.writerows(_rows(request, consortium))
    return answer


@login_required
@require_GET
def as_xlsx(request: SignedIn) -> HttpResponse:
    """The literature table as a workbook."""
    import openpyxl

    consortium = named_consortium(request)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("literature")
    sheet.append(HEAD)
    for row in _rows(request, consortium):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return HttpResponse(
        made.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="literature.xlsx"'},
    )


def _sources(consortium: Consortium) -> Iterator[references.Reference]:
    for source in Source.objects.filter(consortium=consortium):
        yield queries.reference_of(source)


def _as_file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_GET
def as_list(request: SignedIn) -> HttpResponse:
    """Every source as a list of references, by author."""
    lines = [references.written(one) for one in _sources(named_consortium(request))]
    return _as_file("\n\n".join(lines) + "\n", "references.txt")


@login_required
@require_GET
def as_ris(request: SignedIn) -> HttpResponse:
    """Every source as RIS, for a reference manager."""
    return _as_file(references.as_ris(_sources(named_consortium(request))), "references.ris")
