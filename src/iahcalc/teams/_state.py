"""Machine code: the state of a block, from places and after an exchange."""

from __future__ import annotations

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._block import (
    QUARTERS,
    Array,
    Block,
    Given,
    State,
    Task,
    cost_of_rule,
    dear_cost,
    lack,
    points_for,
    raw_number,
    ties_to,
)


@compiled()
def task_of(given: Given, block: Block, place: Array, teams: int) -> Task:
    """Return a block with the state that follows from places, shape (members and empty seats,)."""
    members, parts = place.shape[0], given.base.shape[1]
    seats = members // teams
    wishes, numbers = given.weight.shape[0], given.number_wishes.shape[0]
    state = State(
        place.copy(),
        np.zeros(members, dtype=np.int64),
        np.zeros((teams, seats), dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros((teams, block.parts.shape[0]), dtype=np.int64),
        np.zeros((teams, parts), dtype=np.int64),
        np.zeros((teams, numbers), dtype=np.int64),
        np.zeros((teams, numbers), dtype=np.int64),
        np.zeros((teams, wishes), dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros(teams, dtype=np.int64),
        np.zeros((members, block.weeks.shape[1]), dtype=np.uint64),
        np.zeros((2, parts), dtype=np.int64),
    )
    task = Task(given, block, state)
    filled = np.zeros(teams, dtype=np.int64)
    for one in range(members):
        team = place[one]
        state.member[team, filled[team]] = one
        state.slot[one] = filled[team]
        filled[team] += 1
        if one < block.people.shape[0]:
            state.size[team] += 1
    for one in range(members):
        tally(task, one, place[one], 1)
    for team in range(teams):
        recount(task, team)
        settle(task, team)
    return task


@compiled(allocates=False)
def tally(task: Task, one: int, team: int, sign: int) -> None:
    """Count a member into a team (``sign`` 1) or out of it (-1); ``raw`` holds if the size stays the same."""
    given, block, state = task
    row = given.rows[state.size[team]]
    for index in range(block.starts[one], block.starts[one + 1]):
        column = block.columns[index]
        at = block.offsets[column] + state.counts[team, column]
        state.counts[team, column] += sign
        state.raw[team, block.parts[column]] += block.terms[row, at + sign] - block.terms[row, at]
    for number in range(block.numbers.shape[1]):
        own = block.numbers[one, number]
        state.sums[team, number] += sign * own
        state.squares[team, number] += sign * own * own


@compiled(allocates=False)
def recount(task: Task, team: int) -> None:
    """Compute ``raw`` anew, after a change of the size."""
    given, block, state = task
    row = given.rows[state.size[team]]
    for part in range(state.raw.shape[1]):
        state.raw[team, part] = given.base[row, part]
    for column in range(block.parts.shape[0]):
        at = block.offsets[column] + state.counts[team, column]
        state.raw[team, block.parts[column]] += block.terms[row, at]


@compiled(allocates=False)
def settle(task: Task, team: int) -> None:
    """Bring what follows from ``raw`` and from the members of a team up to date."""
    given, block, state = task
    row = given.rows[state.size[team]]
    cost, points = 0, 0
    for part in range(state.raw.shape[1]):
        raw = state.raw[team, part]
        if part < given.word_wishes.shape[0]:
            wish = given.word_wishes[part]
            state.won[team, wish] = points_for(given, row, wish, raw)
            points += given.weight[wish] * state.won[team, wish]
        else:
            cost += cost_of_rule(given, part, raw)
    for number in range(given.number_wishes.shape[0]):
        wish = given.number_wishes[number]
        total, squares = state.sums[team, number], state.squares[team, number]
        raw = raw_number(given, number, state.size[team], total, squares)
        state.won[team, wish] = points_for(given, row, wish, raw)
        points += given.weight[wish] * state.won[team, wish]
    if block.ties.shape[0] > 0:
        inside = 0
        for slot in range(state.member.shape[1]):
            inside += ties_to(block, state, state.member[team, slot], team, -1)
        state.tied[team] = inside // 2
        cost += state.tied[team]
    state.cost[team] = cost
    state.points[team] = points
    state.lack[team] = lack(given, points)
    if given.figures[QUARTERS] > 0:
        share_hours(block, state, team)
    state.dear[team] = dear_cost(task, team, -1, -1)


@compiled(allocates=False)
def share_hours(block: Block, state: State, team: int) -> None:
    """For each member, find the hours that all the other members share: from both ends at once."""
    seats = state.member.shape[1]
    for word in range(block.weeks.shape[1]):
        common = ~np.uint64(0)
        for slot in range(seats):
            one = state.member[team, slot]
            state.others[one, word] = common
            common &= block.weeks[one, word]
        common = ~np.uint64(0)
        for slot in range(seats - 1, -1, -1):
            one = state.member[team, slot]
            state.others[one, word] &= common
            common &= block.weeks[one, word]


@compiled(allocates=False)
def exchange(task: Task, one: int, other: int) -> None:
    """Let two members of different teams change places."""
    block, state = task.block, task.state
    home, away = state.place[one], state.place[other]
    tally(task, one, home, -1)
    tally(task, other, away, -1)
    tally(task, other, home, 1)
    tally(task, one, away, 1)
    state.place[one], state.place[other] = away, home
    near, far = state.slot[one], state.slot[other]
    state.member[home, near], state.member[away, far] = other, one
    state.slot[one], state.slot[other] = far, near
    many = block.people.shape[0]
    if one >= many or other >= many:
        step = 1 if one >= many else -1
        state.size[home] += step
        state.size[away] -= step
        recount(task, home)
        recount(task, away)
    settle(task, home)
    settle(task, away)
