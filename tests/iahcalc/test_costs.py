from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iahcalc.costs import (
    CourseAtHome,
    Mobility,
    Perspective,
    Quadrant,
    Range,
    Transport,
    Traveller,
    Winner,
    compare_costs,
    great_circle_km,
    icer,
)

NONE = Range.exactly(0)
TIRANA = {"from_latitude": 41.33, "from_longitude": 19.82}
LEUVEN = {"to_latitude": 50.88, "to_longitude": 4.70}
COURSE = CourseAtHome(
    development_hours=Range(60, 80, 120),
    hours_per_run=Range(30, 40, 60),
    hours_per_student=Range(1, 2, 3),
    platform_per_run=Range(0, 100, 300),
    online_hours_per_student=Range(10, 20, 30),
    runs=4,
)
LATITUDE, LONGITUDE = st.floats(-90, 90), st.floats(-180, 180)


def to_leuven(transport: Transport = Transport.SHORT_HAUL_FLIGHT, hours: Range = NONE) -> Mobility:
    return Mobility(great_circle_km(**TIRANA, **LEUVEN), transport, administration_hours=hours)


def test_distances_of_the_field_come_out() -> None:
    assert great_circle_km(**TIRANA, **LEUVEN) == pytest.approx(1571, abs=1)
    kragujevac = {"from_latitude": 44.01, "from_longitude": 20.92}
    assert great_circle_km(**kragujevac, to_latitude=41.33, to_longitude=19.82) == pytest.approx(312, abs=1)
    assert great_circle_km(
        from_latitude=90, from_longitude=0, to_latitude=-90, to_longitude=0
    ) == pytest.approx(math.pi * 6371.0088)


@given(a=LATITUDE, b=LONGITUDE, c=LATITUDE, d=LONGITUDE)
def test_the_way_back_is_as_long(a: float, b: float, c: float, d: float) -> None:
    there = great_circle_km(from_latitude=a, from_longitude=b, to_latitude=c, to_longitude=d)
    back = great_circle_km(from_latitude=c, from_longitude=d, to_latitude=a, to_longitude=b)

    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= math.pi * 6371.0089


@pytest.mark.parametrize("wrong", [{"from_latitude": 91}, {"to_longitude": 181}])
def test_places_off_the_globe_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="lies between"):
        great_circle_km(**{**TIRANA, **LEUVEN, **wrong})


def test_the_return_trip_from_tirana_emits_what_the_factors_of_the_year_say() -> None:
    air = compare_costs(COURSE, to_leuven(), students=1, hourly_cost=NONE).co2_kg
    coach = compare_costs(COURSE, to_leuven(Transport.COACH), students=1, hourly_cost=NONE).co2_kg

    assert air.mobility.central == pytest.approx(466, abs=0.5)
    assert air.mobility.high == pytest.approx(645, abs=0.5)
    assert coach.mobility.central == pytest.approx(87, abs=0.5)
    assert air.less is Winner.HOME


def test_a_staff_week_costs_the_funder_days_and_a_travel_band() -> None:
    week = Mobility(1000, Transport.COACH, NONE, traveller=Traveller.STAFF, days=7, nights=6)

    found = compare_costs(COURSE, week, students=1, hourly_cost=NONE)

    assert found.money[Perspective.FUNDER].mobility == Range(7 * 100 + 275, 1535, 7 * 180 + 417)
    assert found.co2_kg.mobility.central == pytest.approx(2000 * 0.02776 + 6 * 12.2)
    assert {"staff_day", "travel_500_km", "hotel_night", "coach"} <= {factor.code for factor in found.factors}


def test_a_long_stay_of_staff_is_paid_less_from_day_15_on() -> None:
    month = Mobility(5, Transport.CAR, NONE, traveller=Traveller.STAFF, days=20)

    found = compare_costs(COURSE, month, students=1, hourly_cost=NONE)

    assert found.money[Perspective.FUNDER].mobility.central == pytest.approx(14 * 180 + 6 * 126)


def test_every_travel_band_has_its_grant() -> None:
    central = [
        compare_costs(
            COURSE,
            Mobility(km, Transport.CAR, NONE, traveller=Traveller.STAFF, days=1),
            students=1,
            hourly_cost=NONE,
        )
        .money[Perspective.FUNDER]
        .mobility.central
        - 180
        for km in (9, 10, 100, 499, 500, 2000, 3000, 4000, 8000)
    ]

    assert central == pytest.approx([0, 23, 180, 180, 275, 360, 530, 820, 1500])


def test_the_faculty_pays_hours_and_platform_worked_by_hand() -> None:
    found = compare_costs(COURSE, to_leuven(hours=Range(4, 6, 8)), students=25, hourly_cost=Range(8, 12, 20))

    faculty = found.money[Perspective.FACULTY]
    assert found.staff_hours.home == Range(15 + 30 + 25, 20 + 40 + 50, 30 + 60 + 75)
    assert faculty.home == Range(70 * 8, 110 * 12 + 100, 165 * 20 + 300)
    assert faculty.mobility == Range(100 * 8, 150 * 12, 200 * 20)
    assert faculty.difference.central == pytest.approx(1420 - 1800)
    # The wage is the same on both sides, so its ends are not mixed: 165 - 100 hours at 20, and 300 for the platform.
    assert faculty.difference.high == pytest.approx(65 * 20 + 300)
    assert faculty.difference.low == pytest.approx((70 - 200) * 20)
    assert faculty.less is Winner.DEPENDS
    even = found.break_even[Perspective.FACULTY]
    assert even.central == math.floor((60 * 12 + 100) / (4 * 12)) + 1
    assert even.best is not None
    assert even.worst is not None
    assert even.best <= even.central <= even.worst


