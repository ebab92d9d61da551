from __future__ import annotations

import hashlib

from django.db.models import Q, QuerySet

from biosint.consortium.models import Consortium, Invitation, Membership
from biosint.consortium.rules import visible_to
from biosint.consortium.states import MembershipState
from biosint.institutions.api import Institution
from biosint.people.api import Office, OfficeHeld, Person


def consortia() -> QuerySet[Consortium]:
    """Return every consortium, the youngest first, with its coordinating institution."""
    return Consortium.objects.select_related("coordinator")


def current_consortium() -> Consortium | None:
    """Return the consortium a page speaks of when its address names none.

    A platform mostly carries one; with several, it is the one that began last. None on an
    empty platform: the page then explains how a consortium is founded.
    """
    return consortia().first()


def memberships_of(consortium: Consortium) -> QuerySet[Membership]:
    """Return the standing memberships with their institutions, by name."""
    return consortium.memberships.filter(state=MembershipState.MEMBER).select_related("institution")


def members_of(consortium: Consortium) -> QuerySet[Institution]:
    """Return the institutions that are members now, by name."""
    return Institution.objects.filter(
        pk__in=consortium.memberships.filter(state=MembershipState.MEMBER).values("institution_id")
    )


def is_member(institution: Institution, consortium: Consortium | None = None) -> bool:
    """Whether the institution is a member now: of one consortium, or (None) of any."""
    standing = Membership.objects.filter(institution=institution, state=MembershipState.MEMBER)
    return (standing if consortium is None else standing.filter(consortium=consortium)).exists()


def consortia_of(person: Person) -> QuerySet[Consortium]:
    """Return the consortia in which one of the person's institutions is a member."""
    return consortia().filter(
        pk__in=Membership.objects.filter(
            institution_id__in=person.institution_ids, state=MembershipState.MEMBER
        ).values("consortium_id")
    )


def consortia_with(institution: Institution) -> QuerySet[Consortium]:
    """Return the consortia of which the institution is a member, the youngest first."""
    return consortia().filter(memberships__institution=institution, memberships__state=MembershipState.MEMBER)


def coordinators_of(institution: Institution) -> frozenset[int]:
    """Return the keys of the people who coordinate the institution now."""
    return frozenset(
        OfficeHeld.objects.filter(
            institution=institution,
            office=Office.COORDINATOR,
            until_date=None,
            person__is_active=True,
        ).values_list("person_id", flat=True)
    )


def speakers_of(institution: Institution) -> frozenset[int]:
    """Return the keys of the people who speak for the institution: its coordinators, else who else works there.

    Nobody from outside may take an institution over because its coordinator has just left.
    """
    return coordinators_of(institution) or frozenset(
        OfficeHeld.objects.filter(institution=institution, until_date=None, person__is_active=True)
        .exclude(office=Office.STUDENT)
        .values_list("person_id", flat=True)
    )


def leaders_of(consortium: Consortium) -> QuerySet[Person]:
    """Return who leads: the coordinators of the coordinating institution."""
    return Person.objects.filter(pk__in=coordinators_of(consortium.coordinator))


def open_memberships_for(person: Person) -> QuerySet[Membership]:
    """Return the invitations and requests without an answer that the person may see, oldest first."""
    return (
        Membership.objects.filter(
            visible_to(person), state__in=[MembershipState.INVITED, MembershipState.ASKED]
        )
        .select_related("consortium__coordinator", "institution", "asked_by")
        .order_by("asked_at", "pk")
    )


def requests_waiting_for(person: Person) -> QuerySet[Membership]:
    """Return the requests to join that the person answers by office, oldest first."""
    return (
        Membership.objects.filter(
            state=MembershipState.ASKED,
            consortium__coordinator_id__in=person.institutions_as(Office.COORDINATOR),
        )
        .select_related("consortium", "institution", "asked_by")
        .order_by("asked_at", "pk")
    )


def fingerprint(token: str) -> str:
    """Return what is kept of an invitation's secret word."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link belongs to."""
    return (
        Invitation.objects.select_related(
            "membership__consortium__coordinator", "membership__institution", "sent_by"
        )
        .filter(fingerprint=fingerprint(token))
        .first()
    )


def named_like(words: str) -> QuerySet[Consortium]:
    """Return the consortia in whose title or acronym every word occurs."""
    found = consortia()
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(acronym__icontains=word))
    return found
