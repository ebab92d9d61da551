"""Who wrote which passage, kept while a text changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# (author, UTF-8 bytes): the library that merges counts in bytes.
Run = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring letters of one author."""

    author: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after a change: whose its letters are, and how many characters came and went."""

    runs: tuple[Run, ...]
    added: int
    removed: int


def rewritten(runs: Sequence[Run], delta: Iterable[Mapping[str, Any]], *, author: int) -> Rewritten:
    """Return whose letters a text holds after ``author`` changed it.

    Args:
        delta: ``{"retain": bytes}``, ``{"delete": bytes}``, ``{"insert": text}`` in the order of the text.

    >>> rewritten([(1, b"one two")], [{"retain": 4}, {"insert": "and "}], author=2).runs
    ((1, b'one '), (2, b'and '), (1, b'two'))
    """
    ahead = list(reversed(runs))
    kept: list[Run] = []
    added = removed = 0
    for step in delta:
        if "insert" in step:
            letters = str(step["insert"])
            added += len(letters)
            _append(kept, (author, letters.encode()))
        elif "retain" in step:
            for run in _next(ahead, step["retain"]):
                _append(kept, run)
        else:
            gone = b"".join(letters for _author, letters in _next(ahead, step["delete"]))
            removed += len(gone.decode(errors="replace"))
    for run in reversed(ahead):
        _append(kept, run)
    return Rewritten(tuple(kept), added, removed)


def _next(ahead: list[Run], count: int) -> list[Run]:
    found = []
    while count and ahead:
        author, letters = ahead.pop()
        if len(letters) > count:
            ahead.append((author, letters[count:]))
            letters = letters[:count]
        found.append((author, letters))
        count -= len(letters)
    return found


def _append(kept: list[Run], run: Run) -> None:
    if not run[1]:
        return
    if kept and kept[-1][0] == run[0]:
        kept[-1] = (run[0], kept[-1][1] + run[1])
    else:
        kept.append(run)


def as_passages(runs: Iterable[Run]) -> list[Passage]:
    return [Passage(author, letters.decode(errors="replace")) for author, letters in runs]


def as_lengths(runs: Iterable[Run]) -> list[list[int]]:
    """Return the runs as a pad keeps them: [[author, characters], …]."""
    return [[author, len(letters.decode(errors="replace"))] for author, letters in runs]


def runs_of(text: str, lengths: Iterable[Sequence[int]]) -> list[Run]:
    """Return the runs of a text whose authors are kept as lengths."""
    found = []
    at = 0
    for author, length in lengths:
        found.append((author, text[at : at + length].encode()))
        at += length
    return found
