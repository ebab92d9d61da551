"""Facts that packages announces to apps above it, in the transaction in which they happen.

In it, not after it: a process killed between a kept result and what follows from it (a mark) would lose the mark.
A receiver must not raise; what it refuses (a course that has ended) it leaves undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class ResultRecorded:
    """Something about a person's result changed: done, passed or points. Trials of teachers announce nothing."""

    place: str
    person_id: int
    attempt: int  # its number
    is_done: bool
    passed: bool | None
    points: Decimal | None  # 0 to 100; None while the package has told none
    best_points: Decimal | None  # of all attempts
    at: datetime


result_recorded = Signal()  # sent with ``event: ResultRecorded``
