"""What consortium hands to the registries below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.consortium import queries
from biosint.consortium.models import Consortium, Invitation, Membership
from biosint.consortium.operations._evidence import PARTNER_JOINED
from biosint.consortium.states import MembershipState
from biosint.evidence.api import Kind, declare
from biosint.institutions.api import PLACES, Institution, Place
from biosint.notices import api as notices
from biosint.people.api import Office
from biosint.shared.registries import (
    CHANGES,
    DESTINATIONS,
    ERASERS,
    EXPORTERS,
    SEARCHERS,
    WAITING,
    Area,
    Change,
    Destination,
    Found,
    Waiting,
)

if TYPE_CHECKING:
    from biosint.people.models import Person


def waiting_requests(person: Person) -> Iterable[Waiting]:
    """Institutions that ask a consortium which the reader leads."""
    if not person.offices:
        return
    for membership in queries.requests_waiting_for(person)[:20]:
        yield Waiting(
            title=_("%(institution)s asks to join") % {"institution": membership.institution},
            url=reverse("consortium:request", args=[membership.consortium.slug, membership.pk]),
            why=_("Read why, and answer for %(consortium)s.") % {"consortium": membership.consortium},
            icon="handshake",
        )


def new_partners(person: Person) -> Iterable[Change]:
    """Institutions that joined the reader's consortia; who leads one gets a notice instead."""
    joined = (
        Membership.objects.filter(
            state=MembershipState.MEMBER, consortium__in=queries.consortia_of(person).values("pk")
        )
        .exclude(consortium__coordinator_id__in=person.institutions_as(Office.COORDINATOR))
        .select_related("consortium", "institution")
        .order_by("-decided_at")[:5]
    )
    for membership in joined:
        if membership.decided_at is not None:
            yield Change(
                title=_("%(institution)s joined %(consortium)s")
                % {"institution": membership.institution, "consortium": membership.consortium},
                url=reverse("institutions:detail", args=[membership.institution.slug]),
                at=membership.decided_at,
            )


def search(words: str, *, person: Person | None, limit: int) -> Iterable[Found]:  # noqa: ARG001 -- consortia are public
    return [
        Found(
            title=consortium.acronym,
            url=reverse("consortium:detail", args=[consortium.slug]),
            kind=_("Consortium"),
            text=consortium.title,
        )
        for consortium in queries.named_like(words)[:limit]
    ]


def places(institution: Institution, person: Person | None) -> Iterable[Place]:  # noqa: ARG001 -- memberships are public
    for consortium in Consortium.objects.filter(
        memberships__institution=institution, memberships__state=MembershipState.MEMBER
    ):
        yield Place(
            title=consortium.acronym,
            url=reverse("consortium:detail", args=[consortium.slug]),
            text=consortium.title,
        )


def export_memberships(person: Person) -> Iterable[dict[str, Any]]:
    """What the person asked or decided for institutions."""
    spoken = Membership.objects.filter(asked_by=person) | Membership.objects.filter(decided_by=person)
    for membership in spoken.select_related("consortium", "institution"):
        yield {
            "consortium": membership.consortium.title,
            "institution": membership.institution.name,
            "state": membership.get_state_display(),
            "asked_by_you": membership.asked_by_id == person.pk,
            "asked_at": membership.asked_at,
            "why": membership.why if membership.asked_by_id == person.pk else "",
            "decided_at": membership.decided_at,
        }


def export_invitations(person: Person) -> Iterable[dict[str, Any]]:
    """Letters that the person sent or answered, and those to their address."""
    theirs = (
        Invitation.objects.filter(sent_by=person)
        | Invitation.objects.filter(answered_by=person)
        | Invitation.objects.filter(email__iexact=person.email)
    )
    for invitation in theirs.select_related("membership__consortium", "membership__institution"):
        yield {
            "consortium": invitation.membership.consortium.title,
            "institution": invitation.membership.institution.name,
            "email": invitation.email,
            "sent_at": invitation.sent_at,
            "answered_at": invitation.answered_at,
        }


def export_consortia(person: Person) -> Iterable[dict[str, Any]]:
    for consortium in Consortium.objects.filter(created_by=person):
        yield {"title": consortium.title, "created_at": consortium.created_at}


def erase_addresses(person: Person) -> None:
    """Letters to the address of a closed account keep only that they were sent."""
    Invitation.objects.filter(email__iexact=person.email).update(email=f"{person.public_id}@closed.invalid")


def register() -> None:
    """Called once, when Django has loaded every app."""
    declare(Kind(code=PARTNER_JOINED, label=_("institutions that joined"), unit="institution"))
    notices.register_kind(
        notices.Kind("consortium.partners", _("Partners"), _("Institutions that join, or ask to."))
    )
    WAITING.append(waiting_requests)
    CHANGES.append(new_partners)
    SEARCHERS.append(search)
    PLACES.append(places)
    EXPORTERS.extend(
        [
            ("consortium.consortium", export_consortia),
            ("consortium.membership", export_memberships),
            ("consortium.invitation", export_invitations),
        ]
    )
    ERASERS.append(erase_addresses)
    DESTINATIONS.append(
        Destination(
            area=Area.NETWORK,
            label=_("Partners"),
            url_name="consortium:partners",
            meaning=_("See who works together, and where."),
            icon="handshake",
            order=10,
        )
    )
