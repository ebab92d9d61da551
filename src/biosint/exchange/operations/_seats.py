"""Who sits where: every change of teams goes through here, so that what is stored about them stays true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.evidence import api as evidence
from biosint.exchange import seating
from biosint.exchange.models import Course, Team, TeamMember, TeamPlan
from biosint.exchange.plans import UNSPOKEN
from biosint.exchange.queries import team_plan_of
from biosint.exchange.seating import Judged, Roster
from biosint.notices import api as notices
from biosint.shared.dates import written_moment
from biosint.shared.verdicts import Fault
from iahcalc import calendars, teams

if TYPE_CHECKING:
    from biosint.people.api import Person

JUDGEMENT = ("score", "wishes", "reasons", "common_slots", "broken_rules", "facilitator_id")
Moves = dict[int, int | None]
"""Key of an application -> the number of its team; None: no team."""


class TeamsChanged(Fault):
    """Somebody else changed the teams since the page was opened."""


class CannotForm(Fault):
    """What is asked for cannot be done with these learners at all."""


@contextmanager
def faults_told() -> Iterator[None]:
    """Say what hinders a search in words for the teacher.

    Raises:
        CannotForm: in place of what the search raised.
    """
    try:
        yield
    except seating.TooManyLocked as fault:
        raise CannotForm(
            _(
                "More people are locked into one team than it can hold. Unlock somebody, or allow larger teams."
            )
        ) from fault
    except seating.UnevenlyLocked as fault:
        raise CannotForm(
            _(
                "Teams differ by one person at most, and too many people are locked into one team for that. Unlock somebody."
            )
        ) from fault
    except seating.TooFewFree as fault:
        raise CannotForm(
            _(
                "So few people are not locked that somebody would be alone in a team. Unlock a team or a person."
            )
        ) from fault
    except teams.NobodyToPlace as fault:
        raise CannotForm(_("Nobody is in this course any more.")) from fault
    except teams.TeamFault as fault:
        raise CannotForm(
            _("No teams can be found for what is asked. Change it, or move people by hand.")
        ) from fault


def plan_for_change(course: Course, *, seen_version: int | None) -> TeamPlan:
    """Return the plan of a locked course, ready to be changed.

    Raises:
        TeamsChanged: the teams are no longer those that ``seen_version`` counts. None: nobody has looked at them.
    """
    kept = team_plan_of(course)
    if seen_version is not None and seen_version != kept.version:
        if kept.changed_by is None or kept.changed_at is None:
            raise TeamsChanged(
                _("The teams have changed since you opened this page. Look at them and try again.")
            )
        raise TeamsChanged(
            _(
                "%(person)s has changed the teams (%(moment)s) since you opened this page. Nothing is lost, "
                "and nothing of yours is done yet: look at the teams as they are now, then try again."
            )
            % {"person": kept.changed_by, "moment": written_moment(kept.changed_at)}
        )
    return kept


def keep_change(
    kept: TeamPlan,
    *,
    by: Person,
    at: datetime,
    before: Moves | None = None,
    asked_before: dict[str, Any] | None = None,
    forget_left: bool = False,
) -> None:
    """Count the change. ``before``, ``asked_before``: what it moved or asked anew, so that it can be taken back."""
    kept.version += 1
    kept.before = None
    if before is not None:
        places = {str(key): number for key, number in before.items()}
        kept.before = {"places": places, "left": kept.left}
        if asked_before is not None:
            kept.before["asked"] = asked_before
    if forget_left:
        kept.left = []
    kept.changed_by, kept.changed_at = by, at
    kept.save()


def seat(course: Course, moves: Mapping[int, int | None], *, at: datetime) -> None:
    """Give learners these places. Teams that nobody is in any more end, unless learners have seen them."""
    rows = {team.number: team for team in course.teams.all()}
    wanted = {number for number in moves.values() if number is not None}
    for fresh_number in sorted(wanted - rows.keys()):
        rows[fresh_number] = Team.objects.create(course=course, number=fresh_number, formed_at=at)
    members = {
        member.application_id: member for member in TeamMember.objects.filter(application__in=list(moves))
    }
    changed, fresh = [], []
    for key, number in moves.items():
        member = members.get(key)
        if number is None:
            continue
        if member is None:
            fresh.append(TeamMember(application_id=key, team=rows[number]))
        elif member.team_id != rows[number].pk:
            member.team = rows[number]
            changed.append(member)
    TeamMember.objects.filter(
        application__in=[key for key, number in moves.items() if number is None]
    ).delete()
    TeamMember.objects.bulk_update(changed, ["team"], batch_size=500)
    TeamMember.objects.bulk_create(fresh, batch_size=500)
    if course.teams_published_at is None:
        course.teams.filter(members=None).delete()


def judge(course: Course, roster: Roster, *, only: set[int] | None = None) -> Judged | None:
    """Store how good the teams are and why. ``only``: numbers of the teams that have changed; None: all."""
    places: seating.Places = dict(
        TeamMember.objects.filter(team__course=course).values_list("application_id", "team__number")
    )
    judged = seating.judged(roster, places)
    if judged is None:
        return None
    broken, accompanied = judged.result.violations_by_team, judged.result.facilitator_of
    changed = []
    for row in course.teams.filter(number__in=judged.numbers if only is None else only):
        if row.number not in judged.numbers:
            continue
        number = judged.in_search(row.number)
        team = judged.result.team(number)
        free = [person.free for person in team.people if person.free is not None]
        row.score = team.score
        row.wishes = [
            {"attribute": scored.wish.attribute, "kind": scored.wish.kind, "score": round(scored.score, 4)}
            for scored in team.wishes
        ]
        row.reasons = [stored(reason) for reason in teams.explain(judged.result, number) if is_spoken(reason)]
        row.common_slots = sorted(calendars.common_slots(free)) if free else []
        row.broken_rules = sum(1 for reason in broken.get(number, ()) if is_spoken(reason))
        facilitator = accompanied.get(number)
        row.facilitator_id = int(facilitator) if facilitator else None
        changed.append(row)
    Team.objects.bulk_update(changed, JUDGEMENT, batch_size=200)
    return judged


def judge_again(course: Course) -> None:
    """Judge the teams after somebody has left or the learners have changed otherwise."""
    judge(course, seating.roster_of(course, team_plan_of(course).plan))


def is_spoken(reason: teams.Reason) -> bool:
    """Whether the reason may be shown: not what somebody wrote about themselves in confidence."""
    return reason.parameters.get("attribute") not in UNSPOKEN


def stored(reason: teams.Reason) -> dict[str, Any]:
    """Return a reason that names people by the keys of their applications: a closed account leaves no name here."""
    parameters = {name: value for name, value in reason.parameters.items() if name not in {"name", "names"}}
    people = [int(key) for key in reason.people if key.isdecimal()]
    return {"code": reason.code, "parameters": parameters, "people": people}


def record_teams(course: Course, formed: list[Team], *, by: Person, at: datetime) -> None:
    """Teams that learners can see are evidence."""
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


def tell_moved(
    course: Course,
    moves: Mapping[int, int | None],
    before: Mapping[int, int | None],
    *,
    at: datetime,
    left: Iterable[int] = (),
) -> None:
    """Tell those who have another team than before, or none any more, and the team-mates who keep theirs.

    ``left``: numbers of teams that somebody has left.
    """
    moved = {key: number for key, number in moves.items() if number is not None and before.get(key) != number}
    teamless = [key for key, number in moves.items() if number is None and before.get(key) is not None]
    came_from = (before.get(key) for key in (*moved, *teamless))
    touched = {number for number in (*moved.values(), *came_from, *left) if number is not None}
    for member in TeamMember.objects.filter(team__course=course, team__number__in=touched).select_related(
        "team", "application__learner"
    ):
        is_new = member.application_id in moved
        title = gettext_lazy("Your team in “{course}” has changed")
        if is_new:
            had_one = before.get(member.application_id) is not None
            title = (
                gettext_lazy("You have another team in “{course}”")
                if had_one
                else gettext_lazy("Your team in “{course}” is ready")
            )
        notices.tell(
            member.application.learner,
            kind="exchange.team",
            title=format_lazy(title, course=course.title),
            text=gettext_lazy("See who is in it now, when you can all meet, and say hello.")
            if is_new
            else gettext_lazy("Somebody has joined or left. See who is in it now and when you can all meet."),
            url=reverse("exchange:team", args=[course.slug, member.team.number]),
            at=at,
        )
    for application in course.applications.filter(pk__in=teamless).select_related("learner"):
        notices.tell(
            application.learner,
            kind="exchange.team",
            title=format_lazy(gettext_lazy("You have no team in “{course}” for now"), course=course.title),
            text=gettext_lazy(
                "Your teachers have changed the teams. You keep your place in the course, and will hear from us when you have a team."
            ),
            url=reverse("exchange:course", args=[course.slug]),
            at=at,
        )


def places_now(course: Course, keys: Iterable[int]) -> Moves:
    """Return where learners of a course sit; None: in none of its teams."""
    now: Moves = dict.fromkeys(keys)
    now.update(
        TeamMember.objects.filter(team__course=course, application__in=list(now)).values_list(
            "application_id", "team__number"
        )
    )
    return now
