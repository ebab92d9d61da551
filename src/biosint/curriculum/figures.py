"""What syllabi add up to: credits before and after, and outcomes on each international side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from biosint.curriculum.states import IocDimension

if TYPE_CHECKING:
    from biosint.curriculum.models import Outcome, Unit


@dataclass(frozen=True, slots=True)
class CreditShare:
    """International credits out of all credits of some approved units, at first and now."""

    units: int
    ects: Decimal
    before: Decimal
    after: Decimal

    @property
    def share_before(self) -> Decimal | None:
        """Per cent; None without any approved unit."""
        return 100 * self.before / self.ects if self.ects else None

    @property
    def share_after(self) -> Decimal | None:
        return 100 * self.after / self.ects if self.ects else None

    @property
    def gain(self) -> Decimal:
        """In ECTS credits; negative when syllabi lost international work."""
        return self.after - self.before


def credit_share(units: Iterable[Unit]) -> CreditShare:
    """Add up units that ``queries.with_change`` annotated; those without an approved version are left out."""
    counted = [unit for unit in units if unit.ects_after is not None]  # type: ignore[attr-defined]  # annotated
    return CreditShare(
        units=len(counted),
        ects=sum((unit.ects for unit in counted), Decimal(0)),
        before=sum((unit.ects_before for unit in counted), Decimal(0)),  # type: ignore[attr-defined]  # annotated
        after=sum((unit.ects_after for unit in counted), Decimal(0)),  # type: ignore[attr-defined]  # annotated
    )


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One unit: how many of its outcomes are marked on each side, in the order of ``IocDimension``."""

    unit: Unit
    outcomes: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units by international sides; ``gaps`` are the sides on which no outcome stands."""

    rows: tuple[CoverageRow, ...]
    totals: tuple[int, ...]
    gaps: tuple[IocDimension, ...]


def coverage(outcomes_by_unit: Sequence[tuple[Unit, Sequence[Outcome]]]) -> Coverage:
    """Count the marks of approved outcomes, unit by unit."""
    rows = tuple(
        CoverageRow(
            unit=unit,
            outcomes=len(outcomes),
            counts=tuple(sum(side in outcome.dimensions for outcome in outcomes) for side in IocDimension),
        )
        for unit, outcomes in outcomes_by_unit
    )
    totals = tuple(sum(row.counts[place] for row in rows) for place in range(len(IocDimension)))
    gaps = tuple(side for side, total in zip(IocDimension, totals, strict=True) if not total)
    return Coverage(rows=rows, totals=totals, gaps=gaps)
