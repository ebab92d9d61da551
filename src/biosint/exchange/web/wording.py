"""Words for what team forming found: its codes become sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.exchange.models import Team
from biosint.exchange.plans import CONFIDED
from biosint.exchange.states import LEVEL_STEPS
from biosint.people.api import Profession
from biosint.shared.languages import country_name, language_name, locale
from iahcalc import calendars

QUARTERS_AN_HOUR = 4
MINUTES_A_DAY = 24 * 60
Given = Mapping[str, Any]


LEVELS = {step: level for level, step in LEVEL_STEPS.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about a team. ``is_warning``: a wish or rule that could not be kept."""

    text: str
    is_warning: bool


def value_words(attribute: str, value: str) -> str:
    """Return a value as the reader knows it: the name of a country, of a field, of a language."""
    if attribute == "country":
        return country_name(value)
    if attribute == "profession" and value in Profession.values:
        return str(Profession(value).label)
    if attribute in {"first_language", "languages"}:
        return language_name(value)
    return value


def level_words(step: float) -> str:
    """Return a level of English, 1 to 6, as learners know it."""
    return LEVELS.get(round(step), f"{step:g}")


def listed(items: Iterable[str]) -> str:
    return ", ".join(items)


def hours_in(slots: Iterable[int]) -> str:
    """Return how many hours so many quarter-hours are."""
    return f"{sum(1 for _slot in slots) / QUARTERS_AN_HOUR:g}"


def _counted(attribute: str, count: int, values: str) -> str:
    names = {"count": count, "values": values}
    if attribute == "country":
        return ngettext("%(count)s country: %(values)s", "%(count)s countries: %(values)s", count) % names
    if attribute == "profession":
        return ngettext("%(count)s field: %(values)s", "%(count)s fields: %(values)s", count) % names
    if attribute == "first_language":
        return (
            ngettext("%(count)s first language: %(values)s", "%(count)s first languages: %(values)s", count)
            % names
        )
    return ngettext("%(count)s institution: %(values)s", "%(count)s institutions: %(values)s", count) % names


def _different(given: Given) -> str:
    values = [value_words(given["attribute"], value) for value in given["values"]]
    return _counted(given["attribute"], given["count"], listed(values))


def _shared(given: Given) -> str:
    return _("%(count)s of %(of)s: %(value)s") % {
        "count": given["count"],
        "of": given["of"],
        "value": value_words(given["attribute"], given["value"]),
    }


def _shares(given: Given) -> str:
    return listed(
        f"{value_words(given['attribute'], value)} {count}" for value, count in given["counts"].items()
    )


def _too_few_hours(given: Given) -> str:
    return _("Common free hours a week: %(hours)s; you asked for %(minimum)s") % {
        "hours": hours_in(given["slots"]),
        "minimum": f"{given['minimum']:g}",
    }


def _unknown(given: Given) -> str:
    what = {
        "country": _("Country not known: %(names)s"),
        "profession": _("Field of study not known: %(names)s"),
        "institution": _("From no institution here: %(names)s"),
        "first_language": _("First language not known: %(names)s"),
        "english": _("Level of English not known: %(names)s"),
        "languages": _("Languages not known: %(names)s"),
    }[given["attribute"]]
    return what % {"names": listed(given["names"])}


def _nobody_alone(given: Given) -> str:
    return {
        "country": _("Nobody is the only one from their country where it could be avoided"),
        "institution": _("Nobody is the only one from their institution where it could be avoided"),
        "profession": _("Nobody is the only one of their field where it could be avoided"),
        "first_language": _("Nobody is the only one with their first language where it could be avoided"),
    }[given["attribute"]]


def _alone(given: Given) -> str:
    names = {"name": listed(given["names"]), "value": value_words(given["attribute"], given["value"])}
    if given["attribute"] in {"country", "institution"}:
        return _("%(name)s is the only one from %(value)s in this team") % names
    return _("%(name)s is the only one in this team with: %(value)s") % names


def _alone_everywhere(given: Given) -> str:
    names = {"name": listed(given["names"]), "value": value_words(given["attribute"], given["value"])}
    if given["attribute"] in {"country", "institution"}:
        return _("%(name)s is the only learner from %(value)s in this course") % names
    return _("%(name)s is the only learner in this course with: %(value)s") % names


def _too_many(given: Given) -> str:
    return _("Different institutions: %(count)s; you asked for at most %(limit)s") % given


def _too_few(given: Given) -> str:
    return _("Different countries: %(count)s; you asked for at least %(limit)s") % given


def _wrong_size(given: Given) -> str:
    asked = f"{given['low']}" if given["low"] == given["high"] else f"{given['low']}–{given['high']}"
    return _("%(count)s people; you asked for %(asked)s") % {"count": given["count"], "asked": asked}


