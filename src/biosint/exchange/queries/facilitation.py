"""What the facilitator's desk shows of all teams at once: a constant number of queries for two teams or two hundred."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, QuerySet

from biosint.exchange import rules, signals
from biosint.exchange.models import (
    Course,
    Facilitation,
    Intervention,
    MeetingPresence,
    Post,
    Product,
    Pulse,
    RoomFile,
    RoomPad,
    RoomTask,
    Team,
)
from biosint.exchange.queries._courses import with_members
from biosint.exchange.rules.facilitation import facilitated_by
from biosint.exchange.states import CourseState
from biosint.pads import api as pads

if TYPE_CHECKING:
    from biosint.people.api import Person


def accompanied_teams(person: Person, course: Course) -> QuerySet[Team]:
    """Return the teams of a course that a person accompanies: a teacher all of them, a facilitator theirs."""
    teams = Team.objects.filter(course=course)
    if not rules.teaches(person, course):
        teams = teams.filter(facilitated_by(person), course__teams_published_at__isnull=False)
    return with_members(teams)


def accompanied_courses(person: Person) -> QuerySet[Course]:
    """Return the courses of which a person is facilitator now."""
    standing = Facilitation.objects.filter(person=person, ended_at=None)
    return Course.objects.filter(pk__in=standing.values("course")).order_by("-start_date", "-pk")


def facilitators_of(course: Course) -> QuerySet[Facilitation]:
    return course.facilitations.filter(ended_at=None).select_related("person").prefetch_related("teams")


def interventions_for(teams: Iterable[Team]) -> QuerySet[Intervention]:
    return Intervention.objects.filter(team__in=list(teams)).select_related("team", "person", "noted_by")


@dataclass(frozen=True, slots=True)
class Watched:
    """One team with what is known of it, and the reasons to look at it."""

    team: Team
    facts: signals.TeamFacts
    found: list[signals.Signal]
    last: dict[int, datetime]

    @property
    def last_at(self) -> datetime | None:
        """The last sign of life of anybody in the team."""
        return max(self.last.values(), default=None)


def watched(course: Course, teams: list[Team], *, at: datetime, today: date) -> list[Watched]:
    """Return the teams with their signals, those that need somebody most first.

    Args:
        at: now. today: the day on the reader's calendar, for due days.
    """
    life = signs_of_life(teams)
    weeks = _pulse_of(teams)
    overdue = Counter(
        RoomTask.objects.filter(team__in=teams, done_at=None, due_date__lt=today).values_list(
            "team_id", flat=True
        )
    )
    handed_in = set(Product.objects.filter(team__in=teams, activity=None).values_list("team_id", flat=True))
    opened = max(filter(None, [course.teams_published_at, _start(course, at)]), default=at)
    due = course.product_due_date or course.end_date
    is_running = course.state == CourseState.RUNNING
    rows = []
    for team in teams:
        last = {
            member.application.learner_id: life[team.pk, member.application.learner_id]
            for member in team.members.all()
            if (team.pk, member.application.learner_id) in life
        }
        facts = signals.TeamFacts(
            open_days=max(0, (at - opened).days),
            members=[
                signals.MemberFacts(
                    member.application.learner_id,
                    (at - last[member.application.learner_id]).days
                    if member.application.learner_id in last
                    else None,
                )
                for member in team.members.all()
            ],
            pulse=weeks.get(team.pk, ()),
            overdue_tasks=overdue[team.pk],
            due_in_days=(due - today).days if is_running else None,
            has_handed_in=team.pk in handed_in,
        )
        # A course that is over, or has not begun, needs nobody to hurry.
        found = signals.signals(facts) if is_running else []
        rows.append(Watched(team, facts, found, last))
    return sorted(rows, key=lambda row: (signals.urgency(row.found), row.team.number))


def _start(course: Course, at: datetime) -> datetime:
    return datetime.combine(course.start_date, datetime.min.time(), tzinfo=at.tzinfo)


def signs_of_life(teams: Iterable[Team]) -> dict[tuple[int, int], datetime]:
    """Return when each person last did something in a room: (team, person) -> moment. Seven queries."""
    keys = [team.pk for team in teams]
    found: dict[tuple[int, int], datetime] = {}

    def note(rows: Iterable[tuple[int, int | None, datetime | None]]) -> None:
        for team, person, at in rows:
            if person is not None and at is not None:
                found[team, person] = max(at, found.get((team, person), at))

    note(_last(Post.objects.filter(team__in=keys), "author_id", "posted_at"))
    note(_last(RoomFile.objects.filter(team__in=keys), "added_by_id", "added_at"))
    note(_last(RoomTask.objects.filter(team__in=keys, done_at__isnull=False), "done_by_id", "done_at"))
    note(_last(Product.objects.filter(team__in=keys), "handed_in_by_id", "handed_in_at"))
    presences = MeetingPresence.objects.filter(meeting__team__in=keys).order_by()
    note(presences.values_list("meeting__team_id", "person_id").annotate(last=Max("noted_at")))
    team_of = dict(RoomPad.objects.filter(team__in=keys).values_list("pad_id", "team_id"))
    note((team_of[pad], person, at) for (pad, person), at in pads.last_written(team_of).items())
    return found


def _last(rows: QuerySet[Any], who: str, when: str) -> Iterable[tuple[int, int | None, datetime | None]]:
    found: Iterable[tuple[int, int | None, datetime | None]] = (
        rows.order_by().values_list("team_id", who).annotate(last=Max(when))
    )
    return found


def _pulse_of(teams: Iterable[Team]) -> dict[int, list[signals.WeekOfPulse]]:
    weeks: dict[int, dict[date, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    rows = Pulse.objects.filter(team__in=list(teams)).values_list("team_id", "week_date", "going", "share")
    for team, week, going, share in rows:
        weeks[team][week].append((going, share))
    return {
        team: [
            signals.WeekOfPulse(tuple(one[0] for one in answers), tuple(one[1] for one in answers))
            for _week, answers in sorted(by_week.items())
        ]
        for team, by_week in weeks.items()
    }
