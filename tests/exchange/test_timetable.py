# ruff: noqa: DTZ001 -- what a clock on a wall shows has no zone
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosint.exchange.timetable import (
    ClockChange,
    Days,
    Purpose,
    Side,
    Stretch,
    Trouble,
    WeekState,
    clocks_at,
    on_wall,
    settled,
    shifted,
    warnings_at,
    week_number,
    week_of_side,
)

BELGRADE, IASI, LONDON = "Europe/Belgrade", "Europe/Bucharest", "Europe/London"
TERM = Stretch(Days.TEACHING, "Summer term", date(2026, 2, 16), date(2026, 5, 29))
EASTER = Stretch(Days.HOLIDAY, "Orthodox Easter", date(2026, 4, 10), date(2026, 4, 13))
EXAMS = Stretch(Days.EXAMS, "June examinations", date(2026, 6, 1), date(2026, 6, 26))
KOTOR = Side(1, "Kotor", "Europe/Podgorica", (TERM, EASTER, EXAMS))
RO = Side(2, "Iași", IASI)


def at(*parts: int, zone: str = BELGRADE) -> datetime:
    return settled(datetime(*parts), zone).at  # type: ignore[arg-type]  # year to minute


def test_a_time_that_the_clock_skips_is_moved_on_by_the_gap() -> None:
    found = settled(datetime(2026, 3, 29, 2, 30), BELGRADE)

    assert found.change is ClockChange.SKIPPED
    assert on_wall(found.at, BELGRADE) == datetime(2026, 3, 29, 3, 30)


def test_of_a_time_that_comes_twice_the_first_is_taken() -> None:
    found = settled(datetime(2026, 10, 25, 2, 30), BELGRADE)

    assert found == (type(found)(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ClockChange.TWICE))


def test_zones_change_their_clocks_at_other_hours_of_the_same_night() -> None:
    assert settled(datetime(2026, 3, 29, 2, 30), IASI).change is ClockChange.NONE
    assert settled(datetime(2026, 3, 29, 3, 30), IASI).change is ClockChange.SKIPPED
    assert settled(datetime(2026, 3, 29, 1, 30), LONDON).change is ClockChange.SKIPPED


def test_moving_over_a_clock_change_keeps_the_hour_on_the_wall() -> None:
    before = at(2026, 3, 24, 17, 0)

    after = shifted(before, days=7, zone=BELGRADE)

    assert on_wall(after, BELGRADE) == datetime(2026, 3, 31, 17, 0)
    assert after - before == timedelta(days=7) - timedelta(hours=1)


@given(
    wall=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    zone=st.sampled_from(
        [BELGRADE, IASI, LONDON, "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]
    ),
)
def test_every_wall_time_settles_on_a_moment_that_shows_it_or_says_why_not(wall: datetime, zone: str) -> None:
    found = settled(wall, zone)

    shown = on_wall(found.at, zone)
    assert (shown == wall) is (found.change is not ClockChange.SKIPPED)
    assert timedelta(0) <= shown - wall <= timedelta(hours=2)


def test_weeks_are_counted_from_the_first_day_on_the_host_s_calendar() -> None:
    start = date(2026, 3, 2)

    assert week_number(at(2026, 3, 8, 23, 59), start=start, zone=BELGRADE) == 1
    assert week_number(at(2026, 3, 9, 0, 0), start=start, zone=BELGRADE) == 2
    assert week_number(at(2026, 3, 9, 0, 0), start=start, zone=LONDON) == 1
    assert week_number(at(2026, 3, 1, 12, 0), start=start, zone=BELGRADE) == 0


@pytest.mark.parametrize(
    ("moment", "purpose", "troubles"),
    [
        (at(2026, 4, 13, 17, 0), Purpose.DUE, [Trouble.HOLIDAY]),
        (at(2026, 6, 2, 17, 0), Purpose.MEETING, [Trouble.EXAMS]),
        (at(2026, 7, 1, 17, 0), Purpose.DUE, [Trouble.OUT_OF_TERM]),
        (at(2026, 4, 20, 17, 0), Purpose.MEETING, []),
        (at(2026, 4, 20, 6, 30), Purpose.MEETING, [Trouble.NIGHT]),
        (at(2026, 4, 20, 6, 30), Purpose.DUE, []),
        (at(2026, 4, 21, 0, 30), Purpose.DUE, [Trouble.NIGHT]),
        (at(2026, 4, 13, 3, 0), Purpose.OPENS, []),
    ],
)
def test_what_speaks_against_a_moment(moment: datetime, purpose: Purpose, troubles: list[Trouble]) -> None:
    assert [one.trouble for one in warnings_at(moment, purpose, [KOTOR])] == troubles


def test_midnight_here_is_the_next_morning_for_a_neighbour_and_only_they_are_named() -> None:
    found = warnings_at(at(2026, 4, 20, 23, 59), Purpose.DUE, [KOTOR, RO])

    assert [(one.side.name, one.trouble, one.wall.time()) for one in found] == [
        ("Iași", Trouble.NIGHT, time(0, 59))
    ]


def test_of_an_institution_that_wrote_nothing_down_no_term_is_assumed() -> None:
    assert warnings_at(at(2026, 8, 3, 17, 0), Purpose.DUE, [RO]) == []
    assert week_of_side(RO, first=date(2026, 8, 3)).state is WeekState.UNKNOWN


def test_sides_with_the_same_clock_stand_together() -> None:
    ghent = Side(3, "Ghent", "Europe/Brussels")

    found = clocks_at(at(2026, 4, 20, 17, 0), [RO, KOTOR, ghent])

    assert [(clock.wall.hour, [side.name for side in clock.sides]) for clock in found] == [
        (17, ["Kotor", "Ghent"]),
        (18, ["Iași"]),
    ]


def test_a_week_is_what_most_of_its_working_days_are_and_names_its_holidays() -> None:
    easter = week_of_side(KOTOR, first=date(2026, 4, 6))
    break_week = week_of_side(
        Side(
            1,
            "Kotor",
            BELGRADE,
            (TERM, Stretch(Days.HOLIDAY, "Spring break", date(2026, 4, 8), date(2026, 4, 12))),
        ),
        first=date(2026, 4, 6),
    )

    assert (easter.state, easter.titles) == (WeekState.TEACHING, ("Orthodox Easter",))
    assert break_week.state is WeekState.HOLIDAY
    assert week_of_side(KOTOR, first=date(2026, 6, 1)).state is WeekState.EXAMS
    assert week_of_side(KOTOR, first=date(2026, 7, 6)).state is WeekState.BETWEEN
