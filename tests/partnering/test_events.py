"""Matching events: who comes, who meets whom, what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from biosint.evidence import api as evidence
from biosint.notices.api import Notice
from biosint.partnering.models import MatchingEvent, Meeting, Registration
from biosint.partnering.operations import events as operations
from biosint.partnering.providers import personal_records
from biosint.partnering.states import Outcome
from biosint.shared.verdicts import Refused
from clock import NOON
from factories import CoordinatorFactory, InstitutionFactory, StudentFactory, TeacherFactory
from factories.partnering import MatchingEventFactory, MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
LATER = NOON + timedelta(days=8)


def registered(event: MatchingEvent, at: Any = None, **fields: Any) -> Registration:
    institution = at or InstitutionFactory()
    return operations.register(
        **{
            "event_id": event.pk,
            "institution": institution,
            "by": TeacherFactory(at=institution),
            "at": NOON,
            "subject": "0912",
            "keywords": ["sepsis"],
            "brings": "forty students",
            "seeks": "a partner",
            **fields,
        }
    )


def test_those_most_alike_meet_first_and_colleagues_never() -> None:
    event = MatchingEventFactory(rounds=3)
    here = InstitutionFactory()
    one = registered(event, here, keywords=["Сепса"])
    colleague = registered(event, here, keywords=["sepsa"])
    alike = registered(event, keywords=["sepsa"])
    other = registered(event, keywords=["law"], subject="0421")

    operations.plan(event_id=event.pk, by=event.created_by, at=NOON)

    pairs = {(meeting.round, meeting.first_id, meeting.second_id) for meeting in Meeting.objects.all()}
    assert not any({first, second} == {one.pk, colleague.pk} for _round, first, second in pairs)
    assert {(first, second) for number, first, second in pairs if number == 1} in (
        {(one.pk, alike.pk), (colleague.pk, other.pk)},
        {(colleague.pk, alike.pk), (one.pk, other.pk)},
    )
    assert len({(first, second) for _round, first, second in pairs}) == len(pairs)
    assert Notice.objects.count() == 4


def test_only_invited_teachers_register_and_only_before_the_plan() -> None:
    invited = InstitutionFactory()
    event = MatchingEventFactory()
    event.institutions.set([invited])
    elsewhere = InstitutionFactory()

    for person, institution in (
        (TeacherFactory(at=elsewhere), elsewhere),
        (StudentFactory(at=invited), invited),
    ):
        with pytest.raises(Refused):
            registered(event, institution, by=person)
    registered(event, invited)
    event.planned_by, event.planned_at = event.created_by, NOON
    event.save()
    with pytest.raises(Refused, match="plan of talks is made"):
        registered(event, invited)


def test_a_plan_needs_two_institutions_and_the_coordinator() -> None:
    event = MatchingEventFactory()
    registered(event)

    with pytest.raises(operations.TooFew):
        operations.plan(event_id=event.pk, by=event.created_by, at=NOON)
    registered(event)
    with pytest.raises(Refused):
        operations.plan(event_id=event.pk, by=TeacherFactory(), at=NOON)


def test_registering_twice_changes_what_was_said() -> None:
    event = MatchingEventFactory()
    first = registered(event)

    registered(event, first.institution, by=first.person, brings="nothing")

    assert [one.brings for one in Registration.objects.all()] == ["nothing"]


def test_what_came_of_talks_is_evidence_and_keeps_the_plan() -> None:
    meeting = MeetingFactory()
    event = meeting.event

    with pytest.raises(Refused, match="not begun"):
        operations.note(meeting_id=meeting.pk, outcome=Outcome.TALKS, by=meeting.first.person, at=NOON)
    with pytest.raises(Refused):
        operations.note(meeting_id=meeting.pk, outcome=Outcome.TALKS, by=TeacherFactory(), at=LATER)
    for outcome in (Outcome.TALKS, Outcome.COURSE):
        operations.note(meeting_id=meeting.pk, outcome=outcome, by=meeting.second.person, at=LATER)

    item = evidence.Item.objects.get(kind=operations.HELD, withdrawn_at=None)
    assert (item.quantity, item.institution) == (1, event.host)
    with pytest.raises(Refused, match="taken place"):
        operations.plan(event_id=event.pk, by=event.created_by, at=LATER)


def test_who_leaves_leaves_the_plan_and_is_exported_and_forgotten() -> None:
    meeting = MeetingFactory()
    person = meeting.first.person

    assert {"talk_at": meeting.event.title, "round": 1, "outcome": ""} in list(personal_records(person))
    operations.leave(event_id=meeting.event_id, by=meeting.second.person, at=NOON)
    assert not Meeting.objects.exists()
    operations.forget(person)
    assert not Registration.objects.exists()


def test_a_coordinator_opens_an_event_on_the_clock_of_the_host(client_of: ClientOf) -> None:
    host = InstitutionFactory(time_zone="America/New_York")
    client = client_of(CoordinatorFactory(at=host))
    day = timezone.localdate() + timedelta(days=400)
    form = {
        "key": str(uuid.uuid4()),
        "title": "Find a partner",
        "host": host.pk,
        "starts_at": f"{day.isoformat()}T18:00",
        "rounds": 4,
        "minutes": 12,
        "meeting_url": "https://meet.example/room",
    }

    for _time in range(2):
        client.post("/course-partners/events/new/", form)

    event = MatchingEvent.objects.get()
    assert event.starts_at.astimezone(ZoneInfo("America/New_York")).hour == 18
    page = Client().get(event.get_absolute_url()).content.decode()
    assert "New York: " in page
    assert "meet.example" not in page


def test_a_teacher_registers_meets_and_notes_on_pages(client_of: ClientOf) -> None:
    event = MatchingEventFactory(starts_at=timezone.now() + timedelta(days=1))
    other = registered(event, at=None)
    institution = InstitutionFactory()
    client = client_of(TeacherFactory(at=institution))
    words = {"brings": "<b>x</b>", "seeks": "y", "language": "en", "subject": "0912", "keywords": "sepsis"}

    client.post(event.get_absolute_url(), {**words, "institution": institution.pk})
    client_of(event.created_by).post(f"{event.get_absolute_url()}plan/")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "meet.example" in page
    assert str(other.person) in page
    assert "<b>x</b>" not in page
    MatchingEvent.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    meeting = Meeting.objects.get()
    client.post(f"{event.get_absolute_url()}talks/{meeting.pk}/", {"outcome": "course"})

    meeting.refresh_from_db()
    assert meeting.outcome == Outcome.COURSE
    assert "we begin a course" in client.get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_of_events_costs_the_same_for_any_number(rows: int, count_queries: Any) -> None:
    MatchingEventFactory.create_batch(rows)

    with count_queries(2):
        Client().get("/course-partners/events/")


@pytest.mark.parametrize("rows", [3, 30])
def test_a_plan_costs_the_same_for_any_number_of_people(
    rows: int, count_queries: Any, client_of: ClientOf
) -> None:
    event = MatchingEventFactory()
    RegistrationFactory.create_batch(rows, event=event)
    operations.plan(event_id=event.pk, by=event.created_by, at=NOON)
    client = client_of(event.created_by)
    client.get("/course-partners/events/")

    with count_queries(9):
        client.get(event.get_absolute_url())
