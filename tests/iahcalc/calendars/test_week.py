"""Free hours: how they are written, what they are in UTC, and what they are for somebody elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iahcalc.calendars import (
    SLOTS,
    CalendarFault,
    MalformedHours,
    Stretch,
    UnknownZone,
    common_slots,
    format_slots,
    format_week,
    local_week,
    parse_week,
    utc_slots,
    zone_named,
)

WINTER = date(2026, 1, 14)
SUMMER = date(2026, 7, 15)
# On the Sundays of these weeks Europe changes to summer time and back.
FORWARD = date(2026, 3, 29)
BACK = date(2026, 10, 25)

quarters = st.integers(0, 671)
weeks = st.lists(
    st.builds(lambda start, length: Stretch(start * 15, (start + length) * 15), quarters, st.integers(1, 90)),
    max_size=5,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mon 17:00-20:00; Wed 18:00-21:00", "Mon 17:00-20:00; Wed 18:00-21:00"),
        ("wednesday 18–21\nMON 17.30-20", "Mon 17:30-20:00; Wed 18:00-21:00"),
        ("Mon 17-19, 18-20, 20-21", "Mon 17:00-21:00"),
        ("Sat-Mon 9-10", "Mon 09:00-10:00; Sat 09:00-10:00; Sun 09:00-10:00"),
        ("Sun 22:00-02:00", "Sun 22:00-02:00"),
        ("Sun 22:00-24:00; Mon 00:00-02:00", "Sun 22:00-02:00"),
        ("Tue 00:00-24:00", "Tue 00:00-24:00"),
        ("Mon-Tue 00:00-24:00", "Mon 00:00-24:00; Tue 00:00-24:00"),
        (" ; ", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, written: str) -> None:
    assert format_week(parse_week(text)) == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("17:00-20:00", "is not a day with hours"),
        ("Mon", "is not a day with hours"),
        ("Mo 17-20", "“Mo” is not a day"),
        ("Funday 17-20", "“Funday” is not a day"),
        ("Mon 17:00", "“17:00” is not a stretch"),
        ("Mon 25:00-26:00", "“25:00” is not a time"),
        ("Mon 10:75-11:00", "“10:75” is not a time"),
        ("Mon 24:00-01:00", "starts at 24:00"),
        ("Mon 17-20,", "is not a stretch"),
    ],
)
def test_hours_that_cannot_be_read_are_named(text: str, words: str) -> None:
    with pytest.raises(MalformedHours, match=words):
        parse_week(text)


@given(weeks)
def test_what_is_written_is_read_back(week: list[Stretch]) -> None:
    once = parse_week(format_week(week))

    assert parse_week(format_week(once)) == once
    assert utc_slots(once, zone="UTC", week_of=WINTER) == utc_slots(week, zone="UTC", week_of=WINTER)


@given(
    weeks,
    st.sampled_from(
        ["UTC", "Europe/Belgrade", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Pacific/Apia"]
    ),
)
def test_hours_come_back_unchanged_to_their_own_zone(week: list[Stretch], zone: str) -> None:
    slots = utc_slots(week, zone=zone, week_of=WINTER)

    again = local_week(slots, zone=zone, week_of=WINTER)

    assert again == parse_week(format_week(week))
    assert utc_slots(again, zone=zone, week_of=WINTER) == slots


def test_summer_time_moves_hours_in_utc() -> None:
    week = parse_week("Tue 17:00-18:00")

    assert format_slots(utc_slots(week, zone="Europe/Tirane", week_of=WINTER)) == "Tue 16:00-17:00 UTC"
    assert format_slots(utc_slots(week, zone="Europe/Tirane", week_of=SUMMER)) == "Tue 15:00-16:00 UTC"


def test_the_hour_that_does_not_exist_is_nobodys_and_the_one_that_comes_twice_counts_twice() -> None:
    night = parse_week("Sun 01:00-04:00")

    assert len(utc_slots(night, zone="Europe/Belgrade", week_of=FORWARD)) == 2 * 4
    assert len(utc_slots(night, zone="Europe/Belgrade", week_of=BACK)) == 4 * 4
    assert utc_slots(parse_week("Sun 02:00-03:00"), zone="Europe/Belgrade", week_of=FORWARD) == frozenset()


def test_half_hour_zones_fit_into_quarters() -> None:
    slots = utc_slots(parse_week("Mon 17:00-19:00"), zone="Asia/Kolkata", week_of=WINTER)

    assert format_slots(slots) == "Mon 11:30-13:30 UTC"
    assert format_slots(slots, zone="Asia/Kathmandu", week_of=WINTER) == "Mon 17:15-19:15 Asia/Kathmandu"


def test_the_week_is_a_circle() -> None:
    early = utc_slots(parse_week("Mon 00:30-02:00"), zone="Europe/Tirane", week_of=WINTER)

    assert format_slots(early) == "Sun 23:30-01:00 UTC"
    assert format_slots(early, zone="Europe/Tirane", week_of=WINTER) == "Mon 00:30-02:00 Europe/Tirane"
    assert format_slots(early, zone="America/New_York", week_of=WINTER) == "Sun 18:30-20:00 America/New_York"


def test_only_whole_quarters_count() -> None:
    assert len(utc_slots(parse_week("Mon 10:05-10:40"), zone="UTC", week_of=WINTER)) == 1


def test_common_hours_are_those_all_are_free() -> None:
    belgrade = utc_slots(parse_week("Tue 17:00-20:00"), zone="Europe/Belgrade", week_of=WINTER)
    bucharest = utc_slots(parse_week("Tue 17:00-20:00"), zone="Europe/Bucharest", week_of=WINTER)

    assert format_slots(common_slots([belgrade, bucharest])) == "Tue 16:00-18:00 UTC"
    assert len(common_slots([])) == SLOTS
    assert format_slots(common_slots([belgrade, frozenset()])) == ""


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Europe/Belgrad", "Europe/Belgrade"),
        ("Tirana", "Europe/Tirane"),
        ("Asia/New York", "America/New_York"),
        ("qqqq", None),
        ("../etc/passwd", None),
        ("", None),
    ],
)
def test_an_unknown_zone_is_told_with_the_nearest(name: str, nearest: str | None) -> None:
    with pytest.raises(UnknownZone) as caught:
        zone_named(name)

    assert caught.value.nearest == nearest


def test_zones_are_found_in_any_case() -> None:
    assert zone_named(" europe/belgrade ").key == "Europe/Belgrade"


def test_a_zone_with_summer_time_needs_a_week() -> None:
    with pytest.raises(CalendarFault, match="week_of"):
        format_slots([0], zone="Europe/Belgrade")
