from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange import seating
from biosint.exchange.models import Course, Team, TeamMember
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._moves import NotInATeam
from biosint.exchange.operations._seats import (
    faults_told,
    judge,
    keep_change,
    places_now,
    plan_for_change,
    record_teams,
    seat,
)
from biosint.exchange.plans import Plan
from biosint.exchange.queries import admitted_count, team_plan_of, teamless_count
from biosint.exchange.rules import may_form_teams, may_lock, may_publish_teams
from biosint.exchange.seating import Places, Roster
from biosint.notices import api as notices
from biosint.shared.verdicts import Fault, require
from iahcalc import teams

if TYPE_CHECKING:
    from biosint.people.api import Person


class AdmittedMeanwhile(Fault):
    """Somebody was admitted, or gave the place back, while the teams were formed."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Teams as a search has found them, not kept yet."""

    roster: Roster
    places: Places
    version: int


def form_teams(
    *,
    course_id: int,
    by: Person,
    at: datetime,
    plan: Plan | None = None,
    seed: int = 0,
    seen_version: int | None = None,
    job: UUID | None = None,
    told: teams.Told | None = None,
) -> list[Team]:
    """Form teams from the admitted learners, in place of those formed before; who is locked stays.

    Nobody sees them but the teachers until ``publish_teams``. The search takes seconds for
    thousands of learners; nothing is locked meanwhile, and what stops it leaves the teams as they were.

    Args:
        plan: what is asked; it is kept with the course. None: what was kept last.
        seed: another one may give equally good, other teams.
        seen_version: see ``TeamPlan.version``; None: whoever asks has looked at no teams.
        job: the public id of the job that asks. Run again after its worker was killed, a job that has
            already formed its teams leaves them as they are.
        told: called with the share that is done, 0 to 1; what it raises stops the search.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
        AdmittedMeanwhile: the learners are no longer those the teams were formed from.
        CannotForm: no teams can be formed like this.
    """
    if job is not None or seen_version is not None:
        course = Course.objects.get(pk=course_id)
        if job is not None and team_plan_of(course).formed_by_job == job:
            return list(course.teams.all())
        # Before the search, which would be for nothing; what happens meanwhile is found when it is kept.
        plan_for_change(course, seen_version=seen_version)
    draft = drafted(course_id=course_id, by=by, plan=plan, seed=seed, told=told)
    return _keep(draft, seen_version=seen_version, job=job, by=by, at=at)


def drafted(
    *, course_id: int, by: Person, plan: Plan | None = None, seed: int = 0, told: teams.Told | None = None
) -> Draft:
    """Look for teams and keep nothing: the same plan and seed form the same teams.

    Raises:
        CannotForm: no teams can be formed like this.
    """
    course = Course.objects.prefetch_related("teachings__person", "teachings__institution").get(pk=course_id)
    require(may_form_teams(by, course, admitted=admitted_count(course)))
    kept = team_plan_of(course)
    roster = seating.roster_of(course, plan or kept.plan)
    with faults_told():
        places = seating.searched(roster, seed=seed, told=told)
    return Draft(roster=roster, places=places, version=kept.version)


@transaction.atomic
def _keep(
    draft: Draft, *, seen_version: int | None, job: UUID | None, by: Person, at: datetime
) -> list[Team]:
    roster = draft.roster
    course = locked(roster.course.pk)
    require(may_form_teams(by, course, admitted=admitted_count(course)))
    # The teams may have changed between the look of whoever asks and the search, or during the search.
    kept = plan_for_change(course, seen_version=draft.version if seen_version is None else seen_version)
    now = seating.roster_of(course, roster.plan)
    if now.learners.keys() != roster.learners.keys():
        raise AdmittedMeanwhile(
            _("Somebody was admitted, or gave the place back, while the teams were formed. Form them again.")
        )
    asked_before, kept.asked, kept.formed_by_job = kept.asked, roster.plan.as_json(), job
    before = places_now(course, roster.learners)
    seat(course, draft.places, at=at)
    course.teams.update(formed_at=at)
    judge(course, now)
    keep_change(
        kept,
        by=by,
        at=at,
        before=before if any(before.values()) else None,
        asked_before=asked_before,
        forget_left=True,
    )
    formed = list(course.teams.all())
    audit.record("exchange.teams.formed", course, by=by, at=at, teams=len(formed), **_in_short(roster.plan))
    return formed


def _in_short(plan: Plan) -> dict[str, object]:
    return {
        "preset": plan.preset,
        "size": f"{plan.size_low}-{plan.size_high}",
        "common_hours": plan.common_hours,
        "weights": {name: f"{asked.kind} {asked.weight}" for name, asked in plan.wishes.items()},
    }


@transaction.atomic
def lock(
    *,
    course_id: int,
    is_locked: bool,
    seen_version: int | None = None,
    application_id: int | None = None,
    number: int | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Keep a learner in the team, or a whole team as it is, when teams are formed again; or let them go.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
        NotInATeam: the learner has no team in this course, or there is no team ``number``.
    """
    course = locked(course_id)
    require(may_lock(by, course))
    kept = plan_for_change(course, seen_version=seen_version)
    found = 0
    if application_id is not None:
        members = TeamMember.objects.filter(team__course=course, application=application_id)
        found += members.update(is_locked=is_locked)
    if number is not None:
        found += course.teams.filter(number=number).update(is_locked=is_locked)
    if not found:
        raise NotInATeam(
            _("This learner, or this team, is no longer there. Look at the teams as they are now.")
        )
    # Taking an earlier change back would move people out of what is locked now.
    keep_change(kept, by=by, at=at)
    verb = "locked" if is_locked else "unlocked"
    audit.record(f"exchange.teams.{verb}", course, by=by, at=at, team=number, application=application_id)


@transaction.atomic
def publish_teams(*, course_id: int, seen_version: int | None = None, by: Person, at: datetime) -> Course:
    """Show every learner their team, and open the team rooms. Pressing twice is once.

    Raises:
        TeamsChanged: a colleague has changed the teams since ``seen_version``.
    """
    course = locked(course_id)
    if course.teams_published_at is not None:
        return course
    formed = list(course.teams.all())
    require(may_publish_teams(by, course, teamless=teamless_count(course), teams=len(formed)))
    kept = plan_for_change(course, seen_version=seen_version)
    course.teams_published_by = by
    course.teams_published_at = at
    course.save(update_fields=["teams_published_by", "teams_published_at"])
    record_teams(course, formed, by=by, at=at)
    # Locks are for forming again, which is over.
    course.teams.update(is_locked=False)
    TeamMember.objects.filter(team__course=course).update(is_locked=False)
    for member in TeamMember.objects.filter(team__in=formed).select_related("team", "application__learner"):
        notices.tell(
            member.application.learner,
            kind="exchange.team",
            title=format_lazy(gettext_lazy("Your team in “{course}” is ready"), course=course.title),
            text=gettext_lazy("See who is in it, when you can all meet, and say hello."),
            url=reverse("exchange:team", args=[course.slug, member.team.number]),
            at=at,
        )
    # What was moved before learners saw their teams cannot be taken back behind their backs.
    keep_change(kept, by=by, at=at, forget_left=True)
    audit.record("exchange.teams.published", course, by=by, at=at, teams=len(formed))
    return course
