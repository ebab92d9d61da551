"""Exact and simulated p values of tables of counts whose row and column totals are fixed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["fisher", "freeman_halton", "simulated"]

# Tables of equal chance differ by rounding; R takes those within 1e-7 for equal, too.
_SAME = 1e-7
# Bounds of the exact way, together about a quarter of a second: people, tables of the same totals (by an estimate),
# ways of a column, partial tables kept, ways at the end.
_MOST_PEOPLE = 20_000
_MOST_TABLES = 1e9
_MOST_FILLINGS = 400_000
_MOST_PARTS = 200_000
_MOST_LAST = 10_000_000
_MOST_DRAWN = 40_000_000
_MOST_CELLS = 20_000


def fisher(table: npt.NDArray[np.int64]) -> float:
    """Two-sided p of Fisher's exact test of a table of 2 by 2: tables no likelier than this one."""
    (a, b), (c, d) = table.tolist()
    row, column, n = a + b, a + c, a + b + c + d
    low, high = max(0, row + column - n), min(row, column)
    logs = _hypergeometric_logs(np.arange(low, high + 1, dtype=np.float64), row=row, column=column, n=n)
    chances = np.exp(logs)
    return min(float(chances[logs <= logs[a - low] + _SAME].sum() / chances.sum()), 1.0)


def _hypergeometric_logs(
    cells: npt.NDArray[np.float64], *, row: int, column: int, n: int
) -> npt.NDArray[np.float64]:
    """Log chances, up to one constant, of the upper left cell of a table of 2 by 2."""
    from scipy import special

    logs: npt.NDArray[np.float64] = -(
        special.gammaln(cells + 1)
        + special.gammaln(row - cells + 1)
        + special.gammaln(column - cells + 1)
        + special.gammaln(n - row - column + cells + 1)
    )
    return logs - float(logs.max())


def odds_ratio(table: npt.NDArray[np.int64], *, level: float) -> tuple[float, float, float] | None:
    """Conditional odds ratio of a table of 2 by 2 with its exact limits; ``None`` where one is infinite."""
    from iahcalc.samples._intervals import falling_root

    (a, b), (c, d) = table.tolist()
    if 0 in (a, b, c, d):
        return None
    row, column, n = a + b, a + c, a + b + c + d
    cells = np.arange(max(0, row + column - n), min(row, column) + 1, dtype=np.float64)
    logs = _hypergeometric_logs(cells, row=row, column=column, n=n)
    tail = (1 - level) / 2

    def chances(log_ratio: float) -> npt.NDArray[np.float64]:
        tilted = logs + log_ratio * cells
        raised = np.exp(tilted - tilted.max())
        found: npt.NDArray[np.float64] = raised / raised.sum()
        return found

    reach = 60.0
    value = falling_root(lambda ratio: a - float(chances(ratio) @ cells), low=-reach, high=reach)
    low = falling_root(lambda ratio: tail - float(chances(ratio)[cells >= a].sum()), low=-reach, high=reach)
    high = falling_root(lambda ratio: float(chances(ratio)[cells <= a].sum()) - tail, low=-reach, high=reach)
    return math.exp(value), math.exp(low), math.exp(high)


def freeman_halton(table: npt.NDArray[np.int64]) -> float | None:
    """Exact p of a larger table: the chance of all tables with its totals that are no likelier than it.

    The columns are filled one after another. Parts that leave the same room in the rows and weigh the
    same are kept as one, and the last two columns are gone through once for each room left. ``None``
    where this would take more than about a quarter of a second.

    Source:
        Freeman & Halton (1951), Biometrika 38, 141-149; the paths kept as one after Mehta & Patel (1983),
        JASA 78(382), 427-434; how many tables there are about: Gail & Mantel (1977), JASA 72, 859-862.
    """
    from scipy import special

    from iahcalc.samples._kernels_exact import fill_column, fillings, last_two_columns

    n = int(table.sum())
    upright = table if len(table) <= table.shape[1] else table.T
    if n > _MOST_PEOPLE or _tables_about(upright) > _MOST_TABLES:
        return None
    totals = np.sort(upright.sum(axis=0))
    log_factorial = special.gammaln(np.arange(n + 2, dtype=np.float64) + 1)
    rooms = np.ascontiguousarray(np.sort(upright.sum(axis=1))[None, :], dtype=np.int64)
    constant = float(log_factorial[rooms[0]].sum() + log_factorial[totals].sum() - log_factorial[n])
    limit = -float(log_factorial[table].sum()) + _SAME
    # One part: which room it leaves, its log weight so far, and how many parts it stands for.
    room_of, values, times = np.zeros(1, dtype=np.int64), np.zeros(1), np.ones(1)
    for total in totals[:-2].tolist():
        ways = fillings(rooms, total, _MOST_FILLINGS)
        if ways < 0:
            return None
        parents, children = np.empty(ways, dtype=np.int64), np.empty((ways, rooms.shape[1]), dtype=np.int64)
        added = np.empty(ways)
        fill_column(rooms, total, log_factorial, parents, children, added)
        # Rows are alike for what follows, so rooms that differ in their order alone are one.
        children.sort(axis=1)
        next_rooms, child_of = np.unique(children, axis=0, return_inverse=True)
        parts_of = np.bincount(room_of, minlength=len(rooms))
        if int(parts_of[parents].sum()) > _MOST_FILLINGS:
            return None
        room_of, values, times = _join(
            room_of, values, times, parents=parents, child_of=child_of.ravel(), added=added
        )
        if len(values) > _MOST_PARTS:
            return None
        rooms = np.ascontiguousarray(next_rooms)
    left, last = int(totals[-2] + totals[-1]), int(totals[-2])
    log_totals = (
        log_factorial[left]
        - log_factorial[last]
        - log_factorial[left - last]
        - log_factorial[rooms].sum(axis=1)
    )
    order = np.lexsort((-values, room_of))
    room_of, values, times = room_of[order], values[order], times[order]
    starts = np.searchsorted(room_of, np.arange(len(rooms) + 1)).astype(np.int64)
    chances = np.zeros(len(values))
    if (
        last_two_columns(rooms, last, log_totals, limit - values, starts, log_factorial, chances, _MOST_LAST)
        < 0
    ):
        return None
    reached = times * np.exp(constant + values + log_totals[room_of])
    return min(float((reached * chances).sum()), 1.0)


