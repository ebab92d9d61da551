"""Team rooms: texts, files, tasks, meetings, pulse; and who accompanies teams."""

from __future__ import annotations

from datetime import timedelta

import factory

from biosint.exchange.models import (
    Facilitation,
    Intervention,
    Meeting,
    MeetingPresence,
    MeetingSlot,
    MeetingVote,
    Pulse,
    RoomFile,
    RoomPad,
    RoomTask,
    RoomVisit,
)
from clock import NOON
from factories.exchange import CourseFactory, TeamFactory
from factories.messages import StoredFileFactory
from factories.pads import PadFactory
from factories.people import PersonFactory


class RoomPadFactory(factory.django.DjangoModelFactory[RoomPad]):
    class Meta:
        model = RoomPad

    team = factory.SubFactory(TeamFactory)
    subject = "notes"
    pad = factory.SubFactory(PadFactory, kind="exchange.room")


class RoomFileFactory(factory.django.DjangoModelFactory[RoomFile]):
    class Meta:
        model = RoomFile

    team = factory.SubFactory(TeamFactory)
    name = "Minutes.pdf"
    version = factory.Sequence(lambda n: n + 1)
    file = factory.SubFactory(StoredFileFactory, kind="exchange.room_file")
    added_by = factory.SubFactory(PersonFactory)
    added_at = NOON


class RoomTaskFactory(factory.django.DjangoModelFactory[RoomTask]):
    class Meta:
        model = RoomTask

    team = factory.SubFactory(TeamFactory)
    text = "Read the guideline of Belgium"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    team = factory.SubFactory(TeamFactory)
    title = "First meeting"
    created_by = factory.SubFactory(PersonFactory)
    created_at = NOON


class MeetingSlotFactory(factory.django.DjangoModelFactory[MeetingSlot]):
    class Meta:
        model = MeetingSlot

    meeting = factory.SubFactory(MeetingFactory)
    starts_at = factory.Sequence(lambda n: NOON + timedelta(days=n + 1))


class MeetingVoteFactory(factory.django.DjangoModelFactory[MeetingVote]):
    class Meta:
        model = MeetingVote

    slot = factory.SubFactory(MeetingSlotFactory)
    person = factory.SubFactory(PersonFactory)
    vote = "yes"


class MeetingPresenceFactory(factory.django.DjangoModelFactory[MeetingPresence]):
    class Meta:
        model = MeetingPresence

    meeting = factory.SubFactory(
        MeetingFactory, starts_at=NOON, closed_by=factory.SubFactory(PersonFactory), closed_at=NOON
    )
    person = factory.SubFactory(PersonFactory)
    noted_at = NOON


class RoomVisitFactory(factory.django.DjangoModelFactory[RoomVisit]):
    class Meta:
        model = RoomVisit

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(PersonFactory)
    opened_at = NOON


class PulseFactory(factory.django.DjangoModelFactory[Pulse]):
    class Meta:
        model = Pulse

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(PersonFactory)
    week_date = NOON.date()
    going = 4
    share = 4
    answered_at = NOON


class FacilitationFactory(factory.django.DjangoModelFactory[Facilitation]):
    """Of all teams of the course."""

    class Meta:
        model = Facilitation

    course = factory.SubFactory(CourseFactory)
    person = factory.SubFactory(PersonFactory)
    given_by = factory.SubFactory(PersonFactory)
    given_at = NOON


class InterventionFactory(factory.django.DjangoModelFactory[Intervention]):
    class Meta:
        model = Intervention

    team = factory.SubFactory(TeamFactory)
    kind = "talk"
    noted_by = factory.SubFactory(PersonFactory)
    noted_at = NOON
