"""Why a team is as it is, and what would happen if two people changed places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from iahcalc.teams._model import Person, Wish
from iahcalc.teams._reasons import Reason, listed
from iahcalc.teams._result import Result, Team, placed
from iahcalc.teams._values import is_numeric, number_of, words_of
from iahcalc.teams._violations import common_quarters, lone


def explain(result: Result, number: int) -> tuple[Reason, ...]:
    """Return what speaks for a team, then the rules it breaks.

    Raises:
        UnknownTeam: there is no team of this number.
    """
    team = result.team(number)
    found = [Reason("people", {"count": len(team.people)}, team=number)]
    seen: set[tuple[str, str]] = set()
    for wish in result.problem.wishes:
        for reason in _about_wish(result, team, wish):
            # Two wishes about one attribute may say the same thing.
            said = (reason.code, wish.attribute)
            if said not in seen:
                seen.add(said)
                found.append(reason)
    found += _about_hours(team)
    found += _about_lone(result, team)
    return (*found, *(violation for violation in result.violations if violation.team == number))


def sentence(result: Result, number: int) -> str:
    """Return the explanation of a team as one plain English sentence.

    Raises:
        UnknownTeam: there is no team of this number.
    """
    return "; ".join(reason.english for reason in explain(result, number)) + "."


def _about_wish(result: Result, team: Team, wish: Wish) -> Iterator[Reason]:
    attribute, everyone = wish.attribute, result.problem.people
    numeric = is_numeric(everyone, attribute)
    unknown = [
        person
        for person in team.people
        if (number_of(person, attribute) is None if numeric else not words_of(person, attribute))
    ]
    if len(unknown) < len(team.people):
        yield _about_numbers(team, wish, everyone) if numeric else _about_words(team, wish, everyone)
    if unknown:
        yield Reason(
            "unknown",
            {"attribute": attribute, "names": [person.name for person in unknown]},
            team=team.number,
            people=tuple(person.key for person in unknown),
        )


def _about_numbers(team: Team, wish: Wish, everyone: tuple[Person, ...]) -> Reason:
    own = [number for person in team.people if (number := number_of(person, wish.attribute)) is not None]
    every = [number for person in everyone if (number := number_of(person, wish.attribute)) is not None]
    if wish.kind == "balance":
        given = {
            "attribute": wish.attribute,
            "mean": sum(own) / len(own),
            "everyone": sum(every) / len(every),
        }
        return Reason("mean", given, team=team.number)
    return Reason("range", {"attribute": wish.attribute, "low": min(own), "high": max(own)}, team=team.number)


def _about_words(team: Team, wish: Wish, everyone: tuple[Person, ...]) -> Reason:
    attribute = wish.attribute
    count = Counter(word for person in team.people for word in words_of(person, attribute))
    values = sorted(count)
    if wish.kind == "gather":
        # The most frequent value; of equally frequent ones the first by alphabet.
        value = min(values, key=lambda word: (-count[word], word))
        given = {"attribute": attribute, "value": value, "count": count[value], "of": len(team.people)}
        return Reason("shared", given, team=team.number)
    if wish.kind == "cover":
        of = len({word for person in everyone for word in words_of(person, attribute)})
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
        everywhere = Counter(word for person in result.problem.people for word in words_of(person, attribute))
        alone = list(lone(team.people, attribute))
        if all(everywhere[word] == 1 for _, word in alone):
            yield Reason("nobody_alone", {"attribute": attribute}, team=team.number)
        for person, word in alone:
            if everywhere[word] == 1:
                yield Reason(
                    "alone_everywhere",
                    {"name": person.name, "attribute": attribute, "value": word},
                    team=team.number,
                    people=(person.key,),
                )


@dataclass(frozen=True, eq=False)
class Consequence:
    """What an exchange would change.

    Attributes:
        after: the result with the exchange made; keep it to make the exchange.
        before_scores, after_scores: of the two teams, team number -> 0 to 1.
        mended, broken: rules that would hold again, and that would no longer hold.
        better: 1 if the whole would be better (rules, then the worst team, then all), -1 if
            worse, 0 if equal.
    """

    after: Result
    before_scores: dict[int, float]
    after_scores: dict[int, float]
    mended: tuple[Reason, ...]
    broken: tuple[Reason, ...]
    better: int

    @property
    def english(self) -> str:
        """The consequence in one sentence."""
        scores = [
            f"team {number} goes from {100 * before:.0f}% to {100 * self.after_scores[number]:.0f}%"
            for number, before in self.before_scores.items()
        ]
        verdict = {
            1: "The teams become better",
            0: "The teams stay equally good",
            -1: "The teams become worse",
        }
        parts = [f"{verdict[self.better]}: {listed(scores)}" if scores else verdict[self.better]]
        parts += [f"mended: {reason.english}" for reason in self.mended]
        parts += [f"newly broken: {reason.english}" for reason in self.broken]
        return "; ".join(parts) + "."


def what_if_swapped(result: Result, one: str, other: str) -> Consequence:
    """Return what would follow if two people changed places.

    People who share a team, or one and the same person, change nothing. Locked people may be
    asked about as well; the broken lock is then among the consequences.

    Args:
        one, other: keys.

    Raises:
        UnknownPerson: a key nobody has.
    """
    first, second = result.position(one), result.position(other)
    places = list(result.places)
    places[first], places[second] = places[second], places[first]
    problem = result.problem
    after = placed(problem.people, places, wishes=problem.wishes, rules=problem.rules, seed=result.seed)
    numbers = sorted({result.places[first] + 1, result.places[second] + 1}) if first != second else []
    if len(numbers) == 1:
        numbers = []
    return Consequence(
        after=after,
        before_scores={number: result.team(number).score for number in numbers},
        after_scores={number: after.team(number).score for number in numbers},
        mended=tuple(reason for reason in result.violations if reason not in after.violations),
        broken=tuple(reason for reason in after.violations if reason not in result.violations),
        better=(after.objective > result.objective) - (after.objective < result.objective),
    )
