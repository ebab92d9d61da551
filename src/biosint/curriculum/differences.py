"""What changed between two versions of a syllabus: word by word in texts, row by row in outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biosint.curriculum.models import Outcome, Syllabus

# Two outcomes count as one that was reworded when this much of their words is shared.
ALIKE = 0.55


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and what happened to it."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One outcome in the older and the newer version; one of them is None when it was added or removed."""

    parts: tuple[Part, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    change: Change
    is_same: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed from ``before`` to ``after``."""

    before: Syllabus
    after: Syllabus
    summary: tuple[Part, ...]
    methods: tuple[Part, ...]
    assessment: tuple[Part, ...]
    outcomes: tuple[OutcomeChange, ...]

    @property
    def is_empty(self) -> bool:
        texts = (*self.summary, *self.methods, *self.assessment)
        return (
            all(part.change is Change.KEPT for part in texts)
            and all(outcome.is_same for outcome in self.outcomes)
            and self.before.international_ects == self.after.international_ects
        )


def of_words(before: str, after: str) -> tuple[Part, ...]:
    """Return the two texts as one, with the words that went and came marked.

    >>> [(part.change.value, part.text) for part in of_words("a local ward", "a foreign ward")]
    [('kept', 'a '), ('removed', 'local'), ('added', 'foreign'), ('kept', ' ward')]
    """
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    parts = []
    for step, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if step == "equal":
            parts.append(Part("".join(new[c:d]), Change.KEPT))
            continue
        if a != b:
            parts.append(Part("".join(old[a:b]), Change.REMOVED))
        if c != d:
            parts.append(Part("".join(new[c:d]), Change.ADDED))
    return tuple(parts)


def of_outcomes(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[OutcomeChange, ...]:
    """Pair the outcomes of two versions by their words and tell what happened to each.

    The order is that of the newer version; what was removed stands at the end.
    """
    left = list(before)
    rows = []
    for outcome in after:
        twin = max(left, key=lambda other: _alike(other.text, outcome.text), default=None)
        if twin is None or _alike(twin.text, outcome.text) < ALIKE:
            rows.append(_single(outcome, Change.ADDED))
            continue
        left.remove(twin)
        had, has = set(twin.dimensions), set(outcome.dimensions)
        rows.append(
            OutcomeChange(
                parts=of_words(twin.text, outcome.text),
                gained=tuple(code for code in outcome.dimensions if code not in had),
                lost=tuple(code for code in twin.dimensions if code not in has),
                change=Change.KEPT,
                is_same=twin.text == outcome.text and had == has,
            )
        )
    return (*rows, *(_single(outcome, Change.REMOVED) for outcome in left))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(a=one.casefold().split(), b=other.casefold().split(), autojunk=False).ratio()


def _single(outcome: Outcome, change: Change) -> OutcomeChange:
    codes = tuple(outcome.dimensions)
    came = change is Change.ADDED
    return OutcomeChange(
        parts=(Part(outcome.text, change),),
        gained=codes if came else (),
        lost=() if came else codes,
        change=change,
        is_same=False,
    )


def between(before: Syllabus, after: Syllabus) -> Difference:
    """Return what changed from one version to a later one."""
    return Difference(
        before=before,
        after=after,
        summary=of_words(before.summary, after.summary),
        methods=of_words(before.methods, after.methods),
        assessment=of_words(before.assessment, after.assessment),
        outcomes=of_outcomes(list(before.outcomes.all()), list(after.outcomes.all())),
    )
