"""Where a repair starts: which teams there are to be, and everybody placed somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iahcalc.teams._encoding import problem_of
from iahcalc.teams._everyone import Everyone
from iahcalc.teams._model import Aim, ImpossibleSizes, Person, Rules, UnknownTeam, Wish
from iahcalc.teams._problem import Problem, Whole
from iahcalc.teams._repair_search import NOBODY, Effort, Standpoint, Suspects
from iahcalc.teams._sizes import allowed_sizes
from iahcalc.teams._violations import Judge

FEW = 60
"""Up to so many people, more plans are tried out."""

ONE_BY_ONE = 200
"""More newcomers than this are dealt out, without weighing a place for each."""


@dataclass(frozen=True)
class Plan:
    """Which teams there are to be, by lasting number; ``moves``: no fewer can be needed."""

    numbers: tuple[int, ...]
    moves: int


def plans(*, people: int, home: Mapping[str, int], known: frozenset[int], rules: Rules) -> list[Plan]:
    """Return which teams could be kept, dissolved and opened, those with the fewest moves first.

    Args:
        people: how many are in the list now.
        home: key -> number of the team of before, of those who are still here.
        known: the numbers of all teams of before.
        rules: sizes, and locks by lasting number.

    Raises:
        ImpossibleSizes: more teams are asked for than there are people.
        UnknownTeam: a lock into a team that was not there before, or more locked teams than asked for.
    """
    if rules.teams is not None and rules.teams > people:
        raise ImpossibleSizes(f"{people} people cannot fill {rules.teams} teams: some would be empty.")
    for key, number in sorted(rules.locked.items()):
        if number not in known:
            raise UnknownTeam(f"{key} is locked into team {number}, which was not there before.")
    filled = Counter(home.values())
    # A team into which somebody is locked is there, even if everybody else left it.
    needed = sorted({*filled, *rules.locked.values()})
    found = {
        numbers: Plan(numbers, _fewest_moves(people, filled, numbers, rules))
        for teams in _numbers_of_teams(people, len(needed), rules)
        for numbers in _choices(
            teams=teams, people=people, filled=filled, needed=needed, known=known, rules=rules
        )
    }
    if not found:
        raise UnknownTeam("People are locked into more teams than there are to be.")
    ordered = sorted(found.values(), key=lambda plan: (plan.moves, abs(len(plan.numbers) - len(filled))))
    return ordered[: 6 if people > FEW else 30]


def _numbers_of_teams(people: int, now: int, rules: Rules) -> list[int]:
    """Return how many teams there may be, the nearest to now first; now, when no number is allowed."""
    if rules.teams is not None:
        return [rules.teams]
    if rules.size_low is None and rules.size_high is None:
        return [now]
    fewest = -(-people // rules.size_high) if rules.size_high else 1
    most = people // rules.size_low if rules.size_low else people
    near = sorted(range(max(1, fewest), most + 1), key=lambda teams: (abs(teams - now), teams))
    return near[: 3 if people > FEW else 5] or [min(now, people)]


def _choices(
    *,
    teams: int,
    people: int,
    filled: Mapping[int, int],
    needed: Sequence[int],
    known: frozenset[int],
    rules: Rules,
) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of so many teams: dissolve the smallest, or open those that were there before."""
    if teams >= len(needed):
        again = sorted(known.difference(needed))
        new = range(max(known) + 1, max(known) + 1 + teams)
        yield tuple(sorted([*needed, *[*again, *new][: teams - len(needed)]]))
        return
    locked = set(rules.locked.values())
    smallest = sorted(set(needed) - locked, key=lambda number: (filled.get(number, 0), number))
    surplus = len(needed) - teams
    if surplus > len(smallest):
        return
    for gone in combinations(smallest[: surplus + (1 if people > FEW else 4)], surplus):
        yield tuple(sorted(set(needed).difference(gone)))


def _fewest_moves(people: int, filled: Mapping[int, int], numbers: Sequence[int], rules: Rules) -> int:
    """Return a bound: everybody of a dissolved team, and who is too many, or missing, elsewhere."""
    low, high = allowed_sizes(people, len(numbers), rules)
    homeless = sum(size for number, size in filled.items() if number not in numbers)
    kept = [filled.get(number, 0) for number in numbers]
    new = people - sum(kept)
    over = sum(max(0, size - high) for size in kept)
    under = sum(max(0, low - size) for size in kept)
    return homeless + max(over, under - new)


