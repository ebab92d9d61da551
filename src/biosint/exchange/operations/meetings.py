"""From a poll of times to a meeting, and who was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.exchange.models import Meeting, MeetingPresence, MeetingSlot, MeetingVote, Team
from biosint.exchange.operations._teamwork import locked_team
from biosint.exchange.rules.room import may_be_present, may_vote, may_work_in_room
from biosint.exchange.states import SlotVote
from biosint.notices import api as notices
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require

MOST_SLOTS = 12


class NoTimes(Fault):
    """No time to choose from was given, or too many."""


@transaction.atomic
def propose_meeting(
    *,
    team_id: int,
    title: str,
    minutes: int,
    link: str,
    times: Collection[datetime],
    key: UUID,
    by: Person,
    at: datetime,
) -> Meeting:
    """Ask the team which of some times suits. The same form sent twice is one poll.

    Raises:
        NoTimes: none lies ahead, or more than a person can compare.
    """
    team = locked_team(team_id)
    require(may_work_in_room(by, team))
    earlier = team.meetings.filter(key=key).first()
    if earlier is not None:
        return earlier
    ahead = sorted({time for time in times if time > at})
    if not ahead or len(ahead) > MOST_SLOTS:
        raise NoTimes(
            _("Choose at least one time that lies ahead, and at most %(most)s.") % {"most": MOST_SLOTS}
        )
    meeting = Meeting.objects.create(
        team=team, title=title, minutes=minutes, link=link, created_by=by, created_at=at, key=key
    )
    slots = MeetingSlot.objects.bulk_create(MeetingSlot(meeting=meeting, starts_at=time) for time in ahead)
    # Whoever proposes a time can come then.
    MeetingVote.objects.bulk_create(MeetingVote(slot=slot, person=by, vote=SlotVote.YES) for slot in slots)
    audit.record("exchange.meeting.proposed", meeting, by=by, at=at, times=len(slots))
    return meeting


@transaction.atomic
def vote(*, meeting_id: int, votes: Mapping[int, SlotVote], by: Person, at: datetime) -> None:
    """Say when one can come: slot -> vote. Slots left out stay as they were."""
    meeting = _locked(meeting_id)
    require(may_vote(by, meeting))
    known = set(meeting.slots.values_list("pk", flat=True))
    for slot, chosen in votes.items():
        if slot in known:
            MeetingVote.objects.update_or_create(slot_id=slot, person=by, defaults={"vote": chosen})
    audit.record("exchange.meeting.voted", meeting, by=by, at=at)


@transaction.atomic
def close_meeting(*, meeting_id: int, slot_id: int, by: Person, at: datetime) -> Meeting:
    """Choose the time. Everybody of the team is told; pressed twice it is chosen once.

    Raises:
        NoTimes: the time is not one of this poll.
    """
    meeting = _locked(meeting_id)
    chosen = meeting.slots.filter(pk=slot_id).values_list("starts_at", flat=True).first()
    if chosen is not None and chosen == meeting.starts_at:
        return meeting
    require(may_vote(by, meeting))
    slot = meeting.slots.filter(pk=slot_id).first()
    if slot is None:
        raise NoTimes(_("Choose one of the times of this poll."))
    meeting.starts_at, meeting.closed_by, meeting.closed_at = slot.starts_at, by, at
    meeting.save(update_fields=["starts_at", "closed_by", "closed_at"])
    audit.record("exchange.meeting.closed", meeting, by=by, at=at)
    for person in mates_of(meeting.team):
        if person.pk != by.pk:
            notices.tell(
                person,
                title=format_lazy(gettext_lazy("Your team meets: {title}"), title=meeting.title),
                text=gettext_lazy(
                    "The time is chosen. You find it on your clock, and for your calendar, in the room."
                ),
                url=reverse("exchange:room_meetings", args=[meeting.team.course.slug, meeting.team.number]),
                kind="exchange.team",
                at=at,
            )
    return meeting


@transaction.atomic
def note_presence(*, meeting_id: int, was_there: bool, by: Person, at: datetime) -> None:
    """A member says that they were, or were not, at a meeting."""
    meeting = _locked(meeting_id)
    require(may_be_present(by, meeting))
    if was_there:
        MeetingPresence.objects.get_or_create(meeting=meeting, person=by, defaults={"noted_at": at})
    else:
        meeting.presences.filter(person=by).delete()
    audit.record("exchange.meeting.presence", meeting, by=by, at=at, was_there=was_there)


def mates_of(team: Team) -> list[Person]:
    """Return the members of a team as people, by name."""
    return [
        member.application.learner
        for member in team.members.select_related("application__learner").order_by(
            "application__learner__name", "pk"
        )
    ]


def _locked(meeting_id: int) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=meeting_id)
    meeting.team = locked_team(meeting.team_id)
    return meeting
