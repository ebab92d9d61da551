from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iahcalc.coverage._ects import Unit

__all__ = ["DimensionCoverage", "Matrix", "dimension_coverage", "matrix"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which unit serves which outcome: ``cells[i][j]`` is how strongly unit ``j`` serves outcome ``i`` (0: not).

    ``gaps`` are outcomes that no unit serves, ``thin`` those that hang on a single unit, ``idle`` the units
    that serve none.
    """

    outcomes: tuple[str, ...]
    units: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    gaps: tuple[str, ...]
    thin: tuple[str, ...]
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionCoverage:
    """One dimension of internationalisation of the curriculum (IoC) over a programme.

    ``ects`` are the credits of the units that carry it and ``share`` their part of all credits (0 to 1, 0 in
    a programme without credits). One unit may carry several dimensions, so shares do not add up to 1.
    """

    dimension: str
    units: tuple[str, ...]
    ects: float
    share: float
    is_gap: bool


def matrix(
    outcomes: Sequence[str],
    units: Sequence[str],
    links: Mapping[tuple[str, str], float] | Iterable[tuple[str, str]],
) -> Matrix:
    """Lay outcomes out over units (or over dimensions: any two lists of names).

    Args:
        outcomes: names of the rows, in order.
        units: names of the columns, in order.
        links: pairs (outcome, unit), each counted as 1, or a mapping from pairs to a strength of at least 0
            (e.g. 1 introduced, 2 practised, 3 mastered). Absent pairs are 0.

    Raises:
        ValueError: a name appears twice, a link names an unknown row or column, or a strength is negative.

    >>> found = matrix(["ethics", "teamwork"], ["anatomy", "law"], [("ethics", "law")])
    >>> found.cells, found.gaps, found.thin, found.idle
    (((0.0, 1.0), (0.0, 0.0)), ('teamwork',), ('ethics',), ('anatomy',))
    """
    for names in (outcomes, units):
        if len(set(names)) != len(names):
            raise ValueError("A name appears twice among the outcomes or units.")
    rows = {name: place for place, name in enumerate(outcomes)}
    columns = {name: place for place, name in enumerate(units)}
    strengths = dict(links) if isinstance(links, dict) else dict.fromkeys(links, 1.0)
    cells = [[0.0] * len(units) for _ in outcomes]
    for (outcome, unit), strength in strengths.items():
        if outcome not in rows or unit not in columns:
            raise ValueError(f"The link from {outcome} to {unit} names something that is not in the table.")
        if not 0 <= strength < math.inf:
            raise ValueError(f"The link from {outcome} to {unit} needs a strength of at least 0.")
        cells[rows[outcome]][columns[unit]] = float(strength)
    served = [sum(strength > 0 for strength in row) for row in cells]
    return Matrix(
        outcomes=tuple(outcomes),
        units=tuple(units),
        cells=tuple(tuple(row) for row in cells),
        gaps=tuple(name for name, count in zip(outcomes, served, strict=True) if count == 0),
        thin=tuple(name for name, count in zip(outcomes, served, strict=True) if count == 1),
        idle=tuple(name for name, place in columns.items() if not any(row[place] > 0 for row in cells)),
    )


def dimension_coverage(
    dimensions: Sequence[str], units: Sequence[Unit], tags: Mapping[str, Iterable[str]]
) -> tuple[DimensionCoverage, ...]:
    """Return how each IoC dimension is carried by a programme.

    Args:
        dimensions: codes of all dimensions that should be there, in order.
        units: all units of the programme, in ECTS credits.
        tags: dimensions by unit code, as tagged on the outcomes of its syllabus.

    Raises:
        ValueError: a tag names an unknown unit or dimension.

    >>> from iahcalc.coverage import Unit
    >>> found = dimension_coverage(["ethics", "language"], [Unit("law", 3), Unit("anatomy", 9)], {"law": ["ethics"]})
    >>> [(row.dimension, row.ects, row.share, row.is_gap) for row in found]
    [('ethics', 3.0, 0.25, False), ('language', 0.0, 0.0, True)]
    """
    ects = {unit.code: unit.ects for unit in units}
    tagged = {code: frozenset(of_unit) for code, of_unit in tags.items()}
    for code, of_unit in tagged.items():
        if code not in ects or not of_unit <= set(dimensions):
            raise ValueError(f"The tags of {code} name a unit or dimension that is not in the programme.")
    total = math.fsum(ects.values())
    found = []
    for dimension in dimensions:
        carrying = tuple(code for code in ects if dimension in tagged.get(code, ()))
        credits_carried = math.fsum(ects[code] for code in carrying)
        found.append(
            DimensionCoverage(
                dimension=dimension,
                units=carrying,
                ects=credits_carried,
                share=credits_carried / total if total > 0 else 0.0,
                is_gap=not carrying,
            )
        )
    return tuple(found)
