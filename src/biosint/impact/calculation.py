"""From what was entered to what is shown: calls ``iahcalc.costs`` and keeps the answer as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from iahcalc.costs import (
    CostComparison,
    CourseAtHome,
    Mobility,
    Pair,
    Range,
    Transport,
    compare_costs,
    icer,
)
from iahcalc.parameters import Parameter, load

FACTOR_SET = "iah_costs_2026"
LONG_HAUL_FROM_KM = 3700


@dataclass(frozen=True, slots=True)
class Inputs:
    """What people enter. Money is in EUR, hours are hours of staff, all teachers together."""

    development_hours: float
    runs: int
    teacher_hours: float
    facilitator_hours: float
    hours_per_learner: float
    hours_uncertainty: float  # per cent, up and down
    hourly_cost_low: float
    hourly_cost: float
    hourly_cost_high: float
    platform_cost: float
    online_hours: float  # of one learner
    mobility_days: int
    hotel_nights: int
    mobility_ects: float
    administration_hours: float  # for one mobility
    own_low: float
    own_high: float
    grant: float | None  # of one person; None: the average of the factors
    coach_up_to_km: float
    note: str

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Inputs:
        """Read what ``asdict`` has written."""
        return cls(**{field.name: kept[field.name] for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Group:
    """The learners of one institution who completed the course, and how far away their stay would be."""

    name: str
    learners: int
    km: float
    is_host: bool = False


def figures_of(inputs: Inputs, groups: Sequence[Group], *, course_ects: float) -> dict[str, Any]:
    """Return everything that a page shows, as plain values to be kept."""
    learners = sum(group.learners for group in groups)
    mean_km = sum(group.km * group.learners for group in groups) / learners
    by_transport: dict[Transport, list[Group]] = defaultdict(list)
    for group in groups:
        by_transport[_transport(group.km, inputs)].append(group)
    # Money and hours do not depend on how people travel, as grants of students are given per head.
    most = max(by_transport, key=lambda way: sum(group.learners for group in by_transport[way]))
    main = _compared(inputs, mean_km, most, learners)
    travels = [
        _compared(inputs, _mean_km(travelling), way, sum(group.learners for group in travelling))
        for way, travelling in by_transport.items()
    ]
    money = {who.value: _pair(pair) for who, pair in main.money.items()}
    society = main.money[next(who for who in main.money if who.value == "society")]
    weighed = icer(
        cost=society.home.central / learners,
        effect=course_ects,
        old_cost=society.mobility.central / learners,
        old_effect=inputs.mobility_ects,
    )
    return {
        "learners": learners,
        "course_ects": course_ects,
        "mean_km": mean_km,
        "groups": [{**asdict(group), "transport": _transport(group.km, inputs).value} for group in groups],
        "money": money,
        "break_even": {
            who.value: [found.best, found.central, found.worst] for who, found in main.break_even.items()
        },
        "hours": _pair(main.staff_hours),
        "co2": _joined(travel.co2_kg for travel in travels),
        "icer": {
            "quadrant": weighed.quadrant.value,
            "ratio": weighed.ratio,
            "extra_cost": weighed.extra_cost,
            "extra_effect": weighed.extra_effect,
        },
        "factors": _factors([main, *travels]),
    }


def _transport(km: float, inputs: Inputs) -> Transport:
    if km <= inputs.coach_up_to_km:
        return Transport.COACH
    return Transport.LONG_HAUL_FLIGHT if km >= LONG_HAUL_FROM_KM else Transport.SHORT_HAUL_FLIGHT


def _mean_km(groups: Sequence[Group]) -> float:
    return sum(group.km * group.learners for group in groups) / sum(group.learners for group in groups)


def _compared(inputs: Inputs, km: float, way: Transport, learners: int) -> CostComparison:
    share = inputs.hours_uncertainty / 100

    def about(hours: float) -> Range:
        return Range(hours * (1 - share), hours, hours * (1 + share))

    course = CourseAtHome(
        development_hours=about(inputs.development_hours),
        hours_per_run=about(inputs.teacher_hours + inputs.facilitator_hours),
        hours_per_student=about(inputs.hours_per_learner),
        platform_per_run=Range.exactly(inputs.platform_cost),
        online_hours_per_student=Range.exactly(inputs.online_hours),
        runs=inputs.runs,
    )
    mobility = Mobility(
        distance_km=km,
        transport=way,
        administration_hours=about(inputs.administration_hours),
        days=inputs.mobility_days,
        nights=inputs.hotel_nights,
        own_contribution=Range(inputs.own_low, (inputs.own_low + inputs.own_high) / 2, inputs.own_high),
        grant=None if inputs.grant is None else Range.exactly(inputs.grant),
    )
    return compare_costs(
        course,
        mobility,
        students=learners,
        hourly_cost=Range(inputs.hourly_cost_low, inputs.hourly_cost, inputs.hourly_cost_high),
        parameters=load(FACTOR_SET),
    )


def _range(value: Range) -> list[float]:
    return [value.low, value.central, value.high]


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "home": _range(pair.home),
        "mobility": _range(pair.mobility),
        "difference": _range(pair.difference),
        "less": pair.less.value,
    }


def _joined(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Add up the parts of the group that travel in different ways."""
    nothing = Range.exactly(0)
    home = mobility = difference = nothing
    for pair in pairs:
        home, mobility = home + pair.home, mobility + pair.mobility
        difference = difference + pair.difference
    less = "home" if difference.high < 0 else "mobility" if difference.low > 0 else "depends"
    return {
        "home": _range(home),
        "mobility": _range(mobility),
        "difference": _range(difference),
        "less": less,
    }


def _factors(comparisons: Iterable[CostComparison]) -> list[dict[str, Any]]:
    """Every factor that went in, once, with the radius that the distances rest on."""
    used: dict[str, Parameter] = {}
    for comparison in comparisons:
        used |= {parameter.code: parameter for parameter in comparison.factors}
    used["earth_radius"] = load(FACTOR_SET)["earth_radius"]
    return [
        {
            "code": parameter.code,
            "value": parameter.value,
            "low": parameter.low,
            "high": parameter.high,
            "unit": parameter.unit,
            "year": parameter.year,
            "source": parameter.source,
            "note": parameter.note,
        }
        for parameter in used.values()
    ]
