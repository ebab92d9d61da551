"""What two plans do not share. Pure, on plain steps as kept versions hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from biosint.exchange.steps import MOMENTS, SAID

PlainStep = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """An activity that stands in one plan only (the other side is None), reads otherwise, or stands elsewhere."""

    title: str
    before: PlainStep | None
    after: PlainStep | None
    fields: tuple[str, ...] = ()


def compared_plans(before: Sequence[PlainStep], after: Sequence[PlainStep]) -> list[Changed]:
    """Return every difference in the order of the later plan; what was taken out follows at the end."""
    earlier = {step["activity"]: step for step in before}
    later = {step["activity"]: step for step in after}
    moved = _moved([key for key in earlier if key in later], [key for key in later if key in earlier])
    found = []
    for key, step in later.items():
        known = earlier.get(key)
        if known is None:
            found.append(Changed(step["title"], None, step))
            continue
        fields = tuple(name for name in (*SAID, *MOMENTS) if known.get(name) != step.get(name))
        if fields or key in moved:
            found.append(Changed(step["title"], known, step, fields))
    found.extend(Changed(step["title"], step, None) for key, step in earlier.items() if key not in later)
    return found


def _moved(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """Return the fewest activities that must move to bring one order into the other.

    What stays is a longest rising run of earlier places.
    """
    place = {key: number for number, key in enumerate(before)}
    ends: list[int] = []
    tails: list[int] = []
    previous: dict[int, int | None] = {}
    for key in after:
        # The runs found so far end at rising places: find the first that this one may replace.
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if ends[middle] < place[key]:
                low = middle + 1
            else:
                high = middle
        previous[key] = tails[low - 1] if low else None
        ends[low : low + 1] = [place[key]]
        tails[low : low + 1] = [key]
    stays = set()
    key_at: int | None = tails[-1] if tails else None
    while key_at is not None:
        stays.add(key_at)
        key_at = previous[key_at]
    return set(after) - stays
