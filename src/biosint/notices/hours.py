"""When a mail may go out: quiet hours and digests, by the clock on the reader's own wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def on_the_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which a wall clock of ``zone`` shows ``clock`` on ``day``, in UTC.

    Where the clock is put back it shows the time twice: the first counts. Where it is put forward over
    the time it never shows it: the moment of the change counts.

    >>> on_the_wall(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Belgrade")).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    local = datetime.combine(day, clock, tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # Left out by the clock: look for the first moment whose wall time is later.
    early, late = moment - timedelta(hours=3), moment + timedelta(hours=3)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        shown = middle.astimezone(zone).replace(tzinfo=None)
        early, late = (middle, late) if shown < local.replace(tzinfo=None) else (early, middle)
    return late.replace(microsecond=0)


def is_quiet(clock: time, *, quiet_from: time | None, quiet_until: time | None) -> bool:
    """Whether a wall time lies in the quiet hours; they may run over midnight. Equal ends: never quiet."""
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def after_quiet(
    moment: datetime, *, zone: ZoneInfo, quiet_from: time | None, quiet_until: time | None
) -> datetime:
    """Return ``moment``, or the end of the quiet hours in which it lies."""
    local = moment.astimezone(zone)
    if quiet_until is None or not is_quiet(local.time(), quiet_from=quiet_from, quiet_until=quiet_until):
        return moment
    end = on_the_wall(local.date(), quiet_until, zone)
    # In the evening the quiet hours end tomorrow; in the hour that a clock shows twice, perhaps just now.
    return end if end > moment else on_the_wall(local.date() + timedelta(days=1), quiet_until, zone)


def next_at(moment: datetime, *, zone: ZoneInfo, clock: time, weekday: int | None = None) -> datetime:
    """Return the first moment after ``moment`` at which the wall shows ``clock`` (on ``weekday``, Monday is 0)."""
    day = moment.astimezone(zone).date()
    for ahead in range(9):
        candidate = day + timedelta(days=ahead)
        if weekday is not None and candidate.weekday() != weekday:
            continue
        found = on_the_wall(candidate, clock, zone)
        if found > moment:
            return found
    raise AssertionError("Every week has every weekday.")
