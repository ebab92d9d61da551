"""The only door of people for other apps."""

from biosint.people.links import sign_in_link
from biosint.people.models import Affiliation, Consent, OfficeHeld, Person
from biosint.people.operations import (
    AlreadyAsked,
    EmailTaken,
    appoint,
    ask_affiliation,
    change_profile,
    confirm_affiliation,
    decline_affiliation,
    end_affiliation,
    end_office,
    give_consent,
    give_office,
    open_account,
    open_guest,
    prove_address,
)
from biosint.people.queries import people_of
from biosint.people.rules import may_keep_people
from biosint.people.states import AffiliationKind, LanguageLevel, Office, Profession

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "AlreadyAsked",
    "Consent",
    "EmailTaken",
    "LanguageLevel",
    "Office",
    "OfficeHeld",
    "Person",
    "Profession",
    "appoint",
    "ask_affiliation",
    "change_profile",
    "confirm_affiliation",
    "decline_affiliation",
    "end_affiliation",
    "end_office",
    "give_consent",
    "give_office",
    "may_keep_people",
    "open_account",
    "open_guest",
    "people_of",
    "prove_address",
    "sign_in_link",
]
