"""The start of a search: people dealt out like cards, so that values spread over blocks and teams."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._problem import Problem, Whole

FEW = 4
"""A word of so few people per block is dealt out in pairs where nobody may be the only one with it."""


def random_order(seed: int, count: int) -> Whole:
    """Return 0 to ``count`` - 1 in random order, from the raw stream of PCG64, which NumPy keeps stable."""
    return np.argsort(np.random.PCG64(seed).random_raw(count), kind="stable")


def dealt(problem: Problem, seed: int, blocks: int) -> tuple[Whole, Whole]:
    """Return places, and the block of each team.

    Blocks become as alike as they can: people are sorted by what the wishes are about and dealt out
    to the blocks in turn. Who must share a team goes to one block, and where nobody may be the only one
    with a word, so do two or three who have a rare one. In a block, the teams are filled in turn.
    """
    teams = len(problem.sizes)
    block_of_team = np.empty(teams, dtype=np.int64)
    block_of_team[random_order(seed, teams)] = np.arange(teams) * blocks // teams
    seats = _open_seats(problem)
    places = problem.locked.copy()
    room = np.bincount(block_of_team, weights=seats, minlength=blocks).astype(np.int64)
    waiting = _sorted(problem, np.flatnonzero(places < 0), seed)
    block = np.full(places.size, -1, dtype=np.int64)
    block[places >= 0] = block_of_team[places[places >= 0]]
    if blocks > 1:
        for turn, unit in enumerate(_units(problem, blocks)):
            _to_one_block(unit, turn % blocks, block, room)
    rest = waiting[block[waiting] < 0]
    # As many turns as the roomiest block needs; in each turn one card for every block with room.
    turns = np.arange(int(room.max(initial=0)))[:, None] < room
    block[rest] = np.nonzero(turns)[1]
    _fill(places, waiting[np.argsort(block[waiting], kind="stable")], seats, block_of_team)
    return places, block_of_team


def _open_seats(problem: Problem) -> Whole:
    """Return the open seats of each team; teams with more locked people become the larger ones."""
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=len(problem.sizes))
    seats = np.empty_like(taken)
    seats[np.argsort(-taken, kind="stable")] = problem.sizes
    return seats - taken


def _sorted(problem: Problem, waiting: Whole, seed: int) -> Whole:
    """Sort people by their words in the heaviest wish, then in the next; equals in random order."""
    keys = [random_order(seed, len(problem.people))]
    owner = np.repeat(np.arange(len(problem.people)), np.diff(problem.starts))
    part = problem.block_of[problem.columns] if problem.columns.size else problem.columns
    for block in np.argsort(problem.weight[problem.word_wishes], kind="stable"):
        own = np.flatnonzero(part == block)[::-1]
        first = np.full(len(problem.people), -1, dtype=np.int64)
        first[owner[own]] = problem.columns[own]
        keys.append(first)
    order = np.lexsort(keys)
    sorted_waiting: Whole = order[np.isin(order, waiting)]
    return sorted_waiting


def _units(problem: Problem, blocks: int) -> list[list[int]]:
    """Return the people who should come into one block: mates, and pairs with a rare word."""
    groups: dict[int, list[int]] = {}
    group_of: dict[int, int] = {}
    owner = np.repeat(np.arange(len(problem.people)), np.diff(problem.tie_starts))
    for index in np.flatnonzero(problem.tie_costs < 0):
        one, other = int(owner[index]), int(problem.ties[index])
        first, second = group_of.setdefault(one, one), group_of.setdefault(other, other)
        groups.setdefault(first, [one])
        groups.setdefault(second, [other])
        if first != second:
            for member in groups.pop(second):
                group_of[member] = first
                groups[first].append(member)
    units = list(groups.values())
    taken = {member for unit in units for member in unit}
    lone_first = problem.word_wishes.size
    lone = (problem.block_of >= lone_first) & (problem.block_of < lone_first + problem.lone_blocks)
    held = np.bincount(problem.columns, minlength=problem.block_of.size)
    rare = np.flatnonzero(lone & (held > 1) & (held <= FEW * blocks))
    having = np.repeat(np.arange(len(problem.people)), np.diff(problem.starts))
    inside = np.isin(problem.columns, rare)
    for column in rare:
        free = [int(one) for one in having[inside][problem.columns[inside] == column] if one not in taken]
        taken.update(free)
        pairs = [free[at : at + 2] for at in range(0, len(free) - 1, 2)]
        if len(free) % 2 and pairs:
            pairs[-1].append(free[-1])
        units += pairs
    return units


def _to_one_block(unit: list[int], turn: int, block: Whole, room: Whole) -> None:
    """Put all of a unit who are free into one block: where one of them is locked, else the next with room."""
    fixed = [int(block[one]) for one in unit if block[one] >= 0]
    free = [one for one in unit if block[one] < 0]
    candidates = [*fixed, *((turn + step) % room.size for step in range(room.size))]
    for candidate in candidates:
        if room[candidate] >= len(free):
            block[free] = candidate
            room[candidate] -= len(free)
            return


def _fill(places: Whole, ordered: Whole, seats: Whole, block_of_team: npt.NDArray[np.int64]) -> None:
    """Seat people, ordered by block, in the teams of their blocks: a card for each team in turn."""
    teams = np.repeat(np.arange(seats.size), seats)
    turn = np.concatenate([np.arange(count) for count in seats]) if seats.size else seats
    places[ordered] = teams[np.lexsort((teams, turn, block_of_team[teams]))]
