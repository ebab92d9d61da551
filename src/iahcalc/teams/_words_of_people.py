"""The English of why a person is in a team, and of who joined, moved and left."""

from __future__ import annotations

from iahcalc.teams._phrases import Given, counted, have, hours_and_when, listed, named
from iahcalc.teams._words_of_teams import Sentences


def _span(given: Given) -> str:
    low, high = given["low"], given["high"]
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _one_of(count: int) -> str:
    return "the only one" if count == 1 else f"one of {count}"


WORDS: Sentences = {
    "placed_by_lock": lambda given: f"{given['name']} is locked into this team",
    "placed_together": lambda given: f"{given['name']} is to share a team with {listed(given['names'])}",
    "kept_apart": lambda given: f"{given['name']} is to be in another team than {listed(given['names'])}",
    "keeps_different": lambda given: (
        f"without {given['name']} ({named(given)}) the team would have only "
        f"{counted(given['count'], given['attribute'])}, at least {given['limit']} wanted"
    ),
    "keeps_company": lambda given: (
        f"without {given['name']}, {listed(given['names'])} would be the only one with {named(given)}"
    ),
    "brings": lambda given: f"only {given['name']} brings {named(given)}",
    "evens_mean": lambda given: (
        f"with {given['attribute']} {given['value']:g}, {given['name']} takes the mean from "
        f"{given['without']:.1f} to {given['mean']:.1f} (everyone {given['everyone']:.1f})"
    ),
    "evens_share": lambda given: (
        f"{given['name']} is {_one_of(given['count'])} with {named(given)} among {given['of']}; "
        f"in the whole list it is {given['everyone']:.0%}"
    ),
    "widens_range": lambda given: (
        f"{given['name']} has {given['attribute']} {given['value']:g}, the others {_span(given)}"
    ),
    "within_range": lambda given: (
        f"with {given['attribute']} {given['value']:g}, {given['name']} is within what the others have ({_span(given)})"
    ),
    "shares_value": lambda given: f"{given['name']} shares {named(given)} with {listed(given['names'])}",
    "shares_word": lambda given: f"{given['name']}, as all the others, can {have(given, verb='use')}",
    "shares_hours": lambda given: f"{given['name']} and the others have {hours_and_when(given['slots'])}",
    "as_any_other": lambda given: f"no wish and no rule tells {given['name']} from others who could be here",
    "joined": lambda given: f"{given['name']} joins team {given['number']}",
    "moved": lambda given: f"{given['name']} moves from team {given['before']} to team {given['after']}",
    "left": lambda given: f"{_people(given['count'])} left",
    "dissolved": lambda given: f"team {given['number']} no longer exists",
}
