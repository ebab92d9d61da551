from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from iahcalc.costs._range import Range
from iahcalc.costs._sides import Factors, grant_of, travel_emissions
from iahcalc.parameters import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iahcalc.costs._sides import CourseAtHome, Mobility
    from iahcalc.parameters import Parameter, ParameterSet

__all__ = ["BreakEven", "CostComparison", "Pair", "Perspective", "Winner", "compare_costs"]

_NOTHING = Range.exactly(0)
_KG_PER_TONNE = 1000


class Perspective(StrEnum):
    """Whose money is counted."""

    FACULTY = "faculty"
    FUNDER = "funder"
    PARTICIPANT = "participant"
    SOCIETY = "society"


class Winner(StrEnum):
    """Which way takes less; ``DEPENDS`` where the difference can be of either sign."""

    HOME = "home"
    MOBILITY = "mobility"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure both ways, for all students together; ``difference`` is home minus mobility."""

    home: Range
    mobility: Range
    difference: Range
    less: Winner


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The number of students from which on the course at home takes less money.

    ``best`` puts everything in favour of the course, ``worst`` against it; ``None`` means never: each further
    student costs at least as much at home as abroad.
    """

    best: int | None
    central: int | None
    worst: int | None


@dataclass(frozen=True, slots=True)
class CostComparison:
    """A course at home against as many mobilities: EUR by perspective, staff hours, kg CO2e.

    ``factors`` are all parameters that went in, each with unit, year and source. ``left_out`` names what was
    not counted, by code: ``carbon_price`` (no price was given).
    """

    students: int
    money: Mapping[Perspective, Pair]
    break_even: Mapping[Perspective, BreakEven]
    staff_hours: Pair
    co2_kg: Pair
    factors: tuple[Parameter, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Money as a fixed part for the course and a part for each student."""

    fixed: Range
    per_student: Range

    def total(self, students: int) -> Range:
        return self.fixed + self.per_student.scaled(students)

    def __add__(self, other: _Line) -> _Line:
        return _Line(self.fixed + other.fixed, self.per_student + other.per_student)


@dataclass(frozen=True, slots=True)
class _Way:
    home: _Line
    mobility: _Line


def compare_costs(
    course: CourseAtHome,
    mobility: Mobility,
    *,
    students: int,
    hourly_cost: Range,
    carbon_price: Range | None = None,
    parameters: ParameterSet | None = None,
) -> CostComparison:
    """Compare one run of a course at home with sending the same students abroad.

    Args:
        course: hours of all teachers, EUR for the platform; its development is shared by its runs.
        mobility: one mobility of one person.
        students: how many take part, at least 1.
        hourly_cost: EUR for one staff hour, all charges included. There is no default: wages differ too much.
        carbon_price: EUR per tonne of CO2e, for the perspective of society only; ``None`` leaves it out.
        parameters: the defaults of 2026 unless given.

    Returns:
        Faculty: staff hours and platform. Funder: support per participant or grant. Participant: own
        contribution. Society: what faculty and participant spend, the grant of a mobility (it stands for
        travel and living), and carbon; support for a course is a transfer to the faculty, whose costs are
        counted already, so it is not counted twice. The ends of a range are the cases in which everything is
        low or high at once; in a difference the wage and the price of carbon are the same on both sides.

    Raises:
        ValueError: no students, or a negative price.

    Source:
        Perspectives and cost categories: Drummond et al. (2015), Methods for the Economic Evaluation of
        Health Care Programmes, chapter 7.

    >>> from iahcalc.costs import CourseAtHome, Mobility, Transport
    >>> hours = Range.exactly(40)
    >>> course = CourseAtHome(hours, hours, Range.exactly(2), Range.exactly(0), Range.exactly(20))
    >>> abroad = Mobility(1571, Transport.SHORT_HAUL_FLIGHT, Range.exactly(6))
    >>> found = compare_costs(course, abroad, students=25, hourly_cost=Range(10, 15, 20))
    >>> found.staff_hours.home.central, round(found.co2_kg.mobility.central / 25), found.break_even[Perspective.FACULTY]
    (130.0, 466, BreakEven(best=21, central=21, worst=21))
    """
    if students < 1:
        raise ValueError("A comparison needs at least one student.")
    if hourly_cost.low < 0 or (carbon_price is not None and carbon_price.low < 0):
        raise ValueError("A price is at least 0.")
    factors = Factors(parameters or load("iah_costs_2026"))

    hours = _Line(
        course.development_hours.scaled(1 / course.runs) + course.hours_per_run, course.hours_per_student
    )
    abroad_hours = _Line(_NOTHING, mobility.administration_hours)
    carbon = _Line(_NOTHING, course.online_hours_per_student.times(factors.range_of("video_hour")))
    abroad_carbon = _Line(_NOTHING, travel_emissions(mobility, factors))
    grant = _Line(_NOTHING, grant_of(mobility, factors))
    own = _Line(_NOTHING, mobility.own_contribution)

    def lines(hourly: Range, per_kg: Range) -> dict[Perspective, _Way]:
        at_home = _paid(hours, hourly) + _Line(course.platform_per_run, _NOTHING)
        abroad = _paid(abroad_hours, hourly)
        return {
            Perspective.FACULTY: _Way(at_home, abroad),
            Perspective.FUNDER: _Way(_Line(_NOTHING, factors.range_of("virtual_exchange_ceiling")), grant),
            Perspective.PARTICIPANT: _Way(_Line(_NOTHING, _NOTHING), own),
            Perspective.SOCIETY: _Way(
                at_home + _paid(carbon, per_kg), abroad + grant + own + _paid(abroad_carbon, per_kg)
            ),
        }

    per_kg = (carbon_price or _NOTHING).scaled(1 / _KG_PER_TONNE)
    whole = lines(hourly_cost, per_kg)
    # A wage and a price of carbon hold for both ways at once, so the difference is taken at each of their ends.
    ends = [
        lines(Range.exactly(hourly), Range.exactly(price))
        for hourly in (hourly_cost.low, hourly_cost.high)
        for price in (per_kg.low, per_kg.high)
    ]
    return CostComparison(
        students=students,
        money={who: _pair(way, [end[who] for end in ends], students) for who, way in whole.items()},
        break_even={who: _break_even(way, [end[who] for end in ends]) for who, way in whole.items()},
        staff_hours=_pair(_Way(hours, abroad_hours), [_Way(hours, abroad_hours)], students),
        co2_kg=_pair(_Way(carbon, abroad_carbon), [_Way(carbon, abroad_carbon)], students),
        factors=factors.used,
        left_out=() if carbon_price is not None else ("carbon_price",),
    )


def _paid(amount: _Line, price: Range) -> _Line:
    return _Line(amount.fixed.times(price), amount.per_student.times(price))


def _pair(whole: _Way, ends: Sequence[_Way], students: int) -> Pair:
    home, mobility = whole.home.total(students), whole.mobility.total(students)
    differences = [end.home.total(students) - end.mobility.total(students) for end in ends]
    difference = Range(
        min(found.low for found in differences),
        home.central - mobility.central,
        max(found.high for found in differences),
    )
    less = Winner.DEPENDS
    if difference.high < 0:
        less = Winner.HOME
    elif difference.low > 0:
        less = Winner.MOBILITY
    return Pair(home=home, mobility=mobility, difference=difference, less=less)


def _break_even(whole: _Way, ends: Sequence[_Way]) -> BreakEven:
    best = [
        _students(end.home.fixed.low, end.mobility.per_student.high - end.home.per_student.low)
        for end in ends
    ]
    worst = [
        _students(end.home.fixed.high, end.mobility.per_student.low - end.home.per_student.high)
        for end in ends
    ]
    reached = [number for number in best if number is not None]
    surely = [number for number in worst if number is not None]
    return BreakEven(
        best=min(reached, default=None),
        central=_students(
            whole.home.fixed.central, whole.mobility.per_student.central - whole.home.per_student.central
        ),
        worst=max(surely) if len(surely) == len(worst) else None,
    )


def _students(fixed: float, saved_per_student: float) -> int | None:
    """The least number of students whose savings exceed the fixed costs."""
    if saved_per_student <= 0:
        return None
    exact = fixed / saved_per_student
    # "Takes less" is strict; the small allowance keeps an exact tie a tie in spite of rounding.
    return max(math.floor(exact + 1e-9) + 1, 1)
