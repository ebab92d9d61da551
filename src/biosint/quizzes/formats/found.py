"""What was found in a file, question by question, and what a file could not carry."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from biosint.quizzes.content import ContentFault, Question, check
from biosint.shared.verdicts import Fault

LARGEST = 10 * 1024 * 1024
MOST_QUESTIONS = 2000


class Unreadable(Fault):
    """The file is not what it says it is, or not safe to read."""


@dataclass(frozen=True, slots=True)
class Found:
    """One question of a file.

    Attributes:
        name: how the file calls it.
        content: None where it cannot be carried at all; ``notes`` then say why.
        notes: sentences on what was left behind or read differently.
    """

    name: str
    content: Question | None
    notes: tuple[str, ...] = ()
    folder: str = ""
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Gathers sentences while one question is read, each once."""

    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def judged(found: Found) -> Found:
    """Return the question, or why it cannot be asked here as it is written there."""
    if found.content is None:
        return found
    try:
        check(found.content)
    except ContentFault as fault:
        return replace(found, content=None, notes=(*found.notes, str(fault)))
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made, and what it does not carry: name of the question -> sentences."""

    content: bytes
    name: str
    media_type: str
    left_behind: dict[str, list[str]]
