"""The only door of consortium for other apps."""

from biosint.consortium.models import Consortium, Membership
from biosint.consortium.queries import (
    consortia,
    consortia_of,
    current_consortium,
    is_member,
    members_of,
    memberships_of,
)
from biosint.consortium.rules import may_lead
from biosint.consortium.states import MembershipState, Role

__all__ = [
    "Consortium",
    "Membership",
    "MembershipState",
    "Role",
    "consortia",
    "consortia_of",
    "current_consortium",
    "is_member",
    "may_lead",
    "members_of",
    "memberships_of",
]
