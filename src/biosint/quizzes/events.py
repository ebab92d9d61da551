"""Facts that quizzes announces to apps above it, inside the transaction in which they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class AttemptJudged:
    """An attempt was sent, or its points changed (marked by a teacher, judged anew).

    Attributes:
        percent: of the attempt that counts, 0 to 100; None while a teacher has still to mark it.
        was_sent: whether this is the moment of sending.
    """

    quiz_id: int
    person_id: int
    attempt_id: int
    percent: Decimal | None
    was_sent: bool
    at: datetime


# Sent with ``event: AttemptJudged``. A receiver that breaks takes the attempt back with it, so it must not
# wait for anything, and must bear that what it belongs to is gone.
attempt_judged = Signal()
