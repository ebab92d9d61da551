"""Random whole numbers that are the same on every machine and with every version of NumPy."""

from __future__ import annotations

import numpy as np


class Dice:
    """Random whole numbers from the raw stream of PCG64, which NumPy keeps stable for ever."""

    def __init__(self, seed: int) -> None:
        self._raw = np.random.PCG64(seed).random_raw

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit`` - 1; the bias of the remainder is below 2**-40."""
        return int(self._raw()) % limit
