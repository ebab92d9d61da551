"""The secret address at which a person's calendar reads the days of a course."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from biosint.audit import api as audit
from biosint.exchange.models import CalendarFeed, Course
from biosint.exchange.models._design import new_word
from biosint.exchange.rules.calendar import may_follow
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from biosint.people.api import Person


@transaction.atomic
def open_feed(*, course_id: int, by: Person, at: datetime, renew: bool = False) -> CalendarFeed:
    """Give the person an address; pressing twice keeps the first one.

    Args:
        renew: give a new address; the old one is dead from now on, also in calendars that read it.

    Raises:
        Refused: ``by`` neither teaches nor learns in the course.
    """
    course = Course.objects.get(pk=course_id)
    require(may_follow(by, course))
    feed, fresh = CalendarFeed.objects.get_or_create(course=course, person=by, defaults={"made_at": at})
    if renew and not fresh:
        feed.word, feed.made_at = new_word(), at
        feed.save(update_fields=["word", "made_at"])
    if fresh or renew:
        # The word itself opens the feed, so no trail holds it.
        audit.record("exchange.calendar_feed.opened", course, by=by, at=at, renewed=renew)
    return feed


@transaction.atomic
def close_feed(*, course_id: int, by: Person, at: datetime) -> None:
    """Let no calendar read the person's days of this course any more. Pressing twice is once."""
    gone, _tables = CalendarFeed.objects.filter(course_id=course_id, person=by).delete()
    if gone:
        audit.record("exchange.calendar_feed.closed", Course.objects.get(pk=course_id), by=by, at=at)
