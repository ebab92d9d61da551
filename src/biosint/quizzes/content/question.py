"""One question with its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from biosint.quizzes.states import QuestionKind

# Language -> Markdown. ``shared.words.in_language`` chooses, visibly, where the reader's is missing.
Words = Mapping[str, str]
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, or to put in order.

    ``share`` is what choosing it brings, in percent of the question's points, -100 to 100.
    """

    code: str
    text: Words
    share: Decimal = Decimal(0)
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together. Without ``left`` it is a partner that belongs to nothing."""

    code: str
    left: Words
    right: Words


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number that is accepted, within a tolerance on both sides, both ends included."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    is_relative: bool = False  # the tolerance is then a share of the value: 0.05 is 5 %
    share: Decimal = FULL
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    r"""A text that is accepted. ``*`` stands for any letters, ``\*`` for the sign itself."""

    text: str
    share: Decimal = FULL
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its address on this site, with what it shows."""

    url: str
    alt: Words


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and what is right. Only the part of the key that fits ``kind`` is filled.

    ``options`` of an ORDER stand in the right order. A TEXT without ``accepted`` is marked by a teacher.
    """

    kind: QuestionKind
    title: str
    text: Words
    points: Decimal = Decimal(1)
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    numbers: tuple[NumberKey, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    unit: str = ""
    ignore_case: bool = True
    ignore_accents: bool = True
    shuffle: bool = True
    feedback: Words = field(default_factory=dict)  # shown whatever was answered
    feedback_right: Words = field(default_factory=dict)
    feedback_wrong: Words = field(default_factory=dict)
    image: Image | None = None

    @property
    def by_teacher(self) -> bool:
        """Whether a person has to read and mark the answer."""
        return self.kind is QuestionKind.TEXT and not self.accepted

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the question is asked, in the order in which they were written."""
        return tuple(code for code, text in self.text.items() if text)

    @property
    def lefts(self) -> tuple[Pair, ...]:
        """The pairs whose left side is asked; the others are partners that belong to nothing."""
        return tuple(pair for pair in self.pairs if any(pair.left.values()))
