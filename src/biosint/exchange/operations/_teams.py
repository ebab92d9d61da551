from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.exchange.availability import free_slots
from biosint.exchange.models import Application, Course, Team, TeamMember
from biosint.exchange.operations._locked import locked
from biosint.exchange.queries import learners_of, teamless_count
from biosint.exchange.rules import may_form_teams, may_publish_teams
from biosint.exchange.states import LEVEL_STEPS
from biosint.notices import api as notices
from biosint.shared.verdicts import Fault, require
from iahcalc import calendars, teams

if TYPE_CHECKING:
    from biosint.people.api import Person

WISHES = (
    teams.Wish(attribute="country", kind="mix"),
    teams.Wish(attribute="profession", kind="mix"),
    teams.Wish(attribute="institution", kind="mix", weight=0.5),
    teams.Wish(attribute="english", kind="balance"),
)
# Nobody may be the only one from an institution, nor of a gender, where it can be avoided.
NOBODY_ALONE = ("institution", "gender")
# Used to form teams, never shown: it would tell what somebody wrote about themselves.
UNSPOKEN = frozenset({"gender"})


class AdmittedMeanwhile(Fault):
    """Somebody was admitted, or gave the place back, while the teams were formed."""


def form_teams(
    *, course_id: int, team_size: int, minimum_common_hours: int, by: Person, at: datetime, seed: int = 0
) -> list[Team]:
    """Form teams from the admitted learners, in place of those formed before.

    Nobody sees them but the teachers until ``publish_teams``. ``seed``: another one may give
    equally good, other teams. The search takes seconds for hundreds of learners; nothing is
    locked meanwhile.

    Raises:
        AdmittedMeanwhile: the learners are no longer those the teams were formed from.
    """
    course = Course.objects.prefetch_related("teachings").get(pk=course_id)
    learners = list(learners_of(course))
    require(may_form_teams(by, course, admitted=len(learners)))
    result = teams.form_teams(
        [_as_given(application, course.start_date) for application in learners],
        wishes=WISHES,
        rules=teams.Rules(
            # Never a team of one: two people are the fewest that meet.
            teams=max(1, min(round(len(learners) / team_size), len(learners) // 2)),
            minimum_common_hours=minimum_common_hours,
            at_least_two_of=NOBODY_ALONE,
            # A team of one country would be no international team.
            at_least_different={"country": 2},
        ),
        seed=seed,
    )
    return _keep(
        result,
        course_id=course_id,
        team_size=team_size,
        minimum_common_hours=minimum_common_hours,
        by=by,
        at=at,
    )


@transaction.atomic
def _keep(
    result: teams.Result,
    *,
    course_id: int,
    team_size: int,
    minimum_common_hours: int,
    by: Person,
    at: datetime,
) -> list[Team]:
    course = locked(course_id)
    learners = {str(application.pk): application for application in learners_of(course)}
    require(may_form_teams(by, course, admitted=len(learners)))
    if set(learners) != {person.key for team in result.teams for person in team.people}:
        raise AdmittedMeanwhile(
            _("Somebody was admitted, or gave the place back, while the teams were formed. Form them again.")
        )
    course.team_size = team_size
    course.minimum_common_hours = minimum_common_hours
    course.save(update_fields=["team_size", "minimum_common_hours"])
    course.teams.all().delete()
    formed = []
    for team in result.teams:
        free = [person.free for person in team.people if person.free is not None]
        made = Team.objects.create(
            course=course,
            number=team.number,
            reasons=[
                _stored(reason)
                for reason in teams.explain(result, team.number)
                if reason.parameters.get("attribute") not in UNSPOKEN
            ],
            common_slots=sorted(calendars.common_slots(free)) if free else [],
            formed_at=at,
        )
        TeamMember.objects.bulk_create(
            TeamMember(team=made, application=learners[person.key]) for person in team.people
        )
        formed.append(made)
    audit.record("exchange.teams.formed", course, by=by, at=at, teams=len(formed), size=team_size)
    return formed


def _stored(reason: teams.Reason) -> dict[str, Any]:
    """Return a reason that names people by the keys of their applications: a closed account leaves no name here."""
    parameters = {name: value for name, value in reason.parameters.items() if name not in {"name", "names"}}
    return {"code": reason.code, "parameters": parameters, "people": [int(key) for key in reason.people]}


def _as_given(application: Application, week_of: date) -> teams.Person:
    """Return the learner in the words of the search; what is not known stays unknown."""
    learner, institution = application.learner, application.institution
    return teams.Person(
        key=str(application.pk),
        name=learner.name,
        attributes={
            "country": learner.country or (institution.country if institution else None),
            "institution": institution.short_name if institution else None,
            "profession": learner.profession or None,
            "gender": learner.gender or None,
            "english": LEVEL_STEPS.get(learner.english_level),
        },
        free=free_slots(learner, institution, week_of=week_of),
    )


@transaction.atomic
def publish_teams(*, course_id: int, by: Person, at: datetime) -> Course:
    """Show every learner their team, and open the team rooms. Pressing twice is once."""
    course = locked(course_id)
    if course.teams_published_at is not None:
        return course
    formed = list(course.teams.all())
    require(may_publish_teams(by, course, teamless=teamless_count(course), teams=len(formed)))
    course.teams_published_by = by
    course.teams_published_at = at
    course.save(update_fields=["teams_published_by", "teams_published_at"])
    for team in formed:
        evidence.record(
            kind="exchange.team_formed",
            subject=team,
            institution=course.host,
            occurred_at=at,
            proof=reverse("exchange:course", args=[course.slug]),
            by=by,
            title=str(team),
        )
    for member in TeamMember.objects.filter(team__in=formed).select_related("team", "application__learner"):
        notices.tell(
            member.application.learner,
            title=format_lazy(gettext_lazy("Your team in “{course}” is ready"), course=course.title),
            text=gettext_lazy("See who is in it, when you can all meet, and say hello."),
            url=reverse("exchange:team", args=[course.slug, member.team.number]),
            at=at,
        )
    audit.record("exchange.teams.published", course, by=by, at=at, teams=len(formed))
    return course
