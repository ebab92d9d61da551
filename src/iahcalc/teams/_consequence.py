"""What would follow if people changed places: measured on the teams they leave and join."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from iahcalc.teams._facilitators import assigned
from iahcalc.teams._model import ImpossibleSizes
from iahcalc.teams._phrases import counted, listed
from iahcalc.teams._problem import Objective, Standing
from iahcalc.teams._reasons import Reason
from iahcalc.teams._result import Result, Team, objective_of, placed, team_of
from iahcalc.teams._violations import common_quarters

Slots = Mapping[int, tuple[int, ...] | None]


@dataclass(frozen=True, eq=False)
class Consequence:
    """What an exchange, or a move, would change.

    Attributes:
        result: the teams as they are.
        places: the team index of everybody afterwards, see ``Result.places``.
        before_objective, after_objective: a broken lock is not in them, but in ``broken``.
        before_teams, after_teams: the teams that change, by number, with people, score and wish scores;
            empty when nothing changes.
        mended, broken: rules that would hold again, and that would no longer hold.
    """

    result: Result
    places: tuple[int, ...]
    before_objective: Objective
    after_objective: Objective
    before_teams: Mapping[int, Team] = field(default_factory=dict)
    after_teams: Mapping[int, Team] = field(default_factory=dict)
    mended: tuple[Reason, ...] = ()
    broken: tuple[Reason, ...] = ()

    @property
    def better(self) -> bool:
        """Whether the whole would be better: locks, then all rules, then the wishes by the aim."""
        return self._locks_mended > 0 or (self._locks_mended == 0 and self._gain > 0)

    @property
    def worse(self) -> bool:
        """Whether the whole would be worse."""
        return self._locks_mended < 0 or (self._locks_mended == 0 and self._gain < 0)

    @property
    def before_scores(self) -> dict[int, float]:
        """Team number -> score, 0 to 1, as it is."""
        return {number: team.score for number, team in self.before_teams.items()}

    @property
    def after_scores(self) -> dict[int, float]:
        """Team number -> score, 0 to 1, as it would be."""
        return {number: team.score for number, team in self.after_teams.items()}

    @property
    def before_slots(self) -> Slots:
        """Team number -> quarter-hours in which all are free, as it is; ``None``: nobody's are known."""
        return _slots(self.before_teams)

    @property
    def after_slots(self) -> Slots:
        """Team number -> quarter-hours in which all are free, as it would be."""
        return _slots(self.after_teams)

    @cached_property
    def after(self) -> Result:
        """The result with the change made; keep it to make the change."""
        problem = self.result.problem
        return placed(
            problem.people,
            self.places,
            wishes=problem.wishes,
            rules=problem.rules,
            seed=self.result.seed,
            aim=problem.aim,
        )

    @property
    def english(self) -> str:
        """The consequence in one sentence."""
        verdict = "become better" if self.better else "become worse" if self.worse else "stay equally good"
        scores = [
            f"team {number} goes from {before:.0%} to {self.after_scores[number]:.0%}"
            for number, before in self.before_scores.items()
        ]
        parts = [f"The teams {verdict}{': ' if scores else ''}{listed(scores)}", *self._hours()]
        parts += [f"mended: {_where(reason)}" for reason in self.mended]
        parts += [f"newly broken: {_where(reason)}" for reason in self.broken]
        return "; ".join(parts) + "."

    def _hours(self) -> list[str]:
        after = self.after_slots
        return [
            f"team {number} has {counted(len(then) / 4, 'common hour')} a week instead of {len(now) / 4:g}"
            for number, now in self.before_slots.items()
            if now is not None and (then := after[number]) is not None and len(then) != len(now)
        ]

    @property
    def _gain(self) -> int:
        before, after = self.before_objective, self.after_objective
        return (after > before) - (after < before)

    @property
    def _locks_mended(self) -> int:
        lock = "not_in_locked_team"
        return sum(reason.code == lock for reason in self.mended) - sum(
            reason.code == lock for reason in self.broken
        )


