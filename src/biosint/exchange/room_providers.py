"""What team rooms hand to the registries below exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.exchange import rules
from biosint.exchange.models import (
    Application,
    Intervention,
    Meeting,
    Pulse,
    RoomTask,
    RoomVisit,
    Team,
    TeamMember,
)
from biosint.exchange.operations.room import ROOM_FILE, ROOM_PAD
from biosint.exchange.queries import facilitation as desk
from biosint.exchange.queries import room as queries
from biosint.exchange.rules import room as room_rules
from biosint.exchange.states import CourseState, RoomText
from biosint.files import api as files
from biosint.notices import api as notices
from biosint.pads import api as pads
from biosint.shared import registries
from biosint.shared.registries import Waiting
from biosint.shared.verdicts import refused

if TYPE_CHECKING:
    from biosint.people.api import Person

AHEAD = timedelta(days=7)


def register() -> None:
    """Called once, by ``providers.register``."""
    pads.register_rule(ROOM_PAD, _access)
    files.register_reader(ROOM_FILE, queries.reads_room_file)
    notices.register_kind(
        notices.Kind(
            "exchange.team",
            _("News of my teams"),
            _("Somebody calls you by name, a meeting has its time, a team may need you."),
        )
    )
    registries.WAITING.extend([_waits_in_rooms, _waits_for_facilitator])
    registries.EXPORTERS.append(("team_rooms", queries.records_of))
    registries.ERASERS.append(_forget)


def _access(person: Person, pad: pads.Pad) -> pads.Access:
    kept = queries.room_pad_of(pad)
    if kept is None or not rules.may_view_team(person, kept.team):
        return pads.Access(may_read=False, may_write=refused(_("This text is not open to you.")))
    is_agreement = kept.subject == RoomText.AGREEMENT
    course, number = kept.team.course, kept.team.number
    page = "exchange:room_agreement" if is_agreement else "exchange:room_notes"
    return pads.Access(
        may_read=True,
        may_write=room_rules.may_work_in_room(person, kept.team),
        page=reverse(page, args=[course.slug, number]),
        title=_("How we work") if is_agreement else _("Our notes"),
        trail=((course.title, reverse("exchange:course", args=[course.slug])),),
    )


def _waits_in_rooms(person: Person) -> Iterator[Waiting]:
    seats = TeamMember.objects.filter(
        application__learner=person,
        team__course__teams_published_at__isnull=False,
        team__course__state=CourseState.RUNNING,
    )
    teams = {team.pk: team for team in Team.objects.filter(members__in=seats).select_related("course")}
    # Most people have no team: their home asks nothing more of the database here.
    if not teams:
        return
    today = timezone.localdate()
    tasks = RoomTask.objects.filter(
        team__in=teams, assignee=person, done_at=None, due_date__lte=today + AHEAD
    )
    for task in tasks:
        team = teams[task.team_id]
        assert task.due_date is not None  # noqa: S101 -- the filter says so
        yield Waiting(
            title=task.text,
            why=_("Your task in team %(number)s of “%(course)s”")
            % {"number": team.number, "course": team.course},
            url=reverse("exchange:room_tasks", args=[team.course.slug, team.number]),
            due_at=datetime.combine(task.due_date, time(23, 59), tzinfo=UTC),
            icon="list-checks",
        )
    polls = (
        Meeting.objects.filter(team__in=teams, closed_at=None).exclude(slots__votes__person=person).distinct()
    )
    for poll in polls:
        team = teams[poll.team_id]
        yield Waiting(
            title=_("Say when you can meet: %(title)s") % {"title": poll.title},
            url=reverse("exchange:room_meetings", args=[team.course.slug, team.number]),
            icon="calendar-days",
        )
    answered = set(Pulse.objects.filter(team__in=teams, person=person).values_list("team_id", "week_date"))
    for team in teams.values():
        week = room_rules.pulse_week(team.course, today=today)
        if week is not None and (team.pk, week) not in answered:
            yield Waiting(
                title=_("How is it going in your team? Two questions"),
                why=str(team.course),
                url=reverse("exchange:room_pulse", args=[team.course.slug, team.number]),
                icon="heart-pulse",
            )


def _waits_for_facilitator(person: Person) -> Iterator[Waiting]:
    for course in desk.accompanied_courses(person).filter(state=CourseState.RUNNING):
        yield Waiting(
            title=_("See how your teams in “%(course)s” are doing") % {"course": course},
            url=reverse("exchange:facilitate", args=[course.slug]),
            icon="users",
        )


def _forget(person: Person) -> None:
    """Erase what was said in confidence by, and noted about, a person who closes the account."""
    Pulse.objects.filter(person=person).update(words="")
    Intervention.objects.filter(person=person).delete()
    RoomVisit.objects.filter(person=person).delete()
    learned = Application.objects.filter(learner=person)
    RoomTask.objects.filter(team__members__application__in=learned, assignee=person, done_at=None).update(
        assignee=None
    )
