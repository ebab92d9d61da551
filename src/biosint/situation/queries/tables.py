"""The answers of a set as columns of numbers, ready for calculation."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast

from biosint.institutions.api import Institution
from biosint.shared.languages import OWN_NAMES
from biosint.shared.words import in_language
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet

# More different numbers than this make no table.
MOST_CATEGORIES = 60
ROWS_AT_A_TIME = 5000


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: for choices, positions in ``options``; for numbers, the numbers; ``nan`` where missing."""

    code: str
    kind: ColumnKind
    label: Mapping[str, str]
    values: npt.NDArray[np.float64]
    options: tuple[surveys.Option, ...] = ()
    scale: str = ""
    reversed: bool = False
    least: float | None = None
    most: float | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in {ColumnKind.NUMBER, ColumnKind.POINT}

    @property
    def name(self) -> str:
        """The question in the reader's language."""
        return in_language(self.label).text or self.code

    def label_of(self, value: float) -> str:
        """The answer that a value stands for, in the reader's language."""
        if self.options:
            option = self.options[int(value)]
            return in_language(option.label).text or option.code
        return str(surveys.plain(value))


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that are rated on one range and scored together."""

    code: str
    label: Mapping[str, str]
    items: tuple[Variable, ...]

    @property
    def name(self) -> str:
        return in_language(self.label).text or self.code


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one set, in columns."""

    n: int
    variables: dict[str, Variable]
    scales: dict[str, Scale] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)  # code of a free text -> how many wrote one

    def only(self, kept: npt.NDArray[np.bool_]) -> Answers:
        """Return the answers of some people."""
        variables = {code: _cut(variable, kept) for code, variable in self.variables.items()}
        return Answers(
            n=int(kept.sum()),
            variables=variables,
            scales={
                code: Scale(code, scale.label, tuple(variables[item.code] for item in scale.items))
                for code, scale in self.scales.items()
            },
        )


def _cut(variable: Variable, kept: npt.NDArray[np.bool_]) -> Variable:
    return Variable(
        code=variable.code,
        kind=variable.kind,
        label=variable.label,
        values=variable.values[kept],
        options=variable.options,
        scale=variable.scale,
        reversed=variable.reversed,
        least=variable.least,
        most=variable.most,
    )


# Submissions never change, so a set with the same number of answers and the same last one is the same.
_KEPT: OrderedDict[tuple[int, int, int, str], Answers] = OrderedDict()
_KEPT_SETS = 4


def answers_of(answer_set: AnswerSet) -> Answers:
    """Return all answers of a set in columns; the last few sets asked for are kept in memory."""
    count, last = surveys.state_of_answers(answer_set)
    key = (answer_set.pk, count, last, str(answer_set.public_id))
    if key in _KEPT:
        _KEPT.move_to_end(key)
        return _KEPT[key]
    answers = _read(answer_set)
    _KEPT[key] = answers
    while len(_KEPT) > _KEPT_SETS:
        _KEPT.popitem(last=False)
    return answers


def _read(answer_set: AnswerSet) -> Answers:
    columns = answer_set.columns
    readers = [_Reader(column) for column in columns]
    places: list[int | None] = []
    groups: list[int | None] = []
    languages: list[str] = []
    for chunk in _chunks(answer_set):
        places.extend(institution for institution, _group, _language, _raw in chunk)
        groups.extend(group for _institution, group, _language, _raw in chunk)
        languages.extend(language for _institution, _group, language, _raw in chunk)
        # One parse of many rows is several times faster than one of each.
        answers = json.loads(f"[{','.join(raw for _institution, _group, _language, raw in chunk)}]")
        for reader in readers:
            reader.take(answers)
    variables: dict[str, Variable] = {}
    texts: dict[str, int] = {}
    if any(place is not None for place in places):
        variables[surveys.INSTITUTION] = _institutions(places)
    if any(group is not None for group in groups):
        variables[surveys.GROUP] = _groups(groups, surveys.groups_of(answer_set))
    if len(set(languages)) > 1:
        variables[surveys.LANGUAGE] = _languages(languages)
    for reader in readers:
        if reader.column.kind == ColumnKind.TEXT:
            texts[reader.code] = reader.written
        for variable in reader.variables():
            variables[variable.code] = variable
    scales: dict[str, Scale] = {}
    for column in columns:
        if column.scale and column.scale not in scales:
            items = tuple(variables[other.code] for other in columns if other.scale == column.scale)
            scales[column.scale] = Scale(column.scale, column.scale_label, items)
    return Answers(n=len(places), variables=variables, scales=scales, texts=texts)


