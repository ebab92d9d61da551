"""The days of a course as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from biosint.exchange.states import ActivityKind

if TYPE_CHECKING:
    from biosint.exchange.models import Activity, Course
    from biosint.shared.words import Words

# A meeting whose end nobody has said.
USUAL_MEETING = timedelta(hours=1)
# Calendars that obey it look again so often.
LOOK_AGAIN = timedelta(hours=6)


def ics_of(course: Course, activities: Iterable[Activity], *, titles: Mapping[int, Words]) -> bytes:
    """Return meetings and deadlines of a course, each as one event.

    Every moment is written in UTC: calendars show it on their owner's clock, also after clocks have changed. The
    same plan gives the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//BIOSINT//course plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", course.title)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    for activity in activities:
        if activity.due_at is not None:
            words = titles.get(activity.pk)
            calendar.add_component(
                _event(course, activity, activity.due_at, words.text if words else activity.title)
            )
    return bytes(calendar.to_ical())


def _event(course: Course, activity: Activity, due_at: datetime, title: str) -> Event:
    address = reverse("exchange:activity", args=[course.slug, activity.pk])
    event = Event()
    event.add("uid", f"{course.public_id}-{activity.pk}@{settings.SITE_URL.partition('//')[2] or 'biosint'}")
    event.add("dtstamp", activity.changed_at or course.created_at)
    event.add("sequence", activity.version)
    event.add("dtstart", due_at)
    if activity.kind == ActivityKind.LIVE:
        event.add("dtend", activity.closes_at or due_at + USUAL_MEETING)
        event.add("summary", title)
    else:
        event.add("summary", _("Due: %(title)s") % {"title": title})
        # A deadline takes no time: others may still be invited then.
        event.add("transp", "TRANSPARENT")
    event.add("description", course.title)
    event.add("url", f"{settings.SITE_URL}{address}")
    return event
