"""Forming teams, and what comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from iahcalc.teams._check import MOST, check_seed, check_sizes, is_whole
from iahcalc.teams._encoding import problem_of
from iahcalc.teams._everyone import Everyone
from iahcalc.teams._facilitators import Assignment, assigned, check_facilitators
from iahcalc.teams._model import (
    Aim,
    DuplicatePeople,
    ImpossibleSizes,
    NobodyToPlace,
    Person,
    Rules,
    UnknownPerson,
    UnknownTeam,
    UnsuitableValue,
    Wish,
)
from iahcalc.teams._problem import POINTS, Objective, Problem, Standing, Whole
from iahcalc.teams._reasons import Reason
from iahcalc.teams._search import Search, Told, local_search
from iahcalc.teams._violations import Judge, violations_of


@dataclass(frozen=True)
class WishScore:
    """How far one team fulfils one wish.

    ``score`` is 0 to 1 against a bound: 1 means that no team of this size drawn from these
    people could do better, whatever the rules and the other teams are.
    """

    wish: Wish
    score: float


@dataclass(frozen=True)
class WishOutcome:
    """How far all teams together fulfil one wish.

    ``mean`` and ``worst`` are over the teams; ``bound`` is proved: no way of forming these teams
    has a higher mean. All are 0 to 1.
    """

    wish: Wish
    mean: float
    worst: float
    bound: float


@dataclass(frozen=True)
class Team:
    """One team. ``score`` is the weighted mean of its wish scores, 0 to 1; 1 without wishes."""

    number: int
    people: tuple[Person, ...]
    score: float
    wishes: tuple[WishScore, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """Teams, numbered from 1, people in each by key; with everything needed to ask further."""

    problem: Problem
    places: tuple[int, ...]
    seed: int

    @cached_property
    def teams(self) -> tuple[Team, ...]:
        return tuple(
            team_of(self.problem, self.standing, team, people) for team, people in enumerate(self.groups)
        )

    @cached_property
    def wishes(self) -> tuple[WishOutcome, ...]:
        """Every wish over all teams."""
        points = self.standing.wishes
        return tuple(
            WishOutcome(
                wish=wish,
                mean=int(points[:, number].sum()) / (POINTS * len(points)),
                worst=int(points[:, number].min()) / POINTS,
                bound=self.problem.bounds[number],
            )
            for number, wish in enumerate(self.problem.wishes)
        )

    @cached_property
    def violations(self) -> tuple[Reason, ...]:
        """Every rule that does not hold, for whom; empty when all hold.

        About several teams first, then team by team, then the teams without a facilitator.
        """
        return (*self._broken, *self.assignment.violations)

    @cached_property
    def violations_by_team(self) -> Mapping[int | None, tuple[Reason, ...]]:
        """Every rule that does not hold, by team number; those about several teams under ``None``."""
        found: dict[int | None, list[Reason]] = defaultdict(list)
        for violation in self.violations:
            found[violation.team].append(violation)
        return {number: tuple(reasons) for number, reasons in found.items()}

    @property
    def facilitator_of(self) -> Mapping[int, str | None]:
        """Team number -> key of who accompanies the team; ``None``: nobody does. Empty without such a rule.

        Assigned after the teams are formed, see ``_facilitators``: the search does not know of them.
        """
        return {
            number: None if one is None else one.key for number, one in self.assignment.facilitator_of.items()
        }

    @cached_property
    def objective(self) -> Objective:
        """What the search maximised; comparable between results of one problem only."""
        return objective_of(self.problem, self.standing)

    @cached_property
    def standing(self) -> Standing:
        """Every team measured."""
        return self.problem.standing(self._array)

    @cached_property
    def groups(self) -> tuple[tuple[Person, ...], ...]:
        """The people of each team, by key."""
        return tuple(tuple(self.problem.people[index] for index in team) for team in self.members)

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The positions, in ``problem.people``, of the people of each team."""
        order = np.argsort(self._array, kind="stable")
        ends = np.cumsum(np.bincount(self._array, minlength=len(self.problem.sizes)))[:-1]
        return tuple(tuple(team.tolist()) for team in np.split(order, ends))

    @cached_property
    def everyone(self) -> Everyone:
        """What the whole list has."""
        return Everyone(self.problem.people)

    @cached_property
    def judge(self) -> Judge:
        """What judges some of the teams without the others."""
        return Judge(self.everyone, self.problem.rules, teams=len(self.problem.sizes))

    @cached_property
    def assignment(self) -> Assignment:
        """Which facilitator accompanies which team."""
        return assigned(self.groups, self.problem.rules)

    @cached_property
    def _broken(self) -> tuple[Reason, ...]:
        return violations_of(self.groups, self.judge)

    def problem_measuring(self, sizes: Iterable[int]) -> Problem:
        """Return the problem, able to measure teams of these sizes as well."""
        known = self.problem.rows
        if all(size < known.size and known[size] >= 0 for size in sizes):
            return self.problem
        return self._roomier_problem

    @cached_property
    def _roomier_problem(self) -> Problem:
        """The problem with room for one more or one fewer in any team."""
        problem = self.problem
        return problem_of(
            problem.people,
            problem.wishes,
            problem.rules,
            aim=problem.aim,
            sizes=problem.sizes,
            measured={size + change for size in problem.sizes for change in (-1, 1)},
        )

    @property
    def _array(self) -> Whole:
        return np.array(self.places, dtype=np.int64)

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """Key -> team number, of everybody."""
        return {person.key: place + 1 for person, place in zip(self.problem.people, self.places, strict=True)}

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {person.key: position for position, person in enumerate(self.problem.people)}

    def team(self, number: int) -> Team:
        """Return a team by its number.

        Raises:
            UnknownTeam: there is none.
        """
        if not 1 <= number <= len(self.teams):
            raise UnknownTeam(f"There is no team {number}; the teams are 1 to {len(self.teams)}.")
        return self.teams[number - 1]

    def team_of(self, key: str) -> Team:
        """Return the team a person is in.

        Raises:
            UnknownPerson: nobody has this key.
        """
        return self.teams[self.places[self.position(key)]]

    def position(self, key: str) -> int:
        """Return where a person stands in ``places``.

        Raises:
            UnknownPerson: nobody has this key.
        """
        if key not in self._positions:
            raise UnknownPerson(f"Nobody in the list has the key “{key}”.")
        return self._positions[key]