def _chunks(answer_set: AnswerSet) -> Iterator[Sequence[tuple[int | None, int | None, str, Any]]]:
    """Yield the rows of a set, some thousand at a time, with their answers as text."""
    rows = (
        surveys.Submission.objects.filter(answer_set=answer_set)
        .order_by("pk")
        .annotate(raw=Cast("answers", TextField()))
        .values_list("institution_id", "group_id", "language", "raw")
        .iterator(chunk_size=ROWS_AT_A_TIME)
    )
    while chunk := list(islice(rows, ROWS_AT_A_TIME)):
        yield chunk


class _Reader:
    """Gathers one column."""

    def __init__(self, column: surveys.Column) -> None:
        self.column = column
        self.code = column.code
        self.places = {option.code: float(place) for place, option in enumerate(column.options)}
        self.values: list[float] = []
        self.chosen: list[list[str] | None] = []
        self.written = 0
        self.take = {
            ColumnKind.SINGLE: self._single,
            ColumnKind.MULTIPLE: self._multiple,
            ColumnKind.POINT: self._number,
            ColumnKind.NUMBER: self._number,
            ColumnKind.TEXT: self._text,
        }[column.kind]

    def _single(self, rows: list[dict[str, Any]]) -> None:
        code, places = self.code, self.places
        self.values.extend(places.get(row.get(code, ""), math.nan) for row in rows)

    def _number(self, rows: list[dict[str, Any]]) -> None:
        code = self.code
        self.values.extend(row.get(code, math.nan) for row in rows)

    def _multiple(self, rows: list[dict[str, Any]]) -> None:
        code = self.code
        self.chosen.extend(row.get(code) for row in rows)

    def _text(self, rows: list[dict[str, Any]]) -> None:
        self.written += sum(self.code in row for row in rows)

    def variables(self) -> list[Variable]:
        column = self.column
        if column.kind == ColumnKind.TEXT:
            return []
        if column.kind == ColumnKind.MULTIPLE:
            return [self._chosen(option) for option in column.options]
        return [
            Variable(
                code=column.code,
                kind=column.kind,
                label=column.label,
                values=np.array(self.values, dtype=np.float64),
                options=column.options if column.kind == ColumnKind.SINGLE else (),
                scale=column.scale,
                reversed=column.reversed,
                least=column.least,
                most=column.most,
            )
        ]

    def _chosen(self, option: surveys.Option) -> Variable:
        values = [math.nan if found is None else float(option.code in found) for found in self.chosen]
        question, answer = self.column.label, option.label
        return Variable(
            code=f"{self.code}:{option.code}",
            kind=ColumnKind.SINGLE,
            label={
                language: f"{in_language(question, language)} – {in_language(answer, language)}"
                for language in {**question, **answer}
            },
            values=np.array(values, dtype=np.float64),
            options=NO_YES,
            scale=self.code,
        )


NO_YES = (
    surveys.Option("no", {"en": "not chosen", "sr": "није изабрано", "sq": "nuk u zgjodh"}),
    surveys.Option("yes", {"en": "chosen", "sr": "изабрано", "sq": "u zgjodh"}),
)


def _institutions(places: list[int | None]) -> Variable:
    known = list(Institution.objects.filter(pk__in={place for place in places if place is not None}))
    position = {institution.pk: float(place) for place, institution in enumerate(known)}
    return Variable(
        code=surveys.INSTITUTION,
        kind=ColumnKind.SINGLE,
        label={"en": "Institution", "sr": "Установа", "sq": "Institucioni"},
        values=np.array(
            [math.nan if place is None else position[place] for place in places], dtype=np.float64
        ),
        options=tuple(
            surveys.Option(institution.slug, {surveys.UNTOLD: institution.short_name})
            for institution in known
        ),
    )


def _groups(keys: list[int | None], known: Sequence[surveys.AskedGroup]) -> Variable:
    """Groups of several institutions under one code are one group here."""
    labels: dict[str, Mapping[str, str]] = {}
    for group in known:
        labels.setdefault(group.code, group.label)
    position = {code: float(place) for place, code in enumerate(labels)}
    places = {group.pk: position[group.code] for group in known}
    return Variable(
        code=surveys.GROUP,
        kind=ColumnKind.SINGLE,
        label={"en": "Group", "sr": "Група", "sq": "Grupi"},
        values=np.array(
            [math.nan if key is None else places.get(key, math.nan) for key in keys], dtype=np.float64
        ),
        options=tuple(surveys.Option(code, label) for code, label in labels.items()),
    )


def _languages(codes: list[str]) -> Variable:
    known = sorted({code for code in codes if code})
    position = {code: float(place) for place, code in enumerate(known)}
    return Variable(
        code=surveys.LANGUAGE,
        kind=ColumnKind.SINGLE,
        label={"en": "Language of the answer", "sr": "Језик одговора", "sq": "Gjuha e përgjigjes"},
        values=np.array([position.get(code, math.nan) for code in codes], dtype=np.float64),
        options=tuple(surveys.Option(code, {surveys.UNTOLD: OWN_NAMES.get(code, code)}) for code in known),
    )
