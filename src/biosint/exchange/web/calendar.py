"""The plan on every institution's calendar, and in everybody's own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biosint.exchange import queries as course_queries
from biosint.exchange import rules
from biosint.exchange.operations import calendar as operations
from biosint.exchange.queries import design as queries
from biosint.exchange.queries.activities import shown_to
from biosint.exchange.queries.wordings import titles_of
from biosint.exchange.rules.calendar import may_follow
from biosint.exchange.timetable import week_count
from biosint.exchange.web import trails
from biosint.exchange.web.calendar_file import ics_of
from biosint.exchange.web.calendar_weeks import calendar_of
from biosint.exchange.web.design import tabs
from biosint.exchange.web.views.teach import course_of
from biosint.shared.requests import SignedIn, login_required

if TYPE_CHECKING:
    from biosint.exchange.models import Course


@login_required
def calendar(request: SignedIn, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    sides = queries.sides_of(course)
    weeks = calendar_of(
        queries.plan_of(course),
        sides,
        start=course.start_date,
        weeks=week_count(course.start_date, course.end_date),
    )
    return render(
        request,
        "exchange/design_calendar.html",
        {
            "course": course,
            "trail": trails.below_desk(course),
            "tabs": tabs(course, "design_calendar"),
            "sides": sides,
            "unknown": [side for side in sides if not side.knows_terms],
            "weeks": weeks,
            "troubled": sum(
                1 for week in weeks for line in week.lines if any(cell.troubles for cell in line.cells)
            ),
        },
    )


@login_required
def feed(request: SignedIn, slug: str) -> HttpResponse:
    """The person's own address: open it, renew it, close it."""
    course = _followed(request, slug)
    if request.method == "POST":
        now = timezone.now()
        if "close" in request.POST:
            operations.close_feed(course_id=course.pk, by=request.user, at=now)
            messages.success(request, _("No calendar reads your days of this course any more."))
        else:
            renew = "renew" in request.POST
            operations.open_feed(course_id=course.pk, renew=renew, by=request.user, at=now)
            if renew:
                messages.success(request, _("You have a new address. The old one shows nothing any more."))
        return redirect("exchange:calendar_feed", slug)
    found = queries.feed_of(course, request.user)
    address = f"{settings.SITE_URL}{reverse('exchange:calendar_file', args=[found.word])}" if found else ""
    return render(
        request,
        "exchange/calendar_feed.html",
        {
            "course": course,
            "feed": found,
            "address": address,
            # Calendars on phones and computers know this beginning and offer to follow.
            "subscribe": f"webcal://{address.partition('://')[2]}",
            "trail": trails.below_desk(course)
            if rules.teaches(request.user, course)
            else trails.below_course(course),
        },
    )


def _followed(request: SignedIn, slug: str) -> Course:
    course = get_object_or_404(course_queries.courses_for(request.user), slug=slug)
    if not may_follow(request.user, course):
        raise Http404
    return course


@require_safe
def file(request: HttpRequest, word: str) -> HttpResponse:
    """The file that calendars read, by its secret word; 404 once its person takes no part any more."""
    found = queries.feed_by(word)
    if found is None or not may_follow(found.person, found.course):
        raise Http404
    course = found.course
    with translation.override(found.person.language or settings.LANGUAGE_CODE):
        content = ics_of(course, shown_to(found.person, course), titles=titles_of(course))
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'inline; filename="{course.slug[:60]}.ics"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
