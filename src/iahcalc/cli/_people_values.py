"""Cells of a table of people: words, numbers, levels of the European ladder, words with a level."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from iahcalc.cli.tables import Unreadable, shortened
from iahcalc.teams import Value

LEVELS = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 4.0, "C1": 5.0, "C2": 6.0, "NATIVE": 6.0}
LEVELS_IN_WORDS = "A1, A2, B1, B2, C1, C2 or native"
# A word without a level reaches every level.
EVERY_LEVEL = math.inf
# “English:B2”, “English (B2)”, “English B2”.
_LEVELLED = re.compile(r"(?P<word>[^:()]*[^:()\s])\s*(?::\s*(?P<after>[^:()]*)|\((?P<within>[^:()]*)\))")
_SPACED = re.compile(r"(?P<word>\S.*\S|\S)\s+(?P<level>[ABCabc][12]\+?|[Nn]ative)")
_LONGEST_WORD = 200


def number_in(cell: str) -> float | None:
    """Return the number a cell holds, with a point or a comma; ``None`` if it is none."""
    try:
        number = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in cell else None


def level_in(cell: str) -> float | None:
    """Return a level of the European ladder (A1 is 1, C2 and native are 6) or a number; ``None`` if it is neither."""
    level = LEVELS.get(cell.strip().upper().rstrip("+"))
    return number_in(cell) if level is None else level


def reader_of(column: str, cells: Sequence[str], *, numeric: bool) -> Callable[[str], Value]:
    """Return what reads the filled cells of a column; it raises ``Unreadable`` without naming the row."""
    if numeric:
        return number_in
    if column == "language level":
        return _language_level
    if column == "languages":
        return _languages
    # Elsewhere “word: level” is meant as such only if the whole column is written that way.
    return _levelled if cells and all(_is_levelled(cell) for cell in cells) else _words


def words_with_levels(cell: str) -> Value:
    """Read languages: “English:B2; Serbian:native; French”. A word without a level reaches every level.

    Raises:
        Unreadable: a level that is none.
    """
    return _languages(cell)


def _language_level(cell: str) -> Value:
    level = LEVELS.get(cell.upper().rstrip("+"))
    if level is None:
        raise Unreadable(f"the language level “{shortened(cell)}” is not {LEVELS_IN_WORDS}.")
    return level


def _words(cell: str) -> Value:
    if ";" in cell:
        return tuple(word.strip() for word in cell.split(";") if word.strip())
    return cell


def _languages(cell: str) -> Value:
    levels: dict[str, float | None] = {}
    for part in re.split(r"[;,]", cell):
        if part.strip():
            word, level = _parted(part.strip())
            levels[word] = level
    if any(level is not None for level in levels.values()):
        return {word: EVERY_LEVEL if level is None else level for word, level in levels.items()}
    return tuple(levels) if len(levels) != 1 else next(iter(levels))


def _parted(part: str) -> tuple[str, float | None]:
    if len(part) > _LONGEST_WORD:
        raise Unreadable(f"“{shortened(part)}” is too long for a language.")
    if match := _LEVELLED.fullmatch(part):
        written = match["after"] if match["after"] is not None else match["within"]
        level = level_in(written)
        if level is None:
            raise Unreadable(
                f"the level “{shortened(written.strip())}” of {match['word'].strip()} is not {LEVELS_IN_WORDS}."
            )
        return match["word"].strip(), level
    if ":" in part or "(" in part:
        raise Unreadable(f"“{shortened(part)}” is not a language with a level, such as “English: B2”.")
    if match := _SPACED.fullmatch(part):
        return match["word"].strip(), level_in(match["level"])
    return part, None


def _is_levelled(cell: str) -> bool:
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    matches = [_LEVELLED.fullmatch(part) if len(part) <= _LONGEST_WORD else None for part in parts]
    return bool(parts) and all(
        match is not None and match["after"] is not None and level_in(match["after"]) is not None
        for match in matches
    )


def _levelled(cell: str) -> Value:
    parted = [_parted(part.strip()) for part in cell.split(";") if part.strip()]
    return {word: EVERY_LEVEL if level is None else level for word, level in parted}
