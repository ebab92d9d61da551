"""Sentences about teams: a code and parameters, which a platform can translate, and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iahcalc.calendars import format_slots


@dataclass(frozen=True)
class Reason:
    """One thing to say about a team, or about a rule that does not hold.

    Attributes:
        code: what kind of sentence; the codes and their parameters are listed in ``CODES``.
        parameters: plain values (text, numbers, lists of them), ready for JSON.
        people: keys of the people concerned; empty when it is the whole team.
        team: team number, ``None`` when it is about people of several teams.
    """

    code: str
    parameters: Mapping[str, Any]
    team: int | None = None
    people: tuple[str, ...] = ()

    @property
    def english(self) -> str:
        """The sentence in plain English, without a full stop."""
        return CODES[self.code](self.parameters)


def counted(number: float, noun: str) -> str:
    """Return “1 country”, “3 countries”; a noun that is plural already (“skills”) stays as it is."""
    shown = f"{number:g}"
    if number == 1 or (noun.endswith("s") and not noun.endswith(("ss", "us"))):
        return f"{shown} {noun}"
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return f"{shown} {noun[:-1]}ies"
    return f"{shown} {noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{shown} {noun}s"


def listed(items: Sequence[str]) -> str:
    """Return “a, b and c”."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def _hours(slots: Sequence[int]) -> str:
    return counted(len(slots) / 4, "common hour")


def _common_hours(given: Mapping[str, Any]) -> str:
    text = f"{_hours(given['slots'])} a week"
    return f"{text} ({format_slots(given['slots'])})" if given["slots"] else text


def _shares(counts: Mapping[str, int]) -> str:
    return listed([f"{count} {value}" for value, count in counts.items()])


Sentence = Callable[[Mapping[str, Any]], str]

CODES: dict[str, Sentence] = {
    # About a team.
    "people": lambda given: counted(given["count"], "member"),
    "different": lambda given: f"{counted(given['count'], given['attribute'])} ({listed(given['values'])})",
    "shared": lambda given: (
        f"{given['count']} of {given['of']} have the {given['attribute']} {given['value']}"
    ),
    "covered": lambda given: (
        f"{given['count']} of {counted(given['of'], given['attribute'])} covered ({listed(given['values'])})"
    ),
    "shares": lambda given: f"{given['attribute']}: {_shares(given['counts'])}",
    "mean": lambda given: f"mean {given['attribute']} {given['mean']:.1f} (everyone {given['everyone']:.1f})",
    "range": lambda given: f"{given['attribute']} from {given['low']:g} to {given['high']:g}",
    "unknown": lambda given: f"{given['attribute']} not known of {listed(given['names'])}",
    "common_hours": _common_hours,
    "hours_unknown": lambda given: f"free hours not known of {listed(given['names'])}",
    "nobody_alone": lambda given: (
        f"nobody is the only one of a {given['attribute']} where it could be avoided"
    ),
    "alone_everywhere": lambda given: (
        f"{given['name']} is the only one in the whole list with the {given['attribute']} {given['value']}"
    ),
    # About a rule that does not hold.
    "too_few_common_hours": lambda given: (
        f"{_hours(given['slots'])} a week, the minimum is {given['minimum']:g}"
    ),
    "alone": lambda given: f"{given['name']} is the only one with the {given['attribute']} {given['value']}",
    "too_many_different": lambda given: (
        f"{counted(given['count'], given['attribute'])} in one team, at most {given['limit']} allowed"
    ),
    "too_few_different": lambda given: (
        f"only {counted(given['count'], given['attribute'])}, at least {given['limit']} wanted"
    ),
    "not_together": lambda given: f"{listed(given['names'])} should share a team and do not",
    "not_apart": lambda given: f"{listed(given['names'])} should be in different teams and are not",
    "not_in_locked_team": lambda given: (
        f"{given['name']} is locked into team {given['locked']} and is in team {given['placed']}"
    ),
}
"""Every code, with its English sentence."""