def what_if_swapped(result: Result, one: str, other: str) -> Consequence:
    """Return what would follow if two people changed places.

    People who share a team, or one and the same person, change nothing. Locked people may be
    asked about as well; the broken lock is then among the consequences.

    Args:
        result: the teams as they are.
        one: key.
        other: key.

    Raises:
        UnknownPerson: a key nobody has.
    """
    first, second = result.position(one), result.position(other)
    return _changed(result, {first: result.places[second], second: result.places[first]})


def what_if_moved(result: Result, key: str, team: int) -> Consequence:
    """Return what would follow if one person went to another team.

    A team that becomes too large or too small for the rules is among the consequences.

    Args:
        result: the teams as they are.
        key: of the person.
        team: number, from 1.

    Raises:
        UnknownPerson: nobody has this key.
        UnknownTeam: there is no such team.
        ImpossibleSizes: the person is the only one in a team, which would be empty.
    """
    position, target = result.position(key), result.team(team).number - 1
    home = result.places[position]
    if home != target and len(result.members[home]) == 1:
        raise ImpossibleSizes(
            f"Team {home + 1} would be empty. Exchange {result.problem.people[position].name} with somebody."
        )
    return _changed(result, {position: target})


def _changed(result: Result, changes: Mapping[int, int]) -> Consequence:
    """Measure the teams that people leave and join. ``changes``: position -> team index."""
    moved = {position: team for position, team in changes.items() if result.places[position] != team}
    before, problem = result.objective, result.problem
    if not moved:
        return Consequence(result, result.places, before, before)
    places = list(result.places)
    for position, team in moved.items():
        places[position] = team
    touched = sorted({*moved.values(), *(result.places[position] for position in moved)})
    members = {
        team: [position for position in sorted({*result.members[team], *moved}) if places[position] == team]
        for team in touched
    }
    measuring = result.problem_measuring(len(own) for own in members.values())
    measured = measuring.measured(
        np.array([position for own in members.values() for position in own], dtype=np.int64),
        np.repeat(np.arange(len(touched)), [len(own) for own in members.values()]),
    )
    standing = Standing(*(part.copy() for part in result.standing))
    for whole, part in zip(standing, measured, strict=True):
        whole[touched] = part
    after_teams = {
        team + 1: team_of(problem, standing, team, tuple(problem.people[position] for position in own))
        for team, own in members.items()
    }
    mended, broken = _differing(result, places, after_teams, [problem.people[one].key for one in moved])
    return Consequence(
        result=result,
        places=tuple(places),
        before_objective=before,
        after_objective=objective_of(problem, standing),
        before_teams={number: result.team(number) for number in after_teams},
        after_teams=after_teams,
        mended=mended,
        broken=broken,
    )


def _differing(
    result: Result, places: Sequence[int], after: Mapping[int, Team], keys: Collection[str]
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the rules that hold again, and those that no longer hold."""
    number_of = {person.key: place + 1 for person, place in zip(result.problem.people, places, strict=True)}
    was = list(result.judge.of_several(result.number_of, about=keys))
    now = list(result.judge.of_several(number_of, about=keys))
    for number, team in after.items():
        was += result.judge.of_team(number, result.groups[number - 1])
        now += result.judge.of_team(number, team.people)
    if result.problem.rules.facilitators:
        groups = list(result.groups)
        for number, team in after.items():
            groups[number - 1] = team.people
        was += result.assignment.violations
        now += assigned(groups, result.problem.rules).violations
    return (
        tuple(reason for reason in was if reason not in now),
        tuple(reason for reason in now if reason not in was),
    )


def _slots(teams: Mapping[int, Team]) -> Slots:
    shared = {number: common_quarters(team.people) for number, team in teams.items()}
    return {number: None if slots is None else tuple(slots) for number, slots in shared.items()}


def _where(reason: Reason) -> str:
    return reason.english if reason.team is None else f"{reason.english} (team {reason.team})"
