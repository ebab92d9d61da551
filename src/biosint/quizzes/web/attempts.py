"""Answering a quiz: one form that works without scripts, saved in the background with them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.quizzes import attachments, rules
from biosint.quizzes.content import Answer, answer_from, is_empty
from biosint.quizzes.models import Attempt, Quiz
from biosint.quizzes.operations import attempts as operations
from biosint.quizzes.queries.attempts import Slot, attempts_for, marked, percent, slots_of
from biosint.quizzes.states import AttemptState
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, Refused

if TYPE_CHECKING:
    from biosint.quizzes.attachments import Attachment


class BeginForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)


@login_required
@require_POST
def begin(request: SignedIn, quiz_id: int) -> HttpResponse:
    quiz = get_object_or_404(Quiz, pk=quiz_id)
    place = attachments.place_of(quiz, request.user, timezone.now())
    form = BeginForm(request.POST)
    if place is None or not form.is_valid():
        raise Http404
    try:
        begun = operations.begin(
            quiz_id=quiz.pk, key=form.cleaned_data["key"], by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(place.url)
    except Fault as fault:
        messages.error(request, str(fault))
        return redirect(place.url)
    return redirect("quizzes:attempt", begun.public_id)


def _own(request: SignedIn, public_id: UUID) -> Attempt:
    return get_object_or_404(
        Attempt.objects.select_related("quiz__bank", "person"), public_id=public_id, person=request.user
    )


@login_required
def attempt(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = _own(request, public_id)
    if shown.state == AttemptState.SENT:
        return redirect("quizzes:result", shown.public_id)
    return _page(request, shown, slots_of(shown))


def _page(request: SignedIn, shown: Attempt, slots: list[Slot], *, checking: bool = False) -> HttpResponse:
    now = timezone.now()
    place = attachments.place_of(shown.quiz, request.user, now)
    end = rules.end_of(shown, place)
    open_ones = [slot.number + 1 for slot in slots if is_empty(slot.answer)]
    return render(
        request,
        "quizzes/attempt.html",
        {
            "attempt": shown,
            "quiz": shown.quiz,
            "slots": slots,
            "flagged": set(shown.flagged),
            "place": place,
            "trail": place.trail if place else (),
            "end": end,
            "seconds_left": max(0, int((end - now).total_seconds())) if end else None,
            "checking": checking,
            "open_ones": open_ones,
            "flagged_ones": [number + 1 for number in shown.flagged],
        },
    )


def _given(request: SignedIn, slots: list[Slot]) -> dict[str, Answer]:
    return {str(slot.number): answer_from(slot.question, request.POST, slot.name) for slot in slots}


def _flagged(request: SignedIn) -> list[int]:
    return [int(word) for word in request.POST.getlist("flag") if word.isdecimal() and len(word) < 4]


def _revision(request: SignedIn) -> int:
    word = request.POST.get("revision", "")
    return int(word) if word.isdecimal() and len(word) < 10 else 0


@login_required
@require_POST
def save(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Keep the form as it stands: for the page's script as JSON, without it as the page again."""
    shown = _own(request, public_id)
    slots = slots_of(shown)
    saved = operations.save(
        attempt_id=shown.pk,
        answers=_given(request, slots),
        flagged=_flagged(request),
        seen_revision=_revision(request),
        by=request.user,
        at=timezone.now(),
    )
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(_told(saved, request.user, timezone.now()))
    if saved.attempt.state == AttemptState.SENT:
        return redirect("quizzes:result", shown.public_id)
    if "check" in request.POST:
        return _page(request, saved.attempt, slots_of(saved.attempt), checking=True)
    messages.success(request, _("Your answers are saved. You can go on later, also on another device."))
    return redirect("quizzes:attempt", shown.public_id)


def _told(saved: operations.Saved, person: object, now: datetime) -> dict[str, object]:
    place: Attachment | None = attachments.place_of(saved.attempt.quiz, saved.attempt.person, now)
    end = rules.end_of(saved.attempt, place)
    return {
        "revision": saved.attempt.revision,
        "merged": saved.merged,
        "late": saved.late,
        "sent": saved.attempt.state == AttemptState.SENT,
        "seconds": max(0, int((end - now).total_seconds())) if end else None,
    }


@login_required
@require_POST
def send(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Send the form. Whoever sends the same again, as a browser does when the line broke, gets the result."""
    shown = _own(request, public_id)
    if shown.state == AttemptState.OPEN:
        slots = slots_of(shown)
        operations.send(
            attempt_id=shown.pk,
            answers=_given(request, slots),
            seen_revision=_revision(request),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("quizzes:result", shown.public_id)


@login_required
def result(request: SignedIn, public_id: UUID) -> HttpResponse:
    shown = get_object_or_404(attempts_for(request.user), public_id=public_id)
    if shown.state == AttemptState.OPEN:
        if shown.person_id == request.user.pk:
            return redirect("quizzes:attempt", shown.public_id)
        raise Http404
    now = timezone.now()
    place = attachments.place_of(shown.quiz, shown.person, now)
    is_keeper = shown.person_id != request.user.pk or bool(rules.may_keep(request.user, shown.quiz.bank))
    may_see_key = rules.may_see_key(shown, place, now)
    rows = []
    for slot in slots_of(shown):
        judged = marked(shown, slot)
        rows.append(
            {
                "slot": slot,
                "marked": judged,
                "points": judged.points(slot.points),
                "comment": shown.marks.get(str(slot.number), {}).get("comment", ""),
            }
        )
    return render(
        request,
        "quizzes/result.html",
        {
            "attempt": shown,
            "quiz": shown.quiz,
            "rows": rows,
            "place": place,
            "trail": place.trail if place else (),
            "percent": percent(shown),
            "shows_key": is_keeper or bool(may_see_key),
            "may_see_key": may_see_key,
            "is_keeper": is_keeper,
            "is_own": shown.person_id == request.user.pk,
            "late_count": len(shown.late_answers),
        },
    )
