from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Field", "FieldKind"]


class FieldKind(IntEnum):
    """What a field of a row holds, and which numbers stand for it."""

    NUMBER = 0
    """A number: itself."""
    CHOICE = 1
    """One word out of ``options``: its place among them, from 0."""
    SEVERAL = 2
    """A list of words out of ``options``: one column per option, 1 where it is in the list, else 0."""
    RANK = 3
    """The same list in an order: one column per option, its place in the list from 1; ``nan`` where it is not in it."""
    TEXT = 4
    """Anything: 1 where the field is there."""
    DAY = 5
    """A day written as 2026-11-23: days since 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Field:
    """One named field of every row. ``options`` are the words of choices, all different."""

    code: str
    kind: FieldKind
    options: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns: the code, or ``code:option`` for each option of a list."""
        if self.kind in {FieldKind.SEVERAL, FieldKind.RANK}:
            return tuple(f"{self.code}:{option}" for option in self.options)
        return (self.code,)
