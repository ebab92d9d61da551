"""What the certificate of a course says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biosint.exchange import rules
from biosint.exchange.awards import award_of
from biosint.exchange.operations.award import change_award
from biosint.exchange.web import trails
from biosint.exchange.web.award_forms import AwardForm
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require


@login_required
def award(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(rules.may_edit(request.user, course))
    form = AwardForm(request.POST or None, instance=award_of(course))
    if form.is_valid():
        change_award(course_id=course.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The certificates of this course will say it."))
        return redirect("exchange:desk", slug)
    return render(
        request,
        "exchange/award.html",
        {"course": course, "form": form, "trail": trails.below_desk(course)},
        status=422 if form.is_bound else 200,
    )
