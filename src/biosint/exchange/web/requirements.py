"""The teacher's page of what a course asks of those who apply."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import rules
from biosint.exchange.operations.requirements import set_requirements
from biosint.exchange.web import trails
from biosint.exchange.web.forms.requirements import RequirementsForm
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require


@login_required
def requirements(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    form = RequirementsForm(request.POST or None, course=course)
    if form.is_valid():
        set_requirements(course_id=course.pk, wanted=form.wanted, by=request.user, at=timezone.now())
        messages.success(request, _("What the course asks of applicants is set."))
        return redirect(f"{reverse('exchange:desk', args=[slug])}#places")
    return render(
        request,
        "exchange/requirements.html",
        {"course": course, "form": form, "trail": trails.below_desk(course)},
        status=422 if form.is_bound else 200,
    )
