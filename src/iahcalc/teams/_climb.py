"""Machine code: annealing in a block, then exchanges while any helps, then shaking."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._block import SUM_FIRST, Array, Given, Number, State, Task, dear_cost, lack, supposed
from iahcalc.teams._state import exchange

STEPS, HOT, HALVINGS, PRICE, ROUNDS, LIMIT, FLOOR, GOAL_COST, GOAL_WORST, GOAL_TOTAL = range(10)
"""Positions in a plan: exchanges to try, the first heat, how often it halves, what a unit of broken rules
costs; how often to shake, exchanges to try in that; points from which on a team is not the worst any more;
cost, points of the worst team and of all teams that nothing can pass, so that the search stops there."""

LOOK_UP = 255
"""Annealing looks whether the goal is reached at steps that have none of these bits: at every 256th."""


class Notes(NamedTuple):
    """What a descent writes down: whose turn comes, the lowest teams, the exchanges made."""

    order: Array
    waiting: Array
    lowest: Array
    made: Array
    count: Array


@compiled(allocates=False)
def roll(dice: Array) -> Number:
    """Return 64 random bits: splitmix64, Steele, Lea, Flood (2014), doi:10.1145/2660193.2660195."""
    dice[0] += np.uint64(0x9E3779B97F4A7C15)
    bits = dice[0]
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled(allocates=False)
def below(dice: Array, limit: int) -> Number:
    """Return a random number from 0 to ``limit`` - 1; the bias is below ``limit`` / 2**32."""
    return np.int64(((roll(dice) >> np.uint64(32)) * np.uint64(limit)) >> np.uint64(32))


@compiled(allocates=False)
def patience(dice: Array) -> Number:
    """Return minus the binary logarithm of a random fraction, in 1024ths; between powers of two on lines."""
    bits = roll(dice) | np.uint64(1)
    whole = 1
    while bits >> np.uint64(63) == np.uint64(0):
        bits <<= np.uint64(1)
        whole += 1
    return whole * 1024 - np.int64((bits >> np.uint64(53)) & np.uint64(1023))


@compiled(allocates=False)
def reached(given: Given, state: State, plan: Array) -> Number:
    """Tell whether the block is as good as its plan says that it can be."""
    cost, worst, total = standing(given, state, plan[FLOOR])
    if given.figures[SUM_FIRST]:
        worst, total = total, worst
    return cost <= plan[GOAL_COST] and worst >= plan[GOAL_WORST] and total >= plan[GOAL_TOTAL]


@compiled(allocates=False)
def standing(given: Given, state: State, floor: int) -> tuple[Number, Number, Number]:
    """Return the cost of the block, and what comes first and second of the wishes."""
    cost, worst, total = 0, floor, 0
    for team in range(state.points.shape[0]):
        cost += state.cost[team] + state.dear[team]
        worst = min(worst, state.points[team])
        total += state.points[team]
    if given.figures[SUM_FIRST]:
        return cost, total, worst
    return cost, worst, total


@compiled(allocates=False)
def anneal(task: Task, dice: Array, plan: Array) -> None:
    """Try exchanges at random; take those that help, and less and less of those that do not."""
    given, block, state = task
    movable, price = block.movable, plan[PRICE]
    heat = plan[HOT]
    for step in range(plan[STEPS]):
        if step & LOOK_UP == 0 and reached(given, state, plan):
            return
        if step & 63 == 0:
            # The heat halves so many times, and falls in a line in between.
            half = (step * plan[HALVINGS]) // plan[STEPS]
            left = 2 * plan[STEPS] - (step * plan[HALVINGS] - half * plan[STEPS])
            heat = ((plan[HOT] >> half) * left) // (2 * plan[STEPS])
        one, other = movable[below(dice, movable.shape[0])], movable[below(dice, movable.shape[0])]
        home, away = state.place[one], state.place[other]
        if home == away or not may_exchange(task, one, other):
            continue
        allowed = (heat * patience(dice)) >> 10
        cost, points_home, points_away = supposed(task, one, other)
        worse = lack(given, points_home) + lack(given, points_away) - state.lack[home] - state.lack[away]
        cost -= state.dear[home] + state.dear[away]
        if worse + price * cost > allowed:
            continue
        cost += dear_cost(task, home, one, other)
        cost += dear_cost(task, away, other, one)
        if worse + price * cost <= allowed:
            exchange(task, one, other)


@compiled(allocates=False)
def may_exchange(task: Task, one: int, other: int) -> Number:
    """Tell whether the sizes stay possible: of two empty seats, or one that would make a wrong size, not."""
    given, block, state = task
    many = block.people.shape[0]
    if one < many and other < many:
        return True
    if one >= many and other >= many:
        return False
    smaller, larger = state.place[one], state.place[other]
    if one >= many:
        smaller, larger = larger, smaller
    return given.rows[state.size[smaller] - 1] >= 0 and given.rows[state.size[larger] + 1] >= 0


@compiled(allocates=False)
def find_lowest(state: State, notes: Notes) -> None:
    """Note the three teams with the lowest points; -1 where there are fewer."""
    found = notes.lowest
    for rank in range(3):
        found[rank] = -1
    for team in range(state.points.shape[0]):
        for rank in range(3):
            if found[rank] < 0 or state.points[team] < state.points[found[rank]]:
                for lower in range(2, rank, -1):
                    found[lower] = found[lower - 1]
                found[rank] = team
                break


@compiled(allocates=False)
def best_exchange(task: Task, notes: Notes, one: int, floor: int) -> Number:
    """Return with whom a member should change places; -1 if it helps with nobody.

    What helps is what ``Objective`` says: rules, then the worst team (as far as it is below ``floor``),
    then the sum; or the sum and then the worst.
    """
    given, block, state = task
    best, best_cost, best_first, best_second = -1, 0, 0, 0
    home = state.place[one]
    worst = min(state.points[notes.lowest[0]], floor)
    for index in range(block.movable.shape[0]):
        other = block.movable[index]
        away = state.place[other]
        if away == home or not may_exchange(task, one, other):
            continue
        cost, points_home, points_away = supposed(task, one, other)
        cost -= state.dear[home] + state.dear[away]
        if cost > best_cost:
            continue
        rest = floor
        for rank in range(3):
            team = notes.lowest[rank]
            if team >= 0 and team not in (home, away):
                rest = min(floor, state.points[team])
                break
        first = min(rest, points_home, points_away) - worst
        second = points_home + points_away - state.points[home] - state.points[away]
        if given.figures[SUM_FIRST]:
            first, second = second, first
        better = first > best_first or (first == best_first and second > best_second)
        if cost == best_cost and not better:
            continue
        cost += dear_cost(task, home, one, other)
        cost += dear_cost(task, away, other, one)
        if cost < best_cost or (cost == best_cost and better):
            best, best_cost, best_first, best_second = other, cost, first, second
    return best


@compiled(allocates=False)
def descend(task: Task, notes: Notes, limit: int, floor: int) -> Number:
    """Make the best exchange of each waiting member in turn while any helps; return how many were tried."""
    block, state = task.block, task.state
    many = notes.order.shape[0]
    find_lowest(state, notes)
    tried, idle, turn = 0, 0, 0
    while idle < many and tried < limit and notes.count[0] < notes.made.shape[0]:
        one = notes.order[turn]
        turn = turn + 1 if turn + 1 < many else 0
        idle += 1
        if notes.waiting[one] == 0:
            continue
        notes.waiting[one] = 0
        tried += block.movable.shape[0]
        other = best_exchange(task, notes, one, floor)
        if other >= 0:
            change(task, notes, one, other)
            find_lowest(state, notes)
            idle = 0
    return tried


@compiled(allocates=False)
def change(task: Task, notes: Notes, one: int, other: int) -> None:
    """Make an exchange, note it, and let all of the two teams wait for their turn."""
    state = task.state
    home, away = state.place[one], state.place[other]
    exchange(task, one, other)
    notes.made[notes.count[0], 0], notes.made[notes.count[0], 1] = one, other
    notes.count[0] += 1
    for slot in range(state.member.shape[1]):
        notes.waiting[state.member[home, slot]] = 1
        notes.waiting[state.member[away, slot]] = 1


@compiled(allocates=False)
def shuffle(items: Array, dice: Array) -> None:
    """Put items in random order."""
    for last in range(items.shape[0] - 1, 0, -1):
        at = below(dice, last + 1)
        items[last], items[at] = items[at], items[last]


@compiled(allocates=False)
def shake(task: Task, notes: Notes, dice: Array) -> None:
    """Exchange a few members at random, often out of the team that is worst off."""
    block, state = task.block, task.state
    worst, broken = 0, -1
    for team in range(state.points.shape[0]):
        # Mates who must share a team and do make it no better than others.
        own = state.cost[team] - min(state.tied[team], 0) + state.dear[team]
        if own > broken or (own == broken and state.points[team] < state.points[worst]):
            worst, broken = team, own
    movable, seats = block.movable, state.member.shape[1]
    for _ in range(2 + below(dice, 3)):
        one = movable[below(dice, movable.shape[0])]
        if below(dice, 2):
            of_worst = state.member[worst, below(dice, seats)]
            one = of_worst if block.fixed[of_worst] == 0 else one
        other = movable[below(dice, movable.shape[0])]
        if state.place[one] != state.place[other] and may_exchange(task, one, other):
            change(task, notes, one, other)


@compiled(allocates=False)
def improve(task: Task, notes: Notes, dice: Array, plan: Array) -> None:
    """Anneal and descend; then shake, descend, and take back what did not help, until the goal is reached.

    Source:
        Iterated local search: Lourenço, Martin, Stützle (2003), doi:10.1007/0-306-48056-5_11.
    """
    given, block, state = task
    anneal(task, dice, plan)
    if reached(given, state, plan):
        return
    shuffle(notes.order, dice)
    for index in range(notes.order.shape[0]):
        notes.waiting[notes.order[index]] = 1
    finished = False
    while not finished:
        # The notes are as long as a shake needs; a descent may need several.
        notes.count[0] = 0
        descend(task, notes, plan[LIMIT], plan[FLOOR])
        finished = notes.count[0] < notes.made.shape[0]
    left = plan[LIMIT]
    for _ in range(plan[ROUNDS]):
        if left <= 0 or reached(given, state, plan):
            break
        cost, first, second = standing(given, state, plan[FLOOR])
        notes.count[0] = 0
        shake(task, notes, dice)
        left -= descend(task, notes, left, plan[FLOOR]) + block.movable.shape[0]
        now, now_first, now_second = standing(given, state, plan[FLOOR])
        worse = now > cost
        if now == cost:
            worse = now_first < first or (now_first == first and now_second < second)
        if worse:
            for index in range(notes.count[0] - 1, -1, -1):
                exchange(task, notes.made[index, 0], notes.made[index, 1])
        for index in range(notes.order.shape[0]):
            notes.waiting[notes.order[index]] = 0
