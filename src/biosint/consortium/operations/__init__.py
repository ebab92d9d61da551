"""Founding and changing consortia; inviting, asking, answering and leaving."""

from biosint.consortium.operations.founding import ConsortiumKnown, change_facts, found
from biosint.consortium.operations.joining import (
    AlreadyThere,
    Invited,
    accept_invitation,
    approve,
    ask_to_join,
    decline,
    decline_invitation,
    end_membership,
    invite,
)

__all__ = [
    "AlreadyThere",
    "ConsortiumKnown",
    "Invited",
    "accept_invitation",
    "approve",
    "ask_to_join",
    "change_facts",
    "decline",
    "decline_invitation",
    "end_membership",
    "found",
    "invite",
]
