"""Teams that exist, mended after people left or joined, with the fewest moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from iahcalc.teams._check import check, check_seed, check_sizes, is_whole
from iahcalc.teams._consequence import what_if_moved
from iahcalc.teams._facilitators import check_facilitators
from iahcalc.teams._model import Aim, ImpossibleSizes, Person, Rules, UnknownTeam, UnsuitableValue, Wish
from iahcalc.teams._phrases import listed
from iahcalc.teams._reasons import Reason
from iahcalc.teams._repair_search import Effort, Standpoint, Worth, mended
from iahcalc.teams._repair_start import Plan, plans, standpoint_of
from iahcalc.teams._result import Result, check_keys, form_teams, placed

WORK = 400_000
"""How much is weighed for the first choice of teams, and 10 a person; a quarter for the second, a ninth for the third."""


class Move(NamedTuple):
    """One person who changes teams, by the lasting numbers of the teams."""

    key: str
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class Repair:
    """Teams after people left or joined.

    Attributes:
        result: the teams now, numbered from 1 without gaps as every result is.
        numbers: the lasting number of each of them: those of before, gaps where a team was
            dissolved, higher ones for new teams.
        moved: people who were in another team before.
        joined: keys of people who were in no team before.
        left: keys of people who are no longer in the list.
        dissolved: lasting numbers of teams that no longer exist.
    """

    result: Result
    numbers: tuple[int, ...]
    moved: tuple[Move, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    dissolved: tuple[int, ...]

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """Key -> lasting team number, of everybody."""
        return {key: self.numbers[number - 1] for key, number in self.result.number_of.items()}

    @cached_property
    def why(self) -> Mapping[str, tuple[Reason, ...]]:
        """Key of each person who was moved -> the rules that would be broken had they stayed.

        Nothing where the team of before is dissolved, or the team they went to would be empty.
        """
        return {move.key: tuple(self._broken_by_staying(move)) for move in self.moved}

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What was done; why somebody was moved stands in ``why``."""
        name = {person.key: person.name for person in self.result.problem.people}
        said = [Reason("dissolved", {"number": number}) for number in self.dissolved]
        if self.left:
            said.append(Reason("left", {"count": len(self.left)}))
        for key in self.joined:
            given = {"name": name[key], "number": self.number_of[key]}
            said.append(Reason("joined", given, people=(key,)))
        for key, before, after in self.moved:
            given = {"name": name[key], "before": before, "after": after}
            said.append(Reason("moved", given, people=(key,)))
        return tuple(said)

    @property
    def english(self) -> str:
        """What was done, and why, in plain English."""
        parts = []
        for reason in self.reasons:
            why = self.why[reason.people[0]] if reason.code == "moved" else ()
            because = f" (else: {listed([broken.english for broken in why])})" if why else ""
            parts.append(f"{reason.english}{because}")
        text = "; ".join(parts) or "nothing changes"
        return f"{text[:1].upper()}{text[1:]}."

    def _broken_by_staying(self, move: Move) -> tuple[Reason, ...]:
        if move.before in self.dissolved:
            return ()
        try:
            return what_if_moved(self.result, move.key, self.numbers.index(move.before) + 1).broken
        except ImpossibleSizes:
            return ()


def repaired(
    people: Sequence[Person],
    before: Mapping[str, int],
    *,
    wishes: Sequence[Wish] = (),
    rules: Rules,
    seed: int = 1,
    aim: Aim = "worst",
) -> Repair:
    """Return the teams with newcomers placed, and as few others as possible moved.

    First as many rules as possible hold, then the fewest people change teams, then the teams are as
    good as they can be. Locks always hold. Teams keep their numbers; one that became too small is
    dissolved, and a new one is opened, where the sizes ask for it. Rules may still name people who left.

    Args:
        people: everybody who is in the list now, in any order.
        before: key -> team number, from 1, of everybody who had a place.
        wishes: see ``Wish``.
        rules: see ``Rules``; locks name the numbers of before.
        seed: any whole number from 0 on.
        aim: see ``form_teams``.

    Raises:
        UnknownTeam: a number below 1, or a lock into a team that was not there before.
        TeamFault: as ``form_teams``; only sizes that cannot be met are a broken rule instead.

    >>> people = [Person(key=name, name=name) for name in ("Ana", "Besa", "Drita", "Emir")]
    >>> done = repaired(people, {"Ana": 1, "Besa": 1, "Carlo": 2, "Drita": 2}, rules=Rules(teams=2))
    >>> done.number_of["Emir"], done.left, done.moved
    (2, ('Carlo',), ())
    """
    check_seed(seed)
    check(wishes, rules, aim)
    check_sizes(rules)
    check_keys(people)
    check_facilitators(rules.facilitators)
    if not all(is_whole(number) for number in before.values()):
        raise UnsuitableValue("The teams of before must be whole numbers, from 1 on.")
    if any(number < 1 for number in before.values()):
        raise UnknownTeam("Teams are numbered from 1.")
    ordered = sorted(people, key=lambda person: person.key)
    home = {person.key: before[person.key] for person in ordered if person.key in before}
    rules = _without_leavers(rules, before.keys() - home.keys())
    if not home:
        result = form_teams(people, wishes=wishes, rules=rules, seed=seed, aim=aim)
        return _told(result, tuple(range(1, len(result.teams) + 1)), before)
    known = frozenset(before.values())
    possible = plans(people=len(ordered), home=home, known=known, rules=rules)
    found: list[tuple[Worth, Plan, Standpoint]] = []
    for tried, plan in enumerate(possible, start=1):
        if any(worth.cost == 0 and worth.moves < plan.moves for worth, _, _ in found):
            break
        start, suspects = standpoint_of(
            people=ordered,
            home=home,
            plan=plan,
            wishes=wishes,
            rules=rules,
            aim=aim,
            effort=Effort((WORK + 10 * len(ordered)) // tried**2),
        )
        state = mended(start, seed, suspects)
        found.append((state.worth, plan, state))
    # Totals of different numbers of teams are no measure of each other: the first plan was the nearest.
    _, plan, state = min(found, key=lambda one: one[0][:2])
    result = placed(
        ordered,
        state.places.tolist(),
        wishes=wishes,
        rules=state.problem.rules,
        seed=seed,
        aim=aim,
    )
    return _told(result, plan.numbers, before)


def _without_leavers(rules: Rules, left: AbstractSet[str]) -> Rules:
    """Return the rules without the people who left."""
    return replace(
        rules,
        together=tuple(tuple(key for key in group if key not in left) for group in rules.together),
        apart=tuple(tuple(key for key in group if key not in left) for group in rules.apart),
        locked={key: number for key, number in rules.locked.items() if key not in left},
    )


def _told(result: Result, numbers: tuple[int, ...], before: Mapping[str, int]) -> Repair:
    after = {key: numbers[number - 1] for key, number in result.number_of.items()}
    return Repair(
        result=result,
        numbers=numbers,
        moved=tuple(
            Move(key, before[key], number)
            for key, number in sorted(after.items())
            if key in before and before[key] != number
        ),
        joined=tuple(sorted(after.keys() - before.keys())),
        left=tuple(sorted(before.keys() - after.keys())),
        dissolved=tuple(sorted({*before.values()}.difference(numbers))),
    )