def standpoint_of(
    *,
    people: Sequence[Person],
    home: Mapping[str, int],
    plan: Plan,
    wishes: Sequence[Wish],
    rules: Rules,
    aim: Aim,
    effort: Effort,
) -> tuple[Standpoint, Suspects]:
    """Return everybody placed, newcomers where they fit best; and who is in the way of a rule.

    Args:
        people: in the order of their keys.
        home: key -> number of the team of before, of those who had one.
        plan: which teams there are.
        wishes, rules, aim: as in ``repaired``.
        effort: how much may be weighed.
    """
    index = {number: team for team, number in enumerate(plan.numbers)}
    rules = replace(rules, locked={key: index[number] + 1 for key, number in rules.locked.items()})
    teams = len(index)
    stayers = Counter(number for number in home.values() if number in index)
    locked = Counter(rules.locked.values())
    largest = max(allowed_sizes(len(people), teams, rules)[1], *stayers.values(), *locked.values())
    size, larger = divmod(len(people), teams)
    problem = problem_of(
        people,
        wishes,
        rules,
        aim=aim,
        sizes=[size + 1] * larger + [size] * (teams - larger),
        measured=range(1, largest + 2 + max(0, -(-len(people) // teams) - largest)),
    )
    # A team that is dissolved is nobody's home: whoever was there is moved in any case.
    of_before = np.array(
        [index.get(home[person.key], teams) if person.key in home else NOBODY for person in people]
    )
    fixed = np.array([person.key in rules.locked for person in people])
    places = np.where(of_before < teams, of_before, NOBODY)
    for one in np.flatnonzero(fixed).tolist():
        places[one] = rules.locked[people[one].key] - 1
    _fill_empty_teams(places, fixed, teams)
    _place_newcomers(problem, places)
    return Standpoint(problem, of_before, fixed, places, effort), _suspects_of(people, rules, teams)


def _fill_empty_teams(places: Whole, fixed: npt.NDArray[np.bool_], teams: int) -> None:
    """Give each team without anybody a newcomer, else somebody of the largest team."""
    for team in range(teams):
        if (places == team).any():
            continue
        waiting = np.flatnonzero(places == NOBODY)
        if not waiting.size:
            sizes = np.bincount(places, minlength=teams)
            free = np.flatnonzero(~fixed & (sizes[places] > 1))
            # Only locks can leave nobody to fill a team with; then the largest team gives a locked person.
            free = free if free.size else np.flatnonzero(sizes[places] > 1)
            waiting = free[[int(np.argmax(sizes[places[free]]))]]
        places[waiting[0]] = team


def _place_newcomers(problem: Problem, places: Whole) -> None:
    """Give each newcomer the place that breaks the fewest rules, then adds the most."""
    teams = np.arange(int(places.max()) + 1)
    waiting = np.flatnonzero(places == NOBODY)
    if waiting.size > ONE_BY_ONE:
        for one in waiting:
            places[one] = int(np.argmin(np.bincount(places[places != NOBODY])))
        return
    for one in waiting:
        there = np.flatnonzero(places != NOBODY)
        now = problem.measured(there, places[there])
        room = np.flatnonzero(np.bincount(places[there]) < problem.rows.size - 1)
        then = problem.measured(
            np.concatenate([there, np.full(room.size, one)]), np.concatenate([places[there], teams[room]])
        )
        cost, points = then.cost - now.cost, then.points - now.points
        best = np.lexsort((-points[room], cost[room]))[0]
        places[one] = room[best]


def _suspects_of(people: Sequence[Person], rules: Rules, teams: int) -> Suspects:
    """Return what says who is in the way of a rule: whom broken rules name, then their team-mates."""
    judge = Judge(Everyone(people), rules, teams=teams)
    position = {person.key: index for index, person in enumerate(people)}
    named_by_rules = {*rules.locked, *(key for group in rules.together for key in group)}
    # Sharing a team by a rule costs less than nothing, and can hide what else is broken in a team.
    tied = np.array([position[key] for group in rules.together for key in group], dtype=np.int64)

    def suspects(state: Standpoint) -> tuple[Sequence[int], Sequence[int]]:
        place = {key: int(state.places[position[key]]) + 1 for key in named_by_rules}
        found = list(judge.of_several(place))
        for team in np.union1d(np.flatnonzero(state.cost > 0), state.places[tied]):
            own = state.members[team]
            found += judge.of_team(int(team) + 1, [people[one] for one in own[own != NOBODY]])
        named = [position[key] for reason in found for key in reason.people]
        concerned = [reason.team - 1 for reason in found if reason.team is not None]
        mates = [int(one) for team in concerned for one in state.members[team] if one != NOBODY]
        return list(dict.fromkeys([*named, *mates])), list(dict.fromkeys(concerned))

    return suspects
