"""Words for what team forming found: its codes become sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.exchange.models import Team
from biosint.people.api import Profession
from biosint.shared.languages import country_name, locale
from iahcalc import calendars

QUARTERS_AN_HOUR = 4
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about a team. ``is_warning``: a wish or rule that could not be kept."""

    text: str
    is_warning: bool


def _value(attribute: str, value: str) -> str:
    if attribute == "country":
        return country_name(value)
    if attribute == "profession" and value in Profession.values:
        return str(Profession(value).label)
    return value


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items)


def _different(given: Mapping[str, Any]) -> str:
    count, values = given["count"], [_value(given["attribute"], value) for value in given["values"]]
    names = {"count": count, "values": _listed(values)}
    if given["attribute"] == "country":
        return ngettext("%(count)s country: %(values)s", "%(count)s countries: %(values)s", count) % names
    if given["attribute"] == "profession":
        return ngettext("%(count)s field: %(values)s", "%(count)s fields: %(values)s", count) % names
    return ngettext("%(count)s institution: %(values)s", "%(count)s institutions: %(values)s", count) % names


def _hours(given: Mapping[str, Any]) -> str:
    hours = len(given["slots"]) / QUARTERS_AN_HOUR
    return _("Common free hours a week: %(hours)s") % {"hours": f"{hours:g}"}


def _too_few_hours(given: Mapping[str, Any]) -> str:
    return _("Common free hours a week: %(hours)s; you asked for %(minimum)s.") % {
        "hours": f"{len(given['slots']) / QUARTERS_AN_HOUR:g}",
        "minimum": f"{given['minimum']:g}",
    }


def _unknown(given: Mapping[str, Any]) -> str:
    what = {
        "country": _("Country not known: %(names)s"),
        "profession": _("Field of study not known: %(names)s"),
        "institution": _("From no institution here: %(names)s"),
        "english": _("Level of English not known: %(names)s"),
    }[given["attribute"]]
    return what % {"names": _listed(given["names"])}


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "people": lambda given: (
        ngettext("%(count)s member", "%(count)s members", given["count"]) % {"count": given["count"]}
    ),
    "different": _different,
    "mean": lambda given: (
        _("English balanced: %(mean)s here, %(everyone)s in all teams (A1 = 1, C2 = 6)")
        % {"mean": f"{given['mean']:.1f}", "everyone": f"{given['everyone']:.1f}"}
    ),
    "unknown": _unknown,
    "common_hours": _hours,
    "hours_unknown": lambda given: _("Free hours not known: %(names)s") % {"names": _listed(given["names"])},
    "nobody_alone": lambda _given: _(
        "Nobody is the only one from their institution where it could be avoided"
    ),
    "alone_everywhere": lambda given: (
        _("%(name)s is the only learner from %(value)s in this course")
        % {"name": _listed(given["names"]), "value": given["value"]}
    ),
    "too_few_common_hours": _too_few_hours,
    "alone": lambda given: (
        _("%(name)s is the only one from %(value)s in this team")
        % {"name": _listed(given["names"]), "value": given["value"]}
    ),
}
WARNINGS = frozenset({"too_few_common_hours", "alone", "hours_unknown"})


def sentences(team: Team) -> list[Said]:
    """Return what can be said about a team, in the reader's language. Reads its prefetched members."""
    names = {member.application_id: str(member.application.learner) for member in team.members.all()}
    return [
        Said(
            SENTENCES[reason["code"]](
                {**reason["parameters"], "names": [names[key] for key in reason["people"] if key in names]}
            ),
            is_warning=reason["code"] in WARNINGS,
        )
        for reason in team.reasons
        if reason["code"] in SENTENCES
    ]


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
