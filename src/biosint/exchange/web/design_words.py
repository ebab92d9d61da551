"""Plans in words: what a change did, what speaks against a moment, what a clock did to a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from biosint.exchange.models import Activity, Course, PlanChange
from biosint.exchange.states import ActivityKind, Phase, PlanVerb
from biosint.exchange.steps import differences, plain, state_of
from biosint.exchange.timetable import ClockChange, Purpose, Trouble, Warned, on_wall
from biosint.shared.dates import written_moment
from biosint.shared.languages import locale
from biosint.shared.verdicts import Sentence

FIELD_NAMES: dict[str, Sentence] = {
    "title": gettext_lazy("Title"),
    "kind": gettext_lazy("Kind"),
    "phase": gettext_lazy("Phase"),
    "hours": gettext_lazy("Hours of work"),
    "for_teams": gettext_lazy("Done by the whole team"),
    "is_required": gettext_lazy("Required"),
    "weight": gettext_lazy("Share of the final mark"),
    "outcomes": gettext_lazy("Outcomes"),
    "is_hidden": gettext_lazy("Hidden from learners"),
    "settings": gettext_lazy("Settings of the kind"),
    "text": gettext_lazy("Text"),
    "opens_at": gettext_lazy("Opens"),
    "due_at": gettext_lazy("Due"),
    "closes_at": gettext_lazy("Closes"),
    "week": gettext_lazy("Week"),
    "position": gettext_lazy("Place in the week"),
    "days": gettext_lazy("Days"),
    "activities": gettext_lazy("Activities in the plan"),
}
MOMENT_FIELDS = frozenset({"opens_at", "due_at", "closes_at"})
SHORT = 80


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a change in words."""

    name: Sentence
    before: str
    after: str


def told(change: PlanChange, course: Course) -> list[Told]:
    """Return what a change did, field by field, in the reader's language and zone."""
    found = []
    for one in change.fields:
        name = one["field"]
        if name == "position":
            continue
        found.append(
            Told(
                FIELD_NAMES.get(name, name),
                said(name, one["before"], course),
                said(name, one["after"], course),
            )
        )
    return found


# Each a sentence that follows somebody's name.
HEADLINES: dict[PlanVerb, Sentence] = {
    PlanVerb.ADDED: gettext_lazy("added “%(title)s”"),
    PlanVerb.EDITED: gettext_lazy("changed “%(title)s”"),
    PlanVerb.MOVED: gettext_lazy("moved “%(title)s”"),
    PlanVerb.REMOVED: gettext_lazy("took out “%(title)s”"),
    PlanVerb.RESTORED: gettext_lazy("brought back “%(title)s”"),
    PlanVerb.PLACED: gettext_lazy("placed the plan “%(title)s”"),
    PlanVerb.SHIFTED: gettext_lazy("moved all dates of “%(title)s”"),
    PlanVerb.TURNED_BACK: gettext_lazy("went back to the version “%(title)s”"),
}


def headline(change: PlanChange) -> str:
    """Return a change in one sentence, without who and when."""
    return str(HEADLINES[PlanVerb(change.what)]) % {"title": change.title}


def said(name: str, value: Any, course: Course) -> str:
    """Return a plain value of an activity in words."""
    if name in MOMENT_FIELDS:
        return _moment(value)
    if name == "outcomes":
        return _outcomes(value, course)
    if name in {"settings", "text"}:
        text = value if isinstance(value, str) else ""
        return (f"{text[:SHORT].strip()} …" if len(text) > SHORT else text.strip()) or "–"
    if name == "kind" and value in ActivityKind:
        return str(ActivityKind(value).label)
    if name == "phase" and value in Phase:
        return str(Phase(value).label)
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return "–"
    return {
        "hours": _("%(number)s h") % {"number": value},
        "weight": _("%(number)s %%") % {"number": value},
    }.get(name, str(value))


def _moment(value: str | None) -> str:
    if not value:
        return "–"
    at = datetime.fromisoformat(value)
    return f"{written_moment(at)} {timezone.localtime(at).tzname()}"


def _outcomes(value: Iterable[int] | None, course: Course) -> str:
    named = [course.outcomes[number]["text"] for number in value or () if 0 <= number < len(course.outcomes)]
    return "; ".join(named) or "–"


# Clocks and calendars


def written_wall(wall: datetime) -> str:
    """Return what a clock on a wall shows: weekday, day, hour."""
    return str(format_datetime(wall, "EEE d MMM, HH:mm", locale=locale()))


def settled_sentence(name: Sentence, wall: datetime, at: datetime, change: ClockChange, zone: str) -> str:
    """Explain what was done with a time that a clock skips, or shows twice."""
    words = {
        "field": name,
        "time": written_wall(wall),
        "zone": zone,
        "instead": written_wall(on_wall(at, zone)),
    }
    if change is ClockChange.SKIPPED:
        return (
            _(
                "%(field)s: %(time)s does not exist in %(zone)s, because clocks go forward then. It is moved to %(instead)s."
            )
            % words
        )
    return (
        _("%(field)s: %(time)s comes twice in %(zone)s, because clocks go back then. The first one is taken.")
        % words
    )


def warned_sentence(warned: Warned, purpose: Purpose) -> str:
    """Say what speaks against a moment for one institution."""
    words = {"side": warned.side.name, "time": written_wall(warned.wall), "title": warned.title}
    match warned.trouble:
        case Trouble.HOLIDAY:
            return _("%(side)s: %(time)s is in a holiday (%(title)s).") % words
        case Trouble.EXAMS:
            return _("%(side)s: %(time)s is in examinations (%(title)s).") % words
        case Trouble.OUT_OF_TERM:
            return _("%(side)s: %(time)s is outside its terms.") % words
        case Trouble.NIGHT:
            if purpose is Purpose.MEETING:
                return _("%(side)s: the meeting would begin at %(time)s, when people sleep.") % words
            return _("%(side)s: it would be due at %(time)s, in the night.") % words
        case Trouble.TWICE:
            return (
                _("%(side)s: clocks go back that night; %(time)s comes twice. Say which one is meant.")
                % words
            )


def count_of_warnings(number: int) -> str:
    return ngettext("%(number)s warning", "%(number)s warnings", number) % {"number": number}


def compared(activity: Activity, wanted: dict[str, Any], course: Course) -> list[Told]:
    """Return the fields in which what a person wants differs from what stands now: (field, now, wanted)."""
    now = {name: value for name, value in state_of(activity).items() if name in wanted}
    after = {name: plain(value) for name, value in wanted.items() if name in now}
    return [
        Told(
            FIELD_NAMES[one["field"]],
            said(one["field"], one["before"], course),
            said(one["field"], one["after"], course),
        )
        for one in differences(now, after)
    ]