def _tables_about(table: npt.NDArray[np.int64]) -> float:
    """About how many tables have the same totals: all ways to fill the columns, times the share with these rows."""
    from scipy import special

    height, columns = len(table), table.sum(axis=0).astype(np.float64)
    ways = float((special.gammaln(columns + height) - special.gammaln(columns + 1)).sum()) - len(
        columns
    ) * float(special.gammaln(height))
    spread = float((columns * (columns + height)).sum()) * (height - 1) / (height**2 * (height + 1))
    rows = table.sum(axis=1)
    distance = float(((rows - rows.mean()) ** 2).sum())
    scale = (height - 1) / (spread * height)
    log_share = (
        (height - 1) / 2 * math.log(scale / (2 * math.pi)) + math.log(height) / 2 - scale / 2 * distance
    )
    return math.exp(min(ways + log_share, 700.0))


def _join(
    room_of: npt.NDArray[np.int64],
    values: npt.NDArray[np.float64],
    times: npt.NDArray[np.float64],
    *,
    parents: npt.NDArray[np.int64],
    child_of: npt.NDArray[np.int64],
    added: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """All parts grown by one column; parts that leave the same room and weigh the same become one."""
    order = np.argsort(room_of, kind="stable")
    starts = np.searchsorted(room_of[order], np.arange(int(parents.max()) + 2))
    counts = (starts[1:] - starts[:-1])[parents]
    way = np.repeat(np.arange(len(parents)), counts)
    within = np.arange(len(way)) - np.repeat(np.cumsum(counts) - counts, counts)
    part = order[starts[parents[way]] + within]
    rooms, weights = child_of[way], np.round(values[part] + added[way], 9)
    many = times[part]
    order = np.lexsort((weights, rooms))
    rooms, weights, many = rooms[order], weights[order], many[order]
    new = np.ones(len(rooms), dtype=bool)
    new[1:] = (rooms[1:] != rooms[:-1]) | (weights[1:] != weights[:-1])
    return rooms[new], weights[new], np.add.reduceat(many, np.flatnonzero(new))


def simulated(table: npt.NDArray[np.int64], *, draws: int, seed: int) -> tuple[float, float, int] | None:
    """Simulated p of Pearson's chi-square, its standard error and the number of tables drawn.

    p is (1 + tables at least as far from independence) / (1 + tables), as in R. Fewer tables are drawn
    where they are large, and none (``None``) where even 999 would take too long.
    """
    cells = table.size
    if cells > _MOST_CELLS:
        return None
    draws = min(draws, max(999, _MOST_DRAWN // cells))
    upright = table if len(table) <= table.shape[1] else table.T
    rows, columns = upright.sum(axis=1), upright.sum(axis=0)
    expected = np.outer(rows, columns) / int(rows.sum())
    observed = float((upright**2 / expected).sum())
    dice = np.random.default_rng(seed)
    # Counts are drawn cell by cell from what is left of their row and column.
    left_in_row = np.repeat(rows[:, None], draws, axis=1)
    drawn = np.zeros(draws)
    for place, total in enumerate(columns.tolist()):
        left = np.full(draws, total, dtype=np.int64)
        after = left_in_row.sum(axis=0)
        for row in range(len(rows)):
            after -= left_in_row[row]
            count = dice.hypergeometric(left_in_row[row], after, left)
            left -= count
            left_in_row[row] -= count
            drawn += count.astype(np.float64) ** 2 / expected[row, place]
    further = int((drawn >= observed * (1 - 64 * np.finfo(np.float64).eps)).sum())
    p = (1 + further) / (1 + draws)
    return p, math.sqrt(p * (1 - p) / draws), draws
