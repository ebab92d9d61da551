"""What people and institutions do with accounts, affiliations and offices."""

from biosint.people.operations.accounts import (
    EmailTaken,
    become_member,
    change_profile,
    close_account,
    give_consent,
    open_account,
    open_guest,
    prove_address,
)
from biosint.people.operations.affiliations import (
    AlreadyAsked,
    appoint,
    ask_affiliation,
    confirm_affiliation,
    decline_affiliation,
    end_affiliation,
    end_office,
    give_office,
)

__all__ = [
    "AlreadyAsked",
    "EmailTaken",
    "appoint",
    "ask_affiliation",
    "become_member",
    "change_profile",
    "close_account",
    "confirm_affiliation",
    "decline_affiliation",
    "end_affiliation",
    "end_office",
    "give_consent",
    "give_office",
    "open_account",
    "open_guest",
    "prove_address",
]
