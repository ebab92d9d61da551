"""The only door of partnering for other apps."""

from biosint.partnering.operations.contacts import ask, write
from biosint.partnering.operations.offers import make_offer

__all__ = ["ask", "make_offer", "write"]
