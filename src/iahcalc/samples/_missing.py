from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.faults import TooFewAnswers, Undefined
from iahcalc.samples._codes import codes_of
from iahcalc.samples._describe import Proportion, proportion
from iahcalc.samples._independence import Independence, independence
from iahcalc.samples._multiple import holm

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["GroupMissing", "ItemMissing", "Missingness", "missingness"]

_ROWS_AT_A_TIME = 65_536


@dataclass(frozen=True, slots=True)
class ItemMissing:
    """How often the item in column ``position`` was left out.

    ``p`` tests whether the groups left it out equally often, ``adjusted_p`` allows for all items (Holm);
    both are ``None`` without groups, or where nobody or everybody left it out.
    """

    position: int
    missing: int
    share: Proportion
    p: float | None
    adjusted_p: float | None


@dataclass(frozen=True, slots=True)
class GroupMissing:
    """How many of one group answered every item."""

    label: Any
    respondents: int
    complete: Proportion


@dataclass(frozen=True, slots=True)
class Missingness:
    """What is missing in a set of items.

    ``complete`` is the share of respondents who answered everything, ``empty`` how many answered nothing.
    ``test`` says whether complete answers are equally frequent in all groups; ``None`` without groups, or
    where it is undefined (everybody complete, or one group alone).
    """

    respondents: int
    complete: Proportion
    empty: int
    items: tuple[ItemMissing, ...]
    groups: tuple[GroupMissing, ...]
    test: Independence | None


def missingness(
    matrix: npt.ArrayLike, groups: npt.ArrayLike | None = None, *, level: float = 0.95
) -> Missingness:
    """Say what is missing, and whether some groups left more out than others.

    Args:
        matrix: shape ``(respondents, items)``, numbers; ``nan`` is missing. Flags (true: missing) do as well.
        groups: shape ``(respondents,)``, numbers or words; who has no group (``nan``, ``None``, ``""``) is
            left out of the comparison of groups alone.
        level: level of the intervals (Wilson's).

    Returns:
        Shares per item and of complete respondents. The tests are those of :func:`independence`: answered or
        not, by group. A difference means that leaving out gaps can bend the figures of the group that left
        more out; no difference does not prove the opposite.

    Raises:
        TooFewAnswers: no respondents or no items.
        ValueError: shapes differ.

    Source:
        Little & Rubin (2019), Statistical Analysis with Missing Data, chapters 1 and 3; Wilson (1927).

    >>> found = missingness([[1, float("nan")], [2, 3], [4, 1], [1, float("nan")]], ["a", "b", "b", "a"])
    >>> found.complete.share, [item.missing for item in found.items], round(found.test.p, 4)
    (0.5, [0, 2], 0.3333)
    """
    given = np.asarray(matrix)
    if given.ndim != 2:
        raise ValueError(f"Answers must have the shape (respondents, items), not {given.ndim} dimensions.")
    people, items = given.shape
    if people == 0 or items == 0:
        raise TooFewAnswers("There is nothing that could be missing.")
    labels: tuple[Any, ...] = ()
    codes = np.ones(people, dtype=np.intp)
    if groups is not None:
        labels, codes = codes_of(groups)
        if len(codes) != people:
            raise ValueError("Every respondent needs one group or a gap.")
    # gaps[g, i]: how many of group g left item i out; group 0 is nobody's.
    gaps = np.zeros((len(labels) + 1 if labels else 2, items))
    complete = np.zeros(people, dtype=bool)
    empty = 0
    for start in range(0, people, _ROWS_AT_A_TIME):
        block = given[start : start + _ROWS_AT_A_TIME]
        absent = block if block.dtype.kind == "b" else block != block  # noqa: PLR0124 -- true for nan alone, without a copy
        member = codes[start : start + len(block)]
        for group in np.unique(member).tolist():
            gaps[group] += absent[member == group].sum(axis=0)
        row = absent.sum(axis=1)
        complete[start : start + len(block)] = row == 0
        empty += int((row == items).sum())
    sizes = np.bincount(codes, minlength=len(gaps))
    whole = np.bincount(codes, weights=complete, minlength=len(gaps))
    p_values = [_p(gaps[1:, item], sizes[1:]) if labels else None for item in range(items)]
    adjusted = holm([np.nan if p is None else p for p in p_values])
    missing = gaps.sum(axis=0).astype(int).tolist()
    return Missingness(
        respondents=people,
        complete=proportion(int(complete.sum()), people, level=level),
        empty=empty,
        items=tuple(
            ItemMissing(
                position=item,
                missing=missing[item],
                share=proportion(missing[item], people, level=level),
                p=p,
                adjusted_p=None if p is None else float(adjusted[item]),
            )
            for item, p in enumerate(p_values)
        ),
        groups=tuple(
            GroupMissing(
                label=label,
                respondents=int(sizes[place]),
                complete=proportion(int(whole[place]), int(sizes[place]), level=level),
            )
            for place, label in enumerate(labels, start=1)
        ),
        test=_test(whole[1:], sizes[1:], level=level) if labels else None,
    )


def _test(counted: npt.NDArray[Any], sizes: npt.NDArray[Any], *, level: float = 0.95) -> Independence | None:
    try:
        return independence(np.column_stack([counted, sizes - counted]), level=level)
    except Undefined:
        return None


def _p(counted: npt.NDArray[Any], sizes: npt.NDArray[Any]) -> float | None:
    test = _test(counted, sizes)
    return None if test is None else test.p
