"""What syllabi add up to: credits before and after, and outcomes on each international side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.curriculum.states import IOC_MEANINGS, IocDimension
from biosint.shared.verdicts import Sentence
from iahcalc import coverage as calculation

if TYPE_CHECKING:
    from biosint.curriculum.models import Outcome, Unit


@dataclass(frozen=True, slots=True)
class CreditShare:
    """International credits out of all credits of some approved units, at first and now.

    Shares are per cent, and None without any approved unit. ``gain`` is in ECTS credits, negative when
    syllabi lost international work.
    """

    units: int
    ects: float
    before: float
    after: float
    share_before: float | None
    share_after: float | None
    gain: float


def credit_share(units: Iterable[Unit]) -> CreditShare:
    """Add up units that ``queries.with_change`` annotated; those without an approved version are left out."""
    counted = [unit for unit in units if unit.ects_after is not None]  # type: ignore[attr-defined]  # annotated
    if not counted:
        return CreditShare(units=0, ects=0, before=0, after=0, share_before=None, share_after=None, gain=0)
    change = calculation.ects_change(
        [_counted(unit, unit.ects_before) for unit in counted],  # type: ignore[attr-defined]  # annotated
        [_counted(unit, unit.ects_after) for unit in counted],  # type: ignore[attr-defined]  # annotated
    )
    return CreditShare(
        units=len(counted),
        ects=change.after.ects,
        before=change.before.international,
        after=change.after.international,
        share_before=100 * change.before.share,
        share_after=100 * change.after.share,
        gain=change.gained,
    )


def _counted(unit: Unit, international: object = 0) -> calculation.Unit:
    return calculation.Unit(str(unit.pk), float(unit.ects), float(str(international)))


@dataclass(frozen=True, slots=True)
class Side:
    """One international side: outcomes marked with it, and the units and credits that carry it.

    ``share`` is per cent of the credits of all approved units. One unit may carry several sides.
    """

    side: IocDimension
    meaning: Sentence
    outcomes: int
    units: tuple[Unit, ...]
    ects: float
    share: float


def sides(outcomes_by_unit: Sequence[tuple[Unit, Sequence[Outcome]]]) -> list[Side]:
    """Return how each side is carried by the approved outcomes; one without any is a gap."""
    by_code = {str(unit.pk): unit for unit, _outcomes in outcomes_by_unit}
    marks = {
        str(unit.pk): [code for outcome in outcomes for code in outcome.dimensions]
        for unit, outcomes in outcomes_by_unit
    }
    carried = calculation.dimension_coverage(
        IocDimension.values, [_counted(unit) for unit in by_code.values()], marks
    )
    return [
        Side(
            side=IocDimension(row.dimension),
            meaning=IOC_MEANINGS[IocDimension(row.dimension)],
            outcomes=sum(found.count(row.dimension) for found in marks.values()),
            units=tuple(by_code[code] for code in row.units),
            ects=row.ects,
            share=100 * row.share,
        )
        for row in carried
    ]


def matrix(outcomes: Sequence[Outcome]) -> list[tuple[str, list[bool]]]:
    """Lay the outcomes of one syllabus out over the sides, in the order of ``IocDimension``."""
    rows = [str(place) for place in range(len(outcomes))]
    laid = calculation.matrix(
        rows,
        IocDimension.values,
        [(row, code) for row, outcome in zip(rows, outcomes, strict=True) for code in outcome.dimensions],
    )
    return [
        (outcome.text, [cell > 0 for cell in cells])
        for outcome, cells in zip(outcomes, laid.cells, strict=True)
    ]
