from __future__ import annotations

import json
import math
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.columns._fields import Field, FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

__all__ = ["Reader"]

# Loading the machine code takes as long as Python needs for about so many rows.
FEW_ROWS = 3000
_DAY_ZERO = date(1970, 1, 1).toordinal()


class Reader:
    """Reads rows of JSON, each an object of named fields, into columns of numbers.

    >>> reader = Reader([Field("age", FieldKind.NUMBER), Field("abroad", FieldKind.CHOICE, ("yes", "no"))])
    >>> reader.columns
    ('age', 'abroad')
    >>> reader.read(['{"abroad": "no"}', '{"age": 21, "abroad": "yes"}']).tolist()
    [[nan, 21.0], [1.0, 0.0]]
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self.columns = tuple(column for field in self.fields for column in field.columns)
        self._slots = np.array([0, *accumulate(len(field.columns) for field in self.fields)], dtype=np.int64)
        self._kinds = np.array([field.kind for field in self.fields], dtype=np.int64)
        self._keys = _packed([field.code for field in self.fields])
        self._words = _packed([option for field in self.fields for option in field.options])
        self._choices = np.array(
            [0, *accumulate(len(field.options) for field in self.fields)], dtype=np.int64
        )
        self._rows_seen = 0

    def read(self, rows: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return shape ``(columns, rows)``, in the order of ``columns``; ``nan`` where a field or its value is missing.

        A field that is no field of this reader is passed over; a word that is no option, a number that is none
        and a day that is not in the calendar count as missing.

        Raises:
            ValueError: a row is not JSON.
        """
        self._rows_seen += len(rows)
        found = np.full((len(self.columns), len(rows)), np.nan)
        understood = np.zeros(len(rows), dtype=np.bool_)
        if self._rows_seen > FEW_ROWS:
            from iahcalc.columns import _kernels

            written = [row.encode() for row in rows]
            _kernels.read_rows(
                np.frombuffer(bytearray().join(written) or bytearray(1), dtype=np.uint8),
                np.array([0, *accumulate(map(len, written))], dtype=np.int64),
                *self._keys,
                self._kinds,
                self._slots,
                *self._words,
                self._choices,
                found,
                understood,
            )
        slow = np.flatnonzero(~understood)
        found[:, slow] = np.nan
        for place, row in zip(
            slow.tolist(), json.loads(f"[{','.join(rows[place] for place in slow.tolist())}]"), strict=True
        ):
            self._fill(row, found[:, place])
        return found

    def _fill(self, row: Mapping[str, Any], out: npt.NDArray[np.float64]) -> None:
        """Read one row as the kernel does, whatever it holds."""
        for field, slot in zip(self.fields, self._slots.tolist(), strict=False):
            value = row.get(field.code)
            match field.kind:
                case FieldKind.TEXT:
                    out[slot] = 1.0 if field.code in row else math.nan
                case FieldKind.NUMBER:
                    is_number = isinstance(value, int | float) and not isinstance(value, bool)
                    out[slot] = float(value) if is_number and value is not None else math.nan
                case FieldKind.CHOICE:
                    out[slot] = field.options.index(value) if value in field.options else math.nan
                case FieldKind.DAY:
                    out[slot] = _days(value)
                case FieldKind.SEVERAL | FieldKind.RANK if isinstance(value, list):
                    ranks = {word: rank for rank, word in enumerate(value, 1) if isinstance(word, str)}
                    for place, option in enumerate(field.options):
                        if field.kind == FieldKind.SEVERAL:
                            out[slot + place] = float(option in ranks)
                        else:
                            out[slot + place] = ranks.get(option, math.nan)


def _days(value: object) -> float:
    if not isinstance(value, str) or len(value) != len("2026-11-23"):
        return math.nan
    try:
        return date.fromisoformat(value).toordinal() - _DAY_ZERO
    except ValueError:
        return math.nan


def _packed(words: Sequence[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Words as bytes one after the other, and where each begins."""
    written = [word.encode() for word in words]
    return (
        np.frombuffer(bytearray().join(written) or bytearray(1), dtype=np.uint8),
        np.array([0, *accumulate(map(len, written))], dtype=np.int64),
    )
