"""Who sits in which team, now or as it might be: looked for, and judged. Nothing here writes.

A team has the number that people know it by; the search counts its teams from 1 without gaps. ``Judged``
knows both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F

from biosint.exchange import candidates
from biosint.exchange.models import Application, Course, TeamMember
from biosint.exchange.plans import CONFIDED, Plan, number_of_teams
from biosint.exchange.queries import team_plan_of
from biosint.exchange.states import ApplicationState
from iahcalc import teams

Places = dict[int, int]
"""Key of an application -> number of a team."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The admitted learners of a course as they are now, with what the plan needs to know about them.

    Attributes:
        people: as the search sees them, in the order of ``learners``.
        places: where they sit now; who has no team is left out.
        locked: those who keep their place when teams are formed again.
        locked_teams: numbers of the teams that stay as they are.
        not_again: the teams of an earlier course, as keys of people in this one.
    """

    course: Course
    plan: Plan
    learners: Mapping[int, Application]
    people: tuple[teams.Person, ...]
    places: Places
    locked: frozenset[int]
    locked_teams: frozenset[int]
    not_again: tuple[tuple[str, ...], ...]
    facilitators: tuple[teams.Facilitator, ...]

    @cached_property
    def person(self) -> dict[int, teams.Person]:
        return dict(zip(self.learners, self.people, strict=True))

    def rules(self, *, people: int, number: int, locked: Mapping[str, int] | None = None) -> teams.Rules:
        return candidates.rules_of(
            self.plan,
            people=people,
            number=number,
            locked=locked,
            not_again=self.not_again,
            facilitators=self.facilitators,
        )


def roster_of(course: Course, plan: Plan) -> Roster:
    """Read the learners of a course once, in a number of queries that does not depend on how many they are."""
    admitted = list(
        course.applications.filter(state=ApplicationState.ADMITTED)
        .select_related("learner", "institution")
        .annotate(
            team_number=F("membership__team__number"),
            is_locked=F("membership__is_locked"),
            is_team_locked=F("membership__team__is_locked"),
        )
        .order_by("pk")
    )
    learners = {application.pk: application for application in admitted}
    return Roster(
        course=course,
        plan=plan,
        learners=learners,
        people=tuple(candidates.candidate(one, week_of=course.start_date) for one in admitted),
        places={one.pk: one.team_number for one in admitted if one.team_number},
        locked=frozenset(one.pk for one in admitted if one.is_locked),
        locked_teams=frozenset(one.team_number for one in admitted if one.is_team_locked),
        not_again=_earlier_teams(plan.not_again, learners) if plan.not_again else (),
        facilitators=candidates.facilitators(
            course.teachings.all(), plan.facilitators, week_of=course.start_date
        ),
    )


def _earlier_teams(course_id: int, learners: Mapping[int, Application]) -> tuple[tuple[str, ...], ...]:
    """Return the teams of an earlier course as keys of the same people's applications to this one."""
    here = {application.learner_id: str(key) for key, application in learners.items()}
    mates: dict[int, list[str]] = defaultdict(list)
    for team_id, learner_id in TeamMember.objects.filter(team__course=course_id).values_list(
        "team_id", "application__learner_id"
    ):
        if learner_id in here:
            mates[team_id].append(here[learner_id])
    return tuple(tuple(sorted(keys)) for _team, keys in sorted(mates.items()) if len(keys) > 1)


@dataclass(frozen=True, eq=False)
class Judged:
    """Teams as they are or might be, judged. ``numbers``: what people call the teams of ``result``, in order."""

    result: teams.Result
    numbers: tuple[int, ...]

    def number(self, in_search: int) -> int:
        """Return what people call a team of the search."""
        return self.numbers[in_search - 1]

    def in_search(self, number: int) -> int:
        """Return the search's own number of a team.

        Raises:
            ValueError: nobody is in this team.
        """
        return self.numbers.index(number) + 1

    @property
    def places(self) -> Places:
        return {
            int(person.key): self.numbers[place]
            for person, place in zip(self.result.problem.people, self.result.places, strict=True)
        }


class TooManyLocked(Exception):
    """More people are locked into one team than the plan lets it hold."""


class UnevenlyLocked(Exception):
    """More people are locked into one team than it can hold while sizes differ by one person at most."""


class TooFewFree(Exception):
    """Locks leave so few people free that somebody would be alone in a team."""


