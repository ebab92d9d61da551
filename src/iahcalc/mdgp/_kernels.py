"""The two inner loops: exchange and move elements at a temperature, by rules of ``_search``.

Both visit pairs of groups in turn and try every exchange between them (and every move, where sizes may
change). A change is made when its gain is above a threshold drawn for it: minus the temperature times
an exponential number, which is the rule of Metropolis. All numbers are 32-bit integers, so sums that
are kept up to date never drift; ``_search`` chooses the unit so that nothing overflows.

``near[g, x]`` is the sum of distances from x to the members of group g, ``own[x]`` the same for the group
of x itself. Exchanging u of group a and v of group b gains

    (near[b, u] - own[u]) + (near[a, v] - own[v]) - 2 distance[u, v]

``scattered`` leaves the table of distances as it is and skips an element for which not even the nearest
partner could reach the threshold: with random distances it looks at one exchange in hundreds.
``sorted_by_group`` keeps rows and columns of the table in the order of the groups, so that all exchanges
of an element with a group are one run of vector instructions: ten times as fast where bounds do not
bite (distances in space), but a change costs more.

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


@compiled("uint64(uint64[::1])")
def roll(dice: Array) -> Any:
    """Return the next random number (xorshift64, Marsaglia 2003, doi:10.18637/jss.v008.i14)."""
    number = dice[0]
    number ^= number << np.uint64(13)
    number ^= number >> np.uint64(7)
    number ^= number << np.uint64(17)
    dice[0] = number
    return number


@compiled("uint64(uint64)")
def stir(number: Any) -> Any:
    """Return the next random number of a short run that begins with ``roll`` (a linear congruence)."""
    return number * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)


@compiled("void(int32[:,::1], int32[::1], int32[:,::1], int32[::1])")
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


@compiled("void(int32[::1], int32[::1], int32[::1], int32[::1])")
def shift(home: Array, away: Array, leaves: Array, comes: Array) -> None:
    """Update the sums of two groups when ``leaves`` goes home -> away and ``comes`` away -> home."""
    for place in range(home.size):
        change = comes[place] - leaves[place]
        home[place] += change
        away[place] -= change


@compiled("void(int32[::1], int32[::1])")
def copy_to(target: Array, source: Array) -> None:
    for index in range(target.size):
        target[index] = source[index]


# --- Distances as they are -------------------------------------------------------------------------------


@compiled("void(uint32[::1], int32[::1], int32[::1])")
def refresh(members: Array, mine: Array, own: Array) -> None:
    """Set ``own`` of the members of one group from its row of ``near``."""
    for index in range(members.size):
        own[members[index]] = mine[members[index]]


@compiled(
    "int64(int32[:,::1], int32[:,::1], int32[::1], uint32[:,::1], int32[::1], int32[::1], int32[::1],"
    " uint64, int64, int64)"
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
    " int32[::1], int32[::1], int32[::1], int32[::1], int64, uint64[::1], int64[::1])"
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
    """
    groups = sizes.size
    mask = np.uint64(thresholds.size - 1)
    lean_here, lean_there = np.empty(members.shape[1], np.int32), np.empty(members.shape[1], np.int32)
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


# --- Distances in the order of the groups ----------------------------------------------------------------


@compiled("void(int32[:,::1], int32[:,::1], int32[::1], uint64, uint64)")
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


@compiled("void(int32[::1], int32[::1], int32[::1])")
def write_best(best: Array, who: Array, group_at: Array) -> None:
    for place in range(who.size):
        if who[place] >= 0:
            best[who[place]] = group_at[place]


@compiled(
    "int64(int32[:,::1], int32[:,::1], int32[::1], int32[::1], int32[::1], int32[::1], int32[::1],"
    " uint64, int64, int64)"
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
    " int32[::1], int32[::1], int32[::1], int32[::1], int64, uint64[::1], int64[::1])"
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
        count: see the names above.
    """
    groups = sizes.size
    span = np.uint64(thresholds.size - distance.shape[1])
    lean = np.empty(distance.shape[1], np.int32)
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
