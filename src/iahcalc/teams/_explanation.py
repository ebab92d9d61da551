"""Why a team is as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from iahcalc.teams._model import Wish
from iahcalc.teams._reasons import Reason
from iahcalc.teams._result import Result, Team
from iahcalc.teams._values import number_of, words_of
from iahcalc.teams._violations import common_quarters, lone, shared_words

NOTHING: frozenset[str] = frozenset()


def explain(result: Result, number: int, *, unspoken: AbstractSet[str] = NOTHING) -> tuple[Reason, ...]:
    """Return what speaks for a team, then the rules it breaks.

    Args:
        unspoken: attributes of which nothing is said, neither good nor bad.

    Raises:
        UnknownTeam: there is no team of this number.
    """
    team = result.team(number)
    found = [Reason("people", {"count": len(team.people)}, team=number)]
    for wish in result.problem.wishes:
        found += _about_wish(result, team, wish)
    found += _about_words(team, result)
    found += _about_hours(team)
    found += _about_lone(result, team)
    found += _about_last_time(result, team)
    facilitator = result.assignment.facilitator_of.get(number)
    if facilitator is not None:
        given = {"name": facilitator.name, "facilitator": facilitator.key}
        found.append(Reason("facilitated_by", given, team=number))
    found += result.violations_by_team.get(number, ())
    return tuple(_once(spoken(found, unspoken)))


def sentence(result: Result, number: int, *, unspoken: AbstractSet[str] = NOTHING) -> str:
    """Return the explanation of a team as one plain English sentence; see ``explain``.

    Raises:
        UnknownTeam: there is no team of this number.
    """
    return "; ".join(reason.english for reason in explain(result, number, unspoken=unspoken)) + "."


def spoken(reasons: list[Reason], unspoken: AbstractSet[str]) -> Iterator[Reason]:
    """Yield the reasons that say nothing about some attributes."""
    return (reason for reason in reasons if reason.parameters.get("attribute") not in unspoken)


def _once(reasons: Iterator[Reason]) -> Iterator[Reason]:
    """Two wishes, or a wish and a rule, may say the same thing about one attribute."""
    seen = set()
    for reason in reasons:
        attribute = reason.parameters.get("attribute")
        said = (reason.code, attribute, reason.people, reason.parameters.get("value"))
        if attribute is None or said not in seen:
            seen.add(said)
            yield reason


def _about_wish(result: Result, team: Team, wish: Wish) -> Iterator[Reason]:
    attribute = wish.attribute
    numeric = result.everyone.is_numeric(attribute)
    unknown = [
        person
        for person in team.people
        if (number_of(person, attribute) is None if numeric else not words_of(person, attribute))
    ]
    if len(unknown) < len(team.people):
        yield _numbers_of_wish(result, team, wish) if numeric else _words_of_wish(result, team, wish)
    if unknown:
        given = {"attribute": attribute, "names": [person.name for person in unknown]}
        yield Reason("unknown", given, team=team.number, people=tuple(person.key for person in unknown))


def _numbers_of_wish(result: Result, team: Team, wish: Wish) -> Reason:
    own = [number for person in team.people if (number := number_of(person, wish.attribute)) is not None]
    if wish.kind == "balance":
        given = {
            "attribute": wish.attribute,
            "mean": sum(own) / len(own),
            "everyone": result.everyone.mean(wish.attribute),
        }
        return Reason("mean", given, team=team.number)
    return Reason("range", {"attribute": wish.attribute, "low": min(own), "high": max(own)}, team=team.number)


def _words_of_wish(result: Result, team: Team, wish: Wish) -> Reason:
    attribute = wish.attribute
    count = Counter(word for person in team.people for word in words_of(person, attribute))
    values = sorted(count)
    if wish.kind == "gather":
        # The most frequent value; of equally frequent ones the first by alphabet.
        value = min(values, key=lambda word: (-count[word], word))
        given = {"attribute": attribute, "value": value, "count": count[value], "of": len(team.people)}
        return Reason("shared", given, team=team.number)
    if wish.kind == "cover":
        of = len(result.everyone.holders(attribute))
        return Reason(
            "covered",
            {"attribute": attribute, "count": len(values), "of": of, "values": values},
            team=team.number,
        )
    if wish.kind == "balance":
        counts = {value: count[value] for value in values}
        return Reason("shares", {"attribute": attribute, "counts": counts}, team=team.number)
    return Reason(
        "different", {"attribute": attribute, "count": len(values), "values": values}, team=team.number
    )


def _about_words(team: Team, result: Result) -> Iterator[Reason]:
    for shared in result.problem.rules.shared:
        words = shared_words(team.people, shared)
        if words:
            given = {"attribute": shared.attribute, "level": shared.level, "values": words}
            yield Reason("shared_word", given, team=team.number)
        unknown = [person for person in team.people if not words_of(person, shared.attribute)]
        if unknown:
            given = {"attribute": shared.attribute, "names": [person.name for person in unknown]}
            yield Reason("unknown", given, team=team.number, people=tuple(person.key for person in unknown))


def _about_hours(team: Team) -> Iterator[Reason]:
    slots = common_quarters(team.people)
    if slots is None:
        return
    yield Reason("common_hours", {"slots": slots}, team=team.number)
    unknown = [person for person in team.people if person.free is None]
    if unknown:
        yield Reason(
            "hours_unknown",
            {"names": [person.name for person in unknown]},
            team=team.number,
            people=tuple(person.key for person in unknown),
        )


def _about_lone(result: Result, team: Team) -> Iterator[Reason]:
    for attribute in result.problem.rules.at_least_two_of:
        holders = result.everyone.holders(attribute)
        alone = list(lone(team.people, attribute))
        if all(holders[word] == 1 for _, word in alone):
            yield Reason("nobody_alone", {"attribute": attribute}, team=team.number)
        for person, word in alone:
            if holders[word] == 1:
                yield Reason(
                    "alone_everywhere",
                    {"name": person.name, "attribute": attribute, "value": word},
                    team=team.number,
                    people=(person.key,),
                )


def _about_last_time(result: Result, team: Team) -> Iterator[Reason]:
    broken = result.violations_by_team.get(team.number, ())
    if result.problem.rules.not_again and not any(reason.code == "met_before" for reason in broken):
        yield Reason("nobody_met_before", {}, team=team.number)
