from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.audit import api as audit
from biosint.consortium import queries
from biosint.consortium.letters import send_invitation
from biosint.consortium.models import Consortium, Invitation, Membership
from biosint.consortium.operations._evidence import joined
from biosint.consortium.rules import may_answer, may_ask, may_decide, may_end, may_lead
from biosint.consortium.states import MembershipState, Role
from biosint.institutions import api as institutions
from biosint.institutions.api import Institution
from biosint.notices import api as notices
from biosint.people import api as people
from biosint.people.api import Office
from biosint.shared.verdicts import Fault, Refused, refused, require

if TYPE_CHECKING:
    from biosint.people.api import Person

VALID = timedelta(days=30)


class AlreadyThere(Fault):
    """The institution is a member of this consortium, or an answer about it is still open."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, and the secret word of its link, which is kept nowhere."""

    invitation: Invitation
    token: str


def _begin(**fields: Any) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(**fields)
    except IntegrityError as fault:
        raise AlreadyThere(
            _("%(institution)s is in %(consortium)s already, or its answer is still open.")
            % {"institution": fields["institution"], "consortium": fields["consortium"]}
        ) from fault


def _institution(given: Institution | dict[str, Any], *, at: datetime) -> Institution:
    """Return the registered one, or register a new one that is shown to nobody until it is let in."""
    if isinstance(given, Institution):
        return given
    return institutions.register(**given, is_listed=False, at=at)


@transaction.atomic
def invite(
    *,
    consortium: Consortium,
    institution: Institution | dict[str, Any],
    email: str,
    by: Person,
    at: datetime,
    role: Role = Role.PARTNER,
) -> Invited:
    """Invite an institution by a letter to somebody who can accept for it. Inviting again sends a new letter.

    Args:
        institution: a registered one, or the facts of a new one.

    Raises:
        Refused: ``by`` does not lead the consortium.
        AlreadyThere: the institution is a member, or asks itself.
        InstitutionKnown, TimeZoneUnknown, RorUnknown: of the register, for new facts.
    """
    require(may_lead(by, consortium))
    invited = _institution(institution, at=at)
    membership = consortium.memberships.filter(
        institution=invited, state=MembershipState.INVITED
    ).first() or _begin(
        consortium=consortium,
        institution=invited,
        role=role,
        state=MembershipState.INVITED,
        asked_by=by,
        asked_at=at,
    )
    # An older letter to the same institution opens nothing any more.
    membership.invitations.filter(answered_at=None, valid_until__gt=at).update(valid_until=at)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        membership=membership,
        email=email,
        fingerprint=queries.fingerprint(token),
        sent_by=by,
        sent_at=at,
        valid_until=at + VALID,
    )
    audit.record("consortium.membership.invited", membership, by=by, at=at)
    transaction.on_commit(partial(send_invitation, invitation, token), robust=True)
    return Invited(invitation, token)


def _answered(invitation: Invitation, *, by: Person, at: datetime) -> Membership:
    """Lock the membership, judge, and mark the letter as answered."""
    membership = (
        Membership.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "institution")
        .get(pk=invitation.membership_id)
    )
    invitation.membership = membership
    speakers = queries.speakers_of(membership.institution)
    require(may_answer(by, invitation, at=at, speakers=speakers))
    invitation.answered_by = by
    invitation.answered_at = at
    invitation.save(update_fields=["answered_by", "answered_at"])
    return membership


def _known(token: str) -> Invitation:
    invitation = queries.invitation_of(token)
    if invitation is None:
        raise Refused(refused(_("This link is not one of ours. Copy it whole from the letter.")))
    return invitation


def _settle(
    membership: Membership, state: MembershipState, *, by: Person, at: datetime, answer: str = ""
) -> None:
    membership.state = state
    membership.decided_by = by
    membership.decided_at = at
    membership.answer = answer
    membership.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _let_in(membership: Membership, *, spokesperson: Person, by: Person, at: datetime) -> None:
    """Make the institution a member; where nobody coordinates it yet, its spokesperson does from now on."""
    _settle(membership, MembershipState.MEMBER, by=by, at=at)
    institutions.list_publicly(institution=membership.institution, by=by, at=at)
    if not queries.coordinators_of(membership.institution):
        people.appoint(
            person=spokesperson,
            office=Office.COORDINATOR,
            institution=membership.institution,
            by=by,
            at=at,
        )
    joined(membership, by=by, at=at)


@transaction.atomic
def accept_invitation(*, token: str, by: Person, at: datetime) -> Membership:
    """Accept for the invited institution; whoever accepts coordinates it, where nobody does yet.

    Raises:
        Refused: the letter was answered, is too old or unknown, or other people speak for the institution.
    """
    membership = _answered(_known(token), by=by, at=at)
    _let_in(membership, spokesperson=by, by=by, at=at)
    audit.record("consortium.membership.accepted", membership, by=by, at=at)
    for leader in queries.leaders_of(membership.consortium):
        notices.tell(
            leader,
            kind="consortium.partners",
            title=format_lazy(gettext_lazy("{institution} has joined"), institution=membership.institution),
            text=format_lazy(
                gettext_lazy("The invitation to {consortium} was accepted."), consortium=membership.consortium
            ),
            url=reverse("consortium:detail", args=[membership.consortium.slug]),
            at=at,
        )
    return membership


