"""Finding good teams: deal out, exchange while it helps, shake, exchange again.

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

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iahcalc.teams._problem import POINTS, Bits, Objective, Problem, Whole

Told = Callable[[float], None]
Search = Callable[[Problem, int, Told], Whole]


def local_search(problem: Problem, seed: int, told: Told) -> Whole:
    """Return places; the same problem and seed give the same places on every machine.

    It stops after a number of steps that depends on the number of people only, never on the
    clock: about 0.1 s for 30 people, 2 s for 200.

    Source:
        Worst team first: the max-min heuristic of CATME Team-Maker, Layton, Loughry, Ohland,
        Ricco (2010), Advances in Engineering Education 2(1). Iterated local search: Lourenço,
        Martin, Stützle (2003), doi:10.1007/0-306-48056-5_11.
    """
    dice = Dice(seed)
    state = _State(problem, dealt(problem, dice))
    movable = np.flatnonzero(problem.locked < 0)
    if len(problem.sizes) == 1 or movable.size == 0:
        return state.places
    people = len(problem.people)
    steps = min(700 + 15 * people + people**2 // 8, 8000 + 4 * people)
    allowed = steps
    steps -= _descend(state, dice.shuffled(movable), steps)
    best, best_worth = state.copy(), state.worth
    perfect = Objective(problem.mates_cost, problem.full, problem.full * len(problem.sizes), problem.aim)
    while steps > 0 and best_worth < perfect:
        told(1 - steps / allowed)
        touched = _shake(state, movable, dice)
        # Shaking counts as a step: where nobody can be exchanged, nothing follows from it.
        steps -= 1 + _descend(state, dice.shuffled(touched), steps)
        if state.worth >= best_worth:
            best, best_worth = state.copy(), state.worth
        else:
            state = best.copy()
    return best.places


class Dice:
    """Random whole numbers from the raw stream of PCG64, which NumPy keeps stable for ever."""

    def __init__(self, seed: int) -> None:
        self._raw = np.random.PCG64(seed).random_raw

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit`` - 1; the bias of the remainder is below 2**-40."""
        return int(self._raw()) % limit

    def shuffled(self, items: Whole) -> Whole:
        """Return the items in random order."""
        order = items.copy()
        for last in range(order.size - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def dealt(problem: Problem, dice: Dice) -> Whole:
    """Deal people out like cards sorted by the heaviest wish about words, so that values spread.

    Under a gather wish the sorted people fill one team after the other instead.
    """
    places = problem.locked.copy()
    open_seats = _open_seats(problem)
    waiting = dice.shuffled(np.flatnonzero(places < 0))
    gather = False
    if problem.word_wishes.size:
        block = int(np.argmax(problem.weight[problem.word_wishes]))
        gather = problem.wishes[int(problem.word_wishes[block])].kind == "gather"
        end = problem.blocks[block + 1] if block + 1 < problem.blocks.size else problem.has.shape[1]
        columns = problem.has[waiting, problem.blocks[block] : end]
        waiting = waiting[np.argsort(columns.argmax(axis=1), kind="stable")]
    if gather:
        places[waiting] = np.repeat(np.arange(open_seats.size), open_seats)
        return places
    seats = np.concatenate(
        [np.flatnonzero(open_seats > row) for row in range(int(open_seats.max(initial=0)))] or [waiting]
    )
    places[waiting] = seats
    return places


def _open_seats(problem: Problem) -> Whole:
    small, large = problem.sizes[-1], problem.sizes[0]
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=len(problem.sizes))
    target = np.full(len(problem.sizes), small, dtype=np.int64)
    if large > small:
        larger = sum(size == large for size in problem.sizes)
        # Teams that are locked full come first, the others in order.
        target[np.argsort(-(taken == large).astype(np.int64), kind="stable")[:larger]] = large
    return target - taken


