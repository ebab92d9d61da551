from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from biosint.consortium.models import Consortium, Membership
from biosint.consortium.states import MembershipState
from biosint.institutions.api import Institution

if TYPE_CHECKING:
    from biosint.people.api import Person


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
