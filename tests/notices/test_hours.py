"""Quiet hours and digests by the wall clock, with the days on which it is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosint.notices.hours import after_quiet, is_quiet, next_at, on_the_wall

BELGRADE = ZoneInfo("Europe/Belgrade")
# In 2026 clocks in Serbia go forward on 29 March (02:00 to 03:00) and back on 25 October (03:00 to 02:00).
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_time_that_the_clock_leaves_out_is_the_moment_of_the_change() -> None:
    assert on_the_wall(FORWARD, time(2, 30), BELGRADE) == utc("2026-03-29T01:00")


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    assert on_the_wall(BACK, time(2, 30), BELGRADE) == utc("2026-10-25T00:30")


@pytest.mark.parametrize(
    ("moment", "mailed"),
    [
        ("2026-03-02T20:59", "2026-03-02T20:59"),  # 21:59 in Belgrade
        ("2026-03-02T21:00", "2026-03-03T06:00"),  # 22:00: until 7:00 of the next day
        ("2026-03-03T05:59", "2026-03-03T06:00"),
        ("2026-03-03T06:00", "2026-03-03T06:00"),
        ("2026-03-28T22:00", "2026-03-29T05:00"),  # the night that is an hour shorter
        ("2026-10-24T22:00", "2026-10-25T06:00"),  # the night that is an hour longer
    ],
)
def test_mail_of_the_night_waits_for_the_morning(moment: str, mailed: str) -> None:
    assert after_quiet(utc(moment), zone=BELGRADE, **NIGHT) == utc(mailed)


def test_quiet_hours_that_end_in_the_hour_left_out_end_at_the_change() -> None:
    found = after_quiet(utc("2026-03-29T00:30"), zone=BELGRADE, quiet_from=time(1), quiet_until=time(2, 30))

    assert found == utc("2026-03-29T01:00")


def test_quiet_hours_of_midday_end_the_same_day() -> None:
    noon = {"quiet_from": time(12), "quiet_until": time(14)}

    assert after_quiet(utc("2026-03-02T11:30"), zone=BELGRADE, **noon) == utc("2026-03-02T13:00")
    assert after_quiet(utc("2026-03-02T14:30"), zone=BELGRADE, **noon) == utc("2026-03-02T14:30")


@pytest.mark.parametrize("ends", [(None, None), (time(9), time(9))])
def test_without_quiet_hours_mail_goes_at_once(ends: tuple[time | None, time | None]) -> None:
    assert not is_quiet(time(9), quiet_from=ends[0], quiet_until=ends[1])


@given(
    moment=st.datetimes(utc("2026-01-01").replace(tzinfo=None), utc("2027-01-01").replace(tzinfo=None)),
    first=st.times(),
    last=st.times(),
    zone=st.sampled_from(["Europe/Belgrade", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_mail_never_leaves_in_quiet_hours_and_never_waits_over_a_day(
    moment: datetime, first: time, last: time, zone: str
) -> None:
    there = ZoneInfo(zone)
    asked = moment.replace(tzinfo=UTC)

    found = after_quiet(asked, zone=there, quiet_from=first, quiet_until=last)

    assert asked <= found <= asked + timedelta(hours=25, seconds=1)
    # In the hour that a clock shows twice, the end is passed once and the beginning may come again.
    clock = found.astimezone(there).time()
    if found != asked:
        assert clock >= last.replace(microsecond=0) or not is_quiet(clock, quiet_from=first, quiet_until=last)


def test_the_daily_mail_comes_at_its_hour_whatever_the_clock_does() -> None:
    moments = [utc("2026-03-28T06:30")]
    for _day in range(3):
        moments.append(next_at(moments[-1], zone=BELGRADE, clock=time(7)))

    assert moments[1:] == [utc("2026-03-29T05:00"), utc("2026-03-30T05:00"), utc("2026-03-31T05:00")]


def test_the_weekly_mail_comes_on_its_day() -> None:
    monday = utc("2026-03-02T12:00")

    assert next_at(monday, zone=BELGRADE, clock=time(7), weekday=0) == utc("2026-03-09T06:00")
    assert next_at(monday, zone=BELGRADE, clock=time(14), weekday=0) == utc("2026-03-02T13:00")
    assert next_at(monday, zone=BELGRADE, clock=time(7), weekday=6) == utc("2026-03-08T06:00")
