"""Figures of single questions: how hard they are, and whether they tell those who know from those who do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biosint.quizzes.content import Answer, Question
from biosint.quizzes.states import FEWEST_ATTEMPTS, QuestionKind


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often one option was chosen, and how those who chose it did in the other questions (0 to 1)."""

    code: str
    count: int
    rest_mean: float | None


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures of one question.

    Attributes:
        attempts: how many attempts had it.
        facility: mean share of its points that was reached, 0 to 1; high is easy.
        discrimination: correlation of its share with the mean of all other questions of the attempt, -1 to 1;
            None where either does not vary or fewer than five attempts had it.
        chosen: for questions with options, each option.
    """

    attempts: int
    facility: float | None
    discrimination: float | None
    chosen: tuple[Chosen, ...]


def item_figures(
    question: Question, *, shares: Sequence[float], rests: Sequence[float], answers: Sequence[Answer]
) -> ItemFigures:
    """Return the figures of one question over the attempts that had it.

    Args:
        shares: reached of this question, 0 to 1, one for each attempt.
        rests: mean share reached in all other questions of the same attempt; nan where there were none.
        answers: what was answered, in the same order.

    Source:
        Item-rest correlation: Nunnally & Bernstein (1994), Psychometric Theory, 3rd edition, chapter 8.
    """
    count = len(shares)
    if count < FEWEST_ATTEMPTS:
        return ItemFigures(count, None, None, ())
    share, rest = np.asarray(shares, float), np.asarray(rests, float)
    return ItemFigures(
        attempts=count,
        facility=float(share.mean()),
        discrimination=_correlation(share, rest),
        chosen=_choices(question, rest, answers),
    )


def _correlation(share: npt.NDArray[np.float64], rest: npt.NDArray[np.float64]) -> float | None:
    known = ~np.isnan(rest)
    share, rest = share[known], rest[known]
    if len(share) < FEWEST_ATTEMPTS or np.ptp(share) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(share, rest)[0, 1])


def _choices(
    question: Question, rest: npt.NDArray[np.float64], answers: Sequence[Answer]
) -> tuple[Chosen, ...]:
    if question.kind not in (QuestionKind.CHOICE, QuestionKind.MULTIPLE):
        return ()
    found = []
    for option in question.options:
        took = np.array(
            [
                option.code == answer or (isinstance(answer, list) and option.code in answer)
                for answer in answers
            ]
        )
        means = rest[took & ~np.isnan(rest)]
        found.append(Chosen(option.code, int(took.sum()), float(means.mean()) if len(means) else None))
    return tuple(found)


def rest_means(shares: Mapping[int, float]) -> dict[int, float]:
    """Return, for each question of one attempt, the mean share of all others; nan where there is no other."""
    total, count = sum(shares.values()), len(shares)
    return {
        number: (total - share) / (count - 1) if count > 1 else float("nan")
        for number, share in shares.items()
    }
