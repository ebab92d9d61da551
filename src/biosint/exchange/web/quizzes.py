"""The quiz of an activity, before it is one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from biosint.exchange.operations import quizzes as operations
from biosint.exchange.states import ActivityKind
from biosint.exchange.web.place import place_or_404
from biosint.shared.requests import SignedIn, login_required


@login_required
@require_POST
def begin(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """Begin the quiz of an activity, then choose its questions."""
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.QUIZ)
    quiz = operations.begin_quiz(activity_id=place.activity.pk, by=request.user, at=timezone.now())
    return redirect("quizzes:quiz", quiz.pk)
