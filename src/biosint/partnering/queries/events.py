"""Matching events, who comes, and each one's own schedule."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from biosint.partnering.models import MatchingEvent, Meeting, Registration
from biosint.shared.folding import folded
from iahcalc.partners import Profile, likeness

if TYPE_CHECKING:
    from biosint.people.api import Person


def events() -> QuerySet[MatchingEvent]:
    """Return all events, the latest first, with the number of people who come."""
    return (
        MatchingEvent.objects.select_related("host")
        .annotate(coming=Count("registrations"))
        .order_by("-starts_at", "-pk")
    )


def coming_events(at: datetime) -> QuerySet[MatchingEvent]:
    return events().filter(starts_at__gt=at).order_by("starts_at", "pk")


def registrations_of(event: MatchingEvent) -> QuerySet[Registration]:
    return event.registrations.select_related("person", "institution").order_by("registered_at", "pk")


def registration_of(person: Person, event: MatchingEvent) -> Registration | None:
    return event.registrations.filter(person=person).first()


def meetings_of(event: MatchingEvent, person: Person | None = None) -> QuerySet[Meeting]:
    """Return the talks of an event in their order, or only those of one person."""
    found = event.meetings.select_related(
        "event", "first__person", "first__institution", "second__person", "second__institution"
    ).order_by("round", "table", "pk")
    if person is not None:
        found = found.filter(Q(first__person=person) | Q(second__person=person))
    return found


def worth(coming: list[Registration]) -> list[list[float | None]]:
    """Return how much a talk of each two is worth: their likeness; people of one institution do not meet."""
    profiles = [
        Profile({folded(word): word for word in one.keywords}, one.subject, one.language) for one in coming
    ]
    return [
        [
            None
            if one.institution_id == other.institution_id
            else likeness(profiles[row], profiles[column]).score
            for column, other in enumerate(coming)
        ]
        for row, one in enumerate(coming)
    ]


def registrations_by(person: Person) -> QuerySet[Registration]:
    return Registration.objects.filter(person=person).select_related("event")


def meetings_with(person: Person) -> QuerySet[Meeting]:
    return Meeting.objects.filter(Q(first__person=person) | Q(second__person=person)).select_related("event")
