"""The waiting list: a place that becomes free goes to whoever waits longest for it, once, under the course's lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.events import PlaceChanged, place_given
from biosint.exchange.kinds_of_news import PLACE
from biosint.exchange.models import Application, Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.queries.places import UNPROVEN, queue, quota_of, quotas_of, taken_in
from biosint.exchange.rules.waiting import may_accept_offer, may_fill_places, moves_up_now
from biosint.exchange.states import ApplicationState
from biosint.notices import api as notices
from biosint.shared.verdicts import require

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from biosint.exchange.queries.places import Quota
    from biosint.people.api import Person

# An offer ends with a day of the learner's own clock: “until Friday, 23:59” is understood everywhere.
LAST_MINUTE = time(23, 59)


def place_is_free(application: Application, *, by: Person | None, at: datetime) -> None:
    """Give the place that the application has left to the next one who waits for it.

    The caller holds the course's lock, so of two who leave at once each leaves one place.
    """
    if moves_up_now(application.course):
        _move_up(application.course, quota_of(application), most=1, by=by, at=at)


def places_added(
    course: Course, before: Mapping[int | None, int], *, by: Person | None, at: datetime
) -> None:
    """Give places that were added to whoever waits for them. ``before``: places of each quota until now."""
    if not moves_up_now(course):
        return
    for quota in quotas_of(course):
        added = quota.places - before.get(quota.institution_id, 0)
        if added > 0:
            _move_up(course, quota, most=added, by=by, at=at)


@transaction.atomic
def fill_places(*, course_id: int, by: Person, at: datetime) -> int:
    """Give every free place to the waiting list now, and return how many that were. Pressing twice is once."""
    course = locked(course_id)
    require(may_fill_places(by, course))
    given = sum(_move_up(course, quota, most=None, by=by, at=at) for quota in quotas_of(course))
    if given:
        audit.record("exchange.course.places_filled", course, by=by, at=at, number=given)
    return given


def _move_up(course: Course, quota: Quota, *, most: int | None, by: Person | None, at: datetime) -> int:
    """Guests who have not proven their address keep their number and are passed over."""
    free = max(quota.places - taken_in(course, quota), 0)
    waiting = queue(course, quota).exclude(UNPROVEN).select_related("learner", "institution", "decided_by")
    given = list(waiting[: free if most is None else min(free, most)])
    for application in given:
        application.course = course
        if course.answer_days:
            _offer(application, by=by, at=at)
        else:
            _moves_up(application, by=by, at=at)
    return len(given)


def _offer(application: Application, *, by: Person | None, at: datetime) -> None:
    zone = notices.zone_of(application.learner)
    last_day = at.astimezone(zone).date() + timedelta(days=application.course.answer_days)
    until = notices.on_the_wall(last_day, LAST_MINUTE, zone)
    application.state, application.offered_until = ApplicationState.OFFERED, until
    application.save(update_fields=["state", "offered_until"])
    _tell(
        application,
        gettext_lazy("A place in “{course}” is free for you"),
        format_lazy(
            gettext_lazy("Accept it until {moment}; after that it goes to the next one."),
            moment=f"{until.astimezone(zone):%d.%m.%Y, %H:%M}",
        ),
        at=at,
    )
    audit.record("exchange.application.offered", application, by=by, at=at, until=until.isoformat())


def _moves_up(application: Application, *, by: Person | None, at: datetime) -> None:
    _admit(application, at=at)
    _tell(
        application,
        gettext_lazy("You have a place in “{course}”"),
        gettext_lazy(
            "You have moved up from the waiting list. If you cannot come, give the place back soon."
        ),
        at=at,
    )
    audit.record("exchange.application.moved_up", application, by=by, at=at)
    _announce(application, at=at)


def _admit(application: Application, *, at: datetime) -> None:
    application.state, application.decided_at, application.offered_until = ApplicationState.ADMITTED, at, None
    application.decided_by = application.decided_by or application.learner
    application.save(update_fields=["state", "decided_by", "decided_at", "offered_until"])


def _announce(application: Application, *, at: datetime) -> None:
    # The teacher who put the learner on the list is behind the place that follows from it.
    by = application.decided_by or application.learner
    place_given.send(Application, event=PlaceChanged(application, by, at))


def _tell(application: Application, title: _StrPromise, text: _StrPromise | str, *, at: datetime) -> None:
    notices.tell(
        application.learner,
        kind=PLACE.code,
        title=format_lazy(title, course=application.course.title),
        text=text,
        url=reverse("exchange:course", args=[application.course.slug]),
        at=at,
    )


@transaction.atomic
def accept_offer(*, application_id: int, by: Person, at: datetime) -> Application:
    """Take the place that was offered. Pressing twice is once.

    Raises:
        Refused: none is offered to ``by``, or the time is over.
    """
    application = _locked(application_id)
    if application.state == ApplicationState.ADMITTED and application.learner_id == by.pk:
        return application
    require(may_accept_offer(by, application, at=at))
    _admit(application, at=at)
    audit.record("exchange.application.accepted", application, by=by, at=at)
    _announce(application, at=at)
    return application


@transaction.atomic
def lapse(*, application_id: int, at: datetime) -> bool:
    """End an offer whose time is over; the next one moves up. Returns whether there was one to end."""
    application = _locked(application_id)
    until = application.offered_until
    if application.state != ApplicationState.OFFERED or until is None or until >= at:
        return False
    application.state, application.offered_until = ApplicationState.LAPSED, None
    application.save(update_fields=["state", "offered_until"])
    _tell(
        application,
        gettext_lazy("Your place in “{course}” has gone to the next one"),
        gettext_lazy("You did not accept it in time. You may apply again while the course is open."),
        at=at,
    )
    audit.record("exchange.application.lapsed", application, by=None, at=at)
    place_is_free(application, by=None, at=at)
    return True


def lapse_all(*, at: datetime) -> int:
    """End every offer whose time is over, each in a transaction of its own, and return how many."""
    over = Application.objects.filter(state=ApplicationState.OFFERED, offered_until__lt=at)
    return sum(lapse(application_id=key, at=at) for key in over.order_by("pk").values_list("pk", flat=True))


def _locked(application_id: int) -> Application:
    course = locked(Application.objects.values_list("course_id", flat=True).get(pk=application_id))
    application = course.applications.select_related("learner", "institution", "decided_by").get(
        pk=application_id
    )
    application.course = course
    return application
