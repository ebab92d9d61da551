"""Each row takes one column, no column more rows than its limit: the most rows, then equal loads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt


def matched(allowed: npt.NDArray[np.bool_], limits: Sequence[int]) -> list[int | None]:
    """Return the column of each row, ``None`` for rows that get none.

    No choice gives more rows a column; of those that give as many, none has a smaller sum of squared
    loads. The same input gives the same choice everywhere.

    Args:
        allowed: shape (rows, columns), which columns a row may take.
        limits: of each column, the most rows it takes.

    Source:
        Most rows: augmenting paths, Kuhn (1955), doi:10.1002/nav.3800020109. Equal loads:
        cost-reducing paths, Harvey, Ladner, Lovász, Tamir (2006), doi:10.1016/j.jalgor.2004.01.003.
    """
    matching = _Matching(allowed, limits)
    matching.deal()
    matching.augment()
    matching.level()
    return matching.column_of


class _Matching:
    def __init__(self, allowed: npt.NDArray[np.bool_], limits: Sequence[int]) -> None:
        self.allowed = allowed
        self.limits = list(limits)
        # Sets of columns as the bits of one number: one operation looks at all columns.
        packed = np.packbits(allowed, axis=1, bitorder="little")
        self.columns_of = [int.from_bytes(row.tobytes(), "little") for row in packed]
        self.column_of: list[int | None] = [None] * len(allowed)
        # Dictionaries without values: sets that keep their order.
        self.rows_of: list[dict[int, None]] = [{} for _ in self.limits]

    def deal(self) -> None:
        """Give each row the column with the smallest load that still takes one."""
        limits, loads = np.array(self.limits), np.zeros(len(self.limits), dtype=np.int64)
        full = np.iinfo(np.int64).max
        # Rows with the least choice first: they would find nothing later.
        for row in np.argsort(self.allowed.sum(axis=1), kind="stable").tolist():
            load = np.where(self.allowed[row] & (loads < limits), loads, full)
            column = int(load.argmin())
            if load[column] < full:
                self._give(row, column)
                loads[column] += 1

    def augment(self) -> None:
        """Give rows without a column one, where others can pass on to make room."""
        closed = 0
        for row, column in enumerate(self.column_of):
            if column is None:
                # Columns from which no way leads to room never get room later.
                closed |= self._pass_on([row], closed, below=None) or 0

    def level(self) -> None:
        """Move rows from column to column while that makes two loads more equal."""
        closed, waiting = 0, set(range(len(self.limits)))
        while waiting:
            fullest = min(waiting, key=lambda column: (-len(self.rows_of[column]), column))
            own = 1 << fullest
            if not closed & own:
                seen = self._pass_on(
                    list(self.rows_of[fullest]), closed | own, below=len(self.rows_of[fullest]) - 1
                )
                if seen is None:
                    continue
                closed |= seen
            waiting.discard(fullest)

    def _pass_on(self, rows: Sequence[int], closed: int, *, below: int | None) -> int | None:
        """Move one of the rows to another column, which may pass one on in turn, and so on.

        Args:
            rows: where the way may start.
            closed: columns not to be looked at.
            below: the way must end at a column with a smaller load; ``None``: with any room.

        Returns:
            The columns seen and ``closed``, when there is no way; ``None`` when rows were moved.
        """
        came_by: dict[int, int] = {}
        queue = list(rows)
        for row in queue:
            for column in _bits_of(self.columns_of[row] & ~closed):
                closed |= 1 << column
                came_by[column] = row
                load = len(self.rows_of[column])
                if load < self.limits[column] and (below is None or load < below):
                    self._move_along(came_by, column, set(rows))
                    return None
                queue += self.rows_of[column]
        return closed

    def _move_along(self, came_by: dict[int, int], end: int, start: set[int]) -> None:
        column = end
        while True:
            row = came_by[column]
            before = self.column_of[row]
            self._give(row, column)
            if row in start or before is None:
                return
            column = before

    def _give(self, row: int, column: int) -> None:
        before = self.column_of[row]
        if before is not None:
            del self.rows_of[before][row]
        self.column_of[row] = column
        self.rows_of[column][row] = None


def _bits_of(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
