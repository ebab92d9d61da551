"""What all learners answered: the list, the file, figures of single questions."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from biosint.audit import api as audit
from biosint.quizzes.queries.attempts import percent, sent_attempts
from biosint.quizzes.queries.overviews import open_attempts
from biosint.quizzes.queries.results import figures_of, table_of
from biosint.quizzes.states import FEWEST_ATTEMPTS
from biosint.quizzes.web.quizzes import around, kept_quiz
from biosint.shared.cells import csv_lines, workbook
from biosint.shared.requests import SignedIn, login_required

ATTEMPTS_PER_PAGE = 50


@login_required
def results(request: SignedIn, quiz_id: int) -> HttpResponse:
    quiz = kept_quiz(request, quiz_id)
    found = sent_attempts(quiz)
    words = request.GET.get("q", "")[:100]
    if words:
        found = found.filter(person__name__icontains=words)
    page = Paginator(found, ATTEMPTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "quizzes/results.html",
        {
            **around(quiz, request),
            "page": page,
            "rows": [(attempt, percent(attempt)) for attempt in page],
            "words": words,
            "open_count": open_attempts(quiz, at=timezone.now()).count(),
        },
    )


@login_required
def figures(request: SignedIn, quiz_id: int) -> HttpResponse:
    quiz = kept_quiz(request, quiz_id)
    return render(
        request,
        "quizzes/figures.html",
        {**around(quiz, request), "rows": figures_of(quiz), "fewest": FEWEST_ATTEMPTS},
    )


@login_required
def export(request: SignedIn, quiz_id: int, form: str) -> HttpResponse:
    """Give all sent attempts as CSV or XLSX; names and answers leave the platform, so the trail says who took them."""
    quiz = kept_quiz(request, quiz_id)
    columns, rows = table_of(quiz)
    table = [columns, *rows]
    if form == "csv":
        content, media = b"".join(csv_lines(table)), "text/csv; charset=utf-8"
    elif form == "xlsx":
        content, media = (
            workbook(table, title="Results"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        raise Http404
    _note(quiz, request)
    name = slugify(quiz.title) or "quiz"
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


def _note(quiz: object, request: SignedIn) -> None:
    from django.db import transaction

    with transaction.atomic():
        audit.record("quizzes.quiz.results_taken", quiz, by=request.user, at=timezone.now())  # type: ignore[arg-type]  # a Quiz
