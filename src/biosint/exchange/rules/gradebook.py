"""Who keeps the grade book. Facilitators see teams, never marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biosint.exchange.models import Course
from biosint.exchange.rules._courses import UNDER_WAY, UNFINISHED, in_state, is_teacher
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import Verdict, all_of

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
