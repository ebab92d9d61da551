from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.samples._codes import loose_codes_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Crosstab", "cross_tabulate"]

# Two columns of names would otherwise fill the memory.
_MOST_CELLS = 10_000_000


# Arrays cannot be compared with one answer, so tables are compared by identity.
@dataclass(frozen=True, slots=True, eq=False)
class Crosstab:
    """A table of counts: ``counts[i, j]`` people with ``rows[i]`` and ``columns[j]``, ``missing`` left out."""

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    counts: npt.NDArray[np.float64]
    missing: float


def cross_tabulate(
    rows: npt.ArrayLike, columns: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> Crosstab:
    """Count how often each pair of answers comes together.

    Args:
        rows: shape ``(respondents,)``, numbers or words; ``nan``, ``None`` and ``""`` are missing.
        columns: the same for the other question.
        weights: shape ``(respondents,)``, how many people each line stands for, at least 0; ``nan`` is missing.

    Returns:
        Categories in ascending order, without those that nobody is in. A line with anything missing is
        left out, and its weight is added to ``missing`` (1 where the weight itself is missing).

    Raises:
        ValueError: shapes differ, a weight is negative or infinite, or the table would have more than
            10 million cells.

    >>> found = cross_tabulate(["yes", "no", "yes", ""], ["a", "a", "b", "b"])
    >>> found.rows, found.columns, found.counts.tolist(), found.missing
    (('no', 'yes'), ('a', 'b'), [[1.0, 0.0], [1.0, 1.0]], 1.0)
    """
    row_labels, row_codes = loose_codes_of(rows)
    column_labels, column_codes = loose_codes_of(columns)
    if len(row_codes) != len(column_codes):
        raise ValueError("Both questions need one answer or gap per respondent.")
    # Code 0 means missing; those cells are cut off after counting, so that nothing is copied before it.
    width = len(column_labels) + 1
    size = (len(row_labels) + 1) * width
    if size > _MOST_CELLS:
        raise ValueError(
            f"A table of {len(row_labels):,} by {len(column_labels):,} categories is too large to count."
        )
    cells = row_codes
    cells *= width
    cells += column_codes
    missing_weight = 0.0
    checked: npt.NDArray[np.float64] | None = None
    if weights is not None:
        checked = np.asarray(weights, dtype=np.float64)
        if checked.shape != row_codes.shape:
            raise ValueError("Every respondent needs one weight.")
        unknown = np.isnan(checked)
        if bool((checked < 0).any()) or bool(np.isinf(checked).any()):
            raise ValueError("A weight is negative or infinite.")
        missing_weight = float(unknown.sum())
        checked = np.where(unknown, 0.0, checked)
    counts = np.bincount(cells, weights=checked, minlength=size).astype(np.float64)
    table = counts.reshape(len(row_labels) + 1, width)
    inner = table[1:, 1:]
    used_rows, used_columns = np.flatnonzero(inner.sum(axis=1)), np.flatnonzero(inner.sum(axis=0))
    return Crosstab(
        rows=tuple(row_labels[place] for place in used_rows),
        columns=tuple(column_labels[place] for place in used_columns),
        counts=inner[np.ix_(used_rows, used_columns)],
        missing=float(table.sum() - inner.sum()) + missing_weight,
    )
