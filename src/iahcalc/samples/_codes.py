"""Answers turned into small whole numbers, so that counting replaces sorting and comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

# Whole numbers that span no more than this are counted in bins instead of sorted.
_BINS = 4096


def codes_of(answers: npt.ArrayLike) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]]:
    """The distinct answers in ascending order, and for each respondent its place among them from 1 (0: missing)."""
    labels, codes = loose_codes_of(answers)
    used = np.flatnonzero(np.bincount(codes, minlength=len(labels) + 1)[1:])
    if len(used) == len(labels):
        return labels, codes
    place = np.zeros(len(labels) + 1, dtype=np.intp)
    place[used + 1] = np.arange(1, len(used) + 1)
    return tuple(labels[position] for position in used), place[codes]


def loose_codes_of(answers: npt.ArrayLike) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]]:
    """As ``codes_of``, but among whole numbers there may be labels that nobody gave: one pass less."""
    values = np.asarray(answers)
    if values.ndim != 1:
        raise ValueError(f"A question has one answer per respondent, not {values.ndim} dimensions.")
    kind = values.dtype.kind
    if kind in "biu":
        return _whole(values, None) or _sorted(values, np.zeros(len(values), dtype=bool))
    if kind == "f":
        missing = np.isnan(values)
        return _points(values, missing) or _sorted(values, missing)
    if kind == "O":
        values = np.array(
            ["" if answer is None else str(answer) for answer in values.tolist()], dtype=np.str_
        )
    return _sorted(values, values == "")


def _points(
    values: npt.NDArray[Any], missing: npt.NDArray[np.bool_]
) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]] | None:
    """Points of a questionnaire often come as 1.0, 2.0, nan: whole all the same."""
    some_missing = bool(missing.any())
    filled = np.where(missing, 0.0, values) if some_missing else values
    # Beyond this a conversion to whole numbers would overflow.
    if not len(filled) or max(-float(filled.min()), float(filled.max())) >= 2**31:
        return None
    whole = filled.astype(np.int32)
    if not np.array_equal(whole, filled):
        return None
    found = _whole(whole, missing if some_missing else None)
    return None if found is None else (tuple(float(label) for label in found[0]), found[1])


def _whole(
    values: npt.NDArray[Any], missing: npt.NDArray[np.bool_] | None
) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]] | None:
    """Codes of whole numbers by their distance from the least; ``None`` where they span too far."""
    if not len(values):
        return None
    least, most = int(values.min()), int(values.max())
    if most - least >= _BINS:
        return None
    codes = values.astype(np.intp)
    codes -= least - 1
    if missing is not None:
        codes[missing] = 0
    return tuple(range(least, most + 1)), codes


def _sorted(
    values: npt.NDArray[Any], missing: npt.NDArray[np.bool_]
) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]]:
    codes = np.zeros(len(values), dtype=np.intp)
    labels, inverse = np.unique(values[~missing], return_inverse=True)
    codes[~missing] = inverse + 1
    return tuple(labels.tolist()), codes