def searched(roster: Roster, *, seed: int, told: teams.Told | None = None) -> Places:
    """Look for good teams of everybody who is not locked, and return where all would sit.

    ``told`` is called with the share that is done, 0 to 1; what it raises stops the search.

    Raises:
        TooManyLocked, UnevenlyLocked: the locked people do not fit into their teams.
        TooFewFree: somebody would be alone.
    """
    held = {key: number for key, number in roster.places.items() if number in roster.locked_teams}
    free = [person for key, person in roster.person.items() if key not in held]
    if not free:
        return held
    pinned = {key: roster.places[key] for key in roster.locked if key in roster.places and key not in held}
    wanted = max(number_of_teams(len(free), roster.plan), len(set(pinned.values())))
    if len(free) < 2 * wanted:
        raise TooFewFree
    numbers = _numbers(wanted, taken=roster.locked_teams, pinned=set(pinned.values()))
    result = teams.form_teams(
        free,
        wishes=candidates.wishes_of(roster.plan),
        rules=roster.rules(
            people=len(free),
            number=wanted,
            locked={str(key): numbers.index(number) + 1 for key, number in pinned.items()},
        ),
        seed=seed,
        told=told,
    )
    found = Judged(result, numbers).places
    if any(found[key] != number for key, number in pinned.items()):
        is_too_many = max(Counter(pinned.values()).values()) > roster.plan.size_high
        raise TooManyLocked if is_too_many else UnevenlyLocked
    return held | found


def _numbers(wanted: int, *, taken: frozenset[int], pinned: set[int]) -> tuple[int, ...]:
    """Return so many numbers of teams: those that hold a locked person, then the smallest that are not taken."""
    chosen = set(pinned)
    number = 0
    while len(chosen) < wanted:
        number += 1
        if number not in taken:
            chosen.add(number)
    return tuple(sorted(chosen))


def mended(roster: Roster) -> teams.Repair:
    """Look for places for those who have none, moving as few others as the rules allow; locked teams stay as they are.

    Where everybody sits in a locked team, nothing changes.

    Raises:
        TooFewFree: locks would leave somebody alone.
        NobodyToPlace: nobody is in the course.
    """
    held = {key for key, number in roster.places.items() if number in roster.locked_teams}
    free = [person for key, person in roster.person.items() if key not in held]
    if not roster.people:
        raise teams.NobodyToPlace("Nobody is in the course.")
    if not free:
        return _unchanged(roster)
    pinned = {str(key): roster.places[key] for key in roster.locked if key not in held}
    # Somebody who is the last one of the course is alone without any lock.
    if len(free) < 2 * max(1, len(set(pinned.values()))) and len(roster.people) > 1:
        raise TooFewFree
    before = {str(key): number for key, number in roster.places.items() if key not in held}
    standing = len(set(before.values()))
    size = len(free) / max(1, standing)
    # As many teams as there are, as long as their size is nearly what was asked: fewer people move.
    is_near = max(2, roster.plan.size_low - 1) <= size <= roster.plan.size_high + 1
    number = standing if standing and is_near else number_of_teams(len(free), roster.plan)
    rules = roster.rules(
        people=len(free),
        number=number,
        locked=pinned,
    )
    return teams.repaired(
        free, before, wishes=candidates.wishes_of(roster.plan), rules=replace(rules, teams=None)
    )


def _unchanged(roster: Roster) -> teams.Repair:
    """Return the repair that leaves everybody where they are."""
    now = judged(roster, roster.places)
    assert now is not None  # noqa: S101 -- somebody sits in a locked team
    return teams.Repair(result=now.result, numbers=now.numbers, moved=(), joined=(), left=(), dissolved=())


def judged(roster: Roster, places: Mapping[int, int]) -> Judged | None:
    """Judge teams, however they came to be; None where nobody sits in one."""
    seated = [(person, places[key]) for key, person in roster.person.items() if key in places]
    if not seated:
        return None
    numbers = tuple(sorted({number for _person, number in seated}))
    index = {number: position for position, number in enumerate(numbers)}
    result = teams.placed(
        [person for person, _number in seated],
        [index[number] for _person, number in seated],
        wishes=candidates.wishes_of(roster.plan),
        rules=roster.rules(people=len(seated), number=len(numbers)),
    )
    return Judged(result, numbers)


def reasons_for(course: Course, application_id: int) -> tuple[teams.Reason, ...]:
    """Return why a learner is in their team, without what somebody wrote in confidence; empty without a team."""
    roster = roster_of(course, team_plan_of(course).plan)
    found = judged(roster, roster.places)
    if found is None or application_id not in roster.places:
        return ()
    return teams.explain_person(found.result, str(application_id), unspoken=CONFIDED)
