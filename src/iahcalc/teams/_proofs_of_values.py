"""Proofs by counting: how many teams a value can reach, and how many each rule asks for."""

from __future__ import annotations

from collections.abc import Iterator

from iahcalc.teams._conflict import Conflict, Task, proved
from iahcalc.teams._values import words_of


def about_values(task: Task) -> Iterator[Conflict]:
    """Yield the conflicts about how many different values are in a team, and about who is alone."""
    rules = task.rules
    for attribute, limit in rules.at_least_different.items():
        yield from _too_few(task, attribute, limit)
        most = rules.at_most_different.get(attribute)
        if most is not None and most < limit:
            yield proved(
                "limits_cross",
                ["at_most_different", "at_least_different"],
                attribute=attribute,
                least=limit,
                most=most,
            )
    for attribute, limit in rules.at_most_different.items():
        holders = task.everyone.holders(attribute)
        # A value with more holders than a team has places is in several teams.
        need = sum(-(-held // task.largest) for held in holders.values())
        if need > task.teams * limit:
            yield proved(
                "too_many_values",
                ["at_most_different"],
                attribute=attribute,
                limit=limit,
                teams=task.teams,
                need=need,
                have=task.teams * limit,
            )
    for attribute in rules.at_least_two_of:
        yield from _alone_in_one(task, attribute)


def _too_few(task: Task, attribute: str, limit: int) -> Iterator[Conflict]:
    holders = task.everyone.holders(attribute)
    rule = "at_least_different"
    if len(holders) < limit:
        yield proved("too_few_values", [rule], attribute=attribute, limit=limit, count=len(holders))
        return
    each = sorted((len(words_of(person, attribute)) for person in task.people), reverse=True)
    most = sum(each[: task.smallest])
    if most < limit:
        yield proved(
            "team_too_small_for_values",
            [rule],
            attribute=attribute,
            limit=limit,
            size=task.smallest,
            count=most,
        )
        return
    plain = _too_rare(task, attribute, limit, pairs=False)
    if plain is not None:
        yield plain
    elif attribute in task.rules.at_least_two_of:
        paired = _too_rare(task, attribute, limit, pairs=True)
        if paired is not None:
            yield paired
        elif each[0] == 1:
            yield from _no_room_for_pairs(task, attribute, limit)


def _too_rare(task: Task, attribute: str, limit: int, *, pairs: bool) -> Conflict | None:
    """Return the conflict when the values together reach too few teams.

    A value with N holders is in at most N teams; where nobody may be the only one, in at most N / 2.
    """
    spread: list[tuple[str, int, int]] = []
    for value, held in sorted(task.everyone.holders(attribute).items(), key=lambda item: (-item[1], item[0])):
        reach = held // 2 if pairs and held > 1 else held
        spread.append((value, held, min(reach, task.teams)))
    need, have = limit * task.teams, sum(teams for _, _, teams in spread)
    if have >= need:
        return None
    rare = {value for value, _, teams in spread if teams < task.teams}
    people = [person for person in task.people if rare & set(words_of(person, attribute))]
    return proved(
        "value_too_rare_in_pairs" if pairs else "value_too_rare",
        ["at_least_different", *(["at_least_two_of"] if pairs else [])],
        people,
        attribute=attribute,
        limit=limit,
        teams=task.teams,
        need=need,
        have=have,
        spread=[list(one) for one in spread],
    )


def _no_room_for_pairs(task: Task, attribute: str, limit: int) -> Iterator[Conflict]:
    """A team with so many values, each of two people, is at least twice as large.

    Only whoever has a value that nobody else has counts as a value alone. For one word a person.
    """
    single = sum(held == 1 for held in task.everyone.holders(attribute).values())
    missing = sum(max(0, 2 * limit - size) for size in task.sizes)
    if missing > single:
        yield proved(
            "pairs_need_room",
            ["at_least_different", "at_least_two_of"],
            attribute=attribute,
            limit=limit,
            need=2 * limit * task.teams - single,
            have=sum(min(size, 2 * limit) for size in task.sizes),
        )


def _alone_in_one(task: Task, attribute: str) -> Iterator[Conflict]:
    ones = sum(size == 1 for size in task.sizes)
    holders = task.everyone.holders(attribute)
    fitting = sum(all(holders[word] == 1 for word in words_of(person, attribute)) for person in task.people)
    if ones > fitting:
        yield proved("alone_in_team_of_one", ["at_least_two_of", "sizes"], attribute=attribute, teams=ones)
