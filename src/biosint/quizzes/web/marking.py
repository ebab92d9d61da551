"""What teachers decide about attempts: free texts, late answers, a corrected key, more time."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from biosint.quizzes.models import Attempt
from biosint.quizzes.operations import marking as operations
from biosint.quizzes.queries.attempts import Slot, attempts_for, slots_of
from biosint.quizzes.queries.overviews import open_attempts
from biosint.quizzes.states import AttemptState
from biosint.quizzes.web.quizzes import around, kept_quiz
from biosint.shared.requests import SignedIn, key_in, login_required
from biosint.shared.verdicts import Fault

ATTEMPTS_PER_PAGE = 10


class MarkForm(forms.Form):
    share = forms.DecimalField(
        label=gettext_lazy("Share of the points (%)"), min_value=0, max_value=100, decimal_places=2
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the learner"),
        max_length=operations.LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen_share = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


def _form(attempt: Attempt, slot: Slot, data: object = None) -> MarkForm:
    kept = attempt.marks.get(str(slot.number), {})
    share = kept.get("share", "") if kept.get("by") == "teacher" else ""
    return MarkForm(
        data,  # type: ignore[arg-type]  # request.POST or None
        prefix=f"mark-{attempt.pk}-{slot.number}",
        initial={
            "share": Decimal(share) if share else None,
            "comment": kept.get("comment", ""),
            "seen_share": share,
        },
    )


@login_required
def marking(request: SignedIn, quiz_id: int) -> HttpResponse:
    """Mark what people wrote, a page of attempts at once."""
    quiz = kept_quiz(request, quiz_id)
    waiting = Attempt.objects.filter(quiz=quiz, waits_for_marking=True).select_related("person")
    page = Paginator(waiting.order_by("sent_at", "pk"), ATTEMPTS_PER_PAGE).get_page(request.GET.get("page"))
    posted = request.POST if request.method == "POST" else None
    rows, saved = [], 0
    for attempt in page:
        for slot in slots_of(attempt):
            if not slot.question.by_teacher or not slot.answer:
                continue
            form = _form(attempt, slot, posted)
            # A row in which nothing is written waits for another time.
            touched = posted is not None and bool(posted.get(form.add_prefix("share"), "").strip())
            if touched and form.is_valid():
                saved += _save(request, attempt, slot, form)
            elif not touched:
                form = _form(attempt, slot)
            rows.append((attempt, slot, form))
    if posted is not None and not any(form.errors for _attempt, _slot, form in rows):
        messages.success(
            request,
            ngettext("%(count)s answer is marked.", "%(count)s answers are marked.", saved)
            % {"count": saved},
        )
        return redirect("quizzes:marking", quiz.pk)
    return render(
        request,
        "quizzes/marking.html",
        {
            **around(quiz, request),
            "page": page,
            "rows": rows,
            "open_ones": open_attempts(quiz, at=timezone.now())[:50],
            "late": Attempt.objects.filter(quiz=quiz, state=AttemptState.SENT)
            .exclude(late_answers={})
            .select_related("person")[:50],
        },
        status=422 if posted is not None else 200,
    )


def _save(request: SignedIn, attempt: Attempt, slot: Slot, form: MarkForm) -> int:
    try:
        operations.mark_answer(
            attempt_id=attempt.pk,
            number=slot.number,
            share=form.cleaned_data["share"],
            comment=form.cleaned_data["comment"],
            seen_share=form.cleaned_data["seen_share"],
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        form.add_error("share", str(fault))
        return 0
    return 1


@login_required
@require_POST
def count_late(request: SignedIn, public_id: UUID) -> HttpResponse:
    attempt = get_object_or_404(attempts_for(request.user), public_id=public_id, state=AttemptState.SENT)
    operations.count_late_answers(attempt_id=attempt.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The late answers count now."))
    return redirect("quizzes:result", attempt.public_id)


@login_required
@require_POST
def more_time(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Give somebody who is answering now ten minutes more."""
    attempt = get_object_or_404(attempts_for(request.user), public_id=public_id)
    operations.give_more_time(attempt_id=attempt.pk, minutes=10, by=request.user, at=timezone.now())
    messages.success(request, _("%(person)s has ten minutes more.") % {"person": attempt.person})
    return redirect("quizzes:marking", attempt.quiz_id)


@login_required
@require_POST
def regrade(request: SignedIn, quiz_id: int) -> HttpResponse:
    """Judge what was sent by the newest key of one question."""
    quiz = kept_quiz(request, quiz_id)
    try:
        changed = operations.regrade(
            quiz_id=quiz.pk,
            question_id=key_in(request.POST.get("question", "")),
            by=request.user,
            at=timezone.now(),
        )
    except Fault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request,
            ngettext(
                "Judged anew: %(count)s attempt has other points now.",
                "Judged anew: %(count)s attempts have other points now.",
                changed,
            )
            % {"count": changed},
        )
    return redirect(reverse("quizzes:figures", args=[quiz.pk]))
