"""How near a deliverable or a work package is to done. Arithmetic only, so that the page can print the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from biosint.workplan.states import DeliverableState


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a deliverable needs, and how much of it stands as evidence."""

    kind: str
    needed: Decimal
    counted: Decimal

    @property
    def met(self) -> bool:
        return self.counted >= self.needed

    @property
    def share(self) -> float:
        """Return how much is there, 0 to 1."""
        return min(1.0, float(self.counted / self.needed)) if self.needed else 1.0


def needs_of(requirements: Iterable[Mapping[str, Any]], totals: Mapping[str, Decimal]) -> list[Need]:
    """Pair each requirement with what evidence counts; a kind without evidence counts 0."""
    return [
        Need(str(each["kind"]), Decimal(str(each["needed"])), totals.get(str(each["kind"]), Decimal(0)))
        for each in requirements
    ]


def of_deliverable(state: str, needs: list[Need]) -> float:
    """Return readiness, 0 to 1: approved is 1; else nine tenths of the mean share of its needs.

    The last tenth is the review: evidence alone finishes nothing. A deliverable without needs
    is at 0 until it is handed in, then at nine tenths.
    """
    if state == DeliverableState.APPROVED:
        return 1.0
    if not needs:
        return 0.9 if state == DeliverableState.SUBMITTED else 0.0
    return 0.9 * sum(need.share for need in needs) / len(needs)


def of_package(deliverables: list[float], milestones_reached: int, milestones: int) -> float:
    """Return readiness, 0 to 1: the mean over deliverables and milestones, each counting the same."""
    parts = [*deliverables, *[1.0] * milestones_reached, *[0.0] * (milestones - milestones_reached)]
    return sum(parts) / len(parts) if parts else 0.0
