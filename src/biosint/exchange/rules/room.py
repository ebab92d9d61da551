"""Who works in a team's room, who accompanies teams, and who reads what is not the team's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Course, Meeting, Team
from biosint.exchange.rules._courses import in_state, is_teacher, may_post, teaches
from biosint.exchange.rules.facilitation import facilitates
from biosint.exchange.states import CourseState
from biosint.shared.verdicts import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from biosint.people.api import Person

FRIDAY = 4


def is_member(person: Person, team: Team) -> bool:
    """Whether a person learns in the team. Reads prefetched members where there are some."""
    return any(member.application.learner_id == person.pk for member in team.members.all())


def accompanies(person: Person, team: Team) -> bool:
    """Whether a person reads what is not for the team: its teachers and its facilitators."""
    return teaches(person, team.course) or facilitates(person, team)


def may_work_in_room(person: Person, team: Team) -> Verdict:
    """Whoever may write to the team also keeps its files, tasks, meetings and texts."""
    return may_post(person, team)


def may_vote(person: Person, meeting: Meeting) -> Verdict:
    """Whoever works in the room says when they can, until the time is chosen."""
    verdict = may_work_in_room(person, meeting.team)
    if verdict and meeting.closed_at is not None:
        return refused(_("The time of this meeting is chosen already."))
    return verdict


def may_be_present(person: Person, meeting: Meeting) -> Verdict:
    """A member says that they were at a meeting that had a time."""
    if not is_member(person, meeting.team):
        return refused(_("Only members of the team say that they were there."))
    if meeting.starts_at is None:
        return refused(_("This meeting has no time yet."))
    return may_work_in_room(person, meeting.team)


def pulse_week(course: Course, *, today: date) -> date | None:
    """Return the Friday whose pulse can be answered on a day (in the learner's zone); None before the first.

    A Friday of the course stays open for a week, until the next one.
    """
    friday = today - timedelta(days=(today.weekday() - FRIDAY) % 7)
    return friday if course.start_date <= friday <= course.end_date else None


def may_answer_pulse(person: Person, team: Team, *, today: date) -> Verdict:
    """Members answer while the course runs, from the first Friday on."""
    if not is_member(person, team):
        return refused(_("Only members of the team answer these questions."))
    if team.course.state != CourseState.RUNNING:
        return in_state(team.course, [CourseState.RUNNING])
    if pulse_week(team.course, today=today) is None:
        return refused(_("The questions come every Friday of the course, from the first one on."))
    return ALLOWED


def may_appoint_facilitators(person: Person, course: Course) -> Verdict:
    """Teachers make somebody facilitator of their course until it is finished."""
    verdict = is_teacher(person, course)
    if verdict and course.state in (CourseState.FINISHED, CourseState.CANCELLED):
        return in_state(course, [CourseState.OPEN, CourseState.RUNNING])
    return verdict


def may_intervene(person: Person, team: Team) -> Verdict:
    """Teachers and facilitators of a team note what they did for it."""
    if accompanies(person, team):
        return ALLOWED
    return refused(_("Only teachers and facilitators of this team can do this."))
