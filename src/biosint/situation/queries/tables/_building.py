"""Makes variables, with their words, of columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from biosint.institutions.api import Institution
from biosint.shared.languages import OWN_NAMES
from biosint.situation.queries.tables._reading import KEY, PLACE, TARGET, TONGUE
from biosint.situation.queries.tables._scoring import score_variables
from biosint.situation.queries.tables._variables import MISSING, MOST_CATEGORIES, Answers, Scale, Variable
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.situation.queries.tables._reading import Blocks
    from biosint.surveys.models import AnswerSet

NO_YES = (
    surveys.Option("no", {"en": "not chosen", "sr": "није изабрано", "sq": "nuk u zgjodh"}),
    surveys.Option("yes", {"en": "chosen", "sr": "изабрано", "sq": "u zgjodh"}),
)


def answers_from(answer_set: AnswerSet, blocks: Blocks, columns: Sequence[surveys.Column]) -> Answers:
    """Return the answers with the words of their code book."""
    variables: dict[str, Variable] = {}
    for made in (
        _institutions(blocks.labels[PLACE], blocks.arrays[PLACE]),
        _groups(answer_set, blocks.labels[TARGET], blocks.arrays[TARGET]),
        _languages(blocks.labels[TONGUE], blocks.arrays[TONGUE]),
    ):
        if made is not None:
            variables[made.code] = made
    for column in columns:
        for variable in _variables(column, blocks.arrays):
            variables[variable.code] = variable
    for variable in score_variables(answer_set, blocks.arrays):
        variables[variable.code] = variable
    scales: dict[str, Scale] = {}
    for column in columns:
        if column.scale and column.scale not in scales:
            items = tuple(variables[other.code] for other in columns if other.scale == column.scale)
            scales[column.scale] = Scale(column.scale, column.scale_label, items)
    return Answers(
        n=blocks.n, variables=variables, keys=blocks.arrays[KEY], scales=scales, texts=dict(blocks.texts)
    )


def _variables(column: surveys.Column, arrays: Mapping[str, npt.NDArray[Any]]) -> list[Variable]:
    if column.kind == ColumnKind.TEXT:
        return []
    if column.kind == ColumnKind.MULTIPLE:
        kept = {option.code: arrays[f"{column.code}:{option.code}"] for option in column.options}
        if len(column.options) > MOST_CATEGORIES:
            # Of a list as long as that of all languages, only what somebody named.
            kept = {code: stored for code, stored in kept.items() if (stored == 1).any()}
        return [
            _chosen(column, option, kept[option.code]) for option in column.options if option.code in kept
        ]
    if column.kind == ColumnKind.RANK:
        return [_placed(column, option, arrays[f"{column.code}:{option.code}"]) for option in column.options]
    if column.kind == ColumnKind.SINGLE and len(column.options) > MOST_CATEGORIES:
        return [_out_of_many(column, arrays[column.code])]
    return [
        Variable(
            code=column.code,
            kind=column.kind,
            label=column.label,
            stored=arrays[column.code],
            options=column.options if column.kind == ColumnKind.SINGLE else (),
            scale=column.scale,
            reversed=column.reversed,
            least=column.least,
            most=column.most,
        )
    ]


def _out_of_many(column: surveys.Column, stored: npt.NDArray[Any]) -> Variable:
    """Of a list as long as that of all countries, keep only what somebody chose."""
    met = [int(place) for place in np.unique(stored) if place != MISSING]
    kind = np.int8 if len(met) <= np.iinfo(np.int8).max else stored.dtype
    table = np.full(len(column.options) + 1, MISSING, dtype=kind)
    table[met] = range(len(met))
    return Variable(
        code=column.code,
        kind=column.kind,
        label=column.label,
        stored=table[stored],
        options=tuple(column.options[place] for place in met),
    )


def _placed(column: surveys.Column, option: surveys.Option, stored: npt.NDArray[Any]) -> Variable:
    """The place that people gave an option: 1 for the preferred; missing where they gave it none."""
    return Variable(
        code=f"{column.code}:{option.code}",
        kind=ColumnKind.NUMBER,
        label=surveys.joined(column.label, option.label),
        stored=stored,
        scale=column.code,
        least=1,
        most=len(column.options),
    )


def _chosen(column: surveys.Column, option: surveys.Option, stored: npt.NDArray[Any]) -> Variable:
    return Variable(
        code=f"{column.code}:{option.code}",
        kind=ColumnKind.SINGLE,
        label=surveys.joined(column.label, option.label),
        stored=stored,
        options=NO_YES,
        scale=column.code,
    )


def _institutions(keys: Sequence[int], stored: npt.NDArray[Any]) -> Variable | None:
    if not keys:
        return None
    known = Institution.objects.in_bulk(keys)
    order = sorted(keys, key=lambda key: known[key].short_name)
    return Variable(
        code=surveys.INSTITUTION,
        kind=ColumnKind.SINGLE,
        label={"en": "Institution", "sr": "Установа", "sq": "Institucioni"},
        stored=_in_order(stored, keys, order),
        options=tuple(
            surveys.Option(known[key].slug, {surveys.UNTOLD: known[key].short_name}) for key in order
        ),
    )


def _groups(answer_set: AnswerSet, keys: Sequence[int], stored: npt.NDArray[Any]) -> Variable | None:
    """Groups of several institutions under one code are one group here."""
    if not keys:
        return None
    known = surveys.groups_of(answer_set)
    labels: dict[str, Mapping[str, str]] = {}
    for group in known:
        labels.setdefault(group.code, group.label)
    code_of = {group.pk: group.code for group in known}
    return Variable(
        code=surveys.GROUP,
        kind=ColumnKind.SINGLE,
        label={"en": "Group", "sr": "Група", "sq": "Grupi"},
        stored=_in_order(stored, [code_of[key] for key in keys], list(labels)),
        options=tuple(surveys.Option(code, label) for code, label in labels.items()),
    )


def _languages(codes: Sequence[str], stored: npt.NDArray[Any]) -> Variable | None:
    if len(codes) < 2:
        return None
    return Variable(
        code=surveys.LANGUAGE,
        kind=ColumnKind.SINGLE,
        label={"en": "Language of the answer", "sr": "Језик одговора", "sq": "Gjuha e përgjigjes"},
        stored=_in_order(stored, codes, sorted(codes)),
        options=tuple(
            surveys.Option(code, {surveys.UNTOLD: OWN_NAMES.get(code, code)}) for code in sorted(codes)
        ),
    )


def _in_order(stored: npt.NDArray[Any], met: Sequence[Any], wanted: Sequence[Any]) -> npt.NDArray[Any]:
    """Turn places among labels as they were met into places among the labels in the order wanted."""
    # The last entry is what place -1, missing, leads to.
    table = np.array([*(wanted.index(label) for label in met), MISSING], dtype=stored.dtype)
    found: npt.NDArray[Any] = table[stored]
    return found
