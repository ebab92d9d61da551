"""Reads of a team's room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from biosint.exchange.availability import free_slots
from biosint.exchange.models import (
    Meeting,
    MeetingPresence,
    MeetingSlot,
    MeetingVote,
    Post,
    Pulse,
    RoomFile,
    RoomPad,
    RoomTask,
    RoomVisit,
    Team,
)
from biosint.exchange.rules import teams_viewable_by
from biosint.exchange.rules.room import pulse_week
from iahcalc import calendars

if TYPE_CHECKING:
    from biosint.files.api import StoredFile
    from biosint.pads.api import Pad
    from biosint.people.api import Person

SLOT = timedelta(minutes=15)
SLOTS_AN_HOUR = 4


def posts_after(team: Team, post: int) -> QuerySet[Post]:
    """Return what was written to the team after one message."""
    return team.posts.filter(pk__gt=post).select_related("author")


def room_for_news(person: Person, *, slug: str, number: int) -> Team | None:
    """Return the team alone, for a request that only asks for news: one query."""
    return (
        Team.objects.filter(teams_viewable_by(person), course__slug=slug, number=number)
        .select_related("course")
        .first()
    )


def unread_count(team: Team, person: Person) -> int:
    """Return how many messages of others wait for a person."""
    visit = RoomVisit.objects.filter(team=team, person=person).values_list("last_post", flat=True).first()
    return team.posts.filter(pk__gt=visit or 0).exclude(author=person).count()


def pulse_given(team: Team, person: Person, *, today: date) -> Pulse | None:
    """Return what a person has answered in this week, on a day of their calendar."""
    week = pulse_week(team.course, today=today)
    return team.pulses.filter(person=person, week_date=week).first() if week else None


def files_of(team: Team) -> list[tuple[RoomFile, list[RoomFile]]]:
    """Return the newest version of each file with the earlier ones, by name."""
    groups: dict[str, list[RoomFile]] = {}
    for one in team.files.filter(removed_at=None).select_related("file", "added_by"):
        groups.setdefault(one.name, []).append(one)
    return [(group[0], group[1:]) for group in groups.values()]


def tasks_of(team: Team) -> tuple[list[RoomTask], list[RoomTask]]:
    """Return open tasks, those with a day first, and done ones, the newest first."""
    every = list(team.tasks.select_related("assignee", "done_by"))
    still = [task for task in every if task.done_at is None]
    still.sort(key=lambda task: (task.due_date is None, task.due_date or date.min, task.pk))
    done = sorted((task for task in every if task.done_at), key=lambda task: task.done_at, reverse=True)  # type: ignore[arg-type,return-value]  # none is empty here
    return still, done


def meetings_of(team: Team) -> QuerySet[Meeting]:
    votes = MeetingVote.objects.select_related("person")
    return team.meetings.select_related("created_by").prefetch_related(
        Prefetch("slots", MeetingSlot.objects.prefetch_related(Prefetch("votes", votes))),
        Prefetch("presences", MeetingPresence.objects.select_related("person")),
    )


def reads_room_file(person: Person | None, stored: StoredFile) -> bool:
    """Whether a person may download a file of a room: whoever sees the team may."""
    return (
        person is not None
        and Team.objects.filter(
            teams_viewable_by(person), files__file=stored, files__removed_at=None
        ).exists()
    )


def room_pad_of(pad: Pad) -> RoomPad | None:
    return (
        RoomPad.objects.filter(pad=pad)
        .select_related("team__course__host")
        .prefetch_related("team__course__teachings", "team__members__application")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time at which a meeting could begin, and who is free then."""

    starts_at: datetime
    free: int
    of: int


def proposals(team: Team, *, minutes: int, after: datetime, weeks: int = 2, most: int = 8) -> list[Proposal]:
    """Return times of the next weeks in which most of the team are free, at most one per day.

    Each one's free hours count on their own clock in that very week, so a change to summer time in between
    moves them. Who has told no hours limits nobody.
    """
    people = [(member.application.learner, member.application.institution) for member in team.members.all()]
    monday = after.date() - timedelta(days=after.weekday())
    need = -(-minutes // 15)
    found: list[Proposal] = []
    for week in range(weeks + 1):
        begins = monday + timedelta(weeks=week)
        free = [slots for who, home in people if (slots := free_slots(who, home, week_of=begins)) is not None]
        found += _of_week(free, begins=begins, need=need, after=after)
    known = [one for one in found if one.starts_at < after + timedelta(weeks=weeks)]
    best = max((one.free for one in known), default=0)
    by_day: dict[date, Proposal] = {}
    for one in known:
        if one.free == best:
            by_day.setdefault(one.starts_at.date(), one)
    return list(by_day.values())[:most]


def _of_week(free: list[frozenset[int]], *, begins: date, need: int, after: datetime) -> Iterator[Proposal]:
    midnight = datetime.combine(begins, datetime.min.time(), tzinfo=after.tzinfo)
    for slot in range(0, 7 * 24 * SLOTS_AN_HOUR, SLOTS_AN_HOUR // 2):
        wanted = {(slot + step) % (7 * 24 * SLOTS_AN_HOUR) for step in range(need)}
        count = sum(1 for slots in free if wanted <= slots)
        starts_at = midnight + slot * SLOT
        # Half an hour of notice is the least one can offer.
        if count and starts_at > after + timedelta(minutes=30):
            yield Proposal(starts_at, count, len(free))


def zones_of(team: Team) -> dict[str, list[str]]:
    """Return the zones of the members with their names: what each clock shows is written from it."""
    found: dict[str, list[str]] = {}
    for member in team.members.all():
        learner, home = member.application.learner, member.application.institution
        zone = learner.time_zone or (home.time_zone if home else "")
        if zone:
            found.setdefault(zone, []).append(learner.name)
    return {zone: names for zone, names in found.items() if _is_zone(zone)}


def _is_zone(zone: str) -> bool:
    try:
        calendars.zone_named(zone)
    except calendars.CalendarFault:
        return False
    return True


def records_of(person: Person) -> Iterable[dict[str, Any]]:
    """Everything kept of one person in team rooms, for their own export."""
    for one in RoomFile.objects.filter(added_by=person).select_related("team__course"):
        yield {"course": one.team.course.title, "file": one.name, "version": one.version, "at": one.added_at}
    for task in RoomTask.objects.filter(assignee=person).select_related("team__course"):
        yield {"course": task.team.course.title, "task": task.text, "done_at": task.done_at}
    for vote in MeetingVote.objects.filter(person=person).select_related("slot__meeting"):
        yield {"meeting": vote.slot.meeting.title, "at": vote.slot.starts_at, "vote": vote.vote}
    for presence in MeetingPresence.objects.filter(person=person).select_related("meeting"):
        yield {"meeting": presence.meeting.title, "was_there": True, "noted_at": presence.noted_at}
    for visit in RoomVisit.objects.filter(person=person).select_related("team__course"):
        yield {"course": visit.team.course.title, "room_opened_at": visit.opened_at}
    for pulse in Pulse.objects.filter(person=person).select_related("team__course"):
        yield {
            "course": pulse.team.course.title,
            "week": pulse.week_date,
            "going": pulse.going,
            "share": pulse.share,
            "words": pulse.words,
        }
