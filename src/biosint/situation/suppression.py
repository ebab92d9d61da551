"""Hides cells of a table in which somebody could be recognised. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt


def hidden_cells(counts: npt.NDArray[np.float64], *, smallest: int) -> npt.NDArray[np.bool_]:
    """Return which cells of a table of counts are not shown.

    Cells with 1 to ``smallest - 1`` people are hidden. As totals are shown, a single hidden cell in a
    row or column could be worked out from the others: then the next smallest is hidden with it, until
    no line has exactly one. Empty cells stay: they tell of nobody, but a line in which only empty
    cells are left to hide gives one of them up.

    >>> hidden_cells(np.array([[3.0, 20.0, 30.0], [10.0, 40.0, 50.0]]), smallest=5).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0]]
    """
    hidden = (counts > 0) & (counts < smallest)
    while True:
        changed = False
        for line in _lines(counts.shape):
            if hidden[line].sum() != 1 or hidden[line].size == 1:
                continue
            open_counts = np.where(hidden[line], np.inf, counts[line])
            # Prefer a cell with people in it: hiding an empty one protects nobody.
            filled = np.where(open_counts > 0, open_counts, np.inf)
            place = int(np.argmin(filled if np.isfinite(filled).any() else open_counts))
            view = hidden[line]
            view[place] = True
            hidden[line] = view
            changed = True
        if not changed:
            return hidden


def _lines(shape: tuple[int, ...]) -> Iterator[tuple[int | slice, int | slice]]:
    for row in range(shape[0]):
        yield row, slice(None)
    for column in range(shape[1]):
        yield slice(None), column
