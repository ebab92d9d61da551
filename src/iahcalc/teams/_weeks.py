"""Weeks as bits: 672 quarter-hours in eleven numbers, so that common hours are one operation."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from iahcalc.teams._model import QUARTERS_A_WEEK
from iahcalc.teams._problem import Bits


def bits_of(weeks: Sequence[Collection[int] | None]) -> Bits:
    """Return, shape (weeks, 11), quarter-hours as bits; every one of the week where they are not known."""
    free = np.zeros((len(weeks), (QUARTERS_A_WEEK + 63) // 64 * 64), dtype=np.bool_)
    for row, own in enumerate(weeks):
        if own is None:
            free[row, :QUARTERS_A_WEEK] = True
        else:
            free[row, list(own)] = True
    return np.packbits(free, axis=1).view(np.uint64)
