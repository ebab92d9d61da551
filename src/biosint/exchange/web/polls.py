"""Voting in a poll."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange.operations import polls as operations
from biosint.exchange.rules.polls import question_of
from biosint.exchange.states import ActivityKind
from biosint.exchange.web.kinds.poll import VoteForm
from biosint.exchange.web.place import place_or_404
from biosint.exchange.web.removed import tell_of_removal
from biosint.shared.requests import SignedIn, login_required


@login_required
@require_POST
def vote(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.POLL, removed=True)
    form = VoteForm(request.POST, question=question_of(place.activity))
    if not form.is_valid():
        messages.error(request, _("Choose one of the options."))
        return redirect(place.activity)
    try:
        is_new = operations.vote(activity_id=activity_id, options=form.chosen, by=place.person, at=place.now)
    except operations.VoteUnfit as unfit:
        messages.error(request, str(unfit))
    else:
        if is_new:
            messages.success(request, _("Your vote is counted."))
        else:
            messages.info(request, _("You have voted before; your first vote counts."))
    return tell_of_removal(request, place) or redirect(place.activity)
