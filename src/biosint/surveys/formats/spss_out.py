"""Answers as a file of SPSS, with labels in one language. Slow to import: only inside functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from biosint.shared.words import in_language
from biosint.surveys.columns import Column
from biosint.surveys.formats.variables import Variable, variables_of
from biosint.surveys.states import GROUP, INSTITUTION, LANGUAGE, ColumnKind

# Written where a choice or point was not given, and declared as missing.
NOT_ANSWERED = -9
LONGEST_LABEL = 250  # bytes; the format ends labels at 256
LONGEST_VALUE_LABEL = 118
LONGEST_WORDS = 2000
_LABELLED = frozenset({ColumnKind.SINGLE, ColumnKind.MULTIPLE, ColumnKind.POINT})

# Address words of the institution and of the group, language, answers.
Given = tuple[str, str, str, Mapping[str, Any]]


def cut(text: str, most: int) -> str:
    """Return the text with at most so many bytes, never through a letter."""
    return text.encode()[:most].decode(errors="ignore")


def write(
    path: Path,
    columns: Sequence[Column],
    given: Iterable[Given],
    *,
    count: int,
    language: str,
    title: str,
    phrases: tuple[str, str, str],
    report_to: Any = None,
) -> None:
    """Write a ``.sav`` file.

    Args:
        given: ``count`` answers.
        language: of the labels; where a text is missing in it, another stands in.
        phrases: how “no answer”, “chosen” and “not chosen” are said in that language.
    """
    import pandas as pd
    import pyreadstat

    variables = variables_of(columns, taken=(INSTITUTION, GROUP, LANGUAGE))
    around = {name: np.full(count, "", dtype=object) for name in (INSTITUTION, GROUP, LANGUAGE)}
    held = [_empty(variable, count) for variable in variables]
    for row, (place, group, spoken, answers) in enumerate(given):
        for values, word in zip(around.values(), (place, group, spoken), strict=True):
            values[row] = word
        for variable, values in zip(variables, held, strict=True):
            value = variable.value(answers)
            if value is not None:
                values[row] = _written(variable, value)
        if report_to is not None and row % 20_000 == 0:
            report_to(row)
    table = pd.DataFrame(
        {
            **around,
            **{variable.name: values for variable, values in zip(variables, held, strict=True)},
        },
        copy=False,
    )
    pyreadstat.write_sav(
        table,
        str(path),
        file_label=cut(title, 60),
        # Small numbers take one byte instead of eight; every version of SPSS reads it.
        row_compress=True,
        column_labels={
            INSTITUTION: "Institution",
            GROUP: "Group",
            LANGUAGE: "Language",
            **{
                variable.name: cut(in_language(variable.label(), language).text, LONGEST_LABEL)
                for variable in variables
            },
        },
        variable_value_labels={
            variable.name: labels
            for variable in variables
            if (labels := _value_labels(variable, language, phrases))
        },
        missing_ranges={
            variable.name: [NOT_ANSWERED]
            for variable in variables
            if _is_labelled(variable) and not _uses_nine(variable)
        },
        variable_measure={variable.name: _measure(variable) for variable in variables},
        variable_format={
            variable.name: "DATE11" for variable in variables if variable.column.kind == ColumnKind.DATE
        }
        | {
            variable.name: "F8.0"
            for variable in variables
            if _is_labelled(variable) or variable.column.kind == ColumnKind.RANK
        },
    )


def _is_labelled(variable: Variable) -> bool:
    return variable.column.kind in _LABELLED


def _uses_nine(variable: Variable) -> bool:
    return variable.numbers is not None and NOT_ANSWERED in variable.numbers.values()


def _empty(variable: Variable, count: int) -> Any:
    """Return room for one variable: words and days as objects, numbers in the smallest type that holds them."""
    kind = variable.column.kind
    if kind in {ColumnKind.TEXT, ColumnKind.DATE}:
        return np.full(count, "" if kind == ColumnKind.TEXT else None, dtype=object)
    if _is_labelled(variable) and not _uses_nine(variable):
        return np.full(count, NOT_ANSWERED, dtype=np.int16 if _is_small(variable) else np.int32)
    return np.full(count, math.nan, dtype=np.float64)


def _is_small(variable: Variable) -> bool:
    return all(abs(value) < 30_000 for value in (variable.numbers or {}).values())


def _written(variable: Variable, value: Any) -> Any:
    if variable.column.kind == ColumnKind.DATE:
        return date.fromisoformat(value)
    if variable.column.kind == ColumnKind.TEXT:
        return cut(str(value), LONGEST_WORDS)
    return value


def _value_labels(variable: Variable, language: str, phrases: tuple[str, str, str]) -> dict[int | float, str]:
    no_answer, chosen, not_chosen = phrases
    found: dict[int | float, str] = {}
    if variable.numbers is not None:
        words = {option.code: in_language(option.label, language).text for option in variable.column.options}
        found = {value: cut(words[code], LONGEST_VALUE_LABEL) for code, value in variable.numbers.items()}
    elif variable.option is not None and variable.column.kind == ColumnKind.MULTIPLE:
        found = {0: not_chosen, 1: chosen}
    if _is_labelled(variable) and not _uses_nine(variable):
        found[NOT_ANSWERED] = no_answer
    return found


def _measure(variable: Variable) -> str:
    match variable.column.kind:
        case ColumnKind.NUMBER | ColumnKind.DATE:
            return "scale"
        case ColumnKind.POINT | ColumnKind.RANK:
            return "ordinal"
    return "nominal"
