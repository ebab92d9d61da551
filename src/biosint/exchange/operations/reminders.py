"""Reminds learners of what is due in two days, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from biosint.exchange.kinds_of_news import DUE
from biosint.exchange.models import Application, Reminder
from biosint.exchange.queries.reminders import unreminded
from biosint.notices import api as notices

if TYPE_CHECKING:
    from biosint.exchange.models import Activity

# Two days before by the learner's own calendar, from nine in the morning of their own clock.
AHEAD = timedelta(days=2)
FROM = time(9, 0)


def reminds_from(due_at: datetime, application: Application) -> datetime:
    """Return the moment from which a learner is reminded of work that is due then."""
    zone = notices.zone_of(application.learner)
    return notices.on_the_wall((due_at.astimezone(zone) - AHEAD).date(), FROM, zone)


def remind(*, at: datetime) -> int:
    """Tell everybody what is due in two days and not done, and return how many notices that are.

    Each learner in a transaction of its own, with the reminder kept beside the notice: a killed worker
    neither forgets anybody nor tells anybody twice.
    """
    told = 0
    for activity, applications in unreminded(from_at=at, until=at + AHEAD + timedelta(days=1)):
        for application in applications:
            if at >= reminds_from(_due(activity), application):
                told += _tell(activity, application, at=at)
    return told


def _due(activity: Activity) -> datetime:
    assert activity.due_at is not None  # noqa: S101 -- the query asks for dated ones
    return activity.due_at


@transaction.atomic
def _tell(activity: Activity, application: Application, *, at: datetime) -> bool:
    _reminder, is_new = Reminder.objects.get_or_create(
        application=application, activity=activity, due_at=_due(activity)
    )
    if not is_new:
        return False
    day = _due(activity).astimezone(notices.zone_of(application.learner))
    notices.tell(
        application.learner,
        kind=DUE.code,
        title=format_lazy(
            gettext_lazy("Due on {moment}: {activity}"), moment=f"{day:%d.%m. %H:%M}", activity=activity.title
        ),
        text=format_lazy(
            gettext_lazy("In “{course}”. The time is that of your own zone."), course=activity.course.title
        ),
        url=reverse("exchange:activity", args=[activity.course.slug, activity.pk]),
        at=at,
    )
    return True
