from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.exchange import seating
from biosint.exchange.models import Course
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._seats import (
    TeamsChanged,
    faults_told,
    judge,
    keep_change,
    places_now,
    plan_for_change,
    record_teams,
    seat,
    tell_moved,
)
from biosint.exchange.queries import team_plan_of
from biosint.exchange.rules import may_repair
from biosint.exchange.seating import Places, Roster
from biosint.shared.verdicts import require
from iahcalc import teams

if TYPE_CHECKING:
    from biosint.people.api import Person


@dataclass(frozen=True, kw_only=True)
class Mending:
    """A repair as it is shown before it is done: who gets which place, and who moves why."""

    roster: Roster
    repair: teams.Repair
    version: int

    @cached_property
    def places(self) -> Places:
        """Where those sit who get a place or another one."""
        changed = {*self.repair.joined, *(move.key for move in self.repair.moved)}
        return {
            int(key): self.number(number) for key, number in self.repair.number_of.items() if key in changed
        }

    def number(self, found: int) -> int:
        """Return the number of a team: a new one must not take that of a locked team, which was left out."""
        if found not in self.roster.locked_teams:
            return found
        return found + max(self.roster.places.values())

    @property
    def mark(self) -> str:
        """What tells this repair, of the teams as they stand, from every other one."""
        told = (self.version, sorted(self.roster.places.items()), sorted(self.places.items()))
        return sha256(repr(told).encode()).hexdigest()[:16]


def mending(*, course_id: int, by: Person) -> Mending:
    """Work out how teams could be repaired with the fewest moves, and keep nothing.

    Raises:
        CannotForm: there is no repair, for instance because too much is locked.
    """
    course = Course.objects.prefetch_related("teachings__person", "teachings__institution").get(pk=course_id)
    require(may_repair(by, course, teams=course.teams.count()))
    kept = team_plan_of(course)
    roster = seating.roster_of(course, kept.plan)
    with faults_told():
        found = seating.mended(roster)
    return Mending(roster=roster, repair=found, version=kept.version)


def repair(*, course_id: int, mark: str, by: Person, at: datetime) -> Course:
    """Give everybody a team who has none, and move as few others as the rules allow.

    Rooms keep what was written in them. After publishing, those concerned are told, and a team that is
    new counts as one more.

    Args:
        mark: of the ``Mending`` that was shown; only that one is done.

    Raises:
        TeamsChanged: the learners or the teams have changed since it was shown.
        CannotForm: there is no repair any more.
    """
    found = mending(course_id=course_id, by=by)
    if found.mark != mark:
        raise _changed()
    return _keep(found, by=by, at=at)


def _changed() -> TeamsChanged:
    return TeamsChanged(
        _("The learners or the teams have changed since this repair was shown. Look at the new one.")
    )


@transaction.atomic
def _keep(found: Mending, *, by: Person, at: datetime) -> Course:
    roster = found.roster
    course = locked(roster.course.pk)
    require(may_repair(by, course, teams=course.teams.count()))
    kept = plan_for_change(course, seen_version=found.version)
    if not found.places and not kept.left:
        return course
    now = seating.roster_of(course, kept.plan)
    if (now.learners.keys(), now.places) != (roster.learners.keys(), roster.places):
        raise _changed()
    before, known = places_now(course, found.places), set(course.teams.values_list("number", flat=True))
    left = [one["number"] for one in kept.left]
    seat(course, found.places, at=at)
    judge(course, now)
    keep_change(kept, by=by, at=at, before=before, forget_left=True)
    if course.teams_published_at is not None:
        record_teams(course, list(course.teams.exclude(number__in=known)), by=by, at=at)
        tell_moved(course, found.places, before, at=at, left=left)
    audit.record(
        "exchange.teams.repaired",
        course,
        by=by,
        at=at,
        moved=len(found.repair.moved),
        joined=len(found.repair.joined),
        left=len(left),
    )
    return course
