"""Machine code: a block cut out of a problem."""

from __future__ import annotations

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._block import Array, Block, Given


@compiled()
def cut_out(given: Given, people: Array, seats: int, number_of: Array) -> Block:
    """Return the block of some people; ``seats`` counts them and the empty seats.

    ``number_of`` is the number each person has in their own block.
    """
    many = people.shape[0]
    local, order = _columns_of(given, people)
    width = order.shape[0]
    starts = np.zeros(seats + 1, dtype=np.int64)
    for one in range(many):
        starts[one + 1] = starts[one] + given.starts[people[one] + 1] - given.starts[people[one]]
    starts[many + 1 :] = starts[many]
    columns = np.empty(starts[many], dtype=np.int64)
    bits = np.zeros((seats, width // 64 + 1), dtype=np.uint64)
    held = np.zeros(width, dtype=np.int64)
    for one in range(many):
        first = given.starts[people[one]]
        for index in range(starts[one], starts[one + 1]):
            column = local[given.columns[first + index - starts[one]]]
            columns[index] = column
            held[column] += 1
            bits[one, column >> 6] |= np.uint64(1) << np.uint64(column & 63)
    parts = np.empty(width, dtype=np.int64)
    offsets = np.zeros(width + 1, dtype=np.int64)
    for column in range(width):
        parts[column] = given.block_of[order[column]]
        table = given.term_starts[order[column] + 1] - given.term_starts[order[column]]
        offsets[column + 1] = offsets[column] + min(held[column] + 1, table)
    terms = np.empty((given.terms.shape[0], offsets[width]), dtype=np.int64)
    for row in range(terms.shape[0]):
        for column in range(width):
            first = given.term_starts[order[column]]
            for count in range(offsets[column + 1] - offsets[column]):
                terms[row, offsets[column] + count] = given.terms[row, first + count]
    shared = np.zeros((given.known.shape[0], 3), dtype=np.int64)
    for rule in range(shared.shape[0]):
        # -1: nobody's words are known here; the loop from 0 to 0 finds nothing.
        known = local[given.known[rule]]
        shared[rule, 2] = known
        if known >= 0:
            low = known
            while low > 0 and parts[low - 1] == parts[known]:
                low -= 1
            shared[rule, 0], shared[rule, 1] = low, known
    numbers = np.zeros((seats, given.numbers.shape[1]), dtype=np.int64)
    # An empty seat is always free.
    weeks = np.full((seats, given.free.shape[1]), ~np.uint64(0), dtype=np.uint64)
    numbers[:many] = given.numbers[people]
    for one in range(many):
        weeks[one] = given.free[given.hours[people[one]]]
    tie_starts, ties, tie_costs = _ties_among(given, people, seats, number_of)
    fixed = np.zeros(seats, dtype=np.int64)
    for one in range(many):
        fixed[one] = given.locked[people[one]] >= 0
    return Block(
        people,
        starts,
        columns,
        bits,
        parts,
        offsets,
        terms,
        shared,
        numbers,
        weeks,
        tie_starts,
        ties,
        tie_costs,
        np.flatnonzero(fixed == 0),
        fixed,
    )


@compiled()
def _columns_of(given: Given, people: Array) -> tuple[Array, Array]:
    """Return the new number of each column (-1 for those nobody here has), and the old of each new."""
    local = np.full(given.block_of.shape[0], -1, dtype=np.int64)
    found = 0
    for one in people:
        for index in range(given.starts[one], given.starts[one + 1]):
            if local[given.columns[index]] < 0:
                local[given.columns[index]] = 0
                found += 1
    order = np.empty(found, dtype=np.int64)
    found = 0
    for column in range(local.shape[0]):
        if local[column] == 0:
            local[column] = found
            order[found] = column
            found += 1
    return local, order


@compiled()
def _ties_among(given: Given, people: Array, seats: int, number_of: Array) -> tuple[Array, Array, Array]:
    """Return the ties between the people of the block, renumbered."""
    starts = np.zeros(seats + 1, dtype=np.int64)
    every = 0
    for one in people:
        every += given.tie_starts[one + 1] - given.tie_starts[one]
    ties, costs = np.empty(every, dtype=np.int64), np.empty(every, dtype=np.int64)
    found = 0
    for one in range(people.shape[0]):
        for index in range(given.tie_starts[people[one]], given.tie_starts[people[one] + 1]):
            mate = number_of[given.ties[index]]
            if mate < people.shape[0] and people[mate] == given.ties[index]:
                ties[found], costs[found] = mate, given.tie_costs[index]
                found += 1
        starts[one + 1] = found
    starts[people.shape[0] + 1 :] = found
    return starts, ties[:found].copy(), costs[:found].copy()
