"""Machine code: all ways to fill columns of a table of counts whose totals are fixed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from iahcalc.compiled import compiled

Array = Any


@compiled("void(int64[::1], int64[::1], int64, int64, int64)", allocates=False)
def fill_least(cells: Array, room: Array, place: int, left: int, rows: int) -> None:
    """Put what is left of the column as far down as it goes, from a place on."""
    below = 0
    for row in range(place, rows):
        below += room[row]
    for row in range(place, rows):
        below -= room[row]
        least = left - below
        cells[row] = max(least, 0)
        left -= cells[row]


@compiled("int64(int64[::1], int64[::1], int64)", allocates=False)
def next_filling(cells: Array, room: Array, rows: int) -> int:
    """Change the column to the next way to fill it; the first place that changed, or -1 after the last way."""
    behind = cells[rows - 1]
    for place in range(rows - 2, -1, -1):
        if behind > 0 and cells[place] < room[place]:
            cells[place] += 1
            fill_least(cells, room, place + 1, behind - 1, rows)
            return place
        behind += cells[place]
    return -1


@compiled("int64(int64[:,::1], int64, int64)")
def fillings(rooms: Array, total: int, most: int) -> int:
    """How many ways there are to fill one column over all rooms; -1 where there are more than ``most``."""
    rows = rooms.shape[1]
    cells = np.zeros(rows, dtype=np.int64)
    found = 0
    for one in range(rooms.shape[0]):
        fill_least(cells, rooms[one], 0, total, rows)
        while True:
            found += 1
            if found > most:
                return -1
            if next_filling(cells, rooms[one], rows) < 0:
                break
    return found


@compiled("void(int64[:,::1], int64, float64[::1], int64[::1], int64[:,::1], float64[::1])")
def fill_column(
    rooms: Array, total: int, log_factorial: Array, parents: Array, children: Array, values: Array
) -> None:
    """Write every way to fill one column: from which room, what room it leaves, and its log weight."""
    rows = rooms.shape[1]
    cells = np.zeros(rows, dtype=np.int64)
    at = 0
    for one in range(rooms.shape[0]):
        fill_least(cells, rooms[one], 0, total, rows)
        while True:
            value = 0.0
            for row in range(rows):
                children[at, row] = rooms[one, row] - cells[row]
                value -= log_factorial[cells[row]]
            parents[at] = one
            values[at] = value
            at += 1
            if next_filling(cells, rooms[one], rows) < 0:
                break


@compiled(
    "int64(int64[:,::1], int64, float64[::1], float64[::1], int64[::1], float64[::1], float64[::1], int64)"
)
def last_two_columns(
    rooms: Array,
    total: int,
    log_totals: Array,
    limits: Array,
    starts: Array,
    log_factorial: Array,
    chances: Array,
    most: int,
) -> int:
    """For each limit of each room: the chance that the last two columns weigh no more than it.

    ``limits`` of room ``i`` stand, ascending, from ``starts[i]`` to ``starts[i + 1]``. Returns how many ways
    were gone through, or -1 where there are more than ``most``.
    """
    rows = rooms.shape[1]
    cells = np.zeros(rows, dtype=np.int64)
    weights = np.zeros(rows + 1)
    found = 0
    for one in range(rooms.shape[0]):
        first, end = starts[one], starts[one + 1]
        room = rooms[one]
        fill_least(cells, room, 0, total, rows)
        changed = 0
        while changed >= 0:
            found += 1
            if found > most:
                return -1
            for row in range(changed, rows):
                weights[row + 1] = (
                    weights[row] - log_factorial[cells[row]] - log_factorial[room[row] - cells[row]]
                )
            value = weights[rows]
            low, high = first, end
            while low < high:
                middle = (low + high) // 2
                if limits[middle] >= value:
                    high = middle
                else:
                    low = middle + 1
            if low < end:
                chances[low] += math.exp(value - log_totals[one])
            changed = next_filling(cells, room, rows)
        for place in range(first + 1, end):
            chances[place] += chances[place - 1]
    return found
