"""Surveys in a course: the way to the questions, the comparison group, the report to the teachers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from biosint.exchange.models import Application
from biosint.exchange.operations import surveys as operations
from biosint.exchange.queries import surveys as queries
from biosint.exchange.rules.surveys import may_compare
from biosint.exchange.states import ActivityKind, ApplicationState
from biosint.exchange.web.design import below_plan
from biosint.exchange.web.place import place_or_404
from biosint.exchange.web.views.teach import course_of
from biosint.shared import charts
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require
from biosint.surveys import api as surveys


@login_required
@require_POST
def answer(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.SURVEY)
    try:
        answers, code = operations.take_ticket(activity_id=activity_id, by=place.person, at=place.now)
    except operations.NothingAsked as nothing:
        messages.error(request, str(nothing))
        return redirect(place.activity)
    request.session[surveys.AFTERWARDS] = {
        **request.session.get(surveys.AFTERWARDS, {}),
        str(answers.token): place.activity.get_absolute_url(),
    }
    return redirect(f"{reverse('surveys:answer', args=[answers.token])}?{urlencode({'ticket': code})}")


@login_required
@require_POST
def compare(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.SURVEY)
    try:
        operations.open_comparison(activity_id=activity_id, by=place.person, at=place.now)
    except operations.NothingAsked as nothing:
        messages.error(request, str(nothing))
    else:
        messages.success(request, _("The link for the comparison group is ready."))
    return redirect(place.activity)


@login_required
@require_POST
def close(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    place = place_or_404(request, slug, activity_id, kind=ActivityKind.SURVEY)
    try:
        operations.close_survey(activity_id=activity_id, by=place.person, at=place.now)
    except operations.NothingAsked as nothing:
        messages.error(request, str(nothing))
        return redirect(place.activity)
    messages.success(request, _("The survey is closed. Its figures are in the report."))
    return redirect("exchange:surveys", slug)


@login_required
@require_GET
def report(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    require(may_compare(request.user, course))
    learners = Application.objects.filter(course=course, state=ApplicationState.ADMITTED).count()
    reports = queries.reports_of(course, learners=learners, at=timezone.now())
    return render(
        request,
        "exchange/surveys.html",
        {
            "course": course,
            "reports": [(found, _chart(found)) for found in reports],
            "trail": below_plan(course),
        },
    )


def _chart(found: queries.Report) -> charts.Chart | None:
    rows = [
        (row.title, row.before.value, row.after.value)
        for row in found.rows
        if row.before.value is not None and row.after.value is not None
    ]
    if not rows:
        return None
    return charts.slopes(
        title=_("Means before and after, in points from %(least)s to %(most)s")
        % {"least": f"{found.least:g}", "most": f"{found.most:g}"},
        rows=rows,
        before_label=_("before"),
        after_label=_("after"),
        digits=2,
    )
