"""What teachers decide about attempts that were sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.quizzes.operations import marking as operations
from biosint.quizzes.queries.attempts import attempts_for
from biosint.quizzes.states import AttemptState
from biosint.shared.requests import SignedIn, login_required


@login_required
@require_POST
def count_late(request: SignedIn, public_id: UUID) -> HttpResponse:
    attempt = get_object_or_404(attempts_for(request.user), public_id=public_id, state=AttemptState.SENT)
    operations.count_late_answers(attempt_id=attempt.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The late answers count now."))
    return redirect("quizzes:result", attempt.public_id)
