"""Which teams are searched together: blocks, and new blocks in which teams meet those that can help."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from iahcalc.teams._dealing import random_order
from iahcalc.teams._problem import Problem, Whole


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
    """Return the people and the teams of each block."""
    count = int(block_of_team.max()) + 1
    block = block_of_team[places]
    people, people_starts = np.argsort(block, kind="stable"), _starts(block, count)
    teams, team_starts = np.argsort(block_of_team, kind="stable"), _starts(block_of_team, count)
    number_of, team_number = np.empty_like(people), np.empty_like(teams)
    number_of[people] = np.arange(people.size) - people_starts[block[people]]
    team_number[teams] = np.arange(teams.size) - team_starts[block_of_team[teams]]
    return Blocks(number_of, team_number[places], people, people_starts, teams, team_starts)


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


def _starts(block: Whole, count: int) -> Whole:
    return np.concatenate([[0], np.cumsum(np.bincount(block, minlength=count))])
