"""Rating oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biosint.exchange.operations import self_assessment as operations
from biosint.exchange.rules.self_assessment import earlier_of, statements_of
from biosint.exchange.states import ActivityKind
from biosint.exchange.web.kinds.self_assessment import RatingForm
from biosint.exchange.web.place import place_or_404
from biosint.exchange.web.removed import tell_of_removal
from biosint.shared.requests import SignedIn, login_required


@login_required
@require_POST
def rate(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.SELF_ASSESSMENT, removed=True)
    statements = statements_of(place.activity, earlier_of(place.activity))
    form = RatingForm(request.POST, statements=statements, values=[])
    if not form.is_valid():
        messages.error(request, _("Choose a value for every statement."))
        return redirect(place.activity)
    try:
        operations.rate_oneself(activity_id=activity_id, values=form.values, by=place.person, at=place.now)
    except operations.RatingUnfit as unfit:
        messages.error(request, str(unfit))
    else:
        messages.success(request, _("Your rating is kept. Only you see it."))
    return tell_of_removal(request, place) or redirect(place.activity)
