"""Quizzes: what they ask and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.quizzes.models import Bank, Part, Question, Quiz
from biosint.quizzes.operations.bank import ChangedMeanwhile, clean_folder, clean_tags
from biosint.quizzes.rules import may_keep
from biosint.quizzes.states import MOST_QUESTIONS, Counting, Reveal
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person


class TooManyQuestions(Fault):
    """A quiz of so many questions is an examination, and too much for one page."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a quiz is answered; see the fields of ``Quiz``."""

    title: str
    minutes: int | None = None
    attempts_allowed: int = 1
    counting: Counting = Counting.BEST
    reveal: Reveal = Reveal.SENT
    shuffles_questions: bool = True
    one_at_a_time: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or ``count`` by chance of those with a tag, in a folder, or both."""

    question_id: int | None = None
    tag: str = ""
    folder: str = ""
    count: int = 1
    points: Decimal | None = None


@transaction.atomic
def create_quiz(*, bank_id: int, settings: Settings, by: Person, at: datetime) -> Quiz:
    """Begin a quiz; its questions come with ``set_parts``."""
    bank = Bank.objects.get(pk=bank_id)
    require(may_keep(by, bank))
    quiz = Quiz.objects.create(bank=bank, changed_by=by, changed_at=at, **_fields(settings))
    audit.record("quizzes.quiz.created", quiz, by=by, at=at)
    return quiz


@transaction.atomic
def change_quiz(*, quiz_id: int, settings: Settings, seen_version: int, by: Person, at: datetime) -> Quiz:
    """Change how a quiz is answered. Attempts that have begun keep the end of their time.

    Raises:
        ChangedMeanwhile: a colleague changed it after it was opened.
    """
    quiz = _locked(quiz_id, seen_version, by)
    for name, value in _fields(settings).items():
        setattr(quiz, name, value)
    return _changed(quiz, "quizzes.quiz.changed", by, at)


@transaction.atomic
def set_parts(*, quiz_id: int, parts: Sequence[Asked], seen_version: int, by: Person, at: datetime) -> Quiz:
    """Say what a quiz asks, in this order. Attempts that have begun keep their questions.

    Raises:
        ChangedMeanwhile: a colleague changed it after it was opened.
        TooManyQuestions: more than fit.
    """
    quiz = _locked(quiz_id, seen_version, by)
    if sum(part.count for part in parts) > MOST_QUESTIONS:
        raise TooManyQuestions(
            _("A quiz has at most %(most)s questions. Make two of it.") % {"most": MOST_QUESTIONS}
        )
    known = set(
        Question.objects.filter(bank_id=quiz.bank_id, removed_at=None)
        .filter(pk__in=[part.question_id for part in parts if part.question_id])
        .values_list("pk", flat=True)
    )
    quiz.parts.all().delete()
    Part.objects.bulk_create(
        [
            Part(
                quiz=quiz,
                position=position,
                question_id=part.question_id,
                tag=next(iter(clean_tags([part.tag])), ""),
                folder=clean_folder(part.folder),
                count=1 if part.question_id else max(1, part.count),
                points=part.points,
            )
            # A question that was taken out meanwhile is left out.
            for position, part in enumerate(
                (part for part in parts if part.question_id is None or part.question_id in known), start=1
            )
        ]
    )
    return _changed(quiz, "quizzes.quiz.questions_set", by, at)


def _fields(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in Settings.__dataclass_fields__}


def _locked(quiz_id: int, seen_version: int, by: Person) -> Quiz:
    quiz = Quiz.objects.select_for_update(of=["self"]).get(pk=quiz_id)
    require(may_keep(by, Bank.objects.get(pk=quiz.bank_id)))
    if quiz.version != seen_version:
        raise ChangedMeanwhile(
            _("%(person)s has changed this quiz meanwhile. Look at it, then save again.")
            % {"person": quiz.changed_by}
        )
    return quiz


def _changed(quiz: Quiz, action: str, by: Person, at: datetime) -> Quiz:
    quiz.version += 1
    quiz.changed_by, quiz.changed_at = by, at
    quiz.save()
    audit.record(action, quiz, by=by, at=at)
    return quiz
