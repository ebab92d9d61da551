"""Simulated annealing that adapts itself to the instance and to the time it has.

What decides is the temperature. A descent to the first local optimum (milliseconds) measures the
*barrier*: how much the best exchange of an element costs there, on average. In units of the barrier the
good temperatures are nearly the same for random distances and for distances in space, for 120 elements
and for 2,000; see ``_Schedule`` for what remains to be adapted.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from iahcalc.mdgp._instance import Instance, Whole
from iahcalc.mdgp._sizes import start_sizes

Small = npt.NDArray[np.int32]

UNIT_LIMIT = 1 << 29
"""The largest sum of distances in a group, in the unit of the search; a gain is at most twice as much."""

DRAWS = 4096
CHUNK_SECONDS = 0.004
SAMPLED = 256
# Share of exchanges that the bound of the scattered kernel does not rule out, from which on sorting pays.
BOUND_BITES = 0.1
# Share of a cooling after which only gains are taken.
LAST_GAINS = 0.98
# A table with so many more places than elements, for sizes that may change, costs more than it gives.
WIDEST = 1.5


@dataclass(frozen=True, eq=False)
class Found:
    """A grouping.

    Attributes:
        objective: the sum of the distances inside the groups.
        groups: shape (elements,), the group of each element, counted from 0.
        seconds: processor time of the search.
        tried: how many exchanges were weighed.
    """

    objective: float
    groups: Whole
    seconds: float
    tried: int


def solve(instance: Instance, *, seconds: float = 1.0, seed: int = 1) -> Found:
    """Return the best grouping found in a time; sizes are always within the limits.

    Args:
        instance: distances may be of any unit, also negative.
        seconds: processor time of one core, from after the distances are read and the code is loaded.
        seed: any whole number from 0 on. The result depends on the speed of the machine as well.

    Source:
        Simulated annealing: Kirkpatrick, Gelatt, Vecchi (1983), doi:10.1126/science.220.4598.671. Sums
        kept up to date for each element and group: Lai, Hao (2016), doi:10.1016/j.ejor.2016.05.018.
    """
    if not seconds > 0:
        raise ValueError(f"The time must be above 0 seconds, not {seconds}.")
    # The compiler is imported, and its cache read, before the clock starts.
    from iahcalc.mdgp import _kernels_sorted  # noqa: F401 -- slow import

    begun = time.thread_time()
    sizes = start_sizes(len(instance.distances), instance.low, instance.high)
    if len(sizes) == 1:
        groups = np.zeros(len(instance.distances), dtype=np.int64)
        return Found(instance.objective(groups), groups, time.thread_time() - begun, 0)
    rng = np.random.Generator(np.random.PCG64(seed))
    scaled, _unit = _whole_distances(instance)
    state: _State = _Scattered(scaled, instance, sizes, rng)
    state = _descended(state)
    if state.looked > BOUND_BITES * state.tried and _places(instance) <= WIDEST * len(scaled):
        tried = state.tried
        state = _descended(_Sorted(scaled, instance, state.groups(), rng))
        state.count[TRIED] += tried
    _anneal(state, begun=begun, seconds=seconds, rng=rng)
    groups = state.best_groups()
    return Found(instance.objective(groups), groups, time.thread_time() - begun, state.tried)


VALUE, BEST, FIRST, SECOND, TRIED, CHANGED, LOOKED = range(7)


def _whole_distances(instance: Instance) -> tuple[Small, float]:
    """Return the distances as whole numbers that cannot overflow, and how many make one of the unit given."""
    distances = instance.distances
    most = int(min(instance.high.max(), len(distances)))
    widest = float(np.abs(distances).max()) * most or 1.0
    whole = bool((distances == np.rint(distances)).all())
    unit = 1.0 if whole and widest <= UNIT_LIMIT else UNIT_LIMIT / widest
    return np.rint(distances * unit).astype(np.int32), unit


def _places(instance: Instance) -> int:
    return int(_reachable(instance).sum())


def _reachable(instance: Instance) -> Whole:
    """Return the most elements each group can have when the others have their least."""
    spare = len(instance.distances) - int(instance.low.sum())
    reachable: Whole = np.minimum(instance.high, instance.low + spare)
    return reachable


class _State(Protocol):
    """A grouping that a kernel works on."""

    count: Whole

    @property
    def tried(self) -> int: ...
    @property
    def looked(self) -> int: ...
    def visit(self, thresholds: Small, visits: int) -> None: ...
    def barrier(self) -> float: ...
    def groups(self) -> Whole: ...
    def best_groups(self) -> Whole: ...
    @property
    def pairs(self) -> int: ...


class _Counted:
    count: Whole
    sizes: Small

    @property
    def tried(self) -> int:
        return int(self.count[TRIED])

    @property
    def looked(self) -> int:
        return int(self.count[LOOKED])

    @property
    def pairs(self) -> int:
        """Pairs of groups."""
        return len(self.sizes) * (len(self.sizes) - 1) // 2


class _Scattered(_Counted):
    """For the kernel that leaves the table of distances as it is."""

    def __init__(self, scaled: Small, instance: Instance, sizes: Whole, rng: np.random.Generator) -> None:
        from iahcalc.mdgp import _kernels

        elements, groups = len(scaled), len(sizes)
        width = _width(elements)
        self.distance = np.zeros((elements, width), dtype=np.int32)
        self.distance[:, :elements] = scaled
        self.team = np.full(width, groups, dtype=np.int32)
        self.team[:elements] = rng.permutation(np.repeat(np.arange(groups), sizes))
        self.sizes = sizes.astype(np.int32)
        self.low, self.high = instance.low.astype(np.int32), _reachable(instance).astype(np.int32)
        self.members = np.zeros((groups, int(self.high.max())), dtype=np.uint32)
        for group in range(groups):
            self.members[group, : sizes[group]] = np.flatnonzero(self.team == group)
        self.near = np.zeros((groups, width), dtype=np.int32)
        self.own = np.zeros(width, dtype=np.int32)
        nearest = scaled.copy()
        np.fill_diagonal(nearest, UNIT_LIMIT)
        self.least = (2 * nearest.min(axis=1)).astype(np.int32)
        self.best = self.team.copy()
        self.dice = _dice(rng)
        self.lean_here, self.lean_there = np.zeros((2, self.members.shape[1]), dtype=np.int32)
        self.count = np.zeros(7, dtype=np.int64)
        _kernels.sum_up(self.distance, self.team, self.near, self.own)
        self._visit = _kernels.scattered
        self.count[VALUE] = self.count[BEST] = int(self.own.sum(dtype=np.int64)) // 2

    def visit(self, thresholds: Small, visits: int) -> None:
        self._visit(
            self.distance,
            self.near,
            self.own,
            self.members,
            self.sizes,
            self.low,
            self.high,
            self.least,
            self.team,
            self.best,
            thresholds[:DRAWS],
            visits,
            self.dice,
            self.count,
            self.lean_here,
            self.lean_there,
        )

    def barrier(self) -> float:
        elements = len(self.distance)
        return _barrier(self.near, self.own, self.distance, self.team, np.arange(elements))

    def groups(self) -> Whole:
        return self.team[: len(self.distance)].astype(np.int64)

    def best_groups(self) -> Whole:
        return self.best[: len(self.distance)].astype(np.int64)


class _Sorted(_Counted):
    """For the kernel that keeps the table of distances in the order of the groups."""

    def __init__(self, scaled: Small, instance: Instance, given: Whole, rng: np.random.Generator) -> None:
        from iahcalc.mdgp import _kernels, _kernels_sorted

        groups = len(instance.low)
        self.low, self.high = instance.low.astype(np.int32), _reachable(instance).astype(np.int32)
        places = int(self.high.sum())
        width = _width(places)
        self.start = np.concatenate([[0], np.cumsum(self.high)[:-1]]).astype(np.int32)
        self.sizes = np.bincount(given, minlength=groups).astype(np.int32)
        self.group_at = np.repeat(np.arange(groups), self.high).astype(np.int32)
        self.who = np.full(places, -1, dtype=np.int32)
        team = np.full(places, groups, dtype=np.int32)
        for group in range(groups):
            begin, size = int(self.start[group]), int(self.sizes[group])
            self.who[begin : begin + size] = np.flatnonzero(given == group)
            team[begin : begin + size] = group
        taken = np.flatnonzero(self.who >= 0)
        self.distance = np.zeros((places, width), dtype=np.int32)
        self.distance[taken[:, None], taken] = scaled[self.who[taken][:, None], self.who[taken]]
        self.near = np.zeros((groups, width), dtype=np.int32)
        self.own = np.zeros(width, dtype=np.int32)
        self.best = given.astype(np.int32)
        self.dice = _dice(rng)
        self.lean = np.zeros(width, dtype=np.int32)
        self.count = np.zeros(7, dtype=np.int64)
        _kernels.sum_up(self.distance, team, self.near, self.own)
        self._visit = _kernels_sorted.sorted_by_group
        self.count[VALUE] = self.count[BEST] = int(self.own.sum(dtype=np.int64)) // 2

    def visit(self, thresholds: Small, visits: int) -> None:
        self._visit(
            self.distance,
            self.near,
            self.own,
            self.start,
            self.sizes,
            self.low,
            self.high,
            self.who,
            self.group_at,
            self.best,
            thresholds,
            visits,
            self.dice,
            self.count,
            self.lean,
        )

    def barrier(self) -> float:
        return _barrier(self.near, self.own, self.distance, self.group_at, np.flatnonzero(self.who >= 0))

    def groups(self) -> Whole:
        taken = self.who >= 0
        groups = np.zeros(len(self.best), dtype=np.int64)
        groups[self.who[taken]] = self.group_at[taken]
        return groups

    def best_groups(self) -> Whole:
        return self.best.astype(np.int64)


def _width(places: int) -> int:
    """Return a length of rows that fills vectors and whose columns do not all fall on the same cache lines."""
    width = -(-places // 16) * 16
    return width + 32 if width * 4 % 1024 < 128 else width


def _dice(rng: np.random.Generator) -> npt.NDArray[np.uint64]:
    return rng.integers(1, 2**63, 1, dtype=np.uint64)


def _barrier(near: Small, own: Small, distance: Small, team: Small, places: Whole) -> float:
    """Return what the best exchange of an element costs, as the mean over some of the elements, 0 or more."""
    sample = places[:: max(1, len(places) // SAMPLED)]
    groups = team[places]
    costs = []
    for place in sample:
        gain = near[groups, place] - own[place] + near[team[place]][places] - own[places]
        gain = gain - 2 * distance[place, places]
        gain = gain[groups != team[place]]
        if gain.size:
            costs.append(-int(gain.max()))
    return max(0.0, float(np.mean(costs))) if costs else 0.0


def _descended(state: _State) -> _State:
    """Take every exchange that gains until none does."""
    none = np.zeros(_draws(state), dtype=np.int32)
    changed = -1
    while changed != state.count[CHANGED]:
        changed = int(state.count[CHANGED])
        state.visit(none, state.pairs)
    return state


def _draws(state: _State) -> int:
    # The kernel that works by rows of the table takes as many in a row as there are places.
    return DRAWS + 2 * len(state.groups()) + 64


def _anneal(state: _State, *, begun: float, seconds: float, rng: np.random.Generator) -> None:
    """Cool down, once or several times, until the time is over."""
    barrier = state.barrier()
    elements = len(state.groups())
    # Exponential numbers, drawn once: which of them an exchange meets is drawn anew each time.
    draws = np.log1p(-rng.random(_draws(state)))
    none = np.zeros(draws.size, dtype=np.int32)
    schedule = _Schedule(elements=elements, seconds=seconds, in_space=isinstance(state, _Sorted))
    visits = 1
    now = time.thread_time()
    while now - begun < seconds:
        factor = schedule.at((now - begun) / seconds)
        thresholds = (
            none if factor == 0 else np.maximum(barrier * factor * draws, -UNIT_LIMIT).astype(np.int32)
        )
        state.visit(thresholds, visits)
        before, now = now, time.thread_time()
        wanted = min(CHUNK_SECONDS, seconds / 100)
        visits = max(1, min(int(visits * min(4.0, wanted / max(now - before, 1e-7))), 1 << 20))


@dataclass(frozen=True)
class _Schedule:
    """Temperatures over the time, in units of the barrier.

    With random distances one cooling is best until it is slow enough; with time to spare, several coolings
    from a lower start, each from where the last one ended, find more than one long one. Distances in space
    leave thousands of groupings nearly as good as the best: one cooling from a lower start to a lower end.
    """

    elements: int
    seconds: float
    in_space: bool

    def at(self, share: float) -> float:
        """Return the temperature after a share of the time; 0 where only gains are taken."""
        share = min(share, 1.0) * self.coolings % 1.0
        if share >= LAST_GAINS:
            return 0.0
        if self.in_space:
            hot, cold = 0.2, 0.05
        else:
            hot, cold = (0.3, 0.1) if self.coolings == 1 else (0.25, 0.12)
        return hot * math.pow(cold / hot, share / LAST_GAINS)

    @property
    def coolings(self) -> int:
        enough = (self.elements / 240) ** 3
        return 1 if self.in_space else max(1, int(self.seconds / enough))
