"""Live sessions: “I was there”, the teacher’s list, and a file for calendars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from icalendar import Calendar, Event

from biosint.exchange.operations import live as operations
from biosint.exchange.queries.live import learners_of, session_at, sessions_in, standing_of
from biosint.exchange.rules import is_teacher
from biosint.exchange.rules.live import may_note_attendance
from biosint.exchange.states import ActivityKind, Presence
from biosint.exchange.web import trails
from biosint.exchange.web.place import Place, place_or_404
from biosint.shared.limits import limited
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange.sessions import Session

LEARNERS_PER_PAGE = 50


def _place(request: SignedIn, slug: str, activity_id: int) -> Place:
    return place_or_404(request, slug, activity_id, kind=ActivityKind.LIVE)


def _session(place: Place, stamp: int) -> Session:
    session = session_at(place.activity, stamp)
    if session is None:
        raise Http404
    return session


@limited("exchange.live_code", times=10, per=timedelta(minutes=5))
@require_POST
@login_required
def say_there(request: SignedIn, slug: str, activity_id: int, stamp: int) -> HttpResponse:
    place = _place(request, slug, activity_id)
    try:
        came = operations.say_there(
            activity_id=activity_id,
            stamp=stamp,
            code=request.POST.get("code", "")[:40],
            by=request.user,
            at=place.now,
        )
    except Fault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("Noted: you came late.") if came.is_late else _("Noted: you are there. Welcome.")
        )
    return redirect(place.activity)


@login_required
def attendance(request: SignedIn, slug: str, activity_id: int, stamp: int) -> HttpResponse:
    """The teacher’s list: three radio buttons a learner, so arrow keys choose and Tab goes on."""
    place = _place(request, slug, activity_id)
    require(is_teacher(request.user, place.course))
    session = _session(place, stamp)
    page = Paginator(learners_of(place.activity), LEARNERS_PER_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        changed = operations.note_attendance(
            activity_id=activity_id,
            stamp=stamp,
            noted=_noted(request, [one.pk for one in page]),
            by=request.user,
            at=place.now,
        )
        messages.success(request, _("Saved. Changed: %(learners)s.") % {"learners": changed})
        return redirect(f"{request.path}?page={page.number}")
    standing = standing_of(place.activity, session, list(page))
    return render(
        request,
        "exchange/attendance.html",
        {
            "course": place.course,
            "activity": place.activity,
            "session": session,
            "page": page,
            "rows": [
                (one, operations.presence_of(standing.get(one.pk)), standing.get(one.pk)) for one in page
            ],
            "presences": Presence.choices,
            "may_note": may_note_attendance(request.user, place.course),
            "trail": [
                *trails.below_course(place.course),
                (place.activity.title, place.activity.get_absolute_url()),
            ],
        },
    )


def _noted(request: SignedIn, keys: list[int]) -> dict[int, operations.Noted]:
    """Return what the form says of the learners of its page; words it cannot know count as unchanged."""
    noted = {}
    for key in keys:
        seen, wanted = request.POST.get(f"seen-{key}"), request.POST.get(f"presence-{key}")
        if seen in Presence.values and wanted in Presence.values:
            noted[key] = operations.Noted(Presence(seen), Presence(wanted))
    return noted


@login_required
def ics(request: SignedIn, slug: str, activity_id: int) -> HttpResponse:
    """The sessions as an iCalendar file (RFC 5545), in UTC: right on every clock."""
    place = _place(request, slug, activity_id)
    calendar = Calendar()
    calendar.add("prodid", "-//BIOSINT//live session//EN")
    calendar.add("version", "2.0")
    for session in sessions_in(place.activity):
        event = Event()
        site = settings.SITE_URL.partition("//")[2] or "biosint"
        event.add("uid", f"{place.course.public_id}-{activity_id}-{session.stamp}@{site}")
        event.add("dtstamp", place.activity.changed_at or place.course.created_at)
        event.add("dtstart", session.begins_at)
        event.add("dtend", session.ends_at)
        event.add("summary", place.activity.title)
        event.add("description", place.course.title)
        # The room itself is shown on the page alone, and only around the session.
        event.add("url", f"{settings.SITE_URL}{place.activity.get_absolute_url()}")
        calendar.add_component(event)
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="session.ics"'},
    )
