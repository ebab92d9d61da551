"""Facilitators, the weekly pulse, and what was done for a team."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.models import Course, Facilitation, Intervention, Pulse, Team
from biosint.exchange.operations._locked import locked
from biosint.exchange.operations._teamwork import locked_team
from biosint.exchange.rules.room import (
    may_answer_pulse,
    may_appoint_facilitators,
    may_intervene,
    pulse_week,
)
from biosint.exchange.states import ApplicationState, InterventionKind
from biosint.notices import api as notices
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require

# An answer this low, on 1 to 5, is told to whoever accompanies the team at once.
ALARM = 2


class NotAPerson(Fault):
    """Nobody here has this address, or the person cannot be facilitator of this course."""


@transaction.atomic
def appoint_facilitator(
    *, course_id: int, email: str, numbers: Collection[int], by: Person, at: datetime
) -> Facilitation:
    """Make somebody facilitator of teams of a course; ``numbers`` of teams, none: all teams.

    Appointed again, the person has the teams named last.

    Raises:
        NotAPerson: nobody has this address, the person learns in this course, or a team does not exist.
    """
    course = locked(course_id)
    require(may_appoint_facilitators(by, course))
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise NotAPerson(_("Nobody here has this address. Ask the person to open an account first."))
    if course.applications.filter(learner=person, state=ApplicationState.ADMITTED).exists():
        raise NotAPerson(
            _("%(person)s learns in this course and cannot accompany its teams.") % {"person": person}
        )
    teams = list(course.teams.filter(number__in=numbers))
    if len(teams) < len(set(numbers)):
        raise NotAPerson(_("One of these teams does not exist."))
    standing, is_new = Facilitation.objects.get_or_create(
        course=course, person=person, ended_at=None, defaults={"given_by": by, "given_at": at}
    )
    standing.teams.set(teams)
    audit.record("exchange.facilitator.appointed", standing, by=by, at=at, teams=sorted(set(numbers)))
    if is_new:
        notices.tell(
            person,
            title=format_lazy(gettext_lazy("You accompany teams in “{course}”"), course=course.title),
            text=gettext_lazy("You see the rooms of your teams, how they are doing, and who may need you."),
            url=reverse("exchange:facilitate", args=[course.slug]),
            kind="exchange.team",
            at=at,
        )
    return standing


@transaction.atomic
def end_facilitation(*, facilitation_id: int, by: Person, at: datetime) -> None:
    """A teacher ends that somebody accompanies teams."""
    standing = Facilitation.objects.select_for_update(of=["self"]).get(pk=facilitation_id)
    require(may_appoint_facilitators(by, locked(standing.course_id)))
    if standing.ended_at is None:
        standing.ended_by, standing.ended_at = by, at
        standing.save(update_fields=["ended_by", "ended_at"])
        audit.record("exchange.facilitator.ended", standing, by=by, at=at)


@transaction.atomic
def answer_pulse(
    *, team_id: int, going: int, share: int, words: str, by: Person, today: date, at: datetime
) -> Pulse:
    """Answer the two questions of this week; answered again, the last answer counts.

    Args:
        today: the day on the member's own calendar.
    """
    team = locked_team(team_id)
    require(may_answer_pulse(by, team, today=today))
    week = pulse_week(team.course, today=today)
    assert week is not None  # noqa: S101 -- the rule says so
    answer, is_new = Pulse.objects.update_or_create(
        team=team,
        person=by,
        week_date=week,
        defaults={"going": going, "share": share, "words": words, "answered_at": at},
    )
    # The trail does not say what was answered.
    audit.record("exchange.pulse.answered", answer, by=by, at=at)
    if is_new and min(going, share) <= ALARM:
        for person in who_accompany(team):
            notices.tell(
                person,
                title=format_lazy(gettext_lazy("Team {number} may need you"), number=team.number),
                text=gettext_lazy("Somebody of the team answered the weekly questions with a low figure."),
                url=reverse("exchange:facilitate_team", args=[team.course.slug, team.number]),
                kind="exchange.team",
                bundle=f"exchange.pulse-{team.pk}",
                at=at,
            )
    return answer


def who_accompany(team: Team) -> list[Person]:
    """Return whom a warning about a team goes to: its facilitators; where there are none, the teachers."""
    own = Q(facilitations__teams=team) | Q(facilitations__teams=None, facilitations__course=team.course)
    found = list(Person.objects.filter(own, facilitations__ended_at=None).distinct())
    if team.facilitator_id is not None and team.facilitator is not None:
        found.append(team.facilitator)
    if found:
        return found
    return [
        one.person for one in team.course.teachings.filter(accepted_at__isnull=False).select_related("person")
    ]


@transaction.atomic
def note_intervention(
    *,
    team_id: int,
    kind: InterventionKind,
    text: str,
    person: Person | None,
    follow_up_date: date | None,
    by: Person,
    at: datetime,
) -> Intervention:
    """Note what was done for a team. The team never sees it.

    Raises:
        NotAPerson: ``person`` is not in the team.
    """
    team = locked_team(team_id)
    require(may_intervene(by, team))
    _require_member(team, person)
    noted = Intervention.objects.create(
        team=team,
        person=person,
        kind=kind,
        text=text,
        noted_by=by,
        noted_at=at,
        follow_up_date=follow_up_date,
    )
    audit.record("exchange.intervention.noted", noted, by=by, at=at)
    return noted


@transaction.atomic
def close_intervention(*, intervention_id: int, by: Person, at: datetime) -> None:
    """Note that somebody looked again."""
    noted = Intervention.objects.select_for_update(of=["self"]).get(pk=intervention_id)
    require(may_intervene(by, locked_team(noted.team_id)))
    if noted.closed_at is None:
        noted.closed_by, noted.closed_at = by, at
        noted.save(update_fields=["closed_by", "closed_at"])
        audit.record("exchange.intervention.closed", noted, by=by, at=at)


@transaction.atomic
def nudge(*, team_id: int, person: Person, text: str, by: Person, at: datetime) -> Intervention:
    """Send a friendly reminder to one member, in their notices, and note that it was sent.

    Raises:
        NotAPerson: ``person`` is not in the team.
    """
    noted = note_intervention(
        team_id=team_id,
        kind=InterventionKind.NUDGE,
        text=text,
        person=person,
        follow_up_date=None,
        by=by,
        at=at,
    )
    course: Course = noted.team.course
    notices.tell(
        person,
        title=format_lazy(
            gettext_lazy("{person} asks how you are doing in “{course}”"), person=str(by), course=course.title
        ),
        text=text,
        url=reverse("exchange:team", args=[course.slug, noted.team.number]),
        kind="exchange.team",
        at=at,
    )
    return noted


def _require_member(team: Team, person: Person | None) -> None:
    if person is not None and not team.members.filter(application__learner=person).exists():
        raise NotAPerson(_("Choose somebody of this team."))
