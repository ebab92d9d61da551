"""When work in an activity is taken. What a kind asks besides stands in its own file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import teaches
from biosint.exchange.rules.activities import KEPT_AFTER_CHANGE, may_work
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Activity
    from biosint.people.api import Person


def may_take_part(person: Person, activity: Activity) -> Verdict:
    """Admitted learners and the teachers of a course take part in its activities."""
    course = activity.course
    if (
        teaches(person, course)
        or course.applications.filter(learner=person, state=ApplicationState.ADMITTED).exists()
    ):
        return ALLOWED
    return refused(_("Only learners with a place in this course, and its teachers, take part."))


def own_end(person: Person, activity: Activity, *, at: datetime) -> datetime | None:
    """Return when the activity ends for one person, extensions of theirs and their team's included.

    One query once the activity is closed for all, else none: before that an extension changes nothing.
    """
    if activity.closes_at is None or at <= activity.closes_at:
        return activity.closes_at
    given = activity.extensions.filter(
        Q(application__learner=person) | Q(team__members__application__learner=person)
    ).values_list("until_at", flat=True)
    return max([activity.closes_at, *given])


def may_send(activity: Activity, *, at: datetime, closes_at: datetime | None = None) -> Verdict:
    """Work is taken while the activity is open, and for a day after it was removed: nobody loses what they wrote.

    Args:
        closes_at: the end for this learner where it is another than that of the activity (an extension).
    """
    removed = activity.removed_at
    if removed is None:
        return may_work(activity.course, activity, at=at, closes_at=closes_at)
    if at - removed <= KEPT_AFTER_CHANGE:
        return ALLOWED
    return refused(_("A teacher has removed this activity."))
