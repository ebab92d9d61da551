"""What teachers do from the first team to the last mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import operations, queries, rules
from biosint.exchange.models import Course
from biosint.exchange.states import grade_of
from biosint.exchange.web import trails
from biosint.exchange.web.forms import MarkForm
from biosint.exchange.web.views.teach import course_of, tabs
from biosint.shared.requests import SignedIn, login_required


@login_required
def marks(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    verdict = rules.may_mark(request.user, course)
    learners = queries.learners_of(course)
    given = request.POST if request.method == "POST" else None
    rows = [MarkForm(given, application=application) for application in learners]
    if given is not None:
        saved = [_save(request, row) for row in rows if row.is_valid() and row.is_given]
        if not any(row.errors for row in rows):
            messages.success(request, _("The marks are saved.") if saved else _("Nothing was changed."))
            return redirect("exchange:marks", slug)
    return render(
        request,
        "exchange/marks.html",
        {
            "course": course,
            "trail": trails.in_teaching(),
            "tabs": tabs(course, "marks"),
            "rows": [(row, _grade(row, course)) for row in rows],
            "verdict": verdict,
            "has_errors": any(row.errors for row in rows),
            "may_finish": rules.may_finish(
                request.user,
                course,
                unmarked=sum(1 for row in rows if getattr(row.application, "mark", None) is None),
            ),
        },
        status=422 if given is not None else 200,
    )


def _save(request: SignedIn, row: MarkForm) -> bool:
    try:
        operations.give_mark(
            application_id=row.application.pk,
            points=row.cleaned_data["points"],
            comment=row.cleaned_data["comment"],
            seen_version=row.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except operations.MarkedMeanwhile as meanwhile:
        row.add_error("points", str(meanwhile))
        return False
    return True


def _grade(row: MarkForm, course: Course) -> str:
    mark = getattr(row.application, "mark", None)
    return str(grade_of(mark.points, pass_mark=course.pass_mark)) if mark else ""
