from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iahcalc.faults import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EctsChange", "EctsShare", "Unit", "ects_change", "ects_share"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a programme: its ECTS credits, and how many of them are internationalised."""

    code: str
    ects: float
    international: float = 0.0

    def __post_init__(self) -> None:
        """Refuse credits that cannot be."""
        if not 0 <= self.international <= self.ects or math.isinf(self.ects):
            raise ValueError(
                f"The unit {self.code} cannot have {self.international:g} international ECTS of {self.ects:g}."
            )


@dataclass(frozen=True, slots=True)
class EctsShare:
    """International ECTS of a programme; ``share`` is 0 to 1."""

    ects: float
    international: float
    share: float


@dataclass(frozen=True, slots=True)
class EctsChange:
    """International ECTS before and after; ``gained_share`` is a difference of shares (0.1 is 10 points of per cent).

    ``risen`` and ``fallen`` name the units whose international credits changed; a unit that is new counts
    from 0, one that is gone falls to 0.
    """

    before: EctsShare
    after: EctsShare
    gained: float
    gained_share: float
    risen: tuple[str, ...]
    fallen: tuple[str, ...]


def ects_share(units: Iterable[Unit]) -> EctsShare:
    """Return how much of a programme is internationalised.

    Args:
        units: the units of one programme, in ECTS credits.

    Raises:
        Undefined: the units have no credits together.
        ValueError: two units have the same code.

    >>> ects_share([Unit("anatomy", 12, 3), Unit("ethics", 4, 1)])
    EctsShare(ects=16.0, international=4.0, share=0.25)
    """
    known = _by_code(units)
    ects = math.fsum(unit.ects for unit in known.values())
    if ects <= 0:
        raise Undefined("The share of international credits is undefined without any credits.")
    international = math.fsum(unit.international for unit in known.values())
    return EctsShare(ects=ects, international=international, share=international / ects)


def ects_change(before: Iterable[Unit], after: Iterable[Unit]) -> EctsChange:
    """Return how the internationalised part of a programme changed.

    Args:
        before: units as they were, in ECTS credits.
        after: units as they are.

    Raises:
        Undefined: one of the two has no credits.
        ValueError: two units of one side have the same code.

    >>> found = ects_change([Unit("anatomy", 10)], [Unit("anatomy", 10, 2)])
    >>> found.gained, found.gained_share, found.risen
    (2.0, 0.2, ('anatomy',))
    """
    old, new = _by_code(before), _by_code(after)
    start, end = ects_share(old.values()), ects_share(new.values())
    codes = list(dict.fromkeys([*old, *new]))

    def credits_of(units: dict[str, Unit], code: str) -> float:
        return units[code].international if code in units else 0.0

    return EctsChange(
        before=start,
        after=end,
        gained=end.international - start.international,
        gained_share=end.share - start.share,
        risen=tuple(code for code in codes if credits_of(new, code) > credits_of(old, code)),
        fallen=tuple(code for code in codes if credits_of(new, code) < credits_of(old, code)),
    )


def _by_code(units: Iterable[Unit]) -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for unit in units:
        if unit.code in known:
            raise ValueError(f"Two units have the code {unit.code}.")
        known[unit.code] = unit
    return known
