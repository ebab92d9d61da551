"""Who may read and work in an activity of a course."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Activity, Application, Course
from biosint.exchange.rules._courses import UNDER_WAY, in_state, teaches
from biosint.exchange.states import ActivityKind, CourseState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person

# What somebody was writing when a teacher removed or hid the activity is still taken, and kept, for so long.
KEPT_AFTER_CHANGE = timedelta(hours=24)


def is_shown(person: Person, course: Course, activity: Activity) -> bool:
    """Whether an activity is on the pages of a person who takes part: hidden ones are for teachers."""
    return not activity.is_hidden or teaches(person, course)


def was_shown_just_now(activity: Activity, *, at: datetime) -> bool:
    """Whether a hidden activity may have been open before somebody: its last change, the hiding at the latest, is young."""
    return activity.changed_at is not None and at - activity.changed_at <= KEPT_AFTER_CHANGE


def may_work(
    course: Course, activity: Activity, *, at: datetime, closes_at: datetime | None = None
) -> Verdict:
    """Learners work in an activity while it is open and its course is under way.

    Args:
        closes_at: the end for this learner where it is another than that of the activity (an extension).
    """
    if CourseState(course.state) not in UNDER_WAY:
        return in_state(course, UNDER_WAY)
    if activity.removed_at is not None:
        return refused(
            _("A teacher has removed this activity. What you have written is kept; ask a teacher.")
        )
    if activity.opens_at is not None and at < activity.opens_at:
        return refused(_("This activity is not open yet."))
    end = closes_at or activity.closes_at
    if end is not None and at > end:
        return refused(_("This activity is closed. Ask a teacher if you need more time."))
    return ALLOWED


def may_note(course: Course) -> Verdict:
    """Teachers note what happened (attendance, points) while the course is under way."""
    return in_state(course, (CourseState.OPEN, CourseState.RUNNING))


TICKED = frozenset({ActivityKind.PAGE, ActivityKind.FILE})
"""What learners themselves say they have done; all other kinds see what was done."""


def may_tick(
    course: Course,
    activity: Activity,
    *,
    application: Application | None,
    at: datetime,
    closes_at: datetime | None = None,
) -> Verdict:
    """Learners say that they have read something; for what leaves work behind, the work says it.

    Args:
        closes_at: the end for this learner where it is another than that of the activity (an extension).
    """
    if application is None:
        return refused(_("Only learners of the course can do this."))
    if ActivityKind(activity.kind) not in TICKED:
        return refused(_("This is done when your work is here; there is nothing to tick."))
    return may_work(course, activity, at=at, closes_at=closes_at)
