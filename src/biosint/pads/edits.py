"""From one text to another: few small edits, and the lines that two people changed at once."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

# Texts of more lines are compared as a whole: the finer comparison would take seconds.
MOST_LINES = 1500


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``length`` characters from ``start`` of the earlier text by ``text``."""

    start: int
    length: int
    text: str


def edits_between(before: str, after: str) -> list[Edit]:
    r"""Return edits in ascending order that make ``after`` of ``before``; positions are those of ``before``.

    Lines that both hold stay untouched, so that what others write into them at the same time stays, too.

    >>> edits_between("one\ntwo\nsix", "one\ntwo!\nsix")
    [Edit(start=7, length=0, text='!')]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > MOST_LINES:
        return [_trimmed(before, after, 0)] if before != after else []
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    return [
        _trimmed("".join(old[first:past]), "".join(new[into:till]), starts[first])
        for _tag, first, past, into, till in _changed(old, new)
    ]


def _changed(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, old, new, autojunk=True)
    return [block for block in matcher.get_opcodes() if block[0] != "equal"]


def _trimmed(old: str, new: str, start: int) -> Edit:
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    return Edit(start + head, len(old) - head - tail, new[head : len(new) - tail])


def clashes(base: str, mine: str, theirs: str) -> list[str]:
    r"""Return the lines of ``base`` that ``mine`` and ``theirs`` both changed, differently.

    >>> clashes("a\nb\nc", "a\nB\nc", "a\nbb\nc")
    ['b']
    """
    old = base.splitlines()
    if max(len(old), mine.count("\n"), theirs.count("\n")) > MOST_LINES or mine == theirs:
        return []
    touched = [
        {
            line: tuple(new[into:till])
            for _tag, first, past, into, till in _changed(old, new)
            for line in range(first, past)
        }
        for new in (mine.splitlines(), theirs.splitlines())
    ]
    both = sorted(touched[0].keys() & touched[1].keys())
    return [old[line] for line in both if touched[0][line] != touched[1][line]]
