"""Sentences of signals: what was seen, and what somebody can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biosint.exchange.signals import Sign, Signal, Weight

TONES = {Weight.NOTE: "info", Weight.SOON: "warning", Weight.NOW: "danger"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal for a reader: why, what to do, and how pressing (a tone of badges)."""

    why: str
    what: str
    tone: str
    member: int | None


def reasons(found: list[Signal], names: Mapping[int, str]) -> list[Reason]:
    """Return signals in words. ``names``: of the members, by key."""
    return [Reason(_why(one, names), _what(one), TONES[one.weight], one.given.get("member")) for one in found]


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _why(one: Signal, names: Mapping[int, str]) -> str:
    return _WHY[one.sign]({**one.given, "name": names.get(one.given.get("member", 0), "")})


def _share(given: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)s member has no fair share of the work and the say.",
        "%(count)s members have no fair share of the work and the say.",
        given["count"],
    ) % {"count": given["count"]}


def _overdue(given: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)s task is past its day.", "%(count)s tasks are past their day.", given["count"]
    ) % {"count": given["count"]}


def _not_handed_in(given: Mapping[str, Any]) -> str:
    if given["days"] < 0:
        return _("Nothing is handed in, and the day is past.")
    return _("Nothing is handed in, and the work is due in %(days)s.") % {"days": _days(given["days"])}


_WHY: dict[Sign, Callable[[Mapping[str, Any]], str]] = {
    Sign.TEAM_SILENT: lambda given: (
        _("Nobody did anything in the room for %(days)s.") % {"days": _days(given["days"])}
    ),
    Sign.NEVER_BEGAN: lambda given: (
        _("The team has not begun: nobody wrote since the room opened %(days)s ago.")
        % {"days": _days(given["days"])}
    ),
    Sign.MEMBER_SILENT: lambda given: (
        _("%(name)s did nothing for %(days)s, while others work.")
        % {"name": given["name"], "days": _days(given["days"])}
    ),
    Sign.PULSE_LOW: lambda given: (
        _("The team says it goes badly: %(mean)s of 5 this week.") % {"mean": f"{given['mean']:.1f}"}
    ),
    Sign.PULSE_FALLS: lambda given: (
        _("The mood fell from %(before)s to %(mean)s of 5 within a week.")
        % {"before": f"{given['before']:.1f}", "mean": f"{given['mean']:.1f}"}
    ),
    Sign.LOW_SHARE: _share,
    Sign.TASKS_OVERDUE: _overdue,
    Sign.NOTHING_HANDED_IN: _not_handed_in,
}


def _what(one: Signal) -> str:
    return {
        Sign.TEAM_SILENT: _("Write to the whole team and offer to join its next meeting."),
        Sign.NEVER_BEGAN: _("Write a first message in the room and propose a time to meet."),
        Sign.MEMBER_SILENT: _("Send this member a friendly reminder; ask before you judge."),
        Sign.PULSE_LOW: _("Talk with the team this week: what is hardest, and what would help?"),
        Sign.PULSE_FALLS: _("Ask what changed since last week."),
        Sign.LOW_SHARE: _("Help the team share out the work; look at its agreement together."),
        Sign.TASKS_OVERDUE: _("Ask the team to look through its tasks and set new days."),
        Sign.NOTHING_HANDED_IN: _("Ask how far the work is, and whether they need anything from you."),
    }[one.sign]
