"""Sizes to start from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]


def start_sizes(elements: int, low: Whole, high: Whole) -> Whole:
    """Return sizes within the limits that add up to ``elements`` and have the most pairs inside groups.

    With distances that are not negative, what a grouping is worth grows with the number of pairs
    inside its groups, so the best sizes are near these. Exact, by dynamic programming over the
    groups: time groups x spare elements x widest limit.
    """
    spare = elements - int(low.sum())
    pairs = np.full(spare + 1, -1, dtype=np.int64)
    pairs[0] = 0
    taken = np.zeros((low.size, spare + 1), dtype=np.int64)
    for group in range(low.size):
        most = min(int(high[group] - low[group]), spare)
        reached = np.full(spare + 1, -1, dtype=np.int64)
        for more in range(most + 1):
            before = pairs[: spare + 1 - more]
            worth = np.where(before >= 0, before + int(low[group] + more) ** 2, -1)
            better = worth > reached[more:]
            reached[more:][better] = worth[better]
            taken[group, more:][better] = more
        pairs = reached
    sizes = low.copy()
    for group in range(low.size - 1, -1, -1):
        more = int(taken[group, spare])
        sizes[group] += more
        spare -= more
    return sizes
