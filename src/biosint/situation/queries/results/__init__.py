"""Answers questions put to a set of answers. Every figure comes from ``iahcalc``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from biosint.situation.queries import weightings
from biosint.situation.queries.results._compare import compare
from biosint.situation.queries.results._crosstab import crosstab
from biosint.situation.queries.results._difference import difference
from biosint.situation.queries.results._family import controlled
from biosint.situation.queries.results._items import items
from biosint.situation.queries.results._layers import in_layers
from biosint.situation.queries.results._paired import paired
from biosint.situation.queries.results._reliability import reliability
from biosint.situation.queries.results._shared import (
    Assumed,
    CannotAnswer,
    Line,
    Part,
    Result,
    Test,
    blurred,
    exact_of,
    limited,
    people_in,
    smallest_shown,
    source_of,
    weighting_sentence,
    weights_of,
)
from biosint.situation.queries.tables import Answers, answers_of
from biosint.situation.questions import WITH_EARLIER, Question
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.surveys.models import AnswerSet

__all__ = [
    "Assumed",
    "CannotAnswer",
    "Line",
    "Part",
    "Result",
    "Test",
    "blurred",
    "controlled",
    "exact_of",
    "limited",
    "people_in",
    "smallest_shown",
    "source_of",
    "weighting_sentence",
    "weights_of",
    "work_out",
]


# Kinds of questions that are not asked again within groups.
UNLAYERED = frozenset({"reliability", "items"})


def work_out(answer_set: AnswerSet, question: Question) -> Result:
    """Answer one question.

    Raises:
        CannotAnswer: with a sentence that says what to choose instead.
    """
    try:
        everybody = weightings.weighted(
            answers_of(answer_set), weightings.wanted(answer_set, question.weighting)
        )
    except weightings.CannotWeight as fault:
        raise CannotAnswer(str(fault)) from fault
    answers, at_institution = limited(
        everybody, question.institution, smallest=smallest_shown(answer_set, everybody)
    )
    smallest = smallest_shown(answer_set, answers, at_institution=at_institution)
    if smallest and answers.n < smallest:
        raise CannotAnswer(_("Too few people answered to show a result without anybody being recognised."))
    if smallest and question.weight not in {"", answer_set.weight_code}:
        # Weighted by age, a cell of one person would pass for a group, and say how old the person is.
        raise CannotAnswer(_("Here each answer is one person. Leave the column of counts empty."))
    source = source_of(answer_set, answers)
    if question.kind in WITH_EARLIER:
        return _since_earlier(answer_set, everybody, question, smallest=smallest)
    result = replace(
        _worked_out(answers, question, smallest=smallest, source=source),
        weighting=weighting_sentence(answers, question),
    )
    if question.layer and question.kind not in UNLAYERED:
        return in_layers(result, answers, question, smallest=smallest, work_out=_worked_out)
    return result


def _since_earlier(answer_set: AnswerSet, after: Answers, question: Question, *, smallest: int) -> Result:
    """Answer a question that looks at an earlier set too."""
    earlier = (
        surveys.AnswerSet.objects.filter(pk=question.earlier, is_complete=True).first()
        if question.earlier.isdecimal()
        else None
    )
    if earlier is None or earlier.pk == answer_set.pk:
        raise CannotAnswer(_("Choose the answers from before."))
    before = answers_of(earlier)
    protected = max(smallest, smallest_shown(earlier, before))
    compare_times = paired if question.kind == "paired" else difference
    return compare_times(
        before,
        after,
        question,
        surveys.pairs_between(earlier, answer_set),
        sets=(earlier, answer_set),
        smallest=protected,
        source=f"{source_of(earlier, before)}; {source_of(answer_set, after)}",
    )


def _worked_out(answers: Answers, question: Question, *, smallest: int, source: str) -> Result:
    match question.kind:
        case "compare":
            return compare(answers, question, smallest=smallest, source=source)
        case "reliability":
            return reliability(answers, question, smallest=smallest)
        case "items":
            return items(answers, question, smallest=smallest, source=source)
        case _:
            return crosstab(answers, question, smallest=smallest, source=source)
