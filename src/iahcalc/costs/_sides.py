from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from iahcalc.costs._range import Range

if TYPE_CHECKING:
    from iahcalc.parameters import Parameter, ParameterSet

__all__ = ["CourseAtHome", "Factors", "Mobility", "Transport", "Traveller", "grant_of", "travel_emissions"]

_NOTHING = Range.exactly(0)
# Lower end of each travel band in km, with the code of its grant.
_TRAVEL_BANDS = (
    (8000, "travel_8000_km"),
    (4000, "travel_4000_km"),
    (3000, "travel_3000_km"),
    (2000, "travel_2000_km"),
    (500, "travel_500_km"),
    (100, "travel_100_km"),
    (10, "travel_10_km"),
)
_LONG_STAY_DAY = 15


class Transport(StrEnum):
    """How people travel; the value is the code of the emission factor."""

    SHORT_HAUL_FLIGHT = "short_haul_flight"
    LONG_HAUL_FLIGHT = "long_haul_flight"
    COACH = "coach"
    NATIONAL_RAIL = "national_rail"
    INTERNATIONAL_RAIL = "international_rail"
    CAR = "car"


class Traveller(StrEnum):
    """Who travels: the grant of a student is an average, that of staff is counted by day and distance."""

    STUDENT = "student"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class CourseAtHome:
    """One international course at home, run several times.

    Hours are staff hours, all teachers together; money is in EUR. ``development_hours`` are spent once and
    shared by ``runs``.
    """

    development_hours: Range
    hours_per_run: Range
    hours_per_student: Range
    platform_per_run: Range
    online_hours_per_student: Range
    runs: int = 1

    def __post_init__(self) -> None:
        """Refuse a course that never runs, and negative amounts."""
        if self.runs < 1:
            raise ValueError("A course runs at least once.")
        _refuse_negative(
            self.development_hours,
            self.hours_per_run,
            self.hours_per_student,
            self.platform_per_run,
            self.online_hours_per_student,
        )


@dataclass(frozen=True, slots=True)
class Mobility:
    """One physical mobility of one person.

    ``distance_km`` is one way. ``grant`` in EUR overrides the default; ``own_contribution`` (EUR) is what the
    person pays beyond it; ``administration_hours`` are staff hours. ``nights`` adds hotel nights to the
    emissions: 0 for a student who lives in lodgings.
    """

    distance_km: float
    transport: Transport
    administration_hours: Range
    traveller: Traveller = Traveller.STUDENT
    days: int = 0
    nights: int = 0
    own_contribution: Range = field(default=_NOTHING)
    grant: Range | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if self.distance_km < 0 or self.days < 0 or self.nights < 0:
            raise ValueError("Distance, days and nights are at least 0.")
        if self.traveller is Traveller.STAFF and self.days == 0 and self.grant is None:
            raise ValueError("The grant of staff is counted by days: give the days or the grant.")
        _refuse_negative(self.administration_hours, self.own_contribution, self.grant or _NOTHING)


class Factors:
    """The parameters in use, which remembers those that were asked for."""

    def __init__(self, parameters: ParameterSet) -> None:
        """Start with none used."""
        self._parameters = parameters
        self._used: dict[str, Parameter] = {}

    def range_of(self, code: str) -> Range:
        """The range of one parameter, noted as used."""
        parameter = self._parameters[code]
        self._used[code] = parameter
        return Range.of(parameter)

    @property
    def used(self) -> tuple[Parameter, ...]:
        """What was asked for, in order."""
        return tuple(self._used.values())


def grant_of(mobility: Mobility, factors: Factors) -> Range:
    """EUR that the funder pays for one mobility."""
    if mobility.grant is not None:
        return mobility.grant
    if mobility.traveller is Traveller.STUDENT:
        return factors.range_of("student_mobility_grant")
    daily = factors.range_of("staff_day")
    full_days = min(mobility.days, _LONG_STAY_DAY - 1)
    stay = daily.scaled(full_days)
    if mobility.days > full_days:
        stay += daily.times(factors.range_of("staff_long_stay")).scaled(mobility.days - full_days)
    for lower_end, code in _TRAVEL_BANDS:
        if mobility.distance_km >= lower_end:
            return stay + factors.range_of(code)
    return stay


def travel_emissions(mobility: Mobility, factors: Factors) -> Range:
    """Kg CO2e of one mobility: there and back, and hotel nights."""
    travel = factors.range_of(mobility.transport.value).scaled(2 * mobility.distance_km)
    if mobility.nights:
        travel += factors.range_of("hotel_night").scaled(mobility.nights)
    return travel


def _refuse_negative(*amounts: Range) -> None:
    if any(amount.low < 0 for amount in amounts):
        raise ValueError("Hours and money are at least 0.")
