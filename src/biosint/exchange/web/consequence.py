"""What a move, a swap or a repair would change, said before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.exchange import seating
from biosint.exchange.operations import Mending, is_spoken
from biosint.exchange.seating import Judged, Roster
from biosint.exchange.web import wording
from biosint.exchange.web.effect import percent, told
from iahcalc import calendars, teams

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TeamChange:
    """One team before and after; the scores in percent, None where the team is not there."""

    number: int
    before: int | None
    after: int | None
    hours_before: str
    hours_after: str
    people_before: int
    people_after: int
    when: list[str]

    @property
    def direction(self) -> str:
        if self.before is None or self.after is None or self.before == self.after:
            return "level"
        return "up" if self.after > self.before else "down"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What would follow. ``better``: 1, 0 or -1 for the course as a whole."""

    better: int
    teams: list[TeamChange]
    mended: list[str]
    broken: list[str]

    @property
    def verdict(self) -> str:
        return {1: _("Better on the whole"), 0: _("As good as before"), -1: _("Worse on the whole")}[
            self.better
        ]

    @property
    def tone(self) -> str:
        if self.broken:
            return "danger" if self.better < 0 else "warning"
        return {1: "success", 0: "info", -1: "warning"}[self.better]


def consequence_of(roster: Roster, moves: Mapping[int, int]) -> Consequence | None:
    """Compare the teams as they are with the teams after ``moves``; None where there are no teams at all."""
    after_places = {**roster.places, **moves}
    before, after = seating.judged(roster, roster.places), seating.judged(roster, after_places)
    if before is None or after is None:
        return None
    touched = sorted(
        {number for key, number in moves.items() if roster.places.get(key) != number}
        | {roster.places[key] for key, number in moves.items() if roster.places.get(key, number) != number}
    )
    old, new = _broken(before), _broken(after)
    return Consequence(
        better=(_worth(after) > _worth(before)) - (_worth(after) < _worth(before)),
        teams=[_team(number, before, after, week_of=roster.course.start_date) for number in touched],
        mended=[text for key, text in old.items() if key not in new],
        broken=[text for key, text in new.items() if key not in old],
    )


def why_moved(found: Mending, key: str) -> list[str]:
    """Say which rules would not hold had somebody stayed in the team they leave in a repair."""
    names = {int(person.key): person.name for person in found.roster.people}
    said = [
        wording.said_of(
            reason.code, reason.parameters, [int(one) for one in reason.people if one.isdecimal()], names
        )
        for reason in found.repair.why.get(key, ())
        # That a team would be one too large or too small follows from every single move.
        if is_spoken(reason) and reason.code != "wrong_size"
    ]
    return [one.text for one in said if one]


def _worth(judged: Judged) -> tuple[int, int, float]:
    """Return what teams are compared by: only what the page shows, or trying would tell what is confided."""
    scores = [percent(team.score) for team in judged.result.teams]
    broken = sum(is_spoken(reason) for reason in judged.result.violations)
    return -broken, min(scores), sum(scores) / len(scores)


def _broken(judged: Judged) -> dict[tuple[object, ...], str]:
    """Return the broken rules that may be told, each under what makes it the same rule before and after."""
    names = {int(person.key): person.name for person in judged.result.problem.people}
    return {
        (
            reason.code,
            judged.number(reason.team) if reason.team else None,
            reason.parameters.get("attribute"),
            # One more, or one fewer, who lacks the language: the rule holds no more and no less.
            reason.people if reason.code != "no_shared_word" else (),
        ): told(reason, judged, names)
        for reason in judged.result.violations
        if is_spoken(reason)
    }


def _team(number: int, before: Judged, after: Judged, *, week_of: date) -> TeamChange:
    was, will = _members(before, number), _members(after, number)
    slots = _common(will.people) if will else []
    return TeamChange(
        number=number,
        before=percent(was.score) if was else None,
        after=percent(will.score) if will else None,
        hours_before=wording.hours_in(_common(was.people)) if was else "",
        hours_after=wording.hours_in(slots) if will else "",
        people_before=len(was.people) if was else 0,
        people_after=len(will.people) if will else 0,
        when=wording.common_hours(slots, week_of=week_of),
    )


def _members(judged: Judged, number: int) -> teams.Team | None:
    return judged.result.team(judged.in_search(number)) if number in judged.numbers else None


def _common(people: Iterable[teams.Person]) -> list[int]:
    free = [person.free for person in people if person.free is not None]
    return sorted(calendars.common_slots(free)) if free else []
