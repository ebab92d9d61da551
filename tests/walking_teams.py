"""A walk through random exchanges in machine code, that says whether each did what was supposed."""

from __future__ import annotations

import numpy as np

from iahcalc.compiled import compiled
from iahcalc.teams._block import Array, Given, Number, dear_cost, supposed
from iahcalc.teams._climb import below, may_exchange
from iahcalc.teams._cutting import cut_out
from iahcalc.teams._state import exchange, task_of


@compiled()
def walked(
    given: Given, people: Array, number_of: Array, place: Array, teams: int, dice: Array, steps: int
) -> tuple[Number, Number, Array, Array, Array]:
    """Return exchanges made, wrong suppositions, and the places, cost and points at the end."""
    block = cut_out(given, people, place.shape[0], number_of)
    task = task_of(given, block, place, teams)
    state = task.state
    made, wrong = 0, 0
    for _ in range(steps):
        one, other = below(dice, place.shape[0]), below(dice, place.shape[0])
        home, away = state.place[one], state.place[other]
        if home == away or not may_exchange(task, one, other):
            continue
        cost, points_home, points_away = supposed(task, one, other)
        cost += state.cost[home] + state.cost[away]
        dear_home = dear_cost(task, home, one, other)
        dear_away = dear_cost(task, away, other, one)
        exchange(task, one, other)
        made += 1
        if (
            state.cost[home] + state.cost[away] != cost
            or state.points[home] != points_home
            or state.points[away] != points_away
            or state.dear[home] != dear_home
            or state.dear[away] != dear_away
        ):
            wrong += 1
    return made, wrong, state.place, state.cost + state.dear, state.points


def walk(arrays: tuple[Array, ...], places: Array, seed: int, steps: int) -> tuple[Array, ...]:
    """Walk through a whole problem as one block."""
    given = Given(*arrays)
    sizes = np.bincount(places)
    empty = np.repeat(np.arange(sizes.size), sizes.max() - sizes)
    everybody = np.arange(places.size)
    return walked(
        given,
        everybody,
        everybody,
        np.concatenate([places, empty]),
        sizes.size,
        np.array([seed], dtype=np.uint64),
        steps,
    )
