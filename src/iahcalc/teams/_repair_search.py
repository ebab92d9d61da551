"""The search that mends teams: broken rules first, then moves, then what teams are worth.

It looks at relocations and exchanges of the people it may have to touch only: who has no place yet,
who was moved, and who is in the way of a rule. Everything is measured by ``Problem.measured``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iahcalc.teams._dice import Dice
from iahcalc.teams._problem import Problem, Standing, Whole

NOBODY = -1
ROUNDS = 60
SAMPLE = 60
"""So many people to change places with, and teams to go to, are looked at first."""
PLACES = 1000
"""So many teams to go to are looked at for somebody who stands nowhere firmly."""


class Worth(NamedTuple):
    """What a standpoint is worth: smaller is better, first things first."""

    cost: int
    moves: int
    first: int
    second: int


class Change(NamedTuple):
    """Somebody goes to another team, and perhaps somebody comes back (``other``, else ``NOBODY``)."""

    one: int
    team: int
    other: int


@dataclass
class Effort:
    """How much may still be weighed: one for each change, and for each time that changes are weighed, 100."""

    left: int

    @property
    def is_spent(self) -> bool:
        """Whether the work is enough."""
        return self.left <= 0


@dataclass
class Standpoint:
    """Who is where, and what each team is worth.

    Attributes:
        home: shape (people,), the team index of before, ``NOBODY`` for who had none.
        fixed: shape (people,), who cannot be moved.
        places: shape (people,), the team index now.
        effort: shared by all copies.
    """

    problem: Problem
    home: Whole
    fixed: npt.NDArray[np.bool_]
    places: Whole
    effort: Effort

    def __post_init__(self) -> None:
        teams = int(self.places.max()) + 1
        sizes = np.bincount(self.places, minlength=teams)
        self.sizes = sizes
        self.seats = self.problem.rows.size - 1
        self.members = np.full((teams, self.seats), NOBODY, dtype=np.int64)
        order = np.argsort(self.places, kind="stable")
        starts = np.cumsum(sizes) - sizes
        self.members[self.places[order], np.arange(order.size) - starts[self.places[order]]] = order
        standing = self.problem.measured(np.arange(self.places.size), self.places)
        self.cost, self.points = standing.cost, standing.points

    @property
    def strayed(self) -> npt.NDArray[np.bool_]:
        """Who is in another team than before."""
        return np.asarray((self.home != NOBODY) & (self.home != self.places))

    @property
    def worth(self) -> Worth:
        worst, total = -int(self.points.min()), -int(self.points.sum())
        first, second = (worst, total) if self.problem.aim == "worst" else (total, worst)
        cost = int(self.cost.sum()) + self.problem.mates_cost
        return Worth(cost, int(self.strayed.sum()), first, second)

    def copy(self) -> Standpoint:
        twin = object.__new__(Standpoint)
        for name, value in vars(self).items():
            setattr(
                twin, name, value.copy() if isinstance(value, np.ndarray) and name not in _SHARED else value
            )
        return twin

    def make(self, change: Change) -> None:
        """Carry a change out."""
        left = int(self.places[change.one])
        self.places[change.one] = change.team
        if change.other != NOBODY:
            self.places[change.other] = left
        for team in (left, change.team):
            own = np.flatnonzero(self.places == team)
            self.members[team] = NOBODY
            self.members[team, : own.size] = own
            self.sizes[team] = own.size
        standing = self._measured(self.members[[left, change.team]])
        self.cost[[left, change.team]] = standing.cost
        self.points[[left, change.team]] = standing.points

    def _measured(self, rows: Whole) -> Standing:
        """Measure teams given as rows of people, with ``NOBODY`` in empty seats."""
        team, seat = np.nonzero(rows != NOBODY)
        return self.problem.measured(rows[team, seat], team)

    def best_of(self, one: Whole, team: Whole, other: Whole) -> tuple[Worth, Change] | None:
        """Return the best of many changes and what it changes in the worth; ``None`` without any.

        Args:
            one, team, other: of equal shape, as in ``Change``.
        """
        left = self.places[one]
        alone = other == NOBODY
        # Nobody leaves a team empty, and no team grows beyond what can be measured.
        fits = (team != left) & (~alone | ((self.sizes[left] > 1) & self._has_room[team]))
        one, team, other, left, alone = one[fits], team[fits], other[fits], left[fits], alone[fits]
        self.effort.left -= 100 + one.size
        if not one.size:
            return None
        behind = self.members[left]
        behind = np.where(behind == one[:, None], other[:, None], behind)
        ahead = np.concatenate([self.members[team], np.full((one.size, 1), NOBODY)], axis=1)
        ahead = np.where((ahead == other[:, None]) & ~alone[:, None], one[:, None], ahead)
        ahead[alone, -1] = one[alone]
        wide = np.concatenate([np.pad(behind, ((0, 0), (0, 1)), constant_values=NOBODY), ahead])
        standing = self._measured(wide)
        half = one.size
        cost = standing.cost[:half] + standing.cost[half:] - self.cost[left] - self.cost[team]
        moves = self._strays(one, team) - self._strays(one, left)
        moves += np.where(alone, 0, self._strays(other, left) - self._strays(other, team))
        total = standing.points[:half] + standing.points[half:] - self.points[left] - self.points[team]
        worst = np.minimum(standing.points[:half], standing.points[half:])
        worst = np.minimum(worst, self._lowest_without(left, team)) - self.points.min()
        first, second = (worst, total) if self.problem.aim == "worst" else (total, worst)
        best = int(np.lexsort((-second, -first, moves, cost))[0])
        change = Change(int(one[best]), int(team[best]), int(other[best]))
        return Worth(int(cost[best]), int(moves[best]), -int(first[best]), -int(second[best])), change

    @property
    def _has_room(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.sizes < self.seats)

    def _strays(self, people: Whole, teams: Whole) -> Whole:
        home = self.home[people]
        return np.asarray((home != NOBODY) & (home != teams), dtype=np.int64)

    def _lowest_without(self, one: Whole, other: Whole) -> Whole:
        """Return the lowest points of all teams but two."""
        lowest = np.argsort(self.points, kind="stable")[:3]
        found = np.full(one.size, np.iinfo(np.int64).max)
        for team in lowest[::-1]:
            found = np.where((one != team) & (other != team), self.points[team], found)
        return found


_SHARED = frozenset({"home", "fixed"})
NO_CHANGE = Worth(0, 0, 0, 0)


Suspects = Callable[[Standpoint], tuple[Sequence[int], Sequence[int]]]
"""Who is in the way of a rule, the first to be looked at first, and which teams break one."""


def mended(start: Standpoint, seed: int, suspects: Suspects) -> Standpoint:
    """Return a standpoint at least as good as the first, as good as the search finds it.

    It stops after an amount of work that ``start.effort`` limits, never by the clock.
    """
    dice = Dice(seed)
    best = _descended(start.copy(), suspects, dice)
    for _ in range(ROUNDS):
        worth = best.worth
        if start.effort.is_spent or (worth.cost == 0 and worth.moves == 0):
            break
        trial = best.copy()
        _shake(trial, dice, suspects)
        trial = _descended(trial, suspects, dice)
        if trial.worth <= best.worth:
            best = trial
    return best


def _descended(state: Standpoint, suspects: Suspects, dice: Dice) -> Standpoint:
    """Make changes until none helps, or the work is enough."""
    _settle(state, dice)
    while state.worth.cost > 0:
        # Most mends are found among some of the people; all are looked at only when they are not.
        for sample in (SAMPLE, state.places.size):
            improved = False
            for changes in _towards_the_rules(state, suspects, dice, sample):
                if state.effort.is_spent:
                    return state
                found = state.best_of(*changes)
                if found is not None and found[0] < NO_CHANGE:
                    state.make(found[1])
                    improved = True
            if improved:
                break
        else:
            return state
        _settle(state, dice)
    return state


def _settle(state: Standpoint, dice: Dice) -> None:
    """Move and exchange those who stand nowhere firmly: newcomers, and who was moved already."""
    waiting = dict.fromkeys(_loose(state).tolist())
    while waiting and not state.effort.is_spent:
        one = next(iter(waiting))
        del waiting[one]
        left = int(state.places[one])
        found = state.best_of(
            *_changes_of(state, one, _partners(state, one), _some_teams(state, dice, PLACES))
        )
        if found is not None and found[0] < NO_CHANGE:
            state.make(found[1])
            loose = _loose(state)
            touched = loose[np.isin(state.places[loose], [left, found[1].team])]
            waiting |= dict.fromkeys(touched.tolist())


def _towards_the_rules(
    state: Standpoint, suspects: Suspects, dice: Dice, sample: int
) -> Iterator[tuple[Whole, Whole, Whole]]:
    """Yield changes that may mend a rule: of each suspect, then of anybody into each team concerned."""
    people, teams = suspects(state)
    everybody = np.flatnonzero(~state.fixed)
    for one in people:
        if not state.fixed[one]:
            some = _some(dice, everybody, sample)
            yield _changes_of(state, one, some, _some_teams(state, dice, sample))
    for team in teams:
        some = _some(dice, everybody, sample)
        nobody = np.full(some.size, NOBODY, dtype=np.int64)
        yield some, np.full(some.size, team, dtype=np.int64), nobody


def _some(dice: Dice, people: Whole, number: int) -> Whole:
    """Return so many of the people, a stretch of them from anywhere on; all if there are no more."""
    if people.size <= number:
        return people
    return np.roll(people, -dice.below(people.size))[:number]


def _loose(state: Standpoint) -> Whole:
    return np.flatnonzero(~state.fixed & ((state.home == NOBODY) | state.strayed))


def _partners(state: Standpoint, one: int) -> Whole:
    """Return with whom somebody loose may change places at no further move, or to come home."""
    loose = _loose(state)
    if state.home[one] == NOBODY:
        return loose
    at_home = np.flatnonzero(~state.fixed & (state.places == state.home[one]))
    return np.union1d(loose, at_home)


def _some_teams(state: Standpoint, dice: Dice, number: int) -> Whole:
    return _some(dice, np.arange(state.sizes.size), number)


def _changes_of(state: Standpoint, one: int, partners: Whole, teams: Whole) -> tuple[Whole, Whole, Whole]:
    """Return the moves of one person to teams, home if away, and the exchanges with partners."""
    home = state.home[[one]]
    teams = np.union1d(teams, home[(home != NOBODY) & (home < state.sizes.size)])
    others = np.concatenate([np.full(teams.size, NOBODY, dtype=np.int64), partners])
    targets = np.concatenate([teams, state.places[partners]])
    return np.full(others.size, one, dtype=np.int64), targets, others


def _shake(state: Standpoint, dice: Dice, suspects: Suspects) -> None:
    """Make a few changes at random, half of them of people who are in the way or were moved."""
    movable = np.flatnonzero(~state.fixed)
    close = np.union1d(_loose(state), np.array(suspects(state)[0], dtype=np.int64))
    close = close[~state.fixed[close]]
    for _ in range(1 + dice.below(3)):
        pool = close if close.size and dice.below(2) else movable
        if not movable.size:
            return
        one = int(pool[dice.below(pool.size)])
        other = int(movable[dice.below(movable.size)]) if dice.below(2) else NOBODY
        team = int(state.places[other]) if other != NOBODY else dice.below(state.sizes.size)
        # Whether it can be done at all is judged there; how good it is does not matter here.
        found = state.best_of(np.array([one]), np.array([team]), np.array([other]))
        if found is not None:
            state.make(found[1])
