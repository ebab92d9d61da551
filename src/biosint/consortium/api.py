"""The only door of consortium for other apps."""

from biosint.consortium.models import Consortium, Membership
from biosint.consortium.operations import (
    AlreadyThere,
    ConsortiumKnown,
    Invited,
    accept_invitation,
    approve,
    ask_to_join,
    decline,
    end_membership,
    found,
    invite,
)
from biosint.consortium.queries import (
    consortia,
    consortia_of,
    consortia_with,
    current_consortium,
    is_member,
    members_of,
    memberships_of,
)
from biosint.consortium.rules import may_lead
from biosint.consortium.states import MembershipState, Role

__all__ = [
    "AlreadyThere",
    "Consortium",
    "ConsortiumKnown",
    "Invited",
    "Membership",
    "MembershipState",
    "Role",
    "accept_invitation",
    "approve",
    "ask_to_join",
    "consortia",
    "consortia_of",
    "consortia_with",
    "current_consortium",
    "decline",
    "end_membership",
    "found",
    "invite",
    "is_member",
    "may_lead",
    "members_of",
    "memberships_of",
]
