from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange import seating
from biosint.exchange.models import Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._seats import (
    Moves,
    judge,
    keep_change,
    places_now,
    plan_for_change,
    seat,
    tell_moved,
)
from biosint.exchange.rules import may_move, may_undo_move
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.exchange.models import TeamPlan
    from biosint.people.api import Person


class NotInATeam(Fault):
    """The learner, or the team, that a move names is not there."""


@transaction.atomic
def move(
    *, course_id: int, application_id: int, to: int, seen_version: int | None = None, by: Person, at: datetime
) -> Course:
    """Give one learner a place in another team, by hand.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
        NotInATeam: the learner has no team, or there is no team ``to``.
    """
    course = locked(course_id)
    require(may_move(by, course))
    kept = plan_for_change(course, seen_version=seen_version)
    before = places_now(course, [application_id])
    if before[application_id] is None or not course.teams.filter(number=to).exists():
        raise NotInATeam(
            _("This learner, or this team, is no longer there. Look at the teams as they are now.")
        )
    if before[application_id] != to:
        _change(course, kept, {application_id: to}, before=before, by=by, at=at)
        audit.record(
            "exchange.teams.moved",
            course,
            by=by,
            at=at,
            application=application_id,
            before=before[application_id],
            after=to,
        )
    return course


@transaction.atomic
def swap(
    *,
    course_id: int,
    application_id: int,
    with_id: int,
    seen_version: int | None = None,
    by: Person,
    at: datetime,
) -> Course:
    """Let two learners of different teams change places, by hand.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
        NotInATeam: one of the two has no team.
    """
    course = locked(course_id)
    require(may_move(by, course))
    kept = plan_for_change(course, seen_version=seen_version)
    before = places_now(course, [application_id, with_id])
    one, other = before[application_id], before[with_id]
    if one is None or other is None:
        raise NotInATeam(
            _("This learner, or this team, is no longer there. Look at the teams as they are now.")
        )
    if one != other:
        _change(course, kept, {application_id: other, with_id: one}, before=before, by=by, at=at)
        audit.record(
            "exchange.teams.swapped",
            course,
            by=by,
            at=at,
            applications=[application_id, with_id],
            teams=[one, other],
        )
    return course


@transaction.atomic
def undo(*, course_id: int, seen_version: int | None = None, by: Person, at: datetime) -> Course:
    """Take the last change of the teams back.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
    """
    course = locked(course_id)
    kept = plan_for_change(course, seen_version=seen_version)
    require(may_undo_move(by, course, kept))
    admitted = seating.roster_of(course, kept.plan).learners.keys()
    moves: Moves = {
        int(key): number for key, number in (kept.before or {})["places"].items() if int(key) in admitted
    }
    before = places_now(course, moves)
    left = (kept.before or {}).get("left", [])
    kept.asked = (kept.before or {}).get("asked", kept.asked)
    _change(course, kept, moves, before=before, by=by, at=at)
    # Taking back is the last word: pressing again would bring the change back.
    kept.before, kept.left = None, left
    kept.save(update_fields=["before", "left"])
    audit.record("exchange.teams.undone", course, by=by, at=at, people=len(moves))
    return course


def _change(course: Course, kept: TeamPlan, moves: Moves, *, before: Moves, by: Person, at: datetime) -> None:
    seat(course, moves, at=at)
    touched = {*moves.values(), *before.values()}
    # Who comes in, or goes out, changes what is possible for everybody; so do teachers, shared out among all teams.
    only = (
        None
        if None in touched or kept.plan.facilitators
        else {number for number in touched if number is not None}
    )
    judge(course, seating.roster_of(course, kept.plan), only=only)
    keep_change(kept, by=by, at=at, before=before)
    if course.teams_published_at is not None:
        tell_moved(course, moves, before, at=at)
