"""Who has the days of a course in a calendar of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import teaches
from biosint.exchange.states import ApplicationState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Course
    from biosint.people.api import Person


def may_follow(person: Person, course: Course) -> Verdict:
    """Teachers and admitted learners of a course follow its days."""
    if (
        teaches(person, course)
        or course.applications.filter(learner=person, state=ApplicationState.ADMITTED).exists()
    ):
        return ALLOWED
    return refused(_("Only teachers and learners of this course have its days in their calendar."))
