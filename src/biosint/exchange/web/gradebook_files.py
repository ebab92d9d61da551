"""The grade book as a table that spreadsheets and student records read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biosint.audit import api as audit
from biosint.exchange import rules
from biosint.exchange.queries.gradebook import book_of, learners_in_book, marked_activities
from biosint.exchange.web.gradebook_forms import BookFilter
from biosint.exchange.web.views.teach import course_of
from biosint.shared.cells import csv_lines, workbook
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from iahcalc.marks import Standing

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Application, Course
    from biosint.exchange.queries.gradebook import Cell, Row

AT_A_TIME = 200
# A workbook is made whole before its first byte leaves; a larger book leaves as CSV, line by line.
MOST_IN_WORKBOOK = 1000
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
@require_safe
def table(request: SignedIn, slug: str, form: str) -> HttpResponseBase:
    """Give the learners that the filter shows, with every marked activity; the trail says who took them along."""
    course = course_of(request, slug)
    require(rules.may_mark(request.user, course))
    if form not in MEDIA:
        raise Http404
    now = timezone.now()
    learners = list(learners_in_book(course, **BookFilter(request.GET, course=course).asked))
    if form == "xlsx" and len(learners) > MOST_IN_WORKBOOK:
        messages.error(
            request,
            _(
                "A workbook holds %(most)s learners at most. Take the CSV table, or choose an institution first."
            )
            % {"most": MOST_IN_WORKBOOK},
        )
        return redirect("exchange:gradebook", slug)
    with transaction.atomic():
        audit.record("exchange.gradebook.taken", course, by=request.user, at=now, learners=len(learners))
    rows = _rows(course, learners, at=now)
    response: HttpResponseBase = (
        StreamingHttpResponse(csv_lines(rows), content_type=MEDIA["csv"])
        if form == "csv"
        else HttpResponse(workbook(rows, title=_("Grade book")[:31]), content_type=MEDIA["xlsx"])
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{course.slug}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _rows(course: Course, learners: list[Application], *, at: datetime) -> Iterator[list[object]]:
    activities = marked_activities(course)
    yield _heading(activities)
    for first in range(0, len(learners), AT_A_TIME):
        for row in book_of(course, activities, learners[first : first + AT_A_TIME], at=at):
            yield _line(row)


def _heading(activities: list[Activity]) -> list[object]:
    return [
        _("Learner"),
        _("Institution"),
        _("Team"),
        *[f"{activity.title} ({activity.weight.normalize():f} %)" for activity in activities],
        _("Total, at least"),
        _("Total, at most"),
        _("Final"),
        _("Marked by"),
        _("Marked at (UTC)"),
    ]


def _line(row: Row) -> list[object]:
    application, mark = row.application, getattr(row.application, "mark", None)
    membership = getattr(application, "membership", None)
    return [
        str(application.learner),
        application.institution.name if application.institution else "",
        membership.team.number if membership else "",
        *[_said(cell) for cell in row.cells],
        "" if row.total.low is None else float(row.total.low),
        "" if row.total.high is None else float(row.total.high),
        mark.points if mark else "",
        str(mark.marked_by) if mark else "",
        mark.marked_at.strftime("%Y-%m-%d %H:%M") if mark else "",
    ]


def _said(cell: Cell) -> float | str:
    """Points as a number; what has none, in words."""
    if cell.standing == Standing.MARKED and cell.points is not None:
        return float(cell.points)
    return {
        Standing.WAITING: _("not marked"),
        Standing.MISSING: _("not handed in"),
        Standing.EXCUSED: _("excused"),
    }.get(cell.standing, _("open"))
