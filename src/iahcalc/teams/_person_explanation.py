"""Why a person is in a team: what placed them, what they bring, what they share, what would be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from iahcalc.teams._explanation import NOTHING
from iahcalc.teams._model import Person, Wish
from iahcalc.teams._reasons import Reason
from iahcalc.teams._result import Result, Team
from iahcalc.teams._values import number_of, words_at, words_of
from iahcalc.teams._violations import common_quarters, shared_words

MOST = 5
"""More reasons than this nobody reads."""

FEW = 4
"""Of a longer list of people to be kept apart, none is named."""


def explain_person(result: Result, key: str, *, unspoken: AbstractSet[str] = NOTHING) -> tuple[Reason, ...]:
    """Return up to five reasons why a person is in their team, the most telling first.

    Rules that placed them come first, then what the team would lose without them, what only they bring,
    what they share with the others, and at the end rules that are broken at them. There is always at
    least one reason.

    Args:
        result: the teams.
        key: of the person.
        unspoken: attributes of which nothing is said.

    Raises:
        UnknownPerson: nobody has this key.
    """
    about = _About(result, result.problem.people[result.position(key)], unspoken)
    broken = [
        reason
        for number in (None, about.team.number)
        for reason in result.violations_by_team.get(number, ())
        if key in reason.people and reason.parameters.get("attribute") not in unspoken
    ][:1]
    found: list[Reason] = []
    for reason in about.reasons():
        # One attribute is one reason: the most telling one.
        attribute = reason.parameters.get("attribute")
        if attribute is None or all(attribute != said.parameters.get("attribute") for said in found):
            found.append(reason)
    found = [*found[: MOST - len(broken)], *broken]
    return tuple(found) or (about.said("as_any_other"),)


def person_sentence(result: Result, key: str, *, unspoken: AbstractSet[str] = NOTHING) -> str:
    """Return why a person is in their team as one plain English sentence; see ``explain_person``.

    Raises:
        UnknownPerson: nobody has this key.
    """
    reasons = explain_person(result, key, unspoken=unspoken)
    name = result.problem.people[result.position(key)].name
    why = "; ".join(reason.english for reason in reasons)
    return f"{name} is in team {result.team_of(key).number}: {why}."


class _About:
    """One person and the others of the team."""

    def __init__(self, result: Result, person: Person, unspoken: AbstractSet[str]) -> None:
        self.result, self.person = result, person
        self.team: Team = result.team_of(person.key)
        self.others = [mate for mate in self.team.people if mate.key != person.key]
        rules = result.problem.rules
        # The heaviest wish first; of equally heavy ones the first given.
        self.wishes = [
            wish
            for wish in sorted(result.problem.wishes, key=lambda wish: -wish.weight)
            if wish.weight > 0 and wish.attribute not in unspoken
        ]
        self.never_alone = [name for name in rules.at_least_two_of if name not in unspoken]
        self.at_least = {name: k for name, k in rules.at_least_different.items() if name not in unspoken}
        self.shared = [shared for shared in rules.shared if shared.attribute not in unspoken]

    def reasons(self) -> Iterator[Reason]:
        yield from self._placed()
        yield from self._kept()
        for wish in self.wishes:
            yield from self._brought(wish)
        for wish in self.wishes:
            yield from self._shared_by_wish(wish)
        yield from self._in_company()
        yield from self._hours()
        yield from self._shared_words()

    def said(self, code: str, people: tuple[str, ...] = (), **given: object) -> Reason:
        """Return a reason about the person, and further people by key."""
        return Reason(
            code,
            {"name": self.person.name, **given},
            team=self.team.number,
            people=(self.person.key, *people),
        )

    def _placed(self) -> Iterator[Reason]:
        """Yield the rules that fix who is with whom, as far as they hold."""
        rules, key = self.result.problem.rules, self.person.key
        if rules.locked.get(key) == self.team.number:
            yield self.said("placed_by_lock")
        mates = {mate.key: mate.name for mate in self.others}
        wanted = sorted({other for group in rules.together if key in group for other in group} & set(mates))
        if wanted:
            yield self.said("placed_together", tuple(wanted), names=[mates[other] for other in wanted])
        barred = {other for group in rules.apart if key in group for other in group} - {key}
        if 0 < len(barred) <= FEW and not barred & set(mates):
            names = [self._name(other) for other in sorted(barred)]
            yield self.said("kept_apart", tuple(sorted(barred)), names=names)

    def _kept(self) -> Iterator[Reason]:
        """Yield the rules that hold only because the person is here."""
        for attribute, limit in self.at_least.items():
            count = self._count(attribute)
            only = [word for word in words_of(self.person, attribute) if not count[word]]
            without = sum(held > 0 for held in count.values())
            if without < limit and only:
                yield self.said(
                    "keeps_different", attribute=attribute, values=only, count=without, limit=limit
                )
        for attribute in self.never_alone:
            for word in words_of(self.person, attribute):
                holders = self._holders(attribute, word)
                if len(holders) == 1:
                    yield self.said(
                        "keeps_company",
                        (holders[0].key,),
                        attribute=attribute,
                        values=[word],
                        names=[holders[0].name],
                    )

    def _brought(self, wish: Wish) -> Iterator[Reason]:
        """Yield what the team has of a wish only, or nearer to everyone, with the person."""
        attribute = wish.attribute
        if self.result.everyone.is_numeric(attribute):
            yield from self._number_brought(wish)
            return
        count = self._count(attribute)
        if wish.kind in {"mix", "cover"}:
            only = [word for word in words_of(self.person, attribute) if not count[word]]
            if only and self.others:
                yield self.said("brings", attribute=attribute, values=only)
        elif wish.kind == "balance":
            for word in words_of(self.person, attribute)[:1]:
                share = self.result.everyone.holders(attribute)[word] / len(self.result.places)
                size = len(self.team.people)
                with_them, without = (count[word] + 1) / size, count[word] / max(1, size - 1)
                if abs(with_them - share) < abs(without - share):
                    yield self.said(
                        "evens_share",
                        attribute=attribute,
                        values=[word],
                        count=count[word] + 1,
                        of=size,
                        everyone=share,
                    )

    def _number_brought(self, wish: Wish) -> Iterator[Reason]:
        attribute = wish.attribute
        own = number_of(self.person, attribute)
        others = self._numbers(attribute)
        if own is None or not others:
            return
        if wish.kind == "balance":
            everyone = self.result.everyone.mean(attribute)
            without = sum(others) / len(others)
            mean = (sum(others) + own) / (len(others) + 1)
            if abs(mean - everyone) < abs(without - everyone):
                yield self.said(
                    "evens_mean",
                    attribute=attribute,
                    value=own,
                    without=without,
                    mean=mean,
                    everyone=everyone,
                )
        elif wish.kind == "mix" and not min(others) <= own <= max(others):
            yield self.said("widens_range", attribute=attribute, value=own, low=min(others), high=max(others))

    def _shared_by_wish(self, wish: Wish) -> Iterator[Reason]:
        """Yield what the person has in common with others, where that was wished."""
        if wish.kind != "gather":
            return
        attribute = wish.attribute
        if self.result.everyone.is_numeric(attribute):
            own, others = number_of(self.person, attribute), self._numbers(attribute)
            if own is not None and others and min(others) <= own <= max(others):
                yield self.said(
                    "within_range", attribute=attribute, value=own, low=min(others), high=max(others)
                )
            return
        yield from self._most_shared(attribute)

    def _in_company(self) -> Iterator[Reason]:
        for attribute in self.never_alone:
            yield from self._most_shared(attribute)

    def _most_shared(self, attribute: str) -> Iterator[Reason]:
        words = words_of(self.person, attribute)
        count = self._count(attribute)
        # The word that most of the others have; of equally frequent ones the first by alphabet.
        word = min(words, key=lambda one: (-count[one], one), default=None)
        if word is not None and count[word]:
            holders = self._holders(attribute, word)
            yield self.said(
                "shares_value",
                tuple(mate.key for mate in holders),
                attribute=attribute,
                values=[word],
                names=[mate.name for mate in holders],
            )

    def _hours(self) -> Iterator[Reason]:
        slots = common_quarters(self.team.people)
        if slots and self.person.free is not None and any(mate.free is not None for mate in self.others):
            yield self.said("shares_hours", slots=slots)

    def _shared_words(self) -> Iterator[Reason]:
        for shared in self.shared:
            own = words_at(self.person, shared.attribute, shared.level)
            values = [word for word in shared_words(self.team.people, shared) or () if word in own]
            if values and self.others:
                yield self.said("shares_word", attribute=shared.attribute, values=values, level=shared.level)

    def _name(self, key: str) -> str:
        return self.result.problem.people[self.result.position(key)].name

    def _count(self, attribute: str) -> Counter[str]:
        """Count the words of the others."""
        return Counter(word for mate in self.others for word in words_of(mate, attribute))

    def _holders(self, attribute: str, word: str) -> list[Person]:
        return [mate for mate in self.others if word in words_of(mate, attribute)]

    def _numbers(self, attribute: str) -> list[float]:
        return [number for mate in self.others if (number := number_of(mate, attribute)) is not None]
