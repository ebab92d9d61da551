"""Who comes next where places are short."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.rules._courses import UNDER_WAY, in_state, is_teacher
from biosint.exchange.states import ApplicationState, CourseState
from biosint.shared.verdicts import Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.exchange.models import Application, Course
    from biosint.people.api import Person


def may_accept_offer(person: Person, application: Application, *, at: datetime) -> Verdict:
    """The learner accepts a place that was offered, until the moment that stands in the offer."""
    if application.learner_id != person.pk:
        return refused(_("Only the learner can accept this place."))
    over = application.offered_until is not None and at > application.offered_until
    if over or application.state == ApplicationState.LAPSED:
        return refused(
            _("The time to accept this place is over. You may apply again while the course is open.")
        )
    if application.state != ApplicationState.OFFERED:
        return refused(_("No place is offered to you now."))
    return in_state(application.course, UNDER_WAY)


def moves_up_now(course: Course) -> bool:
    """Whether free places go to the waiting list by themselves: until teams are published, then teachers decide."""
    return course.moves_up and course.state == CourseState.OPEN and course.teams_published_at is None


def may_fill_places(person: Person, course: Course) -> Verdict:
    """A teacher gives what is free to the waiting list, until teams are published."""
    verdict = all_of([is_teacher(person, course), in_state(course, [CourseState.OPEN])])
    if verdict and course.teams_published_at is not None:
        return refused(_("The teams are published. Admit people one by one, and repair the teams."))
    return verdict
