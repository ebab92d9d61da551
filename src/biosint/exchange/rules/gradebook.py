"""Who keeps the grade book. Facilitators see teams, never marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Activity, Course
from biosint.exchange.rules._courses import UNDER_WAY, UNFINISHED, in_state, is_teacher
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.people.api import Person


def may_set_up_book(person: Person, course: Course) -> Verdict:
    """Teachers settle how marks are put together until the course is finished."""
    return all_of([is_teacher(person, course), in_state(course, UNFINISHED)])


def may_give_time(person: Person, course: Course) -> Verdict:
    """Teachers give more time and excuse learners while the course is under way."""
    return all_of([is_teacher(person, course), in_state(course, UNDER_WAY)])


def may_release(person: Person, course: Course) -> Verdict:
    """Teachers show learners their marks, also after the course is finished."""
    return all_of([is_teacher(person, course), in_state(course, (CourseState.RUNNING, CourseState.FINISHED))])


def may_mark_work(person: Person, course: Course, activity: Activity) -> Verdict:
    """Teachers mark works while the course runs; of removed activities nothing counts any more."""
    if activity.removed_at is not None:
        return refused(
            _(
                "A colleague has removed this activity. Its marks are kept and do not count; bring it back to mark it."
            )
        )
    return all_of([is_teacher(person, course), in_state(course, [CourseState.RUNNING])])
