"""Codes of options, in the order of a file."""

from __future__ import annotations

from itertools import count

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def code(number: int) -> str:
    """Return the code of the option ``number`` (from 0).

    >>> code(0), code(25), code(26)
    ('a', 'z', 'aa')
    """
    if number < len(LETTERS):
        return LETTERS[number]
    return code(number // len(LETTERS) - 1) + LETTERS[number % len(LETTERS)]


def codes() -> map[str]:
    return map(code, count())