@transaction.atomic
def decline_invitation(*, token: str, by: Person, at: datetime) -> Membership:
    """Say no for the invited institution.

    Raises:
        Refused: as in ``accept_invitation``.
    """
    membership = _answered(_known(token), by=by, at=at)
    _settle(membership, MembershipState.DECLINED, by=by, at=at)
    audit.record("consortium.membership.turned_down", membership, by=by, at=at)
    return membership


@transaction.atomic
def ask_to_join(
    *,
    consortium: Consortium,
    institution: Institution | dict[str, Any],
    why: str,
    by: Person,
    at: datetime,
    role: Role = Role.PARTNER,
) -> Membership:
    """Ask in the name of an institution to be let in.

    Args:
        institution: a registered one, or the facts of a new one.
        why: what the institution wants from the consortium and brings to it.

    Raises:
        Refused: other people speak for the institution.
        AlreadyThere: it is a member, is invited, or has asked.
        InstitutionKnown, TimeZoneUnknown, RorUnknown: of the register, for new facts.
    """
    asking = _institution(institution, at=at)
    require(may_ask(by, asking, speakers=queries.speakers_of(asking)))
    if role == Role.COORDINATOR:
        raise Refused(refused(_("A consortium has one coordinating institution. Ask to be a partner.")))
    membership = _begin(
        consortium=consortium,
        institution=asking,
        role=role,
        state=MembershipState.ASKED,
        why=why,
        asked_by=by,
        asked_at=at,
    )
    audit.record("consortium.membership.asked", membership, by=by, at=at)
    for leader in queries.leaders_of(consortium):
        notices.tell(
            leader,
            kind="consortium.partners",
            title=format_lazy(gettext_lazy("{institution} asks to join"), institution=asking),
            text=format_lazy(
                gettext_lazy("Read why, and answer on the page of {consortium}."), consortium=consortium
            ),
            url=reverse("consortium:request", args=[consortium.slug, membership.pk]),
            at=at,
        )
    return membership


def _asked(membership_id: int) -> Membership:
    return (
        Membership.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator", "institution", "asked_by")
        .get(pk=membership_id)
    )


@transaction.atomic
def approve(*, membership_id: int, by: Person, at: datetime) -> Membership:
    """Let an institution in that asked; who asked coordinates it from now on, where nobody did.

    Raises:
        Refused: ``by`` does not lead the consortium, or the request was answered before.
    """
    membership = _asked(membership_id)
    require(may_decide(by, membership))
    _let_in(membership, spokesperson=membership.asked_by, by=by, at=at)
    audit.record("consortium.membership.approved", membership, by=by, at=at)
    notices.tell(
        membership.asked_by,
        kind="consortium.partners",
        title=format_lazy(gettext_lazy("{institution} is in"), institution=membership.institution),
        text=format_lazy(
            gettext_lazy("Your institution now belongs to {consortium}. Let your people in next."),
            consortium=membership.consortium,
        ),
        url=reverse("people:of_institution", args=[membership.institution.slug]),
        at=at,
    )
    return membership


@transaction.atomic
def decline(*, membership_id: int, answer: str, by: Person, at: datetime) -> Membership:
    """Do not let an institution in; ``answer`` tells it why. It may ask again.

    Raises:
        Refused: as in ``approve``.
    """
    membership = _asked(membership_id)
    require(may_decide(by, membership))
    _settle(membership, MembershipState.DECLINED, by=by, at=at, answer=answer)
    audit.record("consortium.membership.declined", membership, by=by, at=at)
    notices.tell(
        membership.asked_by,
        kind="consortium.partners",
        title=format_lazy(gettext_lazy("{consortium} has answered"), consortium=membership.consortium),
        text=format_lazy(gettext_lazy("Your institution was not let in: {answer}"), answer=answer),
        url=reverse("consortium:partners"),
        at=at,
    )
    return membership


@transaction.atomic
def end_membership(*, membership_id: int, by: Person, at: datetime) -> Membership:
    """End a membership today. What the institution did as a member stays counted.

    Raises:
        Refused: ``by`` speaks neither for the consortium nor for the member, or it is the coordinator's own.
    """
    membership = _asked(membership_id)
    require(may_end(by, membership))
    membership.state = MembershipState.LEFT
    membership.left_at = at
    membership.save(update_fields=["state", "left_at"])
    audit.record("consortium.membership.ended", membership, by=by, at=at)
    return membership
