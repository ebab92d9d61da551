"""Words for rules that cannot all hold: which, for whom, and what a teacher can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange.web.forms.teams import NAMES
from biosint.exchange.web.wording import Given, level_words, listed, value_words
from iahcalc import teams

RULES = {
    "sizes": gettext_lazy("people in a team"),
    "minimum_common_hours": gettext_lazy("common free hours"),
    "shared": gettext_lazy("one language that all speak"),
    "at_least_two_of": gettext_lazy("nobody is the only one"),
    "at_most_different": gettext_lazy("different institutions"),
    "at_least_different": gettext_lazy("at least two countries"),
    "not_again": gettext_lazy("not the same team-mates as last time"),
    "locked": gettext_lazy("locked people"),
    "facilitators": gettext_lazy("teachers who accompany teams"),
}
SHOWN = 6


def _rules(names: Iterable[str]) -> str:
    return listed(f"“{RULES[name]}”" for name in names if name in RULES)


def _few(names: Iterable[str]) -> str:
    every = list(names)
    return listed(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")


def _too_few_hours(given: Given) -> str:
    return _(
        "%(name)s is free for %(best)s hours a week; you ask for %(minimum)s common ones. Ask %(name)s for more hours, or ask for fewer."
    ) % {"name": given["name"], "best": f"{given['best']:g}", "minimum": f"{given['minimum']:g}"}


def _too_few_mates(given: Given) -> str:
    return _(
        "%(name)s fits with %(count)s others at most (%(rules)s); the smallest team needs %(needed)s. "
        "Loosen one of these rules, or form smaller teams."
    ) % {
        "name": given["name"],
        "count": given["count"],
        "rules": _rules(given["because"]),
        "needed": given["needed"],
    }


def _too_rare(given: Given) -> str:
    return _(
        "“%(attribute)s”: too few learners have a value for every team to hold %(limit)s different ones (%(teams)s teams). "
        "Ask for fewer, or form fewer teams."
    ) % {"attribute": NAMES[given["attribute"]], "limit": given["limit"], "teams": given["teams"]}


def _too_few_values(given: Given) -> str:
    return _("“%(attribute)s”: the whole course has %(count)s; you ask for %(limit)s in each team.") % {
        "attribute": NAMES[given["attribute"]],
        "count": given["count"],
        "limit": given["limit"],
    }


def _too_many_values(given: Given) -> str:
    return _(
        "“%(attribute)s”: the course holds more of them than teams with at most %(limit)s have room for. "
        "Allow more in a team, or form more teams."
    ) % {"attribute": NAMES[given["attribute"]], "limit": given["limit"]}


def _never_in_company(given: Given) -> str:
    return _(
        "%(name)s is the only one with “%(value)s” in any team: under %(rules)s nobody else can join. "
        "Loosen one of these rules."
    ) % {
        "name": given["name"],
        "value": value_words(given["attribute"], given["value"]),
        "rules": _rules(given["because"]),
    }


SENTENCES: dict[str, Callable[[Given], str]] = {
    "too_few_hours_of_one": _too_few_hours,
    "too_few_mates": _too_few_mates,
    "no_word_of_one": lambda given: (
        _("%(name)s speaks no language at %(level)s, as far as is known. Ask again, or lower the level.")
        % {"name": given["name"], "level": level_words(given["level"])}
    ),
    "people_for_themselves": lambda given: (
        _("Under %(rules)s these can only be in teams of their own, and do not fill one: %(names)s.")
        % {"rules": _rules(given["because"]), "names": _few(given["names"])}
    ),
    "too_few_earlier_teams": lambda _given: _(
        "Too few teams of last time for everybody to meet new people only. Form smaller teams, or let some meet again."
    ),
    "value_too_rare": _too_rare,
    "value_too_rare_in_pairs": _too_rare,
    "too_few_values": _too_few_values,
    "team_too_small_for_values": _too_few_values,
    "pairs_need_room": lambda given: (
        _(
            "“%(attribute)s”: at least %(limit)s in each team, and nobody alone, need larger teams. Ask for fewer, or form larger teams."
        )
        % {"attribute": NAMES[given["attribute"]], "limit": given["limit"]}
    ),
    "too_many_values": _too_many_values,
    "never_in_company": _never_in_company,
    "too_few_facilitators": lambda given: (
        _(
            "The teachers accompany %(capacity)s teams at most, and there are %(teams)s. Find room for more, or form fewer teams."
        )
        % {"capacity": given["capacity"], "teams": given["teams"]}
    ),
}


def conflict_words(conflict: teams.Conflict) -> list[str]:
    """Return what hinders, in the reader's language; where no sentence fits, the names of the rules."""
    told = [
        SENTENCES[reason.code](reason.parameters) for reason in conflict.reasons if reason.code in SENTENCES
    ]
    if told or not conflict.rules:
        return told
    return [
        _("These rules cannot all hold for everybody: %(rules)s. Loosen one of them.")
        % {"rules": _rules(conflict.rules)}
    ]