def _no_shared_word(given: Given) -> str:
    if not given.get("value"):
        return _("There is no language that all speak at %(level)s") % {"level": level_words(given["level"])}
    return _("%(language)s at %(level)s is missing for: %(names)s") % {
        "language": value_words("languages", given["value"]),
        "level": level_words(given["level"]),
        "names": listed(given["names"]),
    }


SENTENCES: dict[str, Callable[[Given], str]] = {
    "people": lambda given: (
        ngettext("%(count)s member", "%(count)s members", given["count"]) % {"count": given["count"]}
    ),
    "different": _different,
    "covered": _different,
    "shared": _shared,
    "shares": _shares,
    "mean": lambda given: (
        _("English balanced: %(mean)s here, %(everyone)s in all teams (A1 = 1, C2 = 6)")
        % {"mean": f"{given['mean']:.1f}", "everyone": f"{given['everyone']:.1f}"}
    ),
    "range": lambda given: (
        _("English from %(low)s to %(high)s")
        % {"low": level_words(given["low"]), "high": level_words(given["high"])}
    ),
    "unknown": _unknown,
    "common_hours": lambda given: (
        _("Common free hours a week: %(hours)s") % {"hours": hours_in(given["slots"])}
    ),
    "hours_unknown": lambda given: _("Free hours not known: %(names)s") % {"names": listed(given["names"])},
    "nobody_alone": _nobody_alone,
    "alone_everywhere": _alone_everywhere,
    "shared_word": lambda given: (
        _("All speak: %(languages)s")
        % {"languages": listed(value_words("languages", word) for word in given["values"])}
    ),
    "nobody_met_before": lambda _given: _("Nobody was in a team with another of you last time"),
    "facilitated_by": lambda _given: "",
    # Rules that do not hold.
    "wrong_size": _wrong_size,
    "too_few_common_hours": _too_few_hours,
    "no_shared_word": _no_shared_word,
    "alone": _alone,
    "too_many_different": _too_many,
    "too_few_different": _too_few,
    "met_before": lambda given: (
        _("Team-mates of last time meet again: %(names)s") % {"names": listed(given["names"])}
    ),
    "no_facilitator_left": lambda _given: _("No teacher is left to accompany this team"),
    "no_facilitator_hours": lambda _given: _("No teacher is free when this team can meet"),
    "no_facilitator_word": lambda _given: _("No teacher speaks the language of this team at the level asked"),
}
# Rules that do not hold, and what the teachers had better ask after.
BROKEN = frozenset(
    {
        "wrong_size",
        "too_few_common_hours",
        "no_shared_word",
        "alone",
        "too_many_different",
        "too_few_different",
        "met_before",
        "no_facilitator_left",
        "no_facilitator_hours",
        "no_facilitator_word",
    }
)
WARNINGS = BROKEN | {"hours_unknown"}
# What teachers asked for, and whom they might ask: nothing that learners can act on.
FOR_TEACHERS = BROKEN | {"unknown"}


def said_of(code: str, given: Given, people: Iterable[int], names: Mapping[int, str]) -> Said | None:
    """Return one finding in the reader's language; None where there is nothing to say about it on a page."""
    if code not in SENTENCES:
        return None
    text = SENTENCES[code]({**given, "names": [names[key] for key in people if key in names]})
    return Said(text, is_warning=code in WARNINGS) if text else None


def _is_for_teachers(reason: Given) -> bool:
    return reason["code"] in FOR_TEACHERS or reason["parameters"].get("attribute") in CONFIDED


def sentences(team: Team, *, but: Collection[str] = (), to_learners: bool = False) -> list[Said]:
    """Return what can be said about a team, in the reader's language, warnings first. Reads its prefetched members.

    ``but``: codes that the page says in another way. ``to_learners``: leave out what only teachers are told.
    """
    names = {member.application_id: str(member.application.learner) for member in team.members.all()}
    found = [
        said
        for reason in team.reasons
        if reason["code"] not in but
        and not (to_learners and _is_for_teachers(reason))
        and (said := said_of(reason["code"], reason["parameters"], reason["people"], names))
    ]
    return sorted(found, key=lambda said: not said.is_warning)


def common_hours(slots: Iterable[int], *, week_of: date) -> list[str]:
    """Return weekly common hours on the reader's clock: ``["Tue 17:00–19:00"]``."""
    days = locale().days["stand-alone"]["abbreviated"]
    stretches = calendars.local_week(slots, zone=timezone.get_current_timezone_name(), week_of=week_of)
    return [
        f"{days[stretch.start // MINUTES_A_DAY % 7]} {_clock(stretch.start)}–{_clock(stretch.end)}"
        for stretch in stretches
    ]


def _clock(minute: int) -> str:
    within = minute % MINUTES_A_DAY
    return f"{within // 60:02d}:{within % 60:02d}"
