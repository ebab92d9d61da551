"""Facts that surveys announces to apps above it, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class AnswersAdded:
    """Answers came into a set whose collection had ended: late ones, or a file."""

    answer_set_id: int
    by_id: int | None
    at: datetime


answers_added = Signal()  # sent with ``event: AnswersAdded``
