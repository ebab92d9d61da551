"""The English of what is said about a team, and about the rules it breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iahcalc.teams._phrases import LANGUAGES, Given, counted, have, hours, hours_and_when, level, listed

Sentences = Mapping[str, Callable[[Given], str]]


def _shares(counts: Mapping[str, int]) -> str:
    return listed([f"{count} {value}" for value, count in counts.items()])


def _no_shared_word(given: Given) -> str:
    noun = "language" if given["attribute"] in LANGUAGES else given["attribute"]
    text = f"no {noun} that all have{level(given)}"
    return f"{text}: {given['value']} is missing for {listed(given['names'])}" if given["names"] else text


def _wrong_size(given: Given) -> str:
    low, high = given["low"], given["high"]
    return f"{counted(given['count'], 'member')}, {low if low == high else f'{low} to {high}'} allowed"


HELD: Sentences = {
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
    "common_hours": lambda given: hours_and_when(given["slots"]),
    "hours_unknown": lambda given: f"free hours not known of {listed(given['names'])}",
    "nobody_alone": lambda given: (
        f"nobody is the only one of a {given['attribute']} where it could be avoided"
    ),
    "alone_everywhere": lambda given: (
        f"{given['name']} is the only one in the whole list with the {given['attribute']} {given['value']}"
    ),
    "shared_word": lambda given: f"all {have(given)}",
    "nobody_met_before": lambda _given: "nobody was in one team with another of them last time",
    "facilitated_by": lambda given: f"accompanied by {given['name']}",
}
"""About a team."""

BROKEN: Sentences = {
    "wrong_size": _wrong_size,
    "too_few_common_hours": lambda given: (
        f"{hours(given['slots'])} a week, the minimum is {given['minimum']:g}"
    ),
    "no_shared_word": _no_shared_word,
    "alone": lambda given: f"{given['name']} is the only one with the {given['attribute']} {given['value']}",
    "too_many_different": lambda given: (
        f"{counted(given['count'], given['attribute'])} in one team, at most {given['limit']} allowed"
    ),
    "too_few_different": lambda given: (
        f"only {counted(given['count'], given['attribute'])}, at least {given['limit']} wanted"
    ),
    "not_together": lambda given: f"{listed(given['names'])} should share a team and do not",
    "not_apart": lambda given: f"{listed(given['names'])} should be in different teams and are not",
    "met_before": lambda given: f"{listed(given['names'])} were in one team last time",
    "not_in_locked_team": lambda given: (
        f"{given['name']} is locked into team {given['locked']} and is in team {given['placed']}"
    ),
    "no_facilitator_left": lambda _given: "no facilitator: all have as many teams as they can take",
    "no_facilitator_hours": lambda _given: "no facilitator is free when this team can meet",
    "no_facilitator_word": lambda given: (
        f"no facilitator shares a word of “{given['attribute']}” with all of this team"
    ),
}
"""About a rule that does not hold."""
