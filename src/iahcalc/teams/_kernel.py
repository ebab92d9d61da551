"""Machine code: the entry from Python. It searches some blocks, each by itself, and writes the places."""

from __future__ import annotations

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._block import Array, Given
from iahcalc.teams._climb import FLOOR, Notes, improve, standing
from iahcalc.teams._cutting import cut_out
from iahcalc.teams._state import task_of

NOTED = 512
"""Exchanges that can be taken back after a shake."""


@compiled()
def seated(seats_of: Array, members: Array, teams: int) -> Array:
    """Return the team of each member, and then of the empty seats; every team gets as many seats."""
    taken = np.zeros(teams, dtype=np.int64)
    for one in range(members.shape[0]):
        taken[seats_of[members[one]]] += 1
    seats = taken.max()
    place = np.empty(seats * teams, dtype=np.int64)
    for one in range(members.shape[0]):
        place[one] = seats_of[members[one]]
    at = members.shape[0]
    for team in range(teams):
        for _ in range(seats - taken[team]):
            place[at] = team
            at += 1
    return place


LINE, TABLE, BITS = "int64[::1]", "int64[:,::1]", "uint64[:,::1]"
KINDS = {"terms": TABLE, "base": TABLE, "numbers": TABLE, "free": BITS} | dict.fromkeys(
    ("zero", "span", "shift", "rate"), TABLE
)
GIVEN = ", ".join(KINDS.get(name, LINE) for name in Given._fields)


@compiled(f"void({GIVEN}, {', '.join([LINE] * 7)}, int64, int64, uint64, {LINE})")
def search_blocks(
    starts: Array,
    columns: Array,
    block_of: Array,
    term_starts: Array,
    terms: Array,
    base: Array,
    rows: Array,
    zero: Array,
    span: Array,
    shift: Array,
    rate: Array,
    weight: Array,
    word_wishes: Array,
    number_wishes: Array,
    kinds: Array,
    numbers: Array,
    totals: Array,
    most: Array,
    least: Array,
    known: Array,
    free: Array,
    hours: Array,
    tie_starts: Array,
    ties: Array,
    tie_costs: Array,
    locked: Array,
    figures: Array,
    places: Array,
    number_of: Array,
    team_of: Array,
    people: Array,
    people_starts: Array,
    teams: Array,
    team_starts: Array,
    first: int,
    last: int,
    seed: int,
    plan: Array,
) -> None:
    """Search the blocks from ``first`` to before ``last``.

    Args:
        starts ... figures: the fields of ``Given``, in order.
        places: shape (people of the problem,), written for the people of these blocks.
        number_of ... team_starts: the fields of ``Blocks``.
        first, last: blocks.
        seed: with the number of the block, the seed of each block's random numbers.
        plan: see ``_climb``.
    """
    given = Given(
        starts,
        columns,
        block_of,
        term_starts,
        terms,
        base,
        rows,
        zero,
        span,
        shift,
        rate,
        weight,
        word_wishes,
        number_wishes,
        kinds,
        numbers,
        totals,
        most,
        least,
        known,
        free,
        hours,
        tie_starts,
        ties,
        tie_costs,
        locked,
        figures,
    )
    dice = np.empty(1, dtype=np.uint64)
    for number in range(first, last):
        members = people[people_starts[number] : people_starts[number + 1]]
        own = teams[team_starts[number] : team_starts[number + 1]]
        place = seated(team_of, members, own.shape[0])
        block = cut_out(given, members, place.shape[0], number_of)
        task = task_of(given, block, place, own.shape[0])
        if own.shape[0] < 2 or block.movable.shape[0] == 0:
            continue
        notes = Notes(
            block.movable.copy(),
            np.zeros(place.shape[0], dtype=np.int64),
            np.empty(3, dtype=np.int64),
            np.empty((NOTED, 2), dtype=np.int64),
            np.zeros(1, dtype=np.int64),
        )
        before = standing(given, task.state, plan[FLOOR])
        dice[0] = seed + np.uint64(number) * np.uint64(0xD1342543DE82EF95)
        improve(task, notes, dice, plan)
        # Annealing may end worse than it began.
        now = standing(given, task.state, plan[FLOOR])
        if now[0] < before[0] or (now[0] == before[0] and now[1:] >= before[1:]):
            for one in range(members.shape[0]):
                places[members[one]] = own[task.state.place[one]]
