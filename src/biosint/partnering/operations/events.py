"""Matching events: opened, joined, planned by the ranking, with what came of each talk."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.notices import api as notices
from biosint.partnering.models import MatchingEvent, Meeting, Registration
from biosint.partnering.operations.offers import NOTICE
from biosint.partnering.queries import events as queries
from biosint.partnering.rules import events as rules
from biosint.partnering.states import Outcome
from biosint.shared.verdicts import Fault, require
from iahcalc.partners import meetings

if TYPE_CHECKING:
    from biosint.institutions.api import Institution
    from biosint.people.api import Person

HELD = "partnering.matching_held"
# Pairs grow with the square: beyond it, open a second event.
MOST_PEOPLE = 120


class Full(Fault):
    """No more people fit into an event."""


class TooFew(Fault):
    """A plan needs two people of two institutions."""


@transaction.atomic
def open_event(
    *,
    key: uuid.UUID,
    host: Institution,
    institutions: Iterable[Institution],
    by: Person,
    at: datetime,
    **description: Any,
) -> MatchingEvent:
    """Open a matching event. Pressing twice is once."""
    require(rules.may_open(by, host))
    try:
        with transaction.atomic():
            event = MatchingEvent.objects.create(
                key=key, host=host, created_by=by, created_at=at, **description
            )
    except IntegrityError:
        return MatchingEvent.objects.get(key=key, created_by=by)
    event.institutions.set(institutions)
    audit.record("partnering.event.opened", event, by=by, at=at)
    return event


def _locked(event_id: int) -> MatchingEvent:
    return MatchingEvent.objects.select_for_update(of=["self"]).get(pk=event_id)


@transaction.atomic
def register(
    *, event_id: int, institution: Institution, by: Person, at: datetime, **words: Any
) -> Registration:
    """Come to an event, or change what one brings and seeks.

    Raises:
        Full: there are 120 people.
    """
    event = _locked(event_id)
    require(rules.may_register(by, event, institution, at=at))
    known = event.registrations.filter(person=by).exists()
    if not known and event.registrations.count() >= MOST_PEOPLE:
        raise Full(_("This event is full."))
    made, _new = Registration.objects.update_or_create(
        event=event,
        person=by,
        defaults={"institution": institution, **words},
        create_defaults={"institution": institution, "registered_at": at, **words},
    )
    audit.record("partnering.event.registered", event, by=by, at=at)
    return made


@transaction.atomic
def leave(*, event_id: int, by: Person, at: datetime) -> None:
    """Not come after all; the talks of the person are taken out of the plan, the others stay."""
    event = _locked(event_id)
    left, _rows = event.registrations.filter(person=by).delete()
    if left:
        audit.record("partnering.event.left", event, by=by, at=at)


@transaction.atomic
def plan(*, event_id: int, by: Person, at: datetime) -> list[Meeting]:
    """Make the plan of talks by likeness, or make it anew; everybody who comes is told.

    Raises:
        TooFew: there are no two people of two institutions.
    """
    event = _locked(event_id)
    require(rules.may_plan(by, event))
    coming = list(queries.registrations_of(event))
    rounds = meetings(queries.worth(coming), rounds=event.rounds)
    if not rounds:
        raise TooFew(_("A plan needs two people of two institutions."))
    event.meetings.all().delete()
    made = Meeting.objects.bulk_create(
        Meeting(event=event, round=number, table=table, first=coming[first], second=coming[second])
        for number, pairs in enumerate(rounds, start=1)
        for table, (first, second) in enumerate(pairs, start=1)
    )
    event.planned_by, event.planned_at = by, at
    event.save(update_fields=["planned_by", "planned_at"])
    for one in coming:
        notices.tell(
            one.person,
            title=format_lazy(gettext_lazy("Your talks at “{event}” are planned"), event=event.title),
            text=gettext_lazy("Open the page to see whom you meet and when."),
            url=event.get_absolute_url(),
            kind=NOTICE,
            bundle=f"partnering.event-{event.pk}",
            at=at,
        )
    audit.record("partnering.event.planned", event, by=by, at=at, meetings=len(made))
    return made


@transaction.atomic
def note(*, meeting_id: int, outcome: Outcome, by: Person, at: datetime) -> Meeting:
    """Say what came of a talk; the event counts as held from the first talk that took place."""
    Meeting.objects.select_for_update(of=["self"]).get(pk=meeting_id)
    meeting = Meeting.objects.select_related("event__host", "first", "second").get(pk=meeting_id)
    require(rules.may_note(by, meeting, at=at))
    if meeting.outcome == outcome:
        return meeting
    meeting.outcome, meeting.noted_by, meeting.noted_at = outcome, by, at
    meeting.save(update_fields=["outcome", "noted_by", "noted_at"])
    held = meeting.event.meetings.exclude(outcome__in=["", Outcome.MISSED]).count()
    evidence.record(
        kind=HELD,
        subject=meeting.event,
        institution=meeting.event.host,
        occurred_at=meeting.event.starts_at,
        proof=meeting.event.get_absolute_url(),
        quantity=held,
        by=by,
    )
    audit.record("partnering.meeting.noted", meeting, by=by, at=at, outcome=outcome.value)
    return meeting


def forget(person: Person) -> None:
    """Erase the registrations, and with them the talks, of a person who closes the account."""
    Registration.objects.filter(person=person).delete()
