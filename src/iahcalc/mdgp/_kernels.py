"""The inner loop for distances as they are, and what it shares with the one in ``_kernels_sorted``.

Both exchange and move elements at a temperature that ``_search`` gives. They visit pairs of groups in
turn and try every exchange between them (and every move, where sizes may change). A change is made
when its gain is above a threshold drawn for it: minus the temperature times an exponential number, which is the rule of Metropolis. All numbers are 32-bit integers, so sums that
are kept up to date never drift; ``_search`` chooses the unit so that nothing overflows.

``near[g, x]`` is the sum of distances from x to the members of group g, ``own[x]`` the same for the group
of x itself. Exchanging u of group a and v of group b gains

    (near[b, u] - own[u]) + (near[a, v] - own[v]) - 2 distance[u, v]

``scattered`` leaves the table of distances as it is and skips an element for which not even the nearest
partner could reach the threshold: with random distances it looks at one exchange in hundreds.
``_kernels_sorted.sorted_by_group`` keeps rows and columns of the table in the order of the groups, so
that all exchanges of an element with a group are one run of vector instructions: much faster where
bounds do not bite (distances in space), but a change costs more.

Indices are unsigned where a loop should become vector instructions: a signed one might be negative and
count from the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from iahcalc.compiled import compiled

Array = Any  # What Numba sees; shapes and types stand in the signatures.

MOVE_MASK = np.uint64(15)
"""Moves are tried at one visit in sixteen: sizes are good from the start, and exchanges need the time."""

MOVES_COLDER = 3
"""Moves are made at an eighth of the temperature, or sizes would freeze before they are good again."""

# Places in ``count``.
VALUE, BEST, FIRST, SECOND, TRIED, CHANGED, LOOKED = range(7)


@compiled("uint64(uint64[::1])", allocates=False)
def roll(dice: Array) -> Any:
    """Return the next random number (xorshift64, Marsaglia 2003, doi:10.18637/jss.v008.i14)."""
    number = dice[0]
    number ^= number << np.uint64(13)
    number ^= number >> np.uint64(7)
    number ^= number << np.uint64(17)
    dice[0] = number
    return number


@compiled("uint64(uint64)", allocates=False)
def stir(number: Any) -> Any:
    """Return the next random number of a short run that begins with ``roll`` (a linear congruence)."""
    return number * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)


@compiled("void(int32[:,::1], int32[::1], int32[:,::1], int32[::1])", allocates=False)
def sum_up(distance: Array, team: Array, near: Array, own: Array) -> None:
    """Fill ``near`` and ``own``; places where ``team`` is no group stay zero."""
    near[:] = 0
    own[:] = 0
    for place in range(distance.shape[0]):
        if team[place] < near.shape[0]:
            row, mine = distance[place], near[team[place]]
            for other in range(row.size):
                mine[other] += row[other]
    for place in range(distance.shape[0]):
        if team[place] < near.shape[0]:
            own[place] = near[team[place], place]


@compiled("void(int32[::1], int32[::1], int32[::1], int32[::1])", allocates=False)
def shift(home: Array, away: Array, leaves: Array, comes: Array) -> None:
    """Update the sums of two groups when ``leaves`` goes home -> away and ``comes`` away -> home."""
    for place in range(home.size):
        change = comes[place] - leaves[place]
        home[place] += change
        away[place] -= change


@compiled("void(int32[::1], int32[::1])", allocates=False)
def copy_to(target: Array, source: Array) -> None:
    for index in range(target.size):
        target[index] = source[index]


@compiled("void(uint32[::1], int32[::1], int32[::1])", allocates=False)
def refresh(members: Array, mine: Array, own: Array) -> None:
    """Set ``own`` of the members of one group from its row of ``near``."""
    for index in range(members.size):
        own[members[index]] = mine[members[index]]


@compiled(
    "int64(int32[:,::1], int32[:,::1], int32[::1], uint32[:,::1], int32[::1], int32[::1], int32[::1],"
    " uint64, int64, int64)",
    allocates=False,
)
def move_scattered(
    distance: Array,
    near: Array,
    own: Array,
    members: Array,
    sizes: Array,
    team: Array,
    thresholds: Array,
    number: Any,
    home: int,
    away: int,
) -> Any:
    """Move one element from home to away if one is above its threshold; return the gain."""
    mask = np.uint64(thresholds.size - 1)
    mine, other = near[home], near[away]
    for index in range(sizes[home]):
        element = members[home, index]
        number = stir(number)
        gain = other[element] - own[element]
        if gain > thresholds[(number >> np.uint64(40)) & mask] >> MOVES_COLDER:
            row = distance[element]
            for place in range(row.size):
                mine[place] -= row[place]
                other[place] += row[place]
            members[home, index] = members[home, sizes[home] - 1]
            members[away, sizes[away]] = element
            sizes[home] -= 1
            sizes[away] += 1
            team[element] = away
            refresh(members[home, : sizes[home]], mine, own)
            refresh(members[away, : sizes[away]], other, own)
            return np.int64(gain)
    return np.int64(0)


@compiled(
    "void(int32[:,::1], int32[:,::1], int32[::1], uint32[:,::1], int32[::1], int32[::1], int32[::1],"
    " int32[::1], int32[::1], int32[::1], int32[::1], int64, uint64[::1], int64[::1], int32[::1], int32[::1])",
    allocates=False,
)
def scattered(
    distance: Array,
    near: Array,
    own: Array,
    members: Array,
    sizes: Array,
    low: Array,
    high: Array,
    least: Array,
    team: Array,
    best: Array,
    thresholds: Array,
    visits: int,
    dice: Array,
    count: Array,
    lean_here: Array,
    lean_there: Array,
) -> None:
    """Visit pairs of groups, leaving the table of distances as it is.

    Args:
        distance: shape (elements, width); columns from ``elements`` on are zero.
        near: shape (groups, width). own, team: shape (width,).
        members: shape (groups, most members); the first ``sizes`` of a row count.
        sizes, low, high: shape (groups,).
        least: shape (elements,), twice the distance to the nearest element.
        best: shape (width,), the best ``team`` so far.
        thresholds: a power of two of numbers, none above zero.
        visits: how many pairs of groups.
        count: see the names above.
        lean_here, lean_there: room to work in, as long as a row of ``members``.
    """
    groups = sizes.size
    mask = np.uint64(thresholds.size - 1)
    first, second = count[FIRST], count[SECOND]
    value, highest = count[VALUE], count[BEST]
    tried, changed, looked = count[TRIED], count[CHANGED], count[LOOKED]
    for _visit in range(visits):
        second += 1
        if second >= groups:
            first = first + 1 if first < groups - 2 else 0
            second = first + 1
        number = roll(dice)
        gain = np.int64(0)
        moves = number & MOVE_MASK == 0
        if moves and sizes[first] > low[first] and sizes[second] < high[second]:
            gain += move_scattered(
                distance, near, own, members, sizes, team, thresholds, number, first, second
            )
            number = stir(number)
        if moves and sizes[second] > low[second] and sizes[first] < high[first]:
            gain += move_scattered(
                distance, near, own, members, sizes, team, thresholds, number, second, first
            )
            number = stir(number)
        if gain != 0:
            value += gain
            changed += 1
            if value > highest:
                highest = value
                copy_to(best, team)
        size_here, size_there = sizes[first], sizes[second]
        home, away = near[first], near[second]
        # Cutting views costs more than these loops, and this is where the time goes.
        for i in range(size_here):
            u = members[first, i]
            lean_here[i] = away[u] - own[u]
        most = np.int32(-(1 << 30))
        for j in range(size_there):
            v = members[second, j]
            lean_there[j] = home[v] - own[v]
            most = max(most, lean_there[j])
        tried += size_here * size_there
        for i in range(size_here):
            u = members[first, i]
            number = stir(number)
            threshold = thresholds[(number >> np.uint64(40)) & mask]
            needed = threshold - lean_here[i] + least[u]
            if most <= needed:
                continue
            row = distance[u]
            for j in range(size_there):
                if lean_there[j] <= needed:
                    continue
                looked += 1
                v = members[second, j]
                exchange = lean_here[i] + lean_there[j] - 2 * row[v]
                if exchange <= threshold:
                    continue
                shift(home, away, row, distance[v])
                team[u], team[v] = second, first
                members[first, i], members[second, j] = v, u
                for k in range(size_here):
                    w = members[first, k]
                    own[w] = home[w]
                    lean_here[k] = away[w] - home[w]
                most = np.int32(-(1 << 30))
                for k in range(size_there):
                    w = members[second, k]
                    own[w] = away[w]
                    lean_there[k] = home[w] - away[w]
                    most = max(most, lean_there[k])
                value += exchange
                changed += 1
                if value > highest:
                    highest = value
                    copy_to(best, team)
                break
    count[FIRST], count[SECOND] = first, second
    count[VALUE], count[BEST] = value, highest
    count[TRIED], count[CHANGED], count[LOOKED] = tried, changed, looked
