from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Group", "Part", "Standing", "Total", "total_of"]

BEST = Decimal(100)
NONE = Decimal(0)


class Standing(StrEnum):
    """How one learner stands with one marked activity."""

    MARKED = "marked"
    WAITING = "waiting"  # handed in, nobody has marked it
    OPEN = "open"  # not handed in, and still possible
    MISSING = "missing"  # not handed in, and no longer possible: counts 0
    EXCUSED = "excused"  # does not count for this learner


@dataclass(frozen=True, slots=True)
class Part:
    """One marked activity of one learner. ``points``: 0 to 100, of a marked one only. ``weight`` is above 0."""

    key: int
    weight: Decimal
    standing: Standing
    points: Decimal | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Activities of which not all count: the ``drop_lowest`` weakest are left out, or the ``best_of`` best count."""

    drop_lowest: int = 0
    best_of: int | None = None

    def left_out(self, count: int) -> int:
        """Return how many of ``count`` activities do not count; one always does."""
        unwanted = max(count - self.best_of, 0) if self.best_of is not None else self.drop_lowest
        return max(min(unwanted, count - 1), 0)


@dataclass(frozen=True, slots=True)
class Total:
    """What a learner's parts amount to, in points of 100.

    ``low`` is the total if everything undecided got 0 points, ``high`` if it got 100: equal once nothing is
    undecided, ``None`` where nothing counts at all. ``so_far`` looks at marked parts alone. The weights say
    how much of the whole is marked, undecided (waiting or open), missing and excused. ``dropped``: parts that
    do not count, whatever the undecided ones bring.
    """

    low: Decimal | None
    high: Decimal | None
    so_far: Decimal | None
    marked: Decimal
    undecided: Decimal
    missing: Decimal
    excused: Decimal
    dropped: frozenset[int]

    @property
    def is_settled(self) -> bool:
        return self.low is not None and self.undecided == 0


def total_of(parts: Collection[Part], groups: Mapping[int, Group] | None = None) -> Total:
    """Return the weighted total of a learner.

    Missing work counts 0; excused work is taken out and its weight falls to the others. Of a group the
    weakest are left out by points (of equal ones the first); excused work uses up nothing.

    Args:
        parts: marked activities of one learner, keys differ.
        groups: key of a group -> what counts of it; parts of no or of an unknown group all count.

    Raises:
        ValueError: a marked part has no points, or points outside 0 to 100, or a weight is not above 0.

    >>> exam = Part(1, Decimal(60), Standing.MARKED, Decimal(80))
    >>> essay = Part(2, Decimal(40), Standing.WAITING)
    >>> found = total_of([exam, essay])
    >>> found.low, found.high, found.so_far
    (Decimal('48'), Decimal('88'), Decimal('80'))
    """
    for part in parts:
        _check(part)
    counting = [part for part in parts if part.standing is not Standing.EXCUSED]
    worst, out_at_worst = _scenario(counting, groups or {}, undecided=NONE)
    best, out_at_best = _scenario(counting, groups or {}, undecided=BEST)
    # A part that is out in one scenario only may still count.
    dropped = frozenset(out_at_worst & out_at_best)
    kept = [part for part in counting if part.key not in dropped]
    marked = [part for part in kept if part.points is not None]
    return Total(
        low=worst,
        high=best,
        so_far=_mean([(part.weight, part.points) for part in marked if part.points is not None]),
        marked=_weight(marked),
        undecided=_weight([part for part in kept if part.standing in (Standing.WAITING, Standing.OPEN)]),
        missing=_weight([part for part in kept if part.standing is Standing.MISSING]),
        excused=_weight([part for part in parts if part.standing is Standing.EXCUSED]),
        dropped=dropped,
    )


def _check(part: Part) -> None:
    if part.weight <= 0:
        raise ValueError("A part without weight is no part of the total: leave it out.")
    if (part.standing is Standing.MARKED) != (part.points is not None):
        raise ValueError("Points belong to marked parts, and to these alone.")
    if part.points is not None and not NONE <= part.points <= BEST:
        raise ValueError("Points go from 0 to 100.")


def _scenario(
    parts: list[Part], groups: Mapping[int, Group], *, undecided: Decimal
) -> tuple[Decimal | None, set[int]]:
    """The total, and the keys of what is left out, if everything undecided got these points."""
    points = {part.key: _points(part, undecided) for part in parts}
    out: set[int] = set()
    for key, group in groups.items():
        members = sorted((part.key for part in parts if part.group == key), key=points.__getitem__)
        out.update(members[: group.left_out(len(members))])
    return _mean([(part.weight, points[part.key]) for part in parts if part.key not in out]), out


def _points(part: Part, undecided: Decimal) -> Decimal:
    if part.points is not None:
        return part.points
    return NONE if part.standing is Standing.MISSING else undecided


def _mean(weighted: list[tuple[Decimal, Decimal]]) -> Decimal | None:
    whole = sum((weight for weight, _points in weighted), NONE)
    return sum((weight * points for weight, points in weighted), NONE) / whole if whole else None


def _weight(parts: list[Part]) -> Decimal:
    return sum((part.weight for part in parts), NONE)
