"""Free hours of a usual week: read as people write them, shown day by day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from biosint.shared.languages import locale
from biosint.shared.verdicts import Fault
from iahcalc.calendars import MalformedHours, Stretch, format_week, parse_week

A_DAY = 24 * 60


class HoursUnreadable(Fault):
    """The hours are not written as days with times."""


def read_hours(text: str) -> str:
    """Return the hours in the one form in which they are kept.

    Raises:
        HoursUnreadable: with a sentence that shows how to write them.
    """
    try:
        return format_week(parse_week(text))
    except MalformedHours as fault:
        raise HoursUnreadable(
            _("These hours cannot be read. Write days and times such as: Mon 17:00-20:00; Wed 18:00-21:00.")
        ) from fault


def week_shown(text: str) -> list[tuple[str, str]]:
    """Return (day in the reader's language, its hours) from Monday to Sunday; empty for none or unreadable ones."""
    try:
        stretches = parse_week(text)
    except MalformedHours:
        return []
    if not stretches:
        return []
    names = locale().days["stand-alone"]["wide"]
    return [(str(names[day]), ", ".join(_on_day(stretches, day))) for day in range(7)]


def _on_day(stretches: tuple[Stretch, ...], day: int) -> list[str]:
    """Return the parts of the stretches that lie on one day, as clock times."""
    shown = []
    for stretch in stretches:
        # A stretch may run over midnight, and the last one on into Monday.
        for shift in (0, -7 * A_DAY):
            start = max(stretch.start + shift, day * A_DAY) - day * A_DAY
            end = min(stretch.end + shift, (day + 1) * A_DAY) - day * A_DAY
            if start < end:
                shown.append(f"{_clock(start)}–{_clock(end)}")
    return shown


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
