"""Words for why a learner is in a team, said to that learner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.exchange.web import wording
from biosint.exchange.web.wording import Given, level_words, listed, value_words
from iahcalc import teams


def _values(given: Given) -> str:
    return listed(value_words(given["attribute"], value) for value in given["values"])


def _keeps_company(given: Given) -> str:
    names = {"names": listed(given["names"]), "value": _values(given)}
    if given["attribute"] in {"country", "institution"}:
        return _("Without you, %(names)s would be the only one from %(value)s.") % names
    return _("Without you, %(names)s would be the only one with: %(value)s.") % names


def _brings(given: Given) -> str:
    texts = {
        "country": _("You bring a country that nobody else in the team knows from inside: %(value)s."),
        "profession": _("You bring a field that nobody else in the team studies: %(value)s."),
        "institution": _("You bring an institution that nobody else comes from: %(value)s."),
        "first_language": _("You bring a first language that nobody else has: %(value)s."),
    }
    return texts[given["attribute"]] % {"value": _values(given)}


def _shares_value(given: Given) -> str:
    names = {"names": listed(given["names"]), "value": _values(given)}
    if given["attribute"] in {"country", "institution"}:
        return _("You are not the only one from %(value)s. Also from there: %(names)s.") % names
    return _("You are not the only one with this: %(value)s. Also: %(names)s.") % names


def _evens_share(given: Given) -> str:
    return ngettext(
        "With you, %(count)s of %(of)s in the team has this: %(value)s. It is about the share in the whole course.",
        "With you, %(count)s of %(of)s in the team have this: %(value)s. It is about the share in the whole course.",
        given["count"],
    ) % {"count": given["count"], "of": given["of"], "value": _values(given)}


def _shares_hours(given: Given, week_of: date) -> str:
    return _("You and the others are free at the same time: %(when)s.") % {
        "when": listed(wording.common_hours(given["slots"], week_of=week_of))
    }


TO_YOU: dict[str, Callable[[Given], str]] = {
    "keeps_different": lambda given: (
        _("You come from %(value)s: without you the team would have too few countries.")
        % {"value": _values(given)}
    ),
    "keeps_company": _keeps_company,
    "brings": _brings,
    "evens_mean": lambda given: (
        _("Your level of English, %(level)s, brings the team nearer to the mean of the course.")
        % {"level": level_words(given["value"])}
    ),
    "evens_share": _evens_share,
    "widens_range": lambda given: (
        _("Your level of English, %(level)s, is one that nobody else in the team has.")
        % {"level": level_words(given["value"])}
    ),
    "within_range": lambda given: (
        _("Your level of English, %(level)s, is near that of the others.")
        % {"level": level_words(given["value"])}
    ),
    "shares_value": _shares_value,
    "shares_word": lambda given: _("You and all the others speak: %(value)s.") % {"value": _values(given)},
    "as_any_other": lambda _given: _(
        "We can name no single reason: the teams were made by looking at everybody together."
    ),
}


def said_to_you(reasons: Sequence[teams.Reason], *, week_of: date) -> list[str]:
    """Return the reasons for a person's team, in sentences to that person; there is always one."""
    found = []
    for reason in reasons:
        if reason.code == "shares_hours":
            found.append(_shares_hours(reason.parameters, week_of))
        elif reason.code in TO_YOU:
            found.append(TO_YOU[reason.code](reason.parameters))
    return found or [TO_YOU["as_any_other"]({})]
