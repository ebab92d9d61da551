"""Where quizzes stand, and who else keeps a bank: told by the apps above, which quizzes does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from biosint.shared.verdicts import ALLOWED, Verdict

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.quizzes.models import Bank, Quiz


@dataclass(frozen=True, slots=True)
class Attachment:
    """The place of one quiz, as one person finds it.

    Attributes:
        trail: title and address of the pages above, the place itself last.
        may_answer: whether the person may begin now, with the reason if not.
        closes_at: nobody answers after it; an attempt begun before ends then at the latest.
        more_time: what this person gets on top of the time limit.
    """

    title: str
    url: str
    trail: tuple[tuple[str, str], ...] = ()
    may_answer: Verdict = ALLOWED
    closes_at: datetime | None = None
    more_time: timedelta = timedelta(0)


Finder = Callable[["Quiz", "Person", datetime], "Attachment | None"]
Sharer = Callable[["Person"], Iterable[int]]
_FINDERS: list[Finder] = []
_SHARERS: list[Sharer] = []


def register(*, finder: Finder, sharer: Sharer) -> None:
    """Say where quizzes stand and which banks a person keeps through that; once, from ``providers.register``.

    Args:
        finder: returns None for a quiz that stands elsewhere.
        sharer: returns keys of banks; a queryset of one column is not evaluated but joined.
    """
    if finder not in _FINDERS:
        _FINDERS.append(finder)
        _SHARERS.append(sharer)


def place_of(quiz: Quiz, person: Person, at: datetime) -> Attachment | None:
    """Return where the quiz stands, or None: it was never attached, or what it was attached to is gone."""
    return next((found for finder in _FINDERS if (found := finder(quiz, person, at))), None)


def shared_banks(person: Person) -> list[Iterable[int]]:
    return [sharer(person) for sharer in _SHARERS]


def is_shared_with(person: Person, bank: Bank) -> bool:
    return any(bank.pk in set(keys) for keys in shared_banks(person))
