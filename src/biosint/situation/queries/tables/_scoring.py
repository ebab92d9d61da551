"""Scores of instruments beside the answers they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from biosint.situation.queries.tables._variables import MISSING, Variable, as_numbers
from biosint.surveys import api as surveys
from biosint.surveys.api import ColumnKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.situation.queries.tables._reading import Blocks
    from biosint.surveys.models import AnswerSet

_SCORE = "@score "


def with_scores(blocks: Blocks, answer_set: AnswerSet) -> Blocks:
    """Add every score of every instrument of the questionnaire, so that it is worked out once."""
    made: dict[str, npt.NDArray[Any]] = {}
    for instrument in answer_set.instruments:
        if all(item in blocks.arrays for item in instrument.items):
            answers = {item: as_numbers(blocks.arrays[item]) for item in instrument.items}
            found = surveys.scores(instrument, answers)
            made |= {f"{_SCORE}{code}": values for code, values in found.items()}
    return replace(blocks, arrays={**blocks.arrays, **made})


def score_variables(answer_set: AnswerSet, arrays: Mapping[str, npt.NDArray[Any]]) -> Iterator[Variable]:
    """Yield each score as a number, and where it has cut-offs, its bands as a choice."""
    for instrument in answer_set.instruments:
        for code, title in instrument.score_titles.items():
            stored = arrays.get(f"{_SCORE}{code}")
            if stored is None:
                continue
            least, most = instrument.score_range(code)
            yield Variable(
                code=code, kind=ColumnKind.NUMBER, label=title, stored=stored, least=least, most=most
            )
            labels, places = surveys.bands(instrument, code, stored)
            if labels:
                yield Variable(
                    code=f"{code}:band",
                    kind=ColumnKind.SINGLE,
                    label=surveys.joined(title, BAND),
                    stored=np.where(np.isnan(places), MISSING, places).astype(np.int8),
                    options=tuple(surveys.Option(str(place), label) for place, label in enumerate(labels)),
                )


BAND = {"en": "bands", "sr": "нивои", "sq": "nivelet"}
