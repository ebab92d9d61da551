"""Records of partnering."""

from biosint.partnering.models._contact import Block, Contact, Message, Report
from biosint.partnering.models._event import MatchingEvent, Meeting, Registration
from biosint.partnering.models._offer import Offer, OfferWord

__all__ = [
    "Block",
    "Contact",
    "MatchingEvent",
    "Meeting",
    "Message",
    "Offer",
    "OfferWord",
    "Registration",
    "Report",
]
