"""The results that an analysis keeps, worked out anew and seen among each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from biosint.situation import questions
from biosint.situation.queries import results

if TYPE_CHECKING:
    from biosint.situation.models import Analysis
    from biosint.situation.questions import Question


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of an analysis, counted from 0: its result, or the sentence that says why there is none."""

    place: int
    question: Question
    remark: str
    result: results.Result | None
    hindrance: str = ""


def results_of(analysis: Analysis) -> list[Kept]:
    """Return every result of an analysis in its order; each test knows its chance among all of them."""
    found = []
    for place, entry in enumerate(analysis.results):
        question = questions.from_json(entry["question"])
        try:
            result, hindrance = results.work_out(analysis.answer_set, question), ""
        except results.CannotAnswer as fault:
            result, hindrance = None, str(fault)
        found.append(Kept(place, question, entry["remark"], result, hindrance))
    seen = iter(results.controlled([one.result for one in found if one.result is not None]))
    return [one if one.result is None else replace(one, result=next(seen)) for one in found]
