from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.consortium.states import MOVES, MembershipState, Role
from biosint.people.api import Office
from biosint.shared.verdicts import ALLOWED, Verdict, all_of, refused

if TYPE_CHECKING:
    from biosint.consortium.models import Consortium, Invitation, Membership
    from biosint.institutions.api import Institution
    from biosint.people.api import Person


def may_found(person: Person, institution: Institution | None = None) -> Verdict:
    """A coordinator founds a consortium that their own institution coordinates; the site's administrator any."""
    if person.is_staff or person.holds(Office.COORDINATOR, at=institution):
        return ALLOWED
    if institution is None:
        return refused(
            _(
                "Only a coordinator of an institution can found a consortium. "
                "Ask the administrator of this site to make you one."
            )
        )
    return refused(
        _("Only a coordinator of %(institution)s can found a consortium in its name.")
        % {"institution": institution}
    )


def may_lead(person: Person, consortium: Consortium) -> Verdict:
    """A coordinator of the coordinating institution leads; the site's administrator can stand in."""
    if person.is_staff or person.holds(Office.COORDINATOR, at=consortium.coordinator_id):
        return ALLOWED
    return refused(
        _("Only a coordinator of %(institution)s leads %(consortium)s and can do this.")
        % {"institution": consortium.coordinator, "consortium": consortium}
    )


def may_decide(person: Person, membership: Membership) -> Verdict:
    """Who leads the consortium answers an institution that asks, once."""
    return all_of([may_lead(person, membership.consortium), _is_asked(membership)])


def _is_asked(membership: Membership) -> Verdict:
    if membership.state == MembershipState.ASKED:
        return ALLOWED
    return refused(_("This request has already been decided."))


def may_end(person: Person, membership: Membership) -> Verdict:
    """The consortium's leader, or a coordinator of the member itself, ends a membership; never the coordinator's."""
    if MembershipState.LEFT not in MOVES[MembershipState(membership.state)]:
        return refused(_("Only a standing membership can end."))
    if membership.role == Role.COORDINATOR:
        return refused(_("The coordinating institution cannot leave its own consortium."))
    if person.holds(Office.COORDINATOR, at=membership.institution_id):
        return ALLOWED
    return may_lead(person, membership.consortium)


def may_see_request(person: Person, membership: Membership) -> Verdict:
    """That an institution is a member is public; its letter is for who leads, who asked, and its own coordinators."""
    if membership.asked_by_id == person.pk or person.holds(Office.COORDINATOR, at=membership.institution_id):
        return ALLOWED
    return may_lead(person, membership.consortium)


def visible_to(person: Person) -> Q:
    """The same sentence as ``may_see_request``, for lists. Their test keeps them equal."""
    if person.is_staff:
        return Q()
    led = person.institutions_as(Office.COORDINATOR)
    return Q(asked_by=person) | Q(institution_id__in=led) | Q(consortium__coordinator_id__in=led)


def may_ask(person: Person, institution: Institution, *, speakers: frozenset[int]) -> Verdict:
    """Who speaks for an institution asks in its name; anybody may, where it has nobody here yet.

    Args:
        speakers: keys of the people who speak for the institution now.
    """
    if not speakers or person.pk in speakers or person.is_staff:
        return ALLOWED
    return refused(
        _("%(institution)s has its own people here already. Ask them to join in its name.")
        % {"institution": institution}
    )


def may_answer(person: Person, invitation: Invitation, *, at: datetime, speakers: frozenset[int]) -> Verdict:
    """Whoever holds the letter answers it, in time and once; where the institution has its own people, only they."""
    membership = invitation.membership
    if membership.state != MembershipState.INVITED:
        return refused(_("This invitation has already been answered."))
    if at >= invitation.valid_until:
        return refused(
            _("This invitation is too old. Ask %(institution)s for a new one.")
            % {"institution": membership.consortium.coordinator}
        )
    if speakers and person.pk not in speakers and not person.is_staff:
        return refused(
            _("%(institution)s has its own people here already. Hand the letter on to them.")
            % {"institution": membership.institution}
        )
    return ALLOWED
