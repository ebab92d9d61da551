"""Which teams are searched together: blocks, and new blocks in which teams meet those that can help."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from iahcalc.teams._dealing import random_order
from iahcalc.teams._problem import Problem, Whole

WORST_SHARE = 4
"""Of a block that is made to mend the worst teams, every so manieth is one of them."""


class Blocks(NamedTuple):
    """Teams in blocks: block b has ``people[people_starts[b]:people_starts[b + 1]]``; teams likewise.

    ``number_of`` and ``team_of``, shape (people,), are the number of each person in their block, and the
    number of their team there.
    """

    number_of: Whole
    team_of: Whole
    people: Whole
    people_starts: Whole
    teams: Whole
    team_starts: Whole


def blocks_of(block_of_team: Whole, places: Whole) -> Blocks:
    """Return the people and the teams of each block; a team of block -1 is left out."""
    block = block_of_team[places]
    people, people_starts = _grouped(block)
    teams, team_starts = _grouped(block_of_team)
    return Blocks(
        _numbers(block, people, people_starts),
        _numbers(block_of_team, teams, team_starts)[places],
        people,
        people_starts,
        teams,
        team_starts,
    )


def _grouped(block: Whole) -> tuple[Whole, Whole]:
    """Return the items sorted by block, without those of block -1, and where each block starts."""
    order = np.argsort(block, kind="stable")
    sizes = np.bincount(block + 1)
    return order[sizes[0] :], np.concatenate([[0], np.cumsum(sizes[1:])])


def _numbers(block: Whole, items: Whole, starts: Whole) -> Whole:
    """Return the number of each item in its block; a number no block has for those left out."""
    numbers = np.full(block.size, block.size, dtype=np.int64)
    numbers[items] = np.arange(items.size) - starts[block[items]]
    return numbers


def regrouped(problem: Problem, places: Whole, seed: int, blocks: int) -> Whole:
    """Return a new block for each team: at random, but teams with one rare word meet.

    A team in which somebody is the only one with a word is put beside others that have somebody with
    this word: they can come together.
    """
    teams = len(problem.sizes)
    rank = np.empty(teams, dtype=np.int64)
    rank[random_order(seed, teams)] = np.arange(teams)
    columns, team, count = problem.counted(np.arange(places.size), places)
    part = problem.block_of[columns] - problem.word_wishes.size
    alone = (part >= 0) & (part < problem.lone_blocks) & (count == 1)
    sizes = np.bincount(places, minlength=teams)
    broken = np.flatnonzero(alone)
    row = problem.rows[sizes[team[broken]]]
    broken = broken[problem.terms[row, problem.term_starts[columns[broken]] + 1] > 0]
    wanted = np.unique(columns[broken])
    topic = np.full(teams, -1, dtype=np.int64)
    holders = np.isin(columns, wanted)
    # One topic for each team: the rarest word it shares with a lone one; the lone ones' own comes first.
    held = np.bincount(problem.columns, minlength=problem.block_of.size)
    few = np.flatnonzero(holders & (held[columns] <= 8 * blocks))
    few = few[np.argsort(-held[columns[few]], kind="stable")]
    topic[team[few]] = columns[few]
    topic[team[broken]] = columns[broken]
    order = np.lexsort((rank, topic))
    block = np.empty(teams, dtype=np.int64)
    block[order] = np.arange(teams) * blocks // teams
    return block


def with_the_worst(problem: Problem, places: Whole, seed: int, blocks: int, teams_each: int) -> Whole:
    """Return blocks of the teams that are worst off, each with as many again and more that are not.

    Worst are those that break rules, then those with the fewest points. Most teams are in no block.
    """
    teams = len(problem.sizes)
    standing = problem.standing(places)
    rank = np.empty(teams, dtype=np.int64)
    rank[random_order(seed, teams)] = np.arange(teams)
    broken = standing.cost - _kept_together(problem, places)
    worst_first = np.lexsort((rank, standing.points, -broken))
    worst = worst_first[: blocks * teams_each // WORST_SHARE]
    others = np.setdiff1d(np.argsort(rank), worst, assume_unique=True)
    chosen = np.concatenate([worst, others[np.argsort(rank[others])]])[: blocks * teams_each]
    block = np.full(teams, -1, dtype=np.int64)
    block[chosen] = np.arange(chosen.size) % blocks
    return block


def _kept_together(problem: Problem, places: Whole) -> Whole:
    """Return what teams cost less because mates who must share a team do."""
    own = np.repeat(places, np.diff(problem.tie_starts))
    kept = np.flatnonzero((problem.tie_costs < 0) & (own == places[problem.ties]))
    cost = np.zeros(len(problem.sizes), dtype=np.int64)
    np.add.at(cost, own[kept], problem.tie_costs[kept])
    return cost // 2
