"""When live sessions are, on every clock. Pure.

The first session begins when its activity is due. Others are kept as days after the first and a time on the clock of the
host, so that they move with the plan and keep their hour when clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.crypto import salted_hmac

# The room is shown, and arrivals are taken, from so long before.
DOOR_OPENS = timedelta(minutes=15)
# Whoever forgot to say that they were there may do so for so long after.
DOOR_SHUTS = timedelta(minutes=30)
USUAL_MINUTES = 60
USUAL_GRACE = 10
# Without letters and digits that are mistaken for each other when read aloud.
LETTERS = "ABCDEFGHKLMNPRSTUVWXYZ"
CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Session:
    """One date of a live activity. ``late_from``: who comes later comes late."""

    begins_at: datetime
    ends_at: datetime
    late_from: datetime

    @property
    def stamp(self) -> int:
        """Seconds since 1970: names the session in addresses."""
        return int(self.begins_at.timestamp())

    def is_open(self, at: datetime) -> bool:
        """Whether the meeting room is shown."""
        return self.begins_at - DOOR_OPENS <= at <= self.ends_at

    def takes(self, at: datetime) -> bool:
        """Whether learners may say that they are there."""
        return self.begins_at - DOOR_OPENS <= at <= self.ends_at + DOOR_SHUTS


def sessions_of(first_at: datetime | None, settings: Mapping[str, Any], zone: ZoneInfo) -> list[Session]:
    """Return the sessions of a live activity in order of time; none while it has no date.

    Args:
        first_at: when the activity is due.
        settings: of the activity: ``minutes``, ``late_after``, ``more`` ([{"days": 1, "clock": "18:00"}]).
        zone: of the host.

    >>> belgrade = ZoneInfo("Europe/Belgrade")
    >>> saturday = datetime(2026, 3, 28, 17, tzinfo=UTC)  # 18:00; the clocks go forward in the night
    >>> [f"{one.begins_at:%H:%M}" for one in sessions_of(saturday, {"more": [{"days": 1, "clock": "18:00"}]}, belgrade)]
    ['17:00', '16:00']
    """
    if first_at is None:
        return []
    day = first_at.astimezone(zone).date()
    moments = {first_at} | {
        datetime.combine(
            day + timedelta(days=one["days"]), time.fromisoformat(one["clock"]), tzinfo=zone
        ).astimezone(UTC)
        for one in settings.get("more", [])
    }
    length = timedelta(minutes=settings.get("minutes", USUAL_MINUTES))
    grace = timedelta(minutes=settings.get("late_after", USUAL_GRACE))
    return [Session(moment, moment + length, moment + grace) for moment in sorted(moments)]


def more_of(first_at: datetime, moments: Iterable[datetime], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return further dates as they are kept: days after the first, and the clock of the host."""
    day = first_at.astimezone(zone).date()
    walls = [moment.astimezone(zone) for moment in sorted(set(moments) - {first_at})]
    return [{"days": (wall.date() - day).days, "clock": f"{wall:%H:%M}"} for wall in walls]


def code_of(activity_id: int, session: Session) -> str:
    """Return what the teacher shows in the session, so that who reads it is there. Nothing is stored."""
    digest = salted_hmac("exchange.live", f"{activity_id}:{session.stamp}", algorithm=sha256().name).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:CODE_LENGTH])


@dataclass(frozen=True, slots=True)
class Clock:
    """A session on the clock of one zone. ``day`` only where it is another than the reader's."""

    town: str
    time: str
    day: date | None


def clocks_of(at: datetime, zones: Iterable[str], *, reader: ZoneInfo) -> list[Clock]:
    """Return a moment on the clocks of some zones, except those that show what the reader's shows.

    >>> late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    >>> clocks_of(late, ["Europe/Brussels", "Europe/Belgrade", "Asia/Tbilisi"], reader=ZoneInfo("Europe/Belgrade"))
    [Clock(town='Tbilisi', time='02:30', day=datetime.date(2026, 3, 3))]
    """
    here = at.astimezone(reader)
    found = {}
    for name in sorted(set(zones)):
        there = at.astimezone(ZoneInfo(name))
        if there.replace(tzinfo=None) != here.replace(tzinfo=None):
            town = name.rpartition("/")[2].replace("_", " ")
            found[town] = Clock(town, f"{there:%H:%M}", there.date() if there.date() != here.date() else None)
    return list(found.values())
