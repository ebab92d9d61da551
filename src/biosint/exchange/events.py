"""Facts that exchange announces to apps above it, in the transaction in which they happen.

Whatever a receiver writes stands or falls with the fact: a killed process leaves neither alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from biosint.exchange.models import Application
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A learner got a place in a course, or left it."""

    application: Application
    by: Person
    at: datetime


place_given = Signal()  # sent with ``event: PlaceChanged``
place_left = Signal()  # sent with ``event: PlaceChanged``
