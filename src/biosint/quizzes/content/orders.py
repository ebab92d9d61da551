"""Orders and choices by chance that are the same wherever and whenever they are drawn again.

They follow from a hash and not from a random generator, whose sequence no version of Python promises.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def _rank(seed: str, place: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{place}\n{name}".encode()).digest()


def arranged(things: Iterable[T], *, seed: str, place: str, name: Callable[[T], str]) -> list[T]:
    """Return all things in the order that seed and place give.

    Args:
        place: what is ordered, such as the question's number: two lists of one seed get orders of their own.
        name: tells the things apart; equal names keep the order in which they come.
    """
    return sorted(things, key=lambda thing: _rank(seed, place, name(thing)))


def drawn(things: Iterable[T], count: int, *, seed: str, place: str, name: Callable[[T], str]) -> list[T]:
    """Return ``count`` of the things (all, where there are fewer), in the order drawn."""
    return arranged(things, seed=seed, place=place, name=name)[:count]
