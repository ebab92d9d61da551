"""Who has a text open now. It is forgotten within a minute, so it lives in the cache and in no table.

Two who arrive in the same instant may miss each other until their next request, seconds later.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

if TYPE_CHECKING:
    from biosint.pads.models import Pad
    from biosint.people.api import Person

SECONDS = 45
WRITES_SECONDS = 8
MARKS = 8


def note_here(pad: Pad, person: Person, *, writes: bool) -> list[dict[str, Any]]:
    """Note that a person has the text open; return the others: name, mark (1 to 8, colour and shape), whether they write."""
    key = f"pad-here:{pad.pk}"
    now = time.time()
    kept: dict[int, dict[str, Any]] = cache.get(key) or {}
    here = {who: one for who, one in kept.items() if now - one["seen"] < SECONDS}
    own = here.setdefault(person.pk, {"mark": _free(here), "wrote": 0})
    own |= {"name": str(person), "seen": now, "wrote": now if writes else own["wrote"]}
    cache.set(key, here, SECONDS)
    return [
        {"name": one["name"], "mark": one["mark"], "writes": now - one["wrote"] < WRITES_SECONDS}
        for who, one in sorted(here.items())
        if who != person.pk
    ]


def _free(here: dict[int, dict[str, Any]]) -> int:
    taken = {one["mark"] for one in here.values()}
    return next((mark for mark in range(1, MARKS + 1) if mark not in taken), MARKS)
