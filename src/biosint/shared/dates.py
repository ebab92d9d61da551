"""Days and moments as the reader's language writes them, outside templates."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date, format_datetime
from django.utils import timezone

from biosint.shared.languages import locale

# Serbian and its neighbours write a point after the number of the day and of the year.
WITH_POINTS = ("d. MMM y.", "d. MMM y. HH:mm")
PATTERNS = dict.fromkeys(("bs", "hr", "sr"), WITH_POINTS)
PLAIN = ("d MMM y", "d MMM y, HH:mm")


def written_day(date: dt.date) -> str:
    """Return a day, e.g. “10 Aug 2026”; of a moment, its day in the reader's zone."""
    if isinstance(date, dt.datetime):
        date = timezone.localtime(date).date()
    return str(format_date(date, _patterns()[0], locale=locale()))


def written_moment(at: dt.datetime) -> str:
    """Return a moment in the reader's zone, without the zone's name."""
    return str(format_datetime(timezone.localtime(at), _patterns()[1], locale=locale()))


def _patterns() -> tuple[str, str]:
    """How the interface language writes a day, and a day with its hour."""
    return PATTERNS.get(locale().language, PLAIN)
