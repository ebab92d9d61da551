"""Banks and their questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from biosint.quizzes import rules
from biosint.quizzes.models import Bank, Question, Tag
from biosint.quizzes.states import QuestionKind

if TYPE_CHECKING:
    from biosint.people.api import Person


def banks_for(person: Person) -> QuerySet[Bank]:
    """Return the banks a person may use, with ``question_count``."""
    return (
        Bank.objects.filter(rules.usable_by(person))
        .select_related("institution")
        .annotate(question_count=Count("questions", filter=Q(questions__removed_at=None), distinct=True))
        .distinct()
        .order_by("title", "pk")
    )


def kept_banks(person: Person) -> QuerySet[Bank]:
    return Bank.objects.filter(rules.kept_by(person)).distinct()


def questions_in(
    bank: Bank, *, words: str = "", tag: str = "", folder: str = "", kind: str = ""
) -> QuerySet[Question]:
    """Return the questions of a bank that are in use, newest first.

    Args:
        words: each must stand somewhere in the title or in what is asked, in any language.
        folder: with everything below it.
    """
    found = bank.questions.filter(removed_at=None).prefetch_related(
        Prefetch("tags", Tag.objects.order_by("word"))
    )
    for word in words.lower().split()[:8]:
        found = found.filter(Q(wording__contains=word) | Q(title__icontains=word))
    if tag:
        found = found.filter(tags__word=tag)
    if folder:
        found = found.filter(Q(folder=folder) | Q(folder__startswith=f"{folder}/"))
    if kind in QuestionKind.values:
        found = found.filter(kind=kind)
    return found


def tags_of(bank: Bank) -> list[str]:
    used = Tag.objects.filter(question__bank=bank, question__removed_at=None)
    return list(used.order_by("word").values_list("word", flat=True).distinct())


def folders_of(bank: Bank) -> list[str]:
    used = bank.questions.filter(removed_at=None).exclude(folder="")
    return list(used.order_by("folder").values_list("folder", flat=True).distinct())


def questions_for(person: Person) -> QuerySet[Question]:
    """Return the questions a person may look at and use."""
    banks = Bank.objects.filter(rules.usable_by(person))
    return Question.objects.filter(bank__in=banks).select_related("bank", "newest")