def test_the_course_at_home_can_lose() -> None:
    costly = CourseAtHome(Range.exactly(400), Range.exactly(200), Range.exactly(10), NONE, NONE)

    found = compare_costs(
        costly, to_leuven(hours=Range.exactly(5)), students=5, hourly_cost=Range(10, 15, 20)
    )

    assert found.money[Perspective.FACULTY].less is Winner.MOBILITY
    assert found.staff_hours.less is Winner.MOBILITY
    even = found.break_even[Perspective.FACULTY]
    assert (even.best, even.central, even.worst) == (None, None, None)


def test_society_counts_grant_own_money_and_carbon_once() -> None:
    mobility = Mobility(
        1000, Transport.CAR, NONE, own_contribution=Range.exactly(500), grant=Range.exactly(2000)
    )

    without = compare_costs(COURSE, mobility, students=10, hourly_cost=Range.exactly(10))
    with_price = compare_costs(
        COURSE, mobility, students=10, hourly_cost=Range.exactly(10), carbon_price=Range.exactly(100)
    )

    assert without.left_out == ("carbon_price",)
    assert without.money[Perspective.SOCIETY].mobility.central == 25_000
    assert without.money[Perspective.PARTICIPANT].mobility.central == 5_000
    assert with_price.left_out == ()
    assert with_price.money[Perspective.SOCIETY].mobility.central == pytest.approx(
        25_000 + 10 * 2000 * 0.16725 * 0.1
    )
    home = without.money[Perspective.SOCIETY].home
    assert home == without.money[Perspective.FACULTY].home


def test_every_factor_in_a_result_has_unit_year_and_source() -> None:
    found = compare_costs(COURSE, to_leuven(), students=3, hourly_cost=NONE)

    assert [factor.code for factor in found.factors] == [
        "video_hour",
        "short_haul_flight",
        "student_mobility_grant",
        "virtual_exchange_ceiling",
    ]
    assert all(factor.unit and factor.year and factor.source for factor in found.factors)


@given(students=st.integers(1, 500), wage=st.floats(1, 60))
def test_past_break_even_the_course_costs_the_faculty_less(students: int, wage: float) -> None:
    found = compare_costs(
        COURSE, to_leuven(hours=Range(4, 6, 8)), students=students, hourly_cost=Range.exactly(wage)
    )

    even = found.break_even[Perspective.FACULTY].central
    assert even is not None
    difference = found.money[Perspective.FACULTY].difference.central
    assert (difference < -1e-9) == (students >= even) or abs(difference) < 1e-6


@pytest.mark.parametrize(
    ("cost", "effect", "quadrant", "ratio"),
    [
        (50, 6, Quadrant.DOMINANT, None),
        (150, 4, Quadrant.DOMINATED, None),
        (150, 7, Quadrant.COSTS_MORE_ACHIEVES_MORE, 25),
        (60, 4, Quadrant.COSTS_LESS_ACHIEVES_LESS, 40),
        (100, 5, Quadrant.EQUAL, None),
        (100, 6, Quadrant.DOMINANT, None),
        (150, 5, Quadrant.DOMINATED, None),
    ],
)
def test_ratios_are_given_only_where_there_is_something_to_weigh(
    cost: float, effect: float, quadrant: Quadrant, ratio: float | None
) -> None:
    found = icer(cost=cost, effect=effect, old_cost=100, old_effect=5, worth=30)

    assert found.quadrant is quadrant
    assert found.ratio == ratio
    assert found.net_benefit == 30 * (effect - 5) - (cost - 100)


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one student"):
        compare_costs(COURSE, to_leuven(), students=0, hourly_cost=NONE)
    with pytest.raises(ValueError, match="price"):
        compare_costs(COURSE, to_leuven(), students=1, hourly_cost=Range(-1, 0, 1))
    with pytest.raises(ValueError, match="runs at least once"):
        CourseAtHome(NONE, NONE, NONE, NONE, NONE, runs=0)
    with pytest.raises(ValueError, match="at least 0"):
        CourseAtHome(Range(-1, 0, 0), NONE, NONE, NONE, NONE)
    with pytest.raises(ValueError, match="at least 0"):
        Mobility(-1, Transport.CAR, NONE)
    with pytest.raises(ValueError, match="give the days or the grant"):
        Mobility(10, Transport.CAR, NONE, traveller=Traveller.STAFF)
    with pytest.raises(ValueError, match="does not enclose"):
        Range(1, 3, 2)
    with pytest.raises(ValueError, match="multiplied"):
        Range(-1, 0, 1).scaled(2)
    with pytest.raises(ValueError, match="finite"):
        icer(cost=math.inf, effect=1, old_cost=0, old_effect=0)
    with pytest.raises(ValueError, match="less than nothing"):
        icer(cost=1, effect=1, old_cost=0, old_effect=0, worth=-1)
