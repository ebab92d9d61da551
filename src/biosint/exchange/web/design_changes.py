"""The log of a plan: who changed what from what to what, when; what was taken out comes back from here."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from biosint.exchange import rules
from biosint.exchange.queries import design as queries
from biosint.exchange.states import PlanVerb
from biosint.exchange.web import trails
from biosint.exchange.web.design import tabs
from biosint.exchange.web.design_words import headline, told
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required

PER_PAGE = 40


@login_required
def changes(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    page = Paginator(queries.changes_of(course), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "change": change,
            "words": headline(change),
            "fields": told(change, course),
            # A removal is offered to be undone as long as the activity is still out.
            "out": change.what == PlanVerb.REMOVED
            and change.activity is not None
            and change.activity.removed_at is not None,
        }
        for change in page
    ]
    return render(
        request,
        "exchange/design_changes.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_changes"),
            "page": page,
            "rows": rows,
            "may_edit": rules.may_edit(request.user, course),
        },
    )
