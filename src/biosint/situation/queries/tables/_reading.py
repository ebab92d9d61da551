"""Reads submissions from the database into columns, a few thousand at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast

from biosint.situation.queries.tables._variables import MISSING, as_numbers
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind
from iahcalc.columns import Field, FieldKind, Reader

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet

Report = Callable[[int, int], object]
Row = tuple[int, int | None, int | None, str, str]
ROWS_AT_A_TIME = 5000
# Names of the arrays that every set has; no column of a questionnaire or a file begins like this.
PLACE, TARGET, TONGUE, KEY = "@institution", "@group", "@language", "@key"
LARGEST = np.iinfo(np.int32).max
FIELD_KINDS = {
    ColumnKind.SINGLE: FieldKind.CHOICE,
    ColumnKind.MULTIPLE: FieldKind.SEVERAL,
    ColumnKind.RANK: FieldKind.RANK,
    ColumnKind.POINT: FieldKind.NUMBER,
    ColumnKind.NUMBER: FieldKind.NUMBER,
    ColumnKind.DATE: FieldKind.DAY,
    ColumnKind.TEXT: FieldKind.TEXT,
}


def nobody_listens(_done: int, _total: int) -> None:
    """Take reports of progress where nobody waits for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Columns as they are kept: one array per name, all of length ``n``.

    A column with several answers has one array per answer, named ``column:answer``. ``labels`` are what whole
    numbers in the array of that name stand for, where the code book does not say it (institutions, languages).
    """

    n: int
    arrays: Mapping[str, npt.NDArray[Any]]
    labels: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)


def read(
    answer_set: AnswerSet,
    columns: Sequence[surveys.Column],
    *,
    expected: int,
    after: int = 0,
    report_to: Report = nobody_listens,
) -> Blocks:
    """Read the submissions of a set whose key is above ``after``, in the order of their keys.

    Args:
        expected: about how many there are; arrays are made for so many at first.
    """
    reader = Reader([_field(column) for column in columns])
    codes = {column.code for column in columns if column.kind == ColumnKind.TEXT}
    written = dict.fromkeys(codes, 0)
    held = {name: _Growing(expected) for name in reader.columns if name not in codes}
    beside = {name: _Labels(expected) for name in (PLACE, TARGET, TONGUE)}
    held[KEY] = _Growing(expected)
    n = 0
    for chunk in _chunks(answer_set, after=after):
        keys, *labels, rows = zip(*chunk, strict=True)
        held[KEY].put(n, np.array(keys, dtype=np.float64))
        for gathered, words in zip(beside.values(), labels, strict=True):
            gathered.take(n, words)
        for name, numbers in zip(reader.columns, reader.read(rows), strict=True):
            if name in codes:
                written[name] += int(np.nansum(numbers))
            else:
                held[name].put(n, numbers)
        n += len(rows)
        report_to(n, max(n, expected))
    return Blocks(
        n=n,
        arrays={name: growing.finished(n) for name, growing in held.items()}
        | {name: gathered.growing.finished(n) for name, gathered in beside.items()},
        labels={name: list(gathered.known) for name, gathered in beside.items()},
        texts=written,
    )


def _field(column: surveys.Column) -> Field:
    return Field(column.code, FIELD_KINDS[column.kind], tuple(option.code for option in column.options))


def _chunks(answer_set: AnswerSet, *, after: int) -> Iterator[Sequence[Row]]:
    """Yield rows (key, institution, group, language, answers as text), some thousand at a time."""
    rows = (
        surveys.Submission.objects.filter(answer_set=answer_set, pk__gt=after)
        .order_by("pk")
        .annotate(raw=Cast("answers", TextField()))
        .values_list("pk", "institution_id", "group_id", "language", "raw")
        .iterator(chunk_size=ROWS_AT_A_TIME)
    )
    while chunk := list(islice(rows, ROWS_AT_A_TIME)):
        yield chunk


class _Growing:
    """A column that is filled from its beginning, in the smallest type that still holds all of it.

    It begins as small whole numbers of 0 and above, -1 for missing, and is widened when a number does not fit.
    """

    def __init__(self, expected: int) -> None:
        self.array: npt.NDArray[Any] = np.empty(max(expected, 1), dtype=np.int8)

    def put(self, start: int, numbers: npt.NDArray[np.float64]) -> None:
        """Take numbers, ``nan`` for missing."""
        end = start + len(numbers)
        if end > len(self.array):
            more = np.empty(max(end, 2 * len(self.array)) - start, dtype=self.array.dtype)
            self.array = np.concatenate([self.array[:start], more])
        if self.array.dtype.kind == "i":
            filled = np.where(np.isnan(numbers), MISSING, numbers)
            # Numbers below 0 cannot stand beside -1 for missing.
            fits = len(numbers) == 0 or (np.nanmin(numbers, initial=0) >= 0 and filled.max() <= LARGEST)
            whole = filled.astype(np.int64) if fits else None
            if whole is not None and np.array_equal(whole, filled):
                self._widen_to(int(whole.max(initial=0)), start)
                self.array[start:end] = whole
                return
            self._become_numbers(start)
        self.array[start:end] = numbers

    def _widen_to(self, most: int, filled: int) -> None:
        if most > np.iinfo(self.array.dtype).max:
            wider = np.empty(len(self.array), dtype=np.int16 if most <= np.iinfo(np.int16).max else np.int32)
            wider[:filled] = self.array[:filled]
            self.array = wider

    def _become_numbers(self, filled: int) -> None:
        numbers = np.empty(len(self.array), dtype=np.float64)
        numbers[:filled] = as_numbers(self.array[:filled])
        self.array = numbers

    def finished(self, n: int) -> npt.NDArray[Any]:
        kept = self.array[:n]
        if kept.dtype.kind != "f":
            return kept
        with np.errstate(over="ignore"):
            short = kept.astype(np.float32)
        # Half the memory, where nothing is lost.
        return short if np.array_equal(short, kept, equal_nan=True) else kept


class _Labels:
    """Gathers words that repeat (institutions, languages) as places among those met so far."""

    def __init__(self, expected: int) -> None:
        self.known: dict[Any, int] = {}
        self.growing = _Growing(expected)

    def take(self, start: int, words: Sequence[Any]) -> None:
        known = self.known
        for word in dict.fromkeys(words):
            if word not in {None, ""}:
                known.setdefault(word, len(known))
        self.growing.put(start, np.array([known.get(word, math.nan) for word in words]))
