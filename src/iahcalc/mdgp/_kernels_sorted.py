"""The inner loop for distances in the order of the groups; see ``_kernels``."""

from __future__ import annotations

from typing import Any

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.mdgp._kernels import (
    BEST,
    CHANGED,
    FIRST,
    MOVE_MASK,
    MOVES_COLDER,
    SECOND,
    TRIED,
    VALUE,
    Array,
    copy_to,
    roll,
    shift,
    stir,
)


@compiled("void(int32[:,::1], int32[:,::1], int32[::1], uint64, uint64)", allocates=False)
def trade(distance: Array, near: Array, who: Array, one: Any, other: Any) -> None:
    """Let two places of the table change what stands on them."""
    upper, lower = distance[one], distance[other]
    for place in range(upper.size):
        upper[place], lower[place] = lower[place], upper[place]
    for place in range(distance.shape[0]):
        row = distance[place]
        row[one], row[other] = row[other], row[one]
    for group in range(near.shape[0]):
        row = near[group]
        row[one], row[other] = row[other], row[one]
    who[one], who[other] = who[other], who[one]


@compiled("void(int32[::1], int32[::1], int32[::1])", allocates=False)
def write_best(best: Array, who: Array, group_at: Array) -> None:
    for place in range(who.size):
        if who[place] >= 0:
            best[who[place]] = group_at[place]


@compiled(
    "int64(int32[:,::1], int32[:,::1], int32[::1], int32[::1], int32[::1], int32[::1], int32[::1],"
    " uint64, int64, int64)",
    allocates=False,
)
def move_sorted(
    distance: Array,
    near: Array,
    own: Array,
    start: Array,
    sizes: Array,
    who: Array,
    thresholds: Array,
    number: Any,
    home: int,
    away: int,
) -> Any:
    """Move one element from home to away if one is above its threshold; return the gain."""
    span = np.uint64(thresholds.size)
    begin = np.uint64(start[home])
    for index in range(np.uint64(sizes[home])):
        place = begin + index
        number = stir(number)
        gain = near[away, place] - own[place]
        if gain > thresholds[(number >> np.uint64(33)) % span] >> MOVES_COLDER:
            row = distance[place]
            mine, other = near[home], near[away]
            for column in range(row.size):
                mine[column] -= row[column]
                other[column] += row[column]
            trade(distance, near, who, place, np.uint64(start[away]) + np.uint64(sizes[away]))
            last = begin + np.uint64(sizes[home]) - np.uint64(1)
            if place != last:
                trade(distance, near, who, place, last)
            own[last] = 0
            sizes[home] -= 1
            sizes[away] += 1
            for group in (home, away):
                edge = np.int64(start[group])
                copy_to(own[edge : edge + sizes[group]], near[group, edge : edge + sizes[group]])
            return np.int64(gain)
    return np.int64(0)


@compiled(
    "void(int32[:,::1], int32[:,::1], int32[::1], int32[::1], int32[::1], int32[::1], int32[::1],"
    " int32[::1], int32[::1], int32[::1], int32[::1], int64, uint64[::1], int64[::1], int32[::1])",
    allocates=False,
)
def sorted_by_group(
    distance: Array,
    near: Array,
    own: Array,
    start: Array,
    sizes: Array,
    low: Array,
    high: Array,
    who: Array,
    group_at: Array,
    best: Array,
    thresholds: Array,
    visits: int,
    dice: Array,
    count: Array,
    lean: Array,
) -> None:
    """Visit pairs of groups, keeping rows and columns of the table in the order of the groups.

    Args:
        distance: shape (places, width). Group g has the places from ``start[g]`` on, of which the
            first ``sizes[g]`` are taken; rows and columns of places that are not taken are zero.
        near: shape (groups, width). own: shape (width,).
        start, sizes, low, high: shape (groups,).
        who: shape (places,), the element on a place, -1 where there is none.
        group_at: shape (places,), the group that a place belongs to.
        best: shape (elements,), the group of each element in the best state so far.
        thresholds: longer than ``width``, none above zero.
        visits: how many pairs of groups.
        count: see the names in ``_kernels``.
        lean: room to work in, as long as a row of the table.
    """
    groups = sizes.size
    span = np.uint64(thresholds.size - distance.shape[1])
    first, second = count[FIRST], count[SECOND]
    value, highest = count[VALUE], count[BEST]
    tried, changed = count[TRIED], count[CHANGED]
    for _visit in range(visits):
        second += 1
        if second >= groups:
            first = first + 1 if first < groups - 2 else 0
            second = first + 1
        number = roll(dice)
        gain = np.int64(0)
        moves = number & MOVE_MASK == 0
        if moves and sizes[first] > low[first] and sizes[second] < high[second]:
            gain += move_sorted(distance, near, own, start, sizes, who, thresholds, number, first, second)
            number = stir(number)
        if moves and sizes[second] > low[second] and sizes[first] < high[first]:
            gain += move_sorted(distance, near, own, start, sizes, who, thresholds, number, second, first)
            number = stir(number)
        if gain != 0:
            value += gain
            changed += 1
            if value > highest:
                highest = value
                write_best(best, who, group_at)
        size_here, size_there = np.uint64(sizes[first]), np.uint64(sizes[second])
        a, b = np.uint64(start[first]), np.uint64(start[second])
        home, away = near[first], near[second]
        for j in range(size_there):
            lean[j] = home[b + j] - own[b + j]
        tried += sizes[first] * sizes[second]
        for i in range(size_here):
            u = a + i
            number = stir(number)
            draw = (number >> np.uint64(33)) % span
            mine = away[u] - own[u]
            lowest = np.int32(1 << 30)
            for j in range(size_there):
                lowest = min(lowest, np.int32(thresholds[draw + j] - lean[j] + 2 * distance[u, b + j]))
            if lowest >= mine:
                continue
            for j in range(size_there):
                v = b + j
                exchange = mine + lean[j] - 2 * distance[u, v]
                if exchange <= thresholds[draw + j]:
                    continue
                shift(home, away, distance[u], distance[v])
                trade(distance, near, who, u, v)
                for k in range(size_here):
                    own[a + k] = home[a + k]
                for k in range(size_there):
                    own[b + k] = away[b + k]
                    lean[k] = home[b + k] - away[b + k]
                value += exchange
                changed += 1
                if value > highest:
                    highest = value
                    write_best(best, who, group_at)
                break
    count[FIRST], count[SECOND] = first, second
    count[VALUE], count[BEST] = value, highest
    count[TRIED], count[CHANGED] = tried, changed