@dataclass
class _State:
    """Places, and what follows from them, kept up to date."""

    problem: Problem
    places: Whole

    def __post_init__(self) -> None:
        problem, teams = self.problem, len(self.problem.sizes)
        member = (self.places == np.arange(teams)[:, None]).astype(np.int64)
        self.sizes = member.sum(axis=1)
        self.counts = member @ problem.has
        self.sums = member @ problem.numbers
        self.squares = member @ problem.numbers**2
        self.others: Bits = np.zeros_like(problem.free)
        for team in range(teams if problem.quarters else 0):
            self._share_hours(team)
        self.ties: Whole = np.zeros((0, 0), dtype=np.int64)
        self.mates = np.zeros(teams, dtype=np.int64)
        if problem.mates is not None:
            self.ties = problem.mates @ member.T
            self.mates = np.einsum("ti,it->t", member, self.ties) // 2
        standing = problem.standing(self.places)
        self.cost, self.points = standing.cost, standing.points

    def copy(self) -> _State:
        twin = object.__new__(_State)
        for name, value in vars(self).items():
            setattr(twin, name, value.copy() if isinstance(value, np.ndarray) else value)
        return twin

    @property
    def worth(self) -> Objective:
        worst, total = int(self.points.min()), int(self.points.sum())
        return Objective(-int(self.cost.sum()), worst, total, self.problem.aim)

    def members(self, team: int) -> Whole:
        return np.flatnonzero(self.places == team)

    def _share_hours(self, team: int) -> None:
        """For each member, the hours that all the other members share."""
        members = self.members(team)
        free = self.problem.free[members]
        every = np.full((1, free.shape[1]), np.iinfo(np.uint64).max, dtype=np.uint64)
        before = np.concatenate([every, np.bitwise_and.accumulate(free, axis=0)[:-1]])
        after = np.concatenate([np.bitwise_and.accumulate(free[::-1], axis=0)[-2::-1], every])
        self.others[members] = before[: members.size] & after[-members.size :]

    def exchange(self, one: int, other: int) -> None:
        """Let two people of different teams change places."""
        home, away = int(self.places[one]), int(self.places[other])
        self._shift(one, home, away)
        self._shift(other, away, home)
        self._settle(home, away)

    def move(self, one: int, away: int) -> None:
        """Let one person go to another team."""
        home = int(self.places[one])
        self._shift(one, home, away)
        self.sizes[home] -= 1
        self.sizes[away] += 1
        self._settle(home, away)

    def _shift(self, one: int, home: int, away: int) -> None:
        problem = self.problem
        self.places[one] = away
        for sums, own in (
            (self.counts, problem.has[one]),
            (self.sums, problem.numbers[one]),
            (self.squares, problem.numbers[one] ** 2),
        ):
            sums[home] -= own
            sums[away] += own
        if problem.mates is not None:
            self.mates[home] -= self.ties[one, home]
            self.mates[away] += self.ties[one, away]
            self.ties[:, home] -= problem.mates[:, one]
            self.ties[:, away] += problem.mates[:, one]

    def _settle(self, home: int, away: int) -> None:
        pair = np.array([home, away])
        common = None
        if self.problem.quarters:
            self._share_hours(home)
            self._share_hours(away)
            first = [int(np.argmax(self.places == team)) for team in (home, away)]
            common = self.others[first] & self.problem.free[first]
        standing = self.problem.measure(
            sizes=self.sizes[pair],
            counts=self.counts[pair],
            sums=self.sums[pair],
            squares=self.squares[pair],
            common=common,
            mates=self.mates[pair],
        )
        self.cost[pair], self.points[pair] = standing.cost, standing.points


def _descend(state: _State, queue: Whole, limit: int) -> int:
    """Take the best exchange of each person in turn until none helps; return the steps used."""
    waiting = list(map(int, queue[::-1]))
    listed = set(waiting)
    steps = 0
    while waiting and steps < limit:
        one = waiting.pop()
        listed.discard(one)
        steps += 1
        home = int(state.places[one])
        away = _improve(state, one)
        if away is None:
            continue
        for team in (home, away):
            for member in map(int, state.members(team)):
                if member not in listed and state.problem.locked[member] < 0:
                    waiting.insert(0, member)
                    listed.add(member)
    return steps


