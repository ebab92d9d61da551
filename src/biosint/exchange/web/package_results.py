"""What learners have reached in a package, for the teachers of the course: as a page and as files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biosint.exchange.queries.packages import place_of
from biosint.exchange.web import trails
from biosint.exchange.web.package import taught_place
from biosint.packages import api as packages
from biosint.shared.cells import csv_lines
from biosint.shared.requests import SignedIn, login_required

ROWS = 50


@login_required
@require_safe
def results(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = taught_place(request, slug, activity_id)
    pages = Paginator(packages.attempts_at(place_of(place.activity)), ROWS)
    return render(
        request,
        "exchange/package_results.html",
        {
            "course": place.course,
            "activity": place.activity,
            "trail": [
                *trails.below_course(place.course),
                (place.activity.title, place.activity.get_absolute_url()),
            ],
            "page": pages.get_page(request.GET.get("page")),
        },
    )


@login_required
@require_safe
def as_csv(request: SignedIn, slug: str, activity_id: int) -> HttpResponseBase:
    """One line per attempt, read by any spreadsheet."""
    place = taught_place(request, slug, activity_id)
    return _file(
        csv_lines(_lines(place_of(place.activity))), "text/csv; charset=utf-8", f"package-{activity_id}.csv"
    )


@login_required
@require_safe
def as_statements(request: SignedIn, slug: str, activity_id: int) -> HttpResponseBase:
    """One xAPI statement per line."""
    place = taught_place(request, slug, activity_id)
    told = (
        json.dumps(statement, ensure_ascii=False).encode() + b"\n"
        for statement in packages.statements_at(place_of(place.activity))
    )
    return _file(told, "application/x-ndjson", f"package-{activity_id}.jsonl")


@login_required
@require_safe
def archive(request: SignedIn, slug: str, activity_id: int, number: int) -> HttpResponseBase:
    """The package as it was handed in: nobody's work is locked up here."""
    place = taught_place(request, slug, activity_id)
    version = packages.versions_at(place_of(place.activity)).filter(number=number).first()
    if version is None:
        raise Http404
    return FileResponse(
        packages.open_archive(version),
        as_attachment=True,
        filename=version.name,
        content_type="application/zip",
    )


def _lines(where: str) -> Iterator[list[object]]:
    yield [
        _("Learner"),
        _("Attempt"),
        _("Version"),
        _("Begun at"),
        _("Done at"),
        _("Passed"),
        _("Points (0 to 100)"),
        _("Time spent (seconds)"),
    ]
    for attempt in packages.attempts_at(where).iterator(500):
        passed = {True: _("yes"), False: _("no"), None: ""}[attempt.passed]
        yield [
            str(attempt.person),
            attempt.number,
            attempt.version.number,
            attempt.started_at.isoformat(timespec="seconds"),
            attempt.done_at.isoformat(timespec="seconds") if attempt.done_at else "",
            passed,
            "" if attempt.points is None else attempt.points,
            attempt.seconds,
        ]


def _file(lines: Iterator[bytes], media_type: str, name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
