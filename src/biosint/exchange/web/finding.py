"""Looking for a course: the catalogue, and its dates as a calendar."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import icalendar
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from biosint.exchange import rules
from biosint.exchange.models import Course
from biosint.exchange.queries import finding as queries
from biosint.exchange.queries.finding import Search
from biosint.exchange.states import CourseState
from biosint.exchange.web.finding_forms import WORDS, FindForm, search_of
from biosint.shared.requests import person_of

PER_PAGE = 12
MOST_IN_CALENDAR = 500


def catalogue(request: HttpRequest) -> HttpResponse:
    """The public catalogue. What is asked stands in the address, so that it can be handed on."""
    search, today = search_of(request.GET), timezone.localdate()
    page = Paginator(queries.courses_found(search, on=today), PER_PAGE).get_page(request.GET.get("page"))
    person = person_of(request)
    form = FindForm(initial={**asdict(search), WORDS: search.words}, counts=queries.counts(search, on=today))
    return render(
        request,
        "exchange/catalogue.html",
        {
            "form": form,
            "page": page,
            "asked": bool(search.asked),
            "filtered": bool([name for name in search.asked if name != "words"]),
            "loosened": [] if page.object_list else _loosened(request, search, form),
            "may_create": person is not None and bool(rules.may_create_course(person)),
            "today": today,
            "calendar": f"{reverse('exchange:calendar')}?{_words(request)}".rstrip("?"),
            "canonical": settings.SITE_URL + reverse("exchange:catalogue"),
        },
    )


def _words(request: HttpRequest, *, without: str = "page") -> str:
    words = request.GET.copy()
    for name in {without, "page"}:
        words.pop(name, None)
    return words.urlencode()


def _loosened(request: HttpRequest, search: Search, form: FindForm) -> list[dict[str, object]]:
    """Which single filter keeps courses away, how many, and the address without it."""
    rows: list[dict[str, object]] = []
    for name, count in queries.loosened(search, on=timezone.localdate()):
        field = WORDS if name == "words" else name
        rows.append({"label": form[field].label, "count": count, "url": f"?{_words(request, without=field)}"})
    return rows


@cache_control(public=True, max_age=3600)
def calendar(request: HttpRequest) -> HttpResponse:
    """First and last day and the end of applications of the courses that fit, for any calendar program."""
    search, today = search_of(request.GET), timezone.localdate()
    feed = icalendar.Calendar()
    feed.add("prodid", "-//BIOSINT//courses//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", _("International courses"))
    for course in queries.courses_found(search, on=today)[:MOST_IN_CALENDAR]:
        for event in _events(course):
            feed.add_component(event)
    answer = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="courses.ics"'
    return answer


def _events(course: Course) -> list[icalendar.Event]:
    days = [
        ("first", course.start_date, _("First day: %(course)s")),
        ("last", course.end_date, _("Last day: %(course)s")),
    ]
    if course.state == CourseState.OPEN:
        days.append(("apply", course.apply_until_date, _("Last day to apply: %(course)s")))
    events = []
    for name, day, sentence in days:
        event = icalendar.Event()
        event.add("uid", f"{course.public_id}-{name}@biosint")
        event.add("summary", sentence % {"course": course.title})
        event.add("dtstamp", course.created_at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        # It tells of a day; it takes nobody's time.
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.SITE_URL + reverse("exchange:course", args=[course.slug]))
        events.append(event)
    return events
