"""Attempts: one's own, and those of everybody who answered a quiz."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from biosint.quizzes import rules
from biosint.quizzes.content import Answer, Marked, Question, arranged, from_json, mark
from biosint.quizzes.content.question import FULL, Option, Pair
from biosint.quizzes.models import Attempt, Bank, QuestionVersion, Quiz
from biosint.quizzes.states import AttemptState, Counting, QuestionKind

if TYPE_CHECKING:
    from biosint.people.api import Person


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of an attempt, as this person gets it."""

    number: int  # from 0, in the order shown
    question: Question
    version_id: int
    points: Decimal
    answer: Answer
    seed: str

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"q{self.number}"

    @property
    def options(self) -> list[Option]:
        """The options in this attempt's order. What is to be ordered never comes in its right order."""
        shown = self._arranged(self.question.options)
        if self.question.kind is QuestionKind.ORDER and shown == list(self.question.options):
            shown = [*shown[1:], *shown[:1]]
        return shown

    @property
    def rights(self) -> list[Pair]:
        """The right sides, each text once."""
        texts: dict[tuple[tuple[str, str], ...], Pair] = {}
        for pair in self.question.pairs:
            texts.setdefault(tuple(sorted(pair.right.items())), pair)
        return arranged(texts.values(), seed=self.seed, place=self.name, name=lambda pair: pair.code)

    def _arranged(self, options: tuple[Option, ...]) -> list[Option]:
        if not self.question.shuffle and self.question.kind is not QuestionKind.ORDER:
            return list(options)
        return arranged(options, seed=self.seed, place=self.name, name=lambda option: option.code)


def slots_of(attempt: Attempt) -> list[Slot]:
    """Return the questions of an attempt in its order, with what was answered: one query."""
    return slots_from(attempt.slots, attempt.answers, attempt.seed)


def slots_from(kept: list[dict[str, Any]], answers: dict[str, Answer], seed: str) -> list[Slot]:
    versions = QuestionVersion.objects.in_bulk([slot["version"] for slot in kept])
    return [
        Slot(
            number=number,
            question=from_json(versions[slot["version"]].content),
            version_id=slot["version"],
            points=Decimal(slot["points"]),
            answer=answers.get(str(number)),
            seed=seed,
        )
        for number, slot in enumerate(kept)
    ]


def marked(attempt: Attempt, slot: Slot) -> Marked:
    """Return what one answer is worth: by the mark that was kept, with the words of the key."""
    by_key = mark(slot.question, slot.answer)
    kept = attempt.marks.get(str(slot.number))
    if kept is None:
        return by_key
    share = Decimal(kept["share"]) if "share" in kept else None
    return Marked(share, by_key.feedback)


def attempts_for(person: Person) -> QuerySet[Attempt]:
    """Return attempts a person may see: their own, and those in banks they keep."""
    own = Attempt.objects.filter(person=person)
    kept = Attempt.objects.filter(quiz__bank__in=Bank.objects.filter(rules.kept_by(person)))
    return (own | kept).select_related("quiz__bank", "person")


def own_attempts(quiz: Quiz, person: Person) -> list[Attempt]:
    return list(Attempt.objects.filter(quiz=quiz, person=person).order_by("number"))


def sent_attempts(quiz: Quiz) -> QuerySet[Attempt]:
    return (
        Attempt.objects.filter(quiz=quiz, state=AttemptState.SENT)
        .select_related("person")
        .order_by("person__name", "person_id", "number")
    )


def percent(attempt: Attempt) -> Decimal | None:
    """Return the points in percent of those that could be had; None while somebody must still mark."""
    if attempt.points is None or attempt.waits_for_marking:
        return None
    if not attempt.most_points:
        return FULL
    return (FULL * attempt.points / attempt.most_points).quantize(Decimal("0.01"))


def counting_percent(quiz: Quiz, attempts: list[Attempt]) -> Decimal | None:
    """Return what counts of one person's attempts: of the best or the last that was sent."""
    sent = [attempt for attempt in attempts if attempt.state == AttemptState.SENT]
    if not sent:
        return None
    if quiz.counting == Counting.LAST:
        return percent(sent[-1])
    known = [figure for attempt in sent if (figure := percent(attempt)) is not None]
    return max(known, default=None)
