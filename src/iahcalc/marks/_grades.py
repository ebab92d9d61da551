from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Converted", "GradingTable", "Overlap", "convert"]


class Overlap(StrEnum):
    """Which grade is taken where a range of the one table meets several grades of the other."""

    LOWEST = "lowest"
    MIDDLE = "middle"  # the grade in which the middle of the range lies; on a border, the better one
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class GradingTable:
    """How often each passing grade was given in a reference group, the best grade first.

    Raises:
        ValueError: lengths differ, a grade occurs twice, a count is negative, or nobody passed.
    """

    grades: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.grades) != len(self.counts) or len(set(self.grades)) != len(self.grades):
            raise ValueError("Each grade needs one count.")
        if any(count < 0 for count in self.counts) or not sum(self.counts):
            raise ValueError("A grading table counts the grades of people who passed; at least one did.")

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """Of each grade, the share of people with a better grade, and with this one or a better one."""
        reached, found = 0, []
        for count in self.counts:
            found.append((reached / self.total, (reached + count) / self.total))
            reached += count
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Converted:
    """A grade in another institution's scale: the one taken, and the best and the lowest that overlap."""

    grade: str
    highest: str
    lowest: str
    # The range of the original, as shares from the top.
    start: float
    end: float


def convert(position: tuple[int, int], of: int, table: GradingTable, *, overlap: Overlap) -> Converted:
    """Return the grade that stands where somebody stood among those who passed.

    Args:
        position: how many of the reference group did better, and how many as well or better.
        of: how many passed in that group.
        table: grades of the institution that receives.
        overlap: which grade of several; the receiving institution settles it beforehand.

    Returns:
        Grades whose range shares more than its border with the original range. Whole numbers are compared,
        so that no rounding moves a border.

    Raises:
        ValueError: the position is empty or lies outside the group.

    Source:
        European Commission, ECTS Users' Guide, “Grade conversion”: grades are compared by their place in
        the distribution of passing grades of two reference groups; the receiving institution decides beforehand
        whether it takes the minimum, average or maximum of overlapping ranges. “Average” is read as the middle
        of the range, since scales need not be numbers.

    >>> home = GradingTable(("10", "9", "8", "7", "6"), (10, 20, 30, 25, 15))
    >>> convert((5, 15), 100, home, overlap=Overlap.MIDDLE)
    Converted(grade='10', highest='10', lowest='9', start=0.05, end=0.15)
    """
    better, reached = position
    if not 0 <= better < reached <= of:
        raise ValueError("The position must hold somebody of the group.")
    borders = _borders(table.counts)
    met = [
        grade
        for grade, (start, end) in zip(table.grades, borders, strict=True)
        # better / of < end / total and start / total < reached / of, without division.
        if start < end and better * table.total < end * of and start * of < reached * table.total
    ]
    middle = next(
        grade
        for grade, (start, end) in zip(table.grades, borders, strict=True)
        if start < end and (better + reached) * table.total <= 2 * end * of
    )
    taken = {Overlap.HIGHEST: met[0], Overlap.MIDDLE: middle, Overlap.LOWEST: met[-1]}[overlap]
    return Converted(taken, met[0], met[-1], better / of, reached / of)


def _borders(counts: Sequence[int]) -> list[tuple[int, int]]:
    reached, found = 0, []
    for count in counts:
        found.append((reached, reached + count))
        reached += count
    return found
