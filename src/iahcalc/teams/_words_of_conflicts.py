"""The English of which rules cannot hold together, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from iahcalc.teams._phrases import LANGUAGES, Given, counted, level, listed, plural
from iahcalc.teams._words_of_teams import Sentences

RULES = {
    "sizes": "the sizes",
    "minimum_common_hours": "the minimum of common hours",
    "shared": "the shared word",
    "at_least_two_of": "nobody is the only one",
    "at_most_different": "the most different values",
    "at_least_different": "the fewest different values",
    "together": "who share a team",
    "apart": "who are in different teams",
    "not_again": "not the same team-mates as last time",
    "locked": "locked places",
    "facilitators": "the facilitators",
}
"""What each rule is called in a sentence."""

SHOWN = 6
"""Of more values than this only the first are shown."""


def _rules(names: Sequence[str]) -> str:
    return listed([f"“{RULES[name]}”" for name in names])


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _forced(given: Given) -> str:
    """Return why people must share a team; ``by``: the rules that force them."""
    return {
        ("together",): "are to share a team",
        ("locked",): "are locked into one team",
    }.get(tuple(given["by"]), "are to share a team, by locks and by the rule who share one")


def _group(given: Given) -> str:
    return f"{listed(given['names'])} {_forced(given)}"


def _pair(given: Given, barred: str) -> str:
    through = f" through {listed(given['through'])}" if given["through"] else ""
    return f"{listed(given['names'])} {barred}, and yet {_forced(given)}{through}; take one of the two rules back"


def _noun(given: Given) -> str:
    return "language" if given["attribute"] in LANGUAGES else str(given["attribute"])


def _spread(given: Given) -> str:
    shown = [f"{value} ({held}) {teams}" for value, held, teams in given["spread"][:SHOWN]]
    return ", ".join(shown) + (", …" if len(given["spread"]) > SHOWN else "")


def _lower(given: Given) -> str:
    best = given["best"]
    return f"lower the minimum to {counted(best, 'hour')}" if best > 0 else "give up the minimum"


def _mates(given: Given) -> str:
    text = (
        f"{given['name']} can be in a team with at most {counted(given['count'], 'other')} "
        f"under {_rules(given['because'])}, and the smallest team needs {given['needed']}; "
    )
    if list(given["because"]) == ["minimum_common_hours"]:
        return f"{text}{_lower(given)}, or ask {given['name']} for more free hours"
    return f"{text}loosen one of these rules, or form smaller teams"


def _rare(given: Given) -> str:
    return (
        f"at least {counted(given['limit'], given['attribute'])} in each of {counted(given['teams'], 'team')} "
        f"makes {given['need']}, and no more than {given['have']} can be had: "
        f"each {given['attribute']} (people) reaches so many teams: {_spread(given)}; "
        "ask for fewer in a team, or form fewer teams"
    )


WORDS: Sentences = {
    "sizes_do_not_fit": lambda given: (
        f"{_people(given['count'])} in {counted(given['teams'], 'team')} do not give teams of "
        f"{given['low']} to {given['high']}; form another number of teams, or widen the sizes"
    ),
    "group_too_large": lambda given: (
        f"{_group(given)} ({_people(given['count'])}), and no team has more than "
        f"{counted(given['largest'], 'place')}; allow teams of {given['count']}, "
        f"or release {given['count'] - given['largest']} of them"
    ),
    "groups_do_not_fit": lambda given: (
        f"{given['count']} groups of {given['size']} or more are to share a team each, and the teams have room "
        f"for {given['room']} of them; split a group, or form larger teams"
    ),
    "locks_overfill": lambda given: (
        f"too many people are locked into {counted(len(given['teams']), 'team')} "
        f"({listed([str(number) for number in given['teams']])}): not all of them can have "
        f"{counted(given['largest'], 'place')}; release a lock"
    ),
    "locks_split_group": lambda given: (
        f"{listed(given['names'])} are to share a team, and are locked into the teams "
        f"{listed([str(number) for number in given['teams']])}; release all locks but those of one team"
    ),
    "together_and_apart": lambda given: _pair(given, "are to be in different teams"),
    "together_and_met": lambda given: _pair(given, "were in one team last time and are not to meet again"),
    "group_without_hours": lambda given: (
        f"{_group(given)}, and have {counted(given['best'], 'common hour')} a week, "
        f"the minimum is {given['minimum']:g}; {_lower(given)}, or release one of them"
    ),
    "group_without_word": lambda given: (
        f"{_group(given)}, and have no {_noun(given)} in common{level(given)}; "
        "lower the level, or release one of them"
    ),
    "group_too_different": lambda given: (
        f"{_group(given)}, and have {counted(given['count'], given['attribute'])}, "
        f"at most {given['limit']} allowed; allow {given['count']}, or release some of them"
    ),
    "group_too_alike": lambda given: (
        f"{_group(given)}, and with all who still fit in the team has at most "
        f"{counted(given['count'], given['attribute'])}, at least {given['limit']} wanted; "
        f"ask for {given['count']}, or release one of them"
    ),
    "group_leaves_alone": lambda given: (
        f"{_group(given)} and fill it, and {given['name']} is the only one among them with the "
        f"{given['attribute']} {given['value']}; release one of them, or allow somebody to be the only one"
    ),
    "too_few_hours_of_one": lambda given: (
        f"{given['name']} is free for {counted(given['best'], 'hour')} a week, "
        f"the minimum of common hours is {given['minimum']:g}; {_lower(given)}, "
        f"or ask {given['name']} for more free hours"
    ),
    "too_few_mates": _mates,
    "no_word_of_one": lambda given: (
        f"{given['name']} has no {_noun(given)}{level(given)}; lower the level, or ask {given['name']} again"
    ),
    "people_for_themselves": lambda given: (
        f"under {_rules(given['because'])}, {listed(given['names'])} can only be in teams of their own, and "
        f"{_people(given['count'])} do not fill teams of these sizes; loosen one of these rules, or form teams of other sizes"
    ),
    "too_many_apart": lambda given: (
        f"under {_rules(given['because'])}, {listed(given['names'])} ({_people(given['count'])}) need as many "
        f"teams, and there are {given['teams']}; form {given['count']} teams, or let two of them meet"
    ),
    "too_few_earlier_teams": lambda given: (
        f"under {_rules(given['because'])}, no more than {_people(given['count'])} can be in one team, "
        f"and a team has {given['size']}; form smaller teams, or let some meet again"
    ),
    "value_too_rare": _rare,
    "value_too_rare_in_pairs": lambda given: f"as nobody may be the only one, {_rare(given)}",
    "too_few_values": lambda given: (
        f"at least {counted(given['limit'], given['attribute'])} are wanted in each team, and the whole list has "
        f"{given['count']}; ask for {given['count']}"
    ),
    "team_too_small_for_values": lambda given: (
        f"at least {counted(given['limit'], given['attribute'])} are wanted in each team, and a team of "
        f"{given['size']} has at most {given['count']}; ask for {given['count']}, or form larger teams"
    ),
    "pairs_need_room": lambda given: (
        f"at least {counted(given['limit'], given['attribute'])} in each team, of none only one person, needs "
        f"{given['need']} people, and the teams have {given['have']} places for them; "
        "ask for fewer, or form larger teams"
    ),
    "too_many_values": lambda given: (
        f"at most {counted(given['limit'], given['attribute'])} in each of {counted(given['teams'], 'team')} "
        f"makes {given['have']}, and the {plural(given['attribute'])} of the list need {given['need']}; "
        "allow more in a team, or form more teams"
    ),
    "limits_cross": lambda given: (
        f"at least {counted(given['least'], given['attribute'])} and at most {given['most']} are asked for; "
        "change one of the two"
    ),
    "too_many_of_one": lambda given: (
        f"{given['name']} alone has {counted(given['count'], given['attribute'])}, "
        f"at most {given['limit']} allowed in a team; allow {given['count']}"
    ),
    "alone_in_team_of_one": lambda given: (
        f"{counted(given['teams'], 'team')} of one person: whoever is in it is the only one with their "
        f"{given['attribute']}; form larger teams"
    ),
    "never_in_company": lambda given: (
        f"{given['name']} is the only one with the {given['attribute']} {given['value']} in any team: under "
        f"{_rules(given['because'])}, {listed(given['names'])} cannot join; "
        "loosen one of these rules, or allow somebody to be the only one"
    ),
    "too_few_facilitators": lambda given: (
        f"the facilitators can accompany {counted(given['capacity'], 'team')}, and there are {given['teams']}; "
        f"find room for {given['teams'] - given['capacity']} more, or form fewer teams"
    ),
    "another_number": lambda given: (
        f"with {counted(given['teams'], 'team')}, which the sizes allow as well, nothing is proved against it"
    ),
    "not_told_in_detail": lambda given: (
        f"a rule about something that is not shown here cannot be kept: {_rules(given['rules'])}; loosen it"
    ),
    "can_all_be_kept": lambda _given: (
        "other teams keep all these rules (found by trial); form the teams again"
    ),
    "without_rule": lambda given: (
        f"without the rule {_rules([given['rule']])} the others can all be kept (found by trial)"
    ),
    "not_proved": lambda given: (
        f"{_rules(given['rules'])} could not be kept everywhere; that is not proved impossible, "
        "another seed or more time may find it"
    ),
}
"""Why rules cannot hold, and what to do."""
