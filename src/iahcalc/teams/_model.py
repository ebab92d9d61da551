"""What is given: people, wishes, rules; and the facts that make forming teams impossible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = str | float | tuple[str, ...] | Mapping[str, float] | None
Kind = Literal["mix", "balance", "gather", "cover"]
KINDS: tuple[Kind, ...] = ("mix", "balance", "gather", "cover")
Aim = Literal["worst", "sum"]
AIMS: tuple[Aim, ...] = ("worst", "sum")

QUARTERS_A_WEEK = 7 * 24 * 4


class TeamFault(ValueError):
    """What was asked for has no answer at all; the text says why and what to do.

    - ``NobodyToPlace``: the list is empty
    - ``DuplicatePeople``: two people have one key
    - ``ImpossibleSizes``: no number of teams fits the sizes
    - ``UnknownPerson``: a rule, or a question, names a key nobody has
    - ``UnknownTeam``: a place is locked in, or a question names, a team that does not exist
    - ``UnsuitableValue``: values or numbers of a kind that cannot be used this way
    """


class NobodyToPlace(TeamFault):
    """The list of people is empty."""


class DuplicatePeople(TeamFault):
    """Two people have the same key."""


class ImpossibleSizes(TeamFault):
    """No number of teams fits the sizes that were asked for."""


class UnknownPerson(TeamFault):
    """A key that nobody in the list has."""


class UnknownTeam(TeamFault):
    """A team number that does not exist."""


class UnsuitableValue(TeamFault):
    """A value, weight or limit that cannot be used this way."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One member-to-be of a team.

    Attributes:
        key: unique and lasting (an id, a mail address). Everything that depends on order
            follows the keys, so the order of the list changes nothing.
        name: for sentences only.
        attributes: a word (country), a number (language level), several words (skills), several
            words each with a level (languages: ``{"English": 4, "Serbian": 6}``), or ``None`` where it
            is not known. A name that is absent, an empty text, an empty
            tuple and ``nan`` are also "not known".
        free: quarter-hours of the week in UTC, 0 (Monday 00:00) to 671, in which the person
            can meet. ``None`` is "not known" and limits nobody; the explanation says so. An
            empty set is "never" and breaks every minimum of common hours.
    """

    key: str
    name: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    free: frozenset[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What every team should look like as far as possible in one attribute.

    Kinds:
        mix: team-mates differ: many pairs of two values (words), a wide spread (numbers).
        balance: every team looks like the whole: the same shares of each value, the same mean.
        gather: team-mates are alike: many pairs with one value, a narrow spread.
        cover: the team together holds as many of the values as possible (words only).

    What is not known: under mix, gather and cover an unknown word is like nobody's and unlike
    nobody's, so it earns nothing; under balance "not known" is spread evenly like one more
    value. An unknown number counts as the mean of the known ones.

    ``weight`` is 0 or more; it is used in hundredths. 0 reports the wish without pursuing it.
    """

    attribute: str
    kind: Kind
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A rule: in every team, all have one same word (a language) at this level or above.

    A word without a level reaches every level. Who has no word at all is "not known" and limits
    nobody; the explanation says so.
    """

    attribute: str
    level: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Facilitator:
    """Who accompanies teams, and how many at most.

    ``free`` and ``attributes`` are as in ``Person``: with known hours, a facilitator can only
    accompany a team that shares a quarter-hour with them; with a ``Shared`` rule, only a team whose
    shared word they have as well.
    """

    key: str
    name: str
    teams: int
    free: frozenset[int] | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What must hold. Rules come before all wishes.

    Sizes: give ``teams``, or ``size_low`` and/or ``size_high``, or all of them. Teams are always
    as equal as possible: two sizes differ by one person at most. Sizes always hold. Every
    other rule is kept if it can be; what could not be kept is listed, never silent.

    Attributes:
        minimum_common_hours: hours a week (in quarters) in which all of a team are free.
        at_least_two_of: attributes in which nobody may be the only one in the team with a
            value, unless nobody else in the whole list has it.
        at_most_different, at_least_different: attribute -> number of different values in a team.
        shared: words that all of a team must have, see ``Shared``.
        together, apart: groups of keys who must share a team, or must all be in different ones.
        not_again: the teams of last time, as keys: no two of them should meet again. Keys of people
            who are no longer in the list are ignored.
        facilitators: who accompanies the teams; every team needs one.
        locked: key -> team number, counted from 1.
    """

    teams: int | None = None
    size_low: int | None = None
    size_high: int | None = None
    minimum_common_hours: float = 0.0
    at_least_two_of: tuple[str, ...] = ()
    at_most_different: Mapping[str, int] = field(default_factory=dict)
    at_least_different: Mapping[str, int] = field(default_factory=dict)
    shared: tuple[Shared, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    not_again: tuple[tuple[str, ...], ...] = ()
    facilitators: tuple[Facilitator, ...] = ()
    locked: Mapping[str, int] = field(default_factory=dict)
