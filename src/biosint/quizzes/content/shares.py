"""What each answer brings where nobody says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from biosint.quizzes.content.question import FULL
from biosint.quizzes.states import QuestionKind


def usual_shares(kind: QuestionKind, rights: Sequence[bool]) -> list[Decimal]:
    """Return the share of each option, in percent, by whether it is right.

    Of several answers the right ones share the points and the wrong ones take as much away together, so that
    choosing everything brings nothing.
    """
    right, wrong = list(rights).count(True), list(rights).count(False)
    if kind is not QuestionKind.MULTIPLE:
        return [FULL if is_right else Decimal(0) for is_right in rights]
    return [(FULL / right if is_right else -FULL / wrong).quantize(Decimal("0.00001")) for is_right in rights]
