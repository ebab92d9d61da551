"""Answers of several sets as one, with the set as a further column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from biosint.situation.queries.tables._variables import MISSING, Answers, Scale, Variable, as_numbers
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

# The column that says which set an answer is from; no question can have this code.
SET = "@set"


def joined(parts: Sequence[tuple[surveys.Option, Answers]]) -> Answers:
    """Return the answers of several sets with the questions that all of them ask alike.

    Args:
        parts: for each set its name as an answer, and its answers.
    """
    first = parts[0][1]
    variables: dict[str, Variable] = {}
    for code, variable in first.variables.items():
        same = [answers.variables.get(code) for _name, answers in parts]
        found = _stacked([one for one in same if one is not None]) if all(same) else None
        if found is not None:
            variables[code] = replace(found, label=variable.label)
    sizes = [answers.n for _name, answers in parts]
    variables[SET] = Variable(
        code=SET,
        kind=ColumnKind.SINGLE,
        label={"en": "Asked of", "sr": "Питани", "sq": "Të pyeturit"},
        stored=np.repeat(np.arange(len(parts), dtype=np.int8), sizes),
        options=tuple(name for name, _answers in parts),
    )
    scales = {
        code: Scale(code, scale.label, tuple(variables[item.code] for item in scale.items))
        for code, scale in first.scales.items()
        if all(item.code in variables for item in scale.items)
    }
    return Answers(
        n=sum(sizes),
        variables=variables,
        keys=np.concatenate([answers.keys for _name, answers in parts]),
        scales=scales,
    )


def _stacked(same: Sequence[Variable]) -> Variable | None:
    """One column out of the same column of several sets; None where they ask different things under one code."""
    first = same[0]
    if any(one.kind != first.kind or bool(one.options) != bool(first.options) for one in same):
        return None
    if any((one.least, one.most) != (first.least, first.most) for one in same):
        return None
    if not first.options:
        if all(one.stored.dtype.kind == "i" for one in same):
            return replace(first, stored=np.concatenate([one.stored for one in same]))
        return replace(first, stored=np.concatenate([as_numbers(one.stored) for one in same]))
    options = {option.code: option for one in same for option in one.options}
    places = {code: place for place, code in enumerate(options)}
    parts = []
    for one in same:
        # The last entry is what place -1, missing, leads to.
        table = np.array([*(places[option.code] for option in one.options), MISSING], dtype=np.int16)
        parts.append(table[one.stored])
    stored = np.concatenate(parts)
    return replace(
        first,
        stored=stored.astype(np.int8) if len(options) < 127 else stored,
        options=tuple(options.values()),
    )
