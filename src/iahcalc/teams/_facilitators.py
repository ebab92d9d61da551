"""Who accompanies which team: an assignment to teams that are formed already.

The search does not know of facilitators; another seed may leave fewer teams without one. Of all
assignments, one is taken that leaves the fewest teams without, and among those one whose loads are as
equal as the limits allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iahcalc.teams._check import MOST, check_week, is_whole, shown
from iahcalc.teams._matching import matched
from iahcalc.teams._model import (
    DuplicatePeople,
    Facilitator,
    Rules,
    Shared,
    UnsuitableValue,
)
from iahcalc.teams._reasons import Reason
from iahcalc.teams._values import words_at, words_of
from iahcalc.teams._violations import Group, common_quarters, shared_words
from iahcalc.teams._weeks import bits_of

Table = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Assignment:
    """Which facilitator accompanies which team.

    Attributes:
        facilitator_of: team number -> who accompanies it, ``None`` when nobody does; empty without
            such a rule.
        violations: one reason for each team without.
    """

    facilitator_of: Mapping[int, Facilitator | None]
    violations: tuple[Reason, ...]


def assigned(teams: Sequence[Group], rules: Rules) -> Assignment:
    """Give every team a facilitator, as far as hours, shared words and limits allow.

    Who has no known hours, or words, can accompany any team; a team of which nobody's are known can be
    accompanied by anybody. A team without a common hour, or without a shared word, finds nobody.
    """
    facilitators = sorted(rules.facilitators, key=lambda one: one.key)
    if not facilitators:
        return Assignment({}, ())
    hours = _share_hours(teams, facilitators)
    words = {shared.attribute: _share_words(teams, facilitators, shared) for shared in rules.shared}
    allowed = np.logical_and.reduce([hours, *words.values()])
    chosen = matched(allowed, [one.teams for one in facilitators])
    return Assignment(
        {number: None if who is None else facilitators[who] for number, who in enumerate(chosen, start=1)},
        tuple(
            _missing(number, hours[number - 1], {name: table[number - 1] for name, table in words.items()})
            for number, who in enumerate(chosen, start=1)
            if who is None
        ),
    )


def check_facilitators(facilitators: Sequence[Facilitator]) -> None:
    """Refuse facilitators nobody can be assigned with.

    Raises:
        DuplicatePeople: two have one key.
        UnsuitableValue: a number of teams that is negative or too large, or hours outside the week.
    """
    seen: set[str] = set()
    for one in facilitators:
        if one.key in seen:
            raise DuplicatePeople(f"The facilitator “{one.key}” is in the list more than once.")
        seen.add(one.key)
        if not is_whole(one.teams) or not 0 <= one.teams <= MOST:
            raise UnsuitableValue(
                f"{one.name} cannot accompany {shown(one.teams)} teams; give a whole number from 0 to {MOST:,}."
            )
        check_week(one.free or (), one.name)


def _share_hours(teams: Sequence[Group], facilitators: Sequence[Facilitator]) -> Table:
    """Return, shape (teams, facilitators), who shares a quarter-hour with which team."""
    known = [common_quarters(team) for team in teams]
    of_team, of_one = bits_of(known), bits_of([one.free for one in facilitators])
    anybody = np.array([slots is None for slots in known])
    table = np.ones((len(teams), len(facilitators)), dtype=np.bool_)
    for column, one in enumerate(facilitators):
        if one.free is not None:
            table[:, column] = (of_team & of_one[column]).any(axis=1) | anybody
    return table


def _share_words(teams: Sequence[Group], facilitators: Sequence[Facilitator], shared: Shared) -> Table:
    """Return, shape (teams, facilitators), who has a word that all of a team share."""
    of_team = [shared_words(team, shared) for team in teams]
    of_one = [
        words_at(one, shared.attribute, shared.level) if words_of(one, shared.attribute) else None
        for one in facilitators
    ]
    column = {word: index for index, word in enumerate(sorted({*_flat(of_team), *_flat(of_one)}))}
    common = _has(of_team, column) @ _has(of_one, column).T > 0
    anybody = np.array([words is None for words in of_team])
    anywhere = np.array([words is None for words in of_one])
    return np.asarray(common | anybody[:, None] | anywhere)


def _flat(words: Sequence[Sequence[str] | None]) -> Iterator[str]:
    return (word for own in words for word in own or ())


def _has(words: Sequence[Sequence[str] | None], column: Mapping[str, int]) -> npt.NDArray[np.float32]:
    table = np.zeros((len(words), len(column)), dtype=np.float32)
    for row, own in enumerate(words):
        for word in own or ():
            table[row, column[word]] = 1
    return table


def _missing(number: int, hours: Table, words: Mapping[str, Table]) -> Reason:
    """Say why a team has nobody: no common hour, then no common word, then nobody with room left."""
    if not hours.any():
        return Reason("no_facilitator_hours", {}, team=number)
    left = hours
    for attribute, table in words.items():
        left = left & table
        if not left.any():
            return Reason("no_facilitator_word", {"attribute": attribute}, team=number)
    return Reason("no_facilitator_left", {}, team=number)
