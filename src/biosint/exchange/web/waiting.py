"""The waiting list in the browser: a learner accepts a place, a teacher fills the places that are free."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biosint.exchange import queries
from biosint.exchange.operations import waiting as operations
from biosint.exchange.rules.waiting import may_accept_offer
from biosint.exchange.states import ApplicationState
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required


@login_required
@require_POST
def accept(request: SignedIn, slug: str) -> HttpResponse:
    shown = get_object_or_404(queries.courses_for(request.user), slug=slug)
    application = get_object_or_404(shown.applications.select_related("course"), learner=request.user)
    now = timezone.now()
    verdict = may_accept_offer(request.user, application, at=now)
    # Somebody who presses a minute too late learns it on the page of the course.
    if not verdict and application.state != ApplicationState.ADMITTED:
        messages.error(request, str(verdict.reason))
    else:
        operations.accept_offer(application_id=application.pk, by=request.user, at=now)
        messages.success(request, _("The place is yours."))
    return redirect("exchange:course", slug)


@login_required
@require_POST
def fill(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    given = operations.fill_places(course_id=course.pk, by=request.user, at=timezone.now())
    said = ngettext(
        "%(number)s place has gone to the waiting list.",
        "%(number)s places have gone to the waiting list.",
        given,
    )
    messages.success(request, said % {"number": given})
    return redirect("exchange:applications", slug)
