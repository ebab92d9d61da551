"""Machine code: a few teams cut out of a problem, and what an exchange between two of them does.

A *block* is some teams with their members, renumbered from 0, so that a search touches little memory
however many people there are. An empty seat of a smaller team is a member without any attribute; so a
move is an exchange with an empty seat. Everything is a whole number.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._problem import DIFFERENT, HOURS, LONE, SHARED

Array = Any
Number = Any
"""64 bits in machine code, a number of Python or of NumPy when the function runs uncompiled."""


class Given(NamedTuple):
    """The arrays of a ``Problem`` that a search needs; see there. ``figures`` holds single numbers."""

    starts: Array
    columns: Array
    block_of: Array
    term_starts: Array
    terms: Array
    base: Array
    rows: Array
    zero: Array
    span: Array
    shift: Array
    rate: Array
    weight: Array
    word_wishes: Array
    number_wishes: Array
    kinds: Array
    numbers: Array
    totals: Array
    most: Array
    least: Array
    known: Array
    free: Array
    hours: Array
    tie_starts: Array
    ties: Array
    tie_costs: Array
    locked: Array
    figures: Array


PEOPLE, LONE_BLOCKS, QUARTERS, FULL, SCALE, SUM_FIRST = range(6)
"""Positions in ``Given.figures``."""

MEANS, TIGHT, WIDE = range(3)
"""Kinds of a wish about numbers, in ``Given.kinds``."""

LACK_BITS = 20
"""What a team lacks of all points is measured in 2**-20; ``figures[SCALE]`` is 2**52 / all points."""


class Block(NamedTuple):
    """Some teams and their members, renumbered. Empty seats come last among the members.

    ``bits`` says who has which column; ``parts`` is the block of ``Problem`` a column belongs to;
    ``shared`` has, per rule on a shared word, the first column, the end, and the column that counts
    who is known.
    """

    people: Array
    starts: Array
    columns: Array
    bits: Array
    parts: Array
    offsets: Array
    terms: Array
    shared: Array
    numbers: Array
    weeks: Array
    tie_starts: Array
    ties: Array
    tie_costs: Array
    movable: Array
    fixed: Array


class State(NamedTuple):
    """Who is where, and what follows from it, kept up to date.

    ``cost`` leaves out shared words and hours, which are dear to compute; they are in ``dear``. ``tied``
    is the part of it that ties cost.
    ``others`` has, for each member, the hours that all other members of the team share.
    """

    place: Array
    slot: Array
    member: Array
    size: Array
    counts: Array
    raw: Array
    sums: Array
    squares: Array
    won: Array
    points: Array
    cost: Array
    tied: Array
    dear: Array
    lack: Array
    others: Array
    change: Array


class Task(NamedTuple):
    """All that a step of the search looks at."""

    given: Given
    block: Block
    state: State


@compiled(allocates=False)
def has(block: Block, one: int, column: int) -> Number:
    """Return 1 if a member has a column."""
    return np.int64((block.bits[one, column >> 6] >> np.uint64(column & 63)) & np.uint64(1))


@compiled(allocates=False)
def points_for(given: Given, row: int, wish: int, raw: int) -> Number:
    """Return the points of a raw number, as ``Problem.rates`` says."""
    gain = min(max(raw - given.zero[row, wish], 0), given.span[row, wish])
    return ((gain >> given.shift[row, wish]) * given.rate[row, wish]) >> 32


@compiled(allocates=False)
def lack(given: Given, points: int) -> Number:
    """Return how badly off a team is: the square of what it lacks, so that the worst is lifted first."""
    lacking = ((given.figures[FULL] - points) * given.figures[SCALE]) >> 32
    if given.figures[SUM_FIRST]:
        return lacking
    return ((lacking * lacking) >> LACK_BITS) + (lacking >> 3)


@compiled(allocates=False)
def cost_of_rule(given: Given, part: int, raw: int) -> Number:
    """Return what the raw number of a block about a rule costs."""
    rule = part - given.word_wishes.shape[0] - given.figures[LONE_BLOCKS]
    if rule < 0:
        return LONE * raw
    if rule < given.most.shape[0]:
        return DIFFERENT * (max(raw - given.most[rule], 0) + max(given.least[rule] - raw, 0))
    return 0


@compiled(allocates=False)
def raw_number(given: Given, wish: int, size: int, total: int, squares: int) -> Number:
    """Return the raw number of a wish about numbers."""
    if given.kinds[wish] == MEANS:
        return -abs(total * given.figures[PEOPLE] - size * given.totals[wish])
    spread = size * squares - total * total
    return -spread if given.kinds[wish] == TIGHT else spread


@compiled(allocates=False)
def worth_after(task: Task, team: int, leaving: int, coming: int) -> tuple[Number, Number]:
    """Return (cost, points) of a team after an exchange, counted anew; -1 for nobody.

    ``state.change[0]`` then holds the raw numbers of the blocks.
    """
    given, block, state = task
    raw = state.change[0]
    many = block.people.shape[0]
    size = state.size[team] + (0 <= coming < many) - (0 <= leaving < many)
    row = given.rows[size]
    for part in range(raw.shape[0]):
        raw[part] = given.base[row, part]
    for column in range(block.parts.shape[0]):
        count = state.counts[team, column]
        if leaving >= 0:
            count -= has(block, leaving, column)
        if coming >= 0:
            count += has(block, coming, column)
        raw[block.parts[column]] += block.terms[row, block.offsets[column] + count]
    cost, points = 0, 0
    words = given.word_wishes.shape[0]
    for part in range(raw.shape[0]):
        if part < words:
            wish = given.word_wishes[part]
            points += given.weight[wish] * points_for(given, row, wish, raw[part])
        else:
            cost += cost_of_rule(given, part, raw[part])
    for number in range(given.number_wishes.shape[0]):
        total, squares = state.sums[team, number], state.squares[team, number]
        if leaving >= 0:
            total -= block.numbers[leaving, number]
            squares -= block.numbers[leaving, number] ** 2
        if coming >= 0:
            total += block.numbers[coming, number]
            squares += block.numbers[coming, number] ** 2
        wish = given.number_wishes[number]
        points += given.weight[wish] * points_for(
            given, row, wish, raw_number(given, number, size, total, squares)
        )
    return cost, points


@compiled(allocates=False)
def ties_to(block: Block, state: State, one: int, team: int, without: int) -> Number:
    """Return what the ties of a member to a team cost, one mate left out."""
    cost = 0
    for index in range(block.tie_starts[one], block.tie_starts[one + 1]):
        if state.place[block.ties[index]] == team and block.ties[index] != without:
            cost += block.tie_costs[index]
    return cost


@compiled(allocates=False)
def change_of_words(task: Task, one: int, other: int) -> None:
    """Put what an exchange adds to the raw numbers of the two teams into ``state.change``."""
    given, block, state = task
    home, away = state.place[one], state.place[other]
    at_home, at_away = state.change[0], state.change[1]
    for part in range(at_home.shape[0]):
        at_home[part] = at_away[part] = 0
    row_home, row_away = given.rows[state.size[home]], given.rows[state.size[away]]
    for index in range(block.starts[one], block.starts[one + 1]):
        column = block.columns[index]
        if has(block, other, column) == 0:
            part = block.parts[column]
            near = block.offsets[column] + state.counts[home, column]
            far = block.offsets[column] + state.counts[away, column]
            at_home[part] += block.terms[row_home, near - 1] - block.terms[row_home, near]
            at_away[part] += block.terms[row_away, far + 1] - block.terms[row_away, far]
    for index in range(block.starts[other], block.starts[other + 1]):
        column = block.columns[index]
        if has(block, one, column) == 0:
            part = block.parts[column]
            near = block.offsets[column] + state.counts[home, column]
            far = block.offsets[column] + state.counts[away, column]
            at_home[part] += block.terms[row_home, near + 1] - block.terms[row_home, near]
            at_away[part] += block.terms[row_away, far - 1] - block.terms[row_away, far]


@compiled(allocates=False)
def supposed(task: Task, one: int, other: int) -> tuple[Number, Number, Number]:
    """Return what an exchange would give: the change of ``cost``, and the points of the two teams."""
    given, block, state = task
    home, away = state.place[one], state.place[other]
    cost = 0
    if block.ties.shape[0] > 0:
        cost += ties_to(block, state, one, away, other) - ties_to(block, state, one, home, one)
        cost += ties_to(block, state, other, home, one) - ties_to(block, state, other, away, other)
    many = block.people.shape[0]
    if one >= many or other >= many:
        before = state.cost[home] - state.tied[home] + state.cost[away] - state.tied[away]
        cost_home, points_home = worth_after(task, home, one, other)
        cost_away, points_away = worth_after(task, away, other, one)
        return cost + cost_home + cost_away - before, points_home, points_away
    at_home, at_away = state.change[0], state.change[1]
    row_home, row_away = given.rows[state.size[home]], given.rows[state.size[away]]
    change_of_words(task, one, other)
    points_home, points_away = state.points[home], state.points[away]
    words = given.word_wishes.shape[0]
    for part in range(at_home.shape[0]):
        if part >= words:
            for team, change in ((home, at_home[part]), (away, at_away[part])):
                if change != 0:
                    raw = state.raw[team, part]
                    cost += cost_of_rule(given, part, raw + change) - cost_of_rule(given, part, raw)
            continue
        wish = given.word_wishes[part]
        if at_home[part] != 0:
            won = points_for(given, row_home, wish, state.raw[home, part] + at_home[part])
            points_home += given.weight[wish] * (won - state.won[home, wish])
        if at_away[part] != 0:
            won = points_for(given, row_away, wish, state.raw[away, part] + at_away[part])
            points_away += given.weight[wish] * (won - state.won[away, wish])
    for number in range(given.number_wishes.shape[0]):
        own, coming = block.numbers[one, number], block.numbers[other, number]
        if own == coming:
            continue
        wish = given.number_wishes[number]
        more, squares = coming - own, coming * coming - own * own
        raw = raw_number(
            given,
            number,
            state.size[home],
            state.sums[home, number] + more,
            state.squares[home, number] + squares,
        )
        points_home += given.weight[wish] * (points_for(given, row_home, wish, raw) - state.won[home, wish])
        raw = raw_number(
            given,
            number,
            state.size[away],
            state.sums[away, number] - more,
            state.squares[away, number] - squares,
        )
        points_away += given.weight[wish] * (points_for(given, row_away, wish, raw) - state.won[away, wish])
    return cost, points_home, points_away


@compiled(allocates=False)
def dear_cost(task: Task, team: int, leaving: int, coming: int) -> Number:
    """Return what shared words and hours cost in a team after an exchange; -1 for nobody."""
    given, block, state = task
    cost = 0
    for rule in range(block.shared.shape[0]):
        most = 0
        for column in range(block.shared[rule, 0], block.shared[rule, 1]):
            count = state.counts[team, column]
            if leaving >= 0:
                count += has(block, coming, column) - has(block, leaving, column)
            most = max(most, count)
        known = block.shared[rule, 2]
        if known >= 0:
            count = state.counts[team, known]
            if leaving >= 0:
                count += has(block, coming, known) - has(block, leaving, known)
            cost += SHARED * (count - most)
    if given.figures[QUARTERS] > 0:
        common = 0
        for word in range(block.weeks.shape[1]):
            if leaving >= 0:
                common += ones(state.others[leaving, word] & block.weeks[coming, word])
            else:
                first = state.member[team, 0]
                common += ones(state.others[first, word] & block.weeks[first, word])
        if common < given.figures[QUARTERS]:
            cost += HOURS + given.figures[QUARTERS] - common
    return cost


@compiled(allocates=False)
def ones(word: Number) -> Number:
    """Count the bits of 64: Wilkes, Wheeler, Gill (1957)."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))
