"""A weekly pattern of free hours on one's own clock: written, read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY


class CalendarFault(ValueError):
    """What was given has no answer; the text says why.

    - ``MalformedHours``: hours that cannot be read
    - ``UnknownZone``: a time zone that does not exist
    - ``PlanFault``: a work plan that cannot be worked out
    """


class MalformedHours(CalendarFault):
    """Hours that cannot be read as a weekly pattern."""


@dataclass(frozen=True, order=True)
class Stretch:
    """A stretch of a week, in minutes from Monday 00:00.

    ``start`` is from 0 to 10,079. ``end`` is after ``start`` and at most a week later; an end
    above 10,080 runs on into Monday: the week is a circle.
    """

    start: int
    end: int


_PART = re.compile(
    r"^\s*(?P<first>[A-Za-z]+)(?:\s*[-–]\s*(?P<last>[A-Za-z]+))?\s+(?P<spans>[\d:.\-–,\s]+?)\s*$",
)
_SPAN = re.compile(r"^\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?\s*$")


def parse_week(text: str) -> tuple[Stretch, ...]:
    """Read a weekly pattern such as ``Mon 17:00-20:00; Wed 18:00-21:00``.

    Days are English, at least three letters, any case. ``Mon-Fri 17-19`` means each of these
    days, ``daily`` all seven; several stretches of a day are divided by commas. An end at or
    before the start is on the next day (``Sun 22:00-02:00`` ends on Monday); ``24:00`` is
    midnight; ``00:00-24:00`` the whole day. Lines and semicolons divide parts.

    Returns:
        Stretches in order, with touching and overlapping ones made one. Empty for an empty text.

    Raises:
        MalformedHours: names the part that cannot be read.

    >>> format_week(parse_week("wednesday 18-21; Mon 17:00-20:00"))
    'Mon 17:00-20:00; Wed 18:00-21:00'
    """
    found: list[Stretch] = []
    for part in re.split(r"[;\n]", text):
        if part.strip():
            found += _part(part.strip())
    return joined(found)


def format_week(stretches: Iterable[Stretch]) -> str:
    """Write a weekly pattern so that ``parse_week`` reads it back."""
    parts = []
    for stretch in stretches:
        start = stretch.start
        # "Mon 10:00-10:00" would be read back as one day: longer ones are divided at midnight.
        while stretch.end - start > MINUTES_A_DAY:
            midnight = (start // MINUTES_A_DAY + 1) * MINUTES_A_DAY
            parts.append(_written(start, midnight))
            start = midnight
        parts.append(_written(start, stretch.end))
    return "; ".join(parts)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the same minutes of the week as separate stretches, in order of their starts."""
    cut: list[tuple[int, int]] = []
    for stretch in stretches:
        cut.append((stretch.start, min(stretch.end, MINUTES_A_WEEK)))
        if stretch.end > MINUTES_A_WEEK:
            cut.append((0, stretch.end - MINUTES_A_WEEK))
    merged: list[list[int]] = []
    for start, end in sorted(cut):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    if len(merged) > 1 and merged[0][0] == 0 and merged[-1][1] == MINUTES_A_WEEK:
        # The week is a circle: what ends with Sunday goes on with Monday.
        merged[-1][1] += merged.pop(0)[1]
    return tuple(Stretch(start, end) for start, end in merged)


def _part(part: str) -> list[Stretch]:
    match = _PART.match(part)
    if match is None:
        raise MalformedHours(f"“{part}” is not a day with hours such as “Mon 17:00-20:00”.")
    days = _days(match["first"], match["last"])
    found = []
    for span in match["spans"].split(","):
        start, end = _span(span)
        found += [Stretch(day * MINUTES_A_DAY + start, day * MINUTES_A_DAY + end) for day in days]
    return found


def _days(first: str, last: str | None) -> list[int]:
    if first.lower() == "daily" and last is None:
        return list(range(7))
    start = _day(first)
    end = start if last is None else _day(last)
    # "Sat-Mon" runs over the end of the week.
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _day(word: str) -> int:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for index, name in enumerate(names):
        if len(word) >= len("mon") and name.startswith(word.lower()):
            return index
    raise MalformedHours(f"“{word}” is not a day; write {', '.join(DAYS)}, or daily.")


def _span(span: str) -> tuple[int, int]:
    match = _SPAN.match(span)
    if match is None:
        raise MalformedHours(f"“{span.strip()}” is not a stretch of hours such as “17:00-20:00”.")
    start, end = _minutes(match[1], match[2]), _minutes(match[3], match[4])
    if start == MINUTES_A_DAY:
        raise MalformedHours(f"“{span.strip()}” starts at 24:00; write 00:00 of the next day.")
    return start, end if end > start else end + MINUTES_A_DAY


def _minutes(hours: str, minutes: str | None) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > MINUTES_A_DAY:
        raise MalformedHours(f"“{hours}:{minutes or '00'}” is not a time of day.")
    return total


def _written(start: int, end: int) -> str:
    return f"{DAYS[start // MINUTES_A_DAY % 7]} {_clock(start)}-{_clock(end, end_of_day=True)}"


def _clock(minute: int, *, end_of_day: bool = False) -> str:
    within = minute % MINUTES_A_DAY
    if end_of_day and within == 0:
        return "24:00"
    return f"{within // 60:02d}:{within % 60:02d}"
