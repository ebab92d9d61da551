from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Sequence

import numpy as np

__all__ = ["allocate"]


def allocate(
    forbidden: Sequence[Collection[int]],
    *,
    works: int,
    each: int,
    seed: int,
    begun: Sequence[Collection[int]] | None = None,
    planned: Sequence[Collection[int]] | None = None,
) -> list[tuple[int, ...]]:
    """Share works out among reviewers so that every work gets as nearly as many reviews as possible.

    Args:
        forbidden: for each reviewer, the works (numbers from 0) that are the reviewer's own.
        works: how many works there are.
        each: how many works each reviewer shall get; fewer where not so many are left for them.
        seed: of the drawing among equals; one seed gives one allocation.
        begun: for each reviewer, reviews that are begun: they stay, whatever follows.
        planned: for each reviewer, reviews given out and not begun: they stay unless they must move so that
            a work gets its share, such as one that was handed in late.

    Returns:
        For each reviewer the works, ascending. No reviewer has a work twice or a forbidden one. No allocation
        that keeps what is begun, and gives each reviewer as many, has a smaller sum of squared counts of
        reviews per work; so the counts differ by one at most wherever that is possible.

    Raises:
        ValueError: ``each`` or ``works`` is negative, the lists differ in length, or a work does not exist.

    Source:
        Moving reviews along alternating paths from a work with more to a work with fewer reviews is the
        optimal semi-matching of Harvey, Ladner, Lovász and Tamir (2006), Journal of Algorithms 59(1), 53-78,
        doi:10.1016/j.jalgor.2005.01.003.

    >>> shared = allocate([{0}, {1}, {2}, {3}], works=4, each=2, seed=7)
    >>> [len(mine) for mine in shared], sorted(work for mine in shared for work in mine)
    ([2, 2, 2, 2], [0, 0, 1, 1, 2, 2, 3, 3])
    """
    count = len(forbidden)
    kept = [set(one) for one in begun] if begun is not None else [set[int]() for _ in range(count)]
    movable = [set(one) for one in planned] if planned is not None else [set[int]() for _ in range(count)]
    _check(forbidden, kept, movable, works=works, each=each)
    own = [set(one) for one in forbidden]
    for reviewer in range(count):
        # What has become the reviewer's own work since it was planned goes back; so does what is too much.
        movable[reviewer] -= own[reviewer] | kept[reviewer]
        room = max(0, each - len(kept[reviewer]))
        movable[reviewer] = set(sorted(movable[reviewer])[:room])
    loads = [0] * works
    for mine in (*kept, *movable):
        for work in mine:
            loads[work] += 1
    _fill(own, kept, movable, loads, each=each, seed=seed)
    _level(own, kept, movable, loads)
    return [tuple(sorted(kept[reviewer] | movable[reviewer])) for reviewer in range(count)]


def _check(
    forbidden: Sequence[Collection[int]],
    kept: Sequence[set[int]],
    movable: Sequence[set[int]],
    *,
    works: int,
    each: int,
) -> None:
    if works < 0 or each < 0:
        raise ValueError("The numbers of works and of reviews must not be negative.")
    if not len(forbidden) == len(kept) == len(movable):
        raise ValueError("Give one set of works for each reviewer.")
    if any(not 0 <= work < works for mine in (*forbidden, *kept, *movable) for work in mine):
        raise ValueError(f"Works are numbered from 0 to {works - 1}.")


def _fill(
    own: list[set[int]],
    kept: list[set[int]],
    movable: list[set[int]],
    loads: list[int],
    *,
    each: int,
    seed: int,
) -> None:
    """Give every reviewer the works that have the fewest reviews so far.

    Equals are drawn anew at every level: dealt in one fixed order, the same few people would always review
    the same few works, and nobody could tell a strict group from a weak set of works.
    """
    dice = np.random.default_rng(seed)
    heap = [(load, float(dice.random()), work) for work, load in enumerate(loads)]
    heapq.heapify(heap)
    for reviewer in dice.permutation(len(own)).tolist():
        room = each - len(kept[reviewer]) - len(movable[reviewer])
        passed_over = []
        while room > 0 and heap:
            entry = heapq.heappop(heap)
            load, _draw, work = entry
            if work in own[reviewer] or work in kept[reviewer] or work in movable[reviewer]:
                passed_over.append(entry)
                continue
            movable[reviewer].add(work)
            loads[work] = load + 1
            passed_over.append((load + 1, float(dice.random()), work))
            room -= 1
        for entry in passed_over:
            heapq.heappush(heap, entry)


def _level(own: list[set[int]], kept: list[set[int]], movable: list[set[int]], loads: list[int]) -> None:
    """Move reviews that are not begun until no move makes the counts more equal."""
    settled: set[int] = set()
    while len(settled) < len(loads):
        low = min((work for work in range(len(loads)) if work not in settled), key=lambda work: loads[work])
        if max(loads) - loads[low] < 2:
            return
        came, high = _ways_to(low, own, kept, movable, loads)
        if high is None:
            # Whatever can give to one of these can give to ``low``: none of them will ever be reached.
            settled |= came.keys()
            continue
        for giving, reviewer, taking in reversed(_path(came, high, low)):
            movable[reviewer].remove(giving)
            movable[reviewer].add(taking)
        loads[high] -= 1
        loads[low] += 1


def _ways_to(
    low: int, own: list[set[int]], kept: list[set[int]], movable: list[set[int]], loads: list[int]
) -> tuple[dict[int, tuple[int, int]], int | None]:
    """Return how works can pass a review on towards ``low``, and the fullest that has two more (None: none has).

    The ways: for each work that can, the reviewer who moves, and the work the reviewer moves to.
    """
    came: dict[int, tuple[int, int]] = {low: (-1, -1)}
    waiting, fullest, high = deque([low]), max(loads), None
    while waiting:
        taking = waiting.popleft()
        for reviewer, mine in enumerate(movable):
            if taking in mine or taking in own[reviewer] or taking in kept[reviewer]:
                continue
            for giving in sorted(mine):
                if giving in came:
                    continue
                came[giving] = (reviewer, taking)
                waiting.append(giving)
                if loads[giving] >= max(loads[low] + 2, loads[high] + 1 if high is not None else 0):
                    high = giving
                if loads[giving] == fullest and high is not None:
                    return came, high
    return came, high


def _path(came: dict[int, tuple[int, int]], high: int, low: int) -> list[tuple[int, int, int]]:
    """Return the moves (from work, by reviewer, to work) from ``high`` down to ``low``."""
    moves, giving = [], high
    while giving != low:
        reviewer, taking = came[giving]
        moves.append((giving, reviewer, taking))
        giving = taking
    return moves