def team_of(problem: Problem, standing: Standing, team: int, people: tuple[Person, ...]) -> Team:
    """Return one team with its scores. ``team``: its index, and its row in ``standing``."""
    return Team(
        number=team + 1,
        people=people,
        score=int(standing.points[team]) / problem.full if problem.full else 1.0,
        wishes=tuple(
            WishScore(wish, int(points) / POINTS)
            for wish, points in zip(problem.wishes, standing.wishes[team], strict=True)
        ),
    )


def objective_of(problem: Problem, standing: Standing) -> Objective:
    """Return what all teams together are worth, as they are measured."""
    cost = int(standing.cost.sum()) + problem.mates_cost
    return Objective(-cost, int(standing.points.min()), int(standing.points.sum()), problem.aim)


def form_teams(
    people: Sequence[Person],
    *,
    wishes: Sequence[Wish] = (),
    rules: Rules,
    seed: int = 1,
    aim: Aim = "worst",
    told: Told | None = None,
    search: Search = local_search,
) -> Result:
    """Form teams in which every person is exactly once.

    Rules come first, then the worst team is made as good as possible, then the sum over all
    teams; under the aim “sum” the worst team comes last. Rules that cannot all be kept are kept as far as the search finds possible, and
    ``Result.violations`` lists the others. The order of ``people`` changes nothing; the same
    people, wishes, rules and seed give the same teams on every machine.

    Args:
        people: any order; keys must differ.
        wishes: see ``Wish``; several may be about one attribute.
        rules: see ``Rules``.
        seed: any whole number from 0 on. Another seed may give equally good, other teams.
        aim: “worst” or “sum”.
        told: called several times a second with the share of the work that is done, 0 to 1. What
            it raises stops the search and passes on to the caller.
        search: what looks for the teams; see ``_search``.

    Raises:
        TeamFault: nothing can be formed at all; see there.

    >>> people = [Person(key=name, name=name, attributes={"country": country})
    ...           for name, country in [("Ana", "RS"), ("Besa", "AL"), ("Carlo", "IT"), ("Drita", "AL")]]
    >>> made = form_teams(people, wishes=[Wish(attribute="country", kind="mix")], rules=Rules(teams=2))
    >>> sorted(len({person.attributes["country"] for person in team.people}) for team in made.teams)
    [2, 2]
    """
    check_seed(seed)
    check_keys(people)
    check_facilitators(rules.facilitators)
    problem = problem_of(people, wishes, rules, aim=aim)
    places = search(problem, seed, told or _tell_nobody)
    return Result(problem=problem, places=tuple(int(place) for place in places), seed=seed)


def placed(
    people: Sequence[Person],
    places: Sequence[int],
    *,
    wishes: Sequence[Wish] = (),
    rules: Rules,
    seed: int = 0,
    aim: Aim = "worst",
) -> Result:
    """Return the result for teams that exist already (formed by hand, or stored), to judge and explain.

    The teams may be of any sizes; one that is larger or smaller than ``rules`` ask is a broken rule.
    Without ``rules.teams`` there are as many teams as ``places`` name.

    Args:
        people: as in ``form_teams``.
        places: team index, from 0, of each of ``people``, in the same order.

    Raises:
        ImpossibleSizes: a team is empty.
        UnknownTeam: a place is below 0, or not below ``rules.teams``.
        UnsuitableValue: a place is not a whole number.
        TeamFault: as ``form_teams``.
    """
    check_seed(seed)
    check_keys(people)
    check_facilitators(rules.facilitators)
    check_sizes(rules)
    if not all(is_whole(place) and abs(place) <= MOST for place in places):
        raise UnsuitableValue("The places must be whole numbers: the index of a team, from 0 on.")
    given = np.array(places, dtype=np.int64)
    teams = rules.teams or max(1, int(given.max()) + 1)
    if not ((given >= 0) & (given < teams)).all():
        raise UnknownTeam(f"The teams are 1 to {teams}.")
    filled = np.unique(given)
    if filled.size < teams:
        gaps = np.flatnonzero(filled != np.arange(filled.size))
        raise ImpossibleSizes(f"Nobody is in team {int(gaps[0] if gaps.size else filled.size) + 1}.")
    sizes = np.bincount(given, minlength=teams)
    problem = problem_of(people, wishes, rules, aim=aim, sizes=sizes.tolist())
    by_key = {person.key: place for person, place in zip(people, given.tolist(), strict=True)}
    return Result(problem=problem, places=tuple(by_key[person.key] for person in problem.people), seed=seed)


def check_keys(people: Sequence[Person]) -> None:
    if not people:
        raise NobodyToPlace("The list of people is empty.")
    seen: set[str] = set()
    for person in people:
        if person.key in seen:
            raise DuplicatePeople(f"“{person.key}” is in the list more than once.")
        seen.add(person.key)


def _tell_nobody(_share: float) -> None:
    """Nobody asked how far the work is."""
