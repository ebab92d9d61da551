"""How a quiz stands, for one person and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from biosint.quizzes import rules
from biosint.quizzes.models import Attempt, Quiz
from biosint.quizzes.queries.attempts import counting_percent, own_attempts
from biosint.quizzes.states import AttemptState
from biosint.shared.verdicts import Verdict

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.quizzes.attachments import Attachment


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person sees of a quiz before and after answering.

    Attributes:
        percent: what counts so far, 0 to 100; None before the first attempt or while it waits for marking.
    """

    quiz: Quiz
    attempts: list[Attempt]
    question_count: int
    percent: Decimal | None
    may_begin: Verdict

    @property
    def open(self) -> Attempt | None:
        return next((one for one in self.attempts if one.state == AttemptState.OPEN), None)

    @property
    def left(self) -> int | None:
        """How many attempts may still be begun; None for any number."""
        if not self.quiz.attempts_allowed:
            return None
        return max(0, self.quiz.attempts_allowed - len(self.attempts))


def standing_of(quiz: Quiz, person: Person, *, place: Attachment | None) -> Standing:
    """Return how a quiz stands for one person: two queries."""
    attempts = own_attempts(quiz, person)
    return Standing(
        quiz=quiz,
        attempts=attempts,
        question_count=quiz.parts.aggregate(all=Sum("count"))["all"] or 0,
        percent=counting_percent(quiz, attempts),
        may_begin=rules.may_begin(quiz, begun=len(attempts), place=place),
    )


def open_attempts(quiz: Quiz, *, at: datetime) -> QuerySet[Attempt]:
    """Return the attempts that people are answering at this moment, whose limit is not over."""
    return (
        Attempt.objects.filter(quiz=quiz, state=AttemptState.OPEN)
        .exclude(ends_at__lt=at)
        .select_related("person")
        .order_by("started_at", "pk")
    )
