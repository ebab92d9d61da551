"""Questions: writing, changing, looking at, taking out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.quizzes import rules
from biosint.quizzes.content import ContentFault, check
from biosint.quizzes.content import Question as Content
from biosint.quizzes.models import Bank, Question
from biosint.quizzes.operations import bank as operations
from biosint.quizzes.queries import bank as queries
from biosint.quizzes.queries.attempts import Slot
from biosint.quizzes.states import QuestionKind
from biosint.quizzes.web.question_forms import QuestionForm, draft_from, initial_of, initial_rows, rows_for
from biosint.shared.languages import OWN_NAMES
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require


def _language(request: SignedIn, question: Content | None) -> str:
    """Return the language in which the form writes: the one asked for, else the question's, else the page's."""
    asked = request.GET.get("lang", "")
    if asked in OWN_NAMES:
        return asked
    if question is not None and question.languages:
        return question.languages[0]
    return translation.get_language() or "en"


def kept_bank(request: SignedIn, bank_id: int) -> Bank:
    return get_object_or_404(queries.banks_for(request.user), pk=bank_id)


@login_required
def new(request: SignedIn, bank_id: int, kind: str) -> HttpResponse:
    bank = kept_bank(request, bank_id)
    require(rules.may_keep(request.user, bank))
    if kind not in QuestionKind.values:
        raise Http404
    return _editor(request, bank, QuestionKind(kind), None)


@login_required
def edit(request: SignedIn, public_id: UUID) -> HttpResponse:
    question = get_object_or_404(queries.questions_for(request.user), public_id=public_id)
    require(rules.may_keep(request.user, question.bank))
    return _editor(request, question.bank, QuestionKind(question.kind), question)


def _editor(request: SignedIn, bank: Bank, kind: QuestionKind, question: Question | None) -> HttpResponse:
    before = question.newest.asked if question is not None and question.newest is not None else None
    language = _language(request, before)
    form, rows = _forms(request, kind, question, before, language)
    shown: Slot | None = None
    fault = ""
    if request.method == "POST" and "more" not in request.POST and form.is_valid() and rows.is_valid():
        draft = draft_from(form, rows.forms, language=language, before=before)
        shown = sample(draft.content)
        try:
            if "preview" in request.POST or request.htmx:
                check(draft.content)
            else:
                kept = _keep(request, bank, question, draft, form.cleaned_data["seen_version"] or 0)
                messages.success(request, _("The question is saved."))
                return redirect("quizzes:question", kept.public_id)
        except Fault as refused:
            fault = str(refused)
            form.add_error(None, fault)
    if request.htmx:
        return render(request, "quizzes/_preview.html", {"slot": shown, "fault": fault})
    return render(
        request,
        "quizzes/question_edit.html",
        {
            "bank": bank,
            "kind": kind,
            "question": question,
            "form": form,
            "rows": rows,
            "slot": shown,
            "fault": fault,
            "language": language,
            "languages": [
                (code, name, code == language, bool(before and before.text.get(code)))
                for code, name in OWN_NAMES.items()
            ],
            "trail": _trail(bank),
        },
        status=422 if form.is_bound and (form.errors or rows.total_error_count()) else 200,
    )


def _forms(
    request: SignedIn, kind: QuestionKind, question: Question | None, before: Content | None, language: str
) -> tuple[QuestionForm, Any]:
    if request.method == "POST":
        form = QuestionForm(request.POST, kind=kind)
        if "more" in request.POST:
            posted = request.POST.copy()
            total = posted.get("row-TOTAL_FORMS", "0")
            posted["row-TOTAL_FORMS"] = str(
                min(int(total) if total.isdecimal() and len(total) < 4 else 0, 56) + 4
            )
            return form, rows_for(kind, posted)
        return form, rows_for(kind, request.POST)
    if question is None or before is None or question.newest is None:
        return QuestionForm(kind=kind), rows_for(kind)
    initial = {
        **initial_of(before, language),
        "folder": question.folder,
        "tags": ", ".join(tag.word for tag in question.tags.all()),
        "seen_version": question.newest.number,
    }
    return QuestionForm(kind=kind, initial=initial), rows_for(kind, initial=initial_rows(before, language))


def _keep(
    request: SignedIn, bank: Bank, question: Question | None, draft: operations.Draft, seen: int
) -> Question:
    if question is None:
        return operations.add_question(bank_id=bank.pk, draft=draft, by=request.user, at=timezone.now())
    return operations.change_question(
        question_id=question.pk, draft=draft, seen_version=seen, by=request.user, at=timezone.now()
    )


def sample(content: Content) -> Slot:
    """Return a question as somebody would get it who answers."""
    return Slot(number=0, question=content, version_id=0, points=content.points, answer=None, seed="sample")


def _trail(bank: Bank) -> list[tuple[str, str]]:
    return [
        (_("Questions"), reverse("quizzes:banks")),
        (bank.title, reverse("quizzes:bank", args=[bank.pk])),
    ]


@login_required
def question(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = get_object_or_404(
        queries.questions_for(request.user).prefetch_related("tags"), public_id=public_id
    )
    if shown.newest is None:
        raise Http404
    content = shown.newest.asked
    return render(
        request,
        "quizzes/question.html",
        {
            "question": shown,
            "slot": sample(content),
            "content": content,
            "languages": [OWN_NAMES.get(code, code) for code in content.languages],
            "versions": shown.versions.select_related("made_by"),
            "used_in": [
                part.quiz for part in shown.parts.select_related("quiz") if part.quiz.bank_id == shown.bank_id
            ],
            "may_keep": rules.may_keep(request.user, shown.bank),
            "own_banks": queries.kept_banks(request.user).exclude(pk=shown.bank_id),
            "trail": _trail(shown.bank),
        },
    )


@login_required
@require_POST
def remove(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.questions_for(request.user), public_id=public_id)
    if request.POST.get("restore"):
        operations.restore_question(question_id=found.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The question is back."))
    else:
        operations.remove_question(question_id=found.pk, by=request.user, at=timezone.now())
        messages.success(
            request, _("The question is out of use. Its page brings it back; what was answered is kept.")
        )
    return redirect("quizzes:question", found.public_id)


@login_required
@require_POST
def copy(request: SignedIn, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.questions_for(request.user), public_id=public_id)
    word = request.POST.get("bank", "")
    target = get_object_or_404(
        queries.kept_banks(request.user), pk=int(word) if word.isdecimal() and len(word) < 19 else 0
    )
    try:
        made = operations.copy_question(
            question_id=found.pk, to_bank_id=target.pk, by=request.user, at=timezone.now()
        )
    except ContentFault as fault:
        messages.error(request, str(fault))
        return redirect("quizzes:question", found.public_id)
    messages.success(request, _("Copied. You can change your copy now."))
    return redirect("quizzes:question", made.public_id)
