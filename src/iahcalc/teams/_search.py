"""Finding good teams: deal out, anneal, exchange while it helps, shake, exchange again.

Any function ``(problem, seed, told) -> places`` can stand in for ``local_search``.

- ``places`` has shape (people,), in the order of ``problem.people``, and holds team indices from 0 to
  ``len(problem.sizes)`` - 1; no team is empty. Whoever has a place in ``problem.locked`` keeps it.
- The sizes must be those of ``problem.sizes`` in some order. A search that wants others (to repair
  teams) asks ``problem_of`` for them with ``measured``; sizes outside ``problem.smallest`` to
  ``problem.largest`` break a rule and cost accordingly.
- ``problem.objective(places)`` says what places are worth; larger is better, under either aim.
- ``told`` takes the share of the work that is done, 0 to 1, several times a second. What it raises
  stops the search.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from iahcalc.teams._dealing import dealt
from iahcalc.teams._problem import Bits, Objective, Problem, Whole
from iahcalc.teams._regrouping import Blocks, blocks_of, regrouped, with_the_worst

Made = TypeVar("Made")
Told = Callable[[float], None]
Search = Callable[[Problem, int, Told], Whole]

ONE_BLOCK = 400
"""Up to so many people are searched as a whole."""

BLOCK = 240
"""More people are searched in blocks of about so many."""

FEW_TEAMS = 8
"""So few teams are one block, however large they are."""

AT_ONCE = 1
"""Blocks that a thread searches before it looks up: about 0.1 s."""

STARTS, ROUNDS = 4, 4
"""How often one block is searched from the beginning; how often teams are put into new blocks."""

MENDING, MEND_WORK = 4, 8
"""How often the worst teams are mended; how many times the work of a later round that is, block for block."""

MEANS, TIGHT, WIDE = range(3)
"""Kinds of a wish about numbers, see ``_block``."""

NO_FLOOR = 2**60

NO_GOAL = (0, NO_FLOOR, NO_FLOOR)
"""A goal that no block reaches."""


@dataclass(frozen=True)
class Effort:
    """How much is tried.

    Attributes:
        steps: exchanges to try while annealing, per person.
        heat, halvings: where annealing begins, in 2**-20 of all points, and how often it halves.
        price: what a unit of broken rules costs while annealing, in the same measure.
        tries: exchanges to try in descents, per person; shaking ends when they are used up.
        shakes: how often to shake, at most.
    """

    steps: int
    heat: int
    halvings: int
    price: int
    tries: int
    shakes: int

    def plan(self, people: int, goal: Sequence[int]) -> Whole:
        """Return the plan of a kernel, see ``_climb``, for blocks of so many people.

        ``goal``: cost, points of the worst team, points of all teams; a search stops where it reaches them.
        """
        plan = (
            self.steps * people,
            self.heat,
            self.halvings,
            self.price,
            self.shakes,
            self.tries * people,
            NO_FLOOR,
            *goal,
        )
        return np.array(plan, dtype=np.int64)


WHOLE = Effort(steps=1_000, heat=32_000, halvings=10, price=100_000, tries=4_500, shakes=100_000)
FIRST = Effort(steps=600, heat=16_000, halvings=9, price=100_000, tries=10_000, shakes=0)
LATER = Effort(steps=300, heat=2_000, halvings=6, price=100_000, tries=10_000, shakes=0)
MEND = Effort(steps=0, heat=0, halvings=0, price=0, tries=6_000, shakes=100_000)
"""For people searched as a whole; for blocks, in the first round and in later ones; for the worst teams."""


def local_search(problem: Problem, seed: int, told: Told) -> Whole:
    """Return places; the same problem and seed give the same places on every machine.

    It stops where every rule holds and the wishes are at their bounds, else after a number of steps that
    depends on the number of people only; never by the clock, nor by the number of cores, all of which it uses.

    Source:
        Worst team first: the max-min heuristic of CATME Team-Maker, Layton, Loughry, Ohland,
        Ricco (2010), Advances in Engineering Education 2(1). Annealing: Kirkpatrick, Gelatt, Vecchi
        (1983), doi:10.1126/science.220.4598.671.
    """
    if len(problem.sizes) == 1 or not (problem.locked < 0).any():
        return dealt(problem, seed, 1)[0]
    if len(problem.people) <= ONE_BLOCK or len(problem.sizes) <= FEW_TEAMS:
        return _as_a_whole(problem, seed, told)
    return _in_blocks(problem, seed, told)


def _as_a_whole(problem: Problem, seed: int, told: Told) -> Whole:
    """Search several times from the beginning, and keep the best."""
    people, arrays = len(problem.people), given(problem)
    perfect = problem.perfect
    plan = WHOLE.plan(people, (-problem.mates_cost, perfect.worst, perfect.total))

    def search(start: int) -> Whole:
        places, blocks = dealt(problem, own_seed(seed, start), 1)
        _kernel()(*arrays, places, *blocks_of(blocks, places), 0, 1, own_seed(seed, start), plan)
        return places

    found: list[tuple[Objective, Whole]] = []
    with closing(_in_threads(search, range(STARTS))) as searched:
        for places in searched:
            found.append((problem.objective(places), places))
            told(len(found) / STARTS)
            if found[-1][0] >= perfect:
                break
    # Of equally good ones the first, however many threads there are.
    return max(found, key=lambda one: one[0])[1]


def _in_blocks(problem: Problem, seed: int, told: Told) -> Whole:
    """Search blocks of teams, put the teams into new blocks, and so on; in the end mend the worst teams."""
    count = -(-len(problem.people) // BLOCK)
    mended = max(2, count // 16)
    turns = [FIRST, *[LATER] * (ROUNDS - 1), *[MEND] * MENDING]
    work = [mended * MEND_WORK if effort is MEND else count for effort in turns]
    arrays, goal = given(problem), _goal_of_a_block(problem)
    places, block_of_team = dealt(problem, seed, count)
    for turn, effort in enumerate(turns):
        turn_seed = own_seed(seed, turn)
        if effort is LATER:
            block_of_team = regrouped(problem, places, turn_seed, count)
        elif effort is MEND:
            if problem.objective(places) >= problem.perfect:
                break
            each = len(problem.sizes) // count
            block_of_team = with_the_worst(problem, places, turn_seed, mended, each)
        blocks = blocks_of(block_of_team, places)

        def search(
            first: int, blocks: Blocks = blocks, effort: Effort = effort, seed: int = turn_seed
        ) -> None:
            last = min(first + AT_ONCE, blocks.team_starts.size - 1)
            _kernel()(*arrays, places, *blocks, first, last, seed, effort.plan(BLOCK, goal))

        at_once = range(0, blocks.team_starts.size - 1, AT_ONCE)
        with closing(_in_threads(search, at_once)) as searched:
            for done, _ in enumerate(searched, start=1):
                told((sum(work[:turn]) + work[turn] * done / len(at_once)) / sum(work))
    return places


def _goal_of_a_block(problem: Problem) -> tuple[int, int, int]:
    """Return what nothing can pass in any block: all points for every team, where that is not ruled out."""
    if problem.mates_cost or problem.perfect.worst < problem.full:
        # Who shares a team, and what is lacking at best, differ from block to block.
        return NO_GOAL
    return 0, problem.full, 0


def given(problem: Problem) -> tuple[Whole | Bits, ...]:
    """Return the arrays of a problem in the order of ``_block.Given``."""
    shift, rate = problem.rates
    free, hours = problem.free, problem.hours
    figures = (
        len(problem.people),
        problem.lone_blocks,
        problem.quarters,
        problem.full,
        (1 << 52) // max(1, problem.full),
        problem.aim == "sum",
    )
    kinds = np.where(problem.balanced, MEANS, np.where(problem.gathered, TIGHT, WIDE))
    return (
        problem.starts,
        problem.columns,
        problem.block_of,
        problem.term_starts,
        problem.terms,
        problem.base,
        problem.rows,
        problem.zero,
        problem.span,
        shift,
        rate,
        problem.weight,
        problem.word_wishes,
        problem.number_wishes,
        kinds,
        problem.numbers,
        problem.numbers.sum(axis=0),
        problem.most,
        problem.least,
        problem.known,
        free,
        hours,
        problem.tie_starts,
        problem.ties,
        problem.tie_costs,
        problem.locked,
        np.array(figures, dtype=np.int64),
    )


def own_seed(seed: int, number: int) -> int:
    """Return a seed of its own for each number: 64 bits from PCG64."""
    return int(np.random.PCG64([seed, number]).random_raw())


def _kernel() -> Callable[..., None]:
    from iahcalc.teams._kernel import search_blocks

    return search_blocks


def _in_threads(work: Callable[[int], Made], items: range) -> Generator[Made]:
    """Yield what is made of each item, in order; whoever closes it waits for what has begun only."""
    with ThreadPoolExecutor(_cores()) as pool:
        made = [pool.submit(work, item) for item in items]
        try:
            for one in made:
                yield one.result()
        finally:
            for one in made:
                one.cancel()


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