def _improve(state: _State, one: int) -> int | None:
    """Make the best exchange or move of one person, if any helps; return the other team."""
    problem, home = state.problem, int(state.places[one])
    candidates = np.flatnonzero((state.places != home) & (problem.locked < 0))
    targets = np.zeros(0, dtype=np.int64)
    if problem.sizes[0] > problem.sizes[-1] and state.sizes[home] == problem.sizes[0]:
        targets = np.flatnonzero(state.sizes < problem.sizes[0])
    away = np.concatenate([state.places[candidates], targets])
    if away.size == 0:
        return None
    cost, points = _supposed(state, one, candidates, targets)
    half = away.size
    cost_change = cost[:half] + cost[half:] - state.cost[home] - state.cost[away]
    worst = np.minimum(np.minimum(points[:half], points[half:]), _lowest_of_others(state, home)[away])
    change = points[:half] + points[half:] - state.points[home] - state.points[away]
    best = np.flatnonzero(cost_change == cost_change.min())
    first, second = (worst, change) if problem.aim == "worst" else (change, worst)
    best = best[first[best] == first[best].max()]
    choice = int(best[np.argmax(second[best])])
    lift = int(worst[choice] - state.points.min())
    if Objective(-int(cost_change[choice]), lift, int(change[choice]), problem.aim).order <= (0, 0, 0):
        return None
    if choice < candidates.size:
        state.exchange(one, int(candidates[choice]))
    else:
        state.move(one, int(away[choice]))
    return int(away[choice])


def _supposed(state: _State, one: int, candidates: Whole, targets: Whole) -> tuple[Whole, Whole]:
    """Measure, for each exchange and then each move, the home team; then the other team."""
    problem, home = state.problem, int(state.places[one])
    away = np.concatenate([state.places[candidates], targets])
    moves = targets.size

    def both(sums: Whole, own: Whole) -> Whole:
        # In a move nobody comes back: the candidate is a row of zeros.
        coming = np.concatenate([own[candidates], np.zeros((moves, own.shape[1]), dtype=np.int64)])
        return np.concatenate([sums[home] - own[one] + coming, sums[away] - coming + own[one]])

    sizes = np.concatenate([np.full(away.size, state.sizes[home]), state.sizes[away]])
    if moves:
        sizes[candidates.size : away.size] -= 1
        sizes[away.size + candidates.size :] += 1
    common = None
    if problem.quarters:
        left, own = state.others[one], problem.free[one]
        whole = state.others & problem.free
        reached = np.array([int(np.argmax(state.places == team)) for team in targets], dtype=np.int64)
        common = np.concatenate(
            [
                left & problem.free[candidates],
                np.broadcast_to(left, (moves, left.size)),
                state.others[candidates] & own,
                whole[reached] & own,
            ]
        )
    mates = np.zeros(2 * away.size, dtype=np.int64)
    if problem.mates is not None:
        ties, pair = (
            state.ties,
            np.concatenate([problem.mates[one, candidates], np.zeros(moves, dtype=np.int64)]),
        )
        coming_home = np.concatenate([ties[candidates, home], np.zeros(moves, dtype=np.int64)])
        leaving = np.concatenate(
            [ties[candidates, state.places[candidates]], np.zeros(moves, dtype=np.int64)]
        )
        mates = np.concatenate(
            [
                state.mates[home] - ties[one, home] + coming_home - pair,
                state.mates[away] - leaving + ties[one, away] - pair,
            ]
        )
    standing = problem.measure(
        sizes=sizes,
        counts=both(state.counts, problem.has),
        sums=both(state.sums, problem.numbers),
        squares=both(state.squares, problem.numbers**2),
        common=common,
        mates=mates,
    )
    return standing.cost, standing.points


def _lowest_of_others(state: _State, home: int) -> Whole:
    """For each team, the points of the lowest team that is neither it nor the home team."""
    points = state.points.copy()
    # No team is above full: with two teams there are no others, and this changes nothing.
    points[home] = max(state.problem.full, POINTS)
    first = int(np.argmin(points))
    lowest = np.full(points.size, points[first])
    points[first] = max(state.problem.full, POINTS)
    lowest[first] = points.min()
    return lowest


def _shake(state: _State, movable: npt.NDArray[np.int64], dice: Dice) -> Whole:
    """Exchange a few people at random, often out of the worst team; return who was touched."""
    teams = set()
    suffering = int(np.argmax(state.cost)) if state.cost.max() > 0 else int(np.argmin(state.points))
    for _ in range(2 + dice.below(3)):
        pool = movable
        if dice.below(2):
            own = movable[state.places[movable] == suffering]
            pool = own if own.size else movable
        one = int(pool[dice.below(pool.size)])
        others = movable[state.places[movable] != state.places[one]]
        if others.size:
            other = int(others[dice.below(others.size)])
            teams |= {int(state.places[one]), int(state.places[other])}
            state.exchange(one, other)
    return movable[np.isin(state.places[movable], sorted(teams))]
