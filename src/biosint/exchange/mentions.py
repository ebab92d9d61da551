"""Who is called by name in a message: “@Ana”, or “@Ana Kos” where two have the same first name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def mentioned(text: str, names: Mapping[Key, str]) -> list[Key]:
    """Return whom a message calls, in the order of ``names``. A first name that two share calls both.

    >>> mentioned("Hi @ana, and @Ben Peeters!", {1: "Ana Kos", 2: "Ben Peeters", 3: "Ben Maes"})
    [1, 2]
    """
    called = [part.casefold() for part in re.split(r"(?<!\w)@", text)[1:]]
    found = []
    for key, name in names.items():
        full = name.casefold()
        first = full.split()[0] if full.split() else ""
        others = [other.casefold() for it, other in names.items() if it != key]
        for part in called:
            in_full = _begins(part, full)
            # “@Ben Peeters” does not call the other Ben.
            elsewhere = any(_begins(part, other) for other in others)
            if first and (in_full or (_begins(part, first) and not elsewhere)):
                found.append(key)
                break
    return found


def _begins(part: str, name: str) -> bool:
    return part.startswith(name) and not part[len(name) : len(name) + 1].isalnum()
