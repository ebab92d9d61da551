from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from biosint.exchange import candidates, seating
from biosint.exchange.models import Team, TeamMember
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._seats import judge
from biosint.exchange.queries import team_plan_of
from biosint.exchange.states import ApplicationState
from biosint.people.api import Person

if TYPE_CHECKING:
    from biosint.exchange.models import Course
    from biosint.exchange.seating import Roster


def forget(person: Person) -> None:
    """Judge the teams of a person who closes the account anew, as if the profile were empty.

    What is stored about a team says what is true of its members: country, field, languages, hours. The
    caller holds the transaction, in which the profile is emptied, too.
    """
    seats = TeamMember.objects.filter(
        application__learner=person, application__state=ApplicationState.ADMITTED
    ).select_related("team")
    for seat in seats.order_by("team__course"):
        course = locked(seat.team.course_id)
        judge(course, _without(course, seat.application_id), only={seat.team.number})
        # Nobody has moved: whoever accompanies the team stays with it.
        Team.objects.filter(pk=seat.team_id).update(facilitator=seat.team.facilitator_id)


def _without(course: Course, application_id: int) -> Roster:
    """Return the learners of a course, one of whom has told nothing."""
    roster = seating.roster_of(course, team_plan_of(course).plan)
    application = roster.learners[application_id]
    application.learner = Person(pk=application.learner_id, name=application.learner.name)
    unknown = candidates.candidate(application, week_of=course.start_date)
    return replace(roster, people=tuple(unknown if one.key == unknown.key else one for one in roster.people))
