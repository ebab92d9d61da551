"""Free hours of people in different time zones, as quarter-hours of one week in UTC."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from iahcalc.calendars._week import MINUTES_A_WEEK, CalendarFault, Stretch, format_week, joined

QUARTER = 15
SLOTS = MINUTES_A_WEEK // QUARTER
"""Quarter-hours in a week: slot 0 is Monday 00:00-00:15 UTC, slot 671 Sunday 23:45-24:00."""


class UnknownZone(CalendarFault):
    """A time zone that is not in the IANA list. ``nearest`` is a likely meaning, or ``None``."""

    def __init__(self, name: str, nearest: str | None) -> None:
        self.name, self.nearest = name, nearest
        meant = f" Do you mean “{nearest}”?" if nearest else " Write it as in “Europe/Belgrade”."
        super().__init__(f"“{name}” is not a time zone.{meant}")


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA time zone of a name; upper and lower case are the same.

    Raises:
        UnknownZone: there is none.
    """
    found = _zones().get(name.strip().casefold())
    if found is None:
        raise UnknownZone(name, _nearest(name))
    return ZoneInfo(found)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


def _nearest(name: str) -> str | None:
    wanted = name.strip().casefold().replace(" ", "_")
    cities = {zone.rsplit("/", 1)[-1]: real for zone, real in _zones().items() if "/" in zone}
    for known in (cities, _zones()):
        close = difflib.get_close_matches(
            wanted.rsplit("/", 1)[-1] if known is cities else wanted, known, n=1
        )
        if close:
            return known[close[0]]
    return None


def utc_slots(week: Iterable[Stretch], *, zone: str, week_of: date) -> frozenset[int]:
    """Return the slots of the UTC week around a date in which somebody is free.

    A slot counts when all of its fifteen minutes lie in the pattern on the local clock of that
    very moment. So in the week of a change to summer time an hour that does not exist is
    nobody's, and in the week of the change back the hour that comes twice counts twice. The
    pattern repeats: Monday 00:30 in Tirana is on Sunday in UTC and is taken from the Monday
    after that Sunday.

    Args:
        week: the pattern on the local clock; see ``parse_week``.
        zone: IANA name.
        week_of: any day of the week, which decides about summer time.

    Returns:
        Slots, 0 to 671; see ``SLOTS``.

    Raises:
        UnknownZone: the zone does not exist.
    """
    key, monday = zone_named(zone).key, _monday(week_of)
    # Fifteen minutes in a row lie in the pattern when they lie in one stretch, once those that touch are one.
    return frozenset().union(
        *(_slots_of(stretch.start, stretch.end, key, monday) for stretch in joined(week))
    )


# Many people write the same few stretches: a whole week has 672 starts.
@lru_cache(maxsize=16_384)
def _slots_of(start: int, end: int, zone: str, monday: date) -> frozenset[int]:
    """Return the slots that lie in one stretch of the local week; it may run over the end of the week."""
    if end - start >= MINUTES_A_WEEK:
        return frozenset(range(SLOTS))
    return frozenset(
        slot
        for slot, minute in enumerate(_local_minutes(zone, monday))
        if start <= minute <= end - QUARTER or start <= minute + MINUTES_A_WEEK <= end - QUARTER
    )


def common_slots(people: Iterable[frozenset[int]]) -> frozenset[int]:
    """Return the slots in which all are free; of nobody, every slot of the week."""
    return frozenset(range(SLOTS)).intersection(*people)


def local_week(slots: Iterable[int], *, zone: str, week_of: date) -> tuple[Stretch, ...]:
    """Return UTC slots as stretches on a reader's clock, for ``format_week``.

    In a week in which the clock changes, a stretch may look an hour shorter or longer than it
    lasts; its first and last minute are right.

    Raises:
        UnknownZone: the zone does not exist.
    """
    local = _local_minutes(zone_named(zone).key, _monday(week_of))
    # Slot by slot: the hour that comes twice is shown once, the missing one not at all.
    return joined(Stretch(local[slot], local[slot] + QUARTER) for slot in slots)


def format_slots(slots: Iterable[int], *, zone: str = "UTC", week_of: date | None = None) -> str:
    """Write slots on a reader's clock, with the zone: ``Tue 17:00-19:00 UTC``.

    Empty for no slots. Every zone but UTC needs ``week_of``.

    Raises:
        UnknownZone: the zone does not exist.
    """
    if zone == "UTC":
        stretches = joined(Stretch(slot * QUARTER, (slot + 1) * QUARTER) for slot in slots)
    elif week_of is None:
        raise CalendarFault("Which week it is decides about summer time: give week_of.")
    else:
        stretches = local_week(slots, zone=zone, week_of=week_of)
    return f"{format_week(stretches)} {zone}" if stretches else ""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=256)
def _local_minutes(zone: str, monday: date) -> Sequence[int]:
    """Return the minute of the local week at which each UTC slot starts."""
    clock = ZoneInfo(zone)
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    minutes = []
    for slot in range(SLOTS):
        local = (start + timedelta(minutes=QUARTER * slot)).astimezone(clock)
        minutes.append((local.weekday() * 24 + local.hour) * 60 + local.minute)
    return tuple(minutes)
