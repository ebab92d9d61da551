"""The answers of a set as columns of small numbers, ready for calculation in little memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from biosint.situation.queries.tables._building import answers_from
from biosint.situation.queries.tables._joining import SET, joined
from biosint.situation.queries.tables._keeping import is_kept, kept_or_read
from biosint.situation.queries.tables._reading import Report, nobody_listens
from biosint.situation.queries.tables._variables import MOST_CATEGORIES, Answers, Scale, Variable
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet

__all__ = [
    "FURTHER",
    "LARGE",
    "MOST_CATEGORIES",
    "SET",
    "Answers",
    "Report",
    "Scale",
    "Variable",
    "answers_of",
    "is_ready",
    "joined",
]

# Sets of this size and above are read by a job, with a bar that shows how far it is.
LARGE = 20_000

# Who else knows columns of a set, which nobody answered but somebody worked out (codes of open answers): given the
# set and the keys of its submissions in their order. Filled once, at start.
FURTHER: list[Callable[[AnswerSet, npt.NDArray[Any]], list[Variable]]] = []

# Submissions never change, so their number and the last one say whether a copy is still true. With the public
# number of the set, also a database that was emptied and filled again cannot be mistaken for itself.
_AT_HAND: OrderedDict[tuple[str, int, int], Answers] = OrderedDict()
_MOST_AT_HAND = 4


def answers_of(answer_set: AnswerSet, *, report_to: Report = nobody_listens) -> Answers:
    """Return all answers of a set in columns.

    The last few sets asked for stay at hand. Of a large set nothing is copied into memory: its columns are
    mapped from a file in the data folder, which all processes of the machine share.

    Args:
        report_to: told (rows read, rows in all) while answers are read from the database.
    """
    count, last = surveys.state_of_answers(answer_set)
    key = (str(answer_set.public_id), count, last)
    if key in _AT_HAND:
        _AT_HAND.move_to_end(key)
        return _with_further(answer_set, _AT_HAND[key])
    columns = answer_set.columns
    blocks = kept_or_read(answer_set, columns, count=count, last=last, report_to=report_to)
    answers = answers_from(answer_set, blocks, columns)
    _AT_HAND[key] = answers
    while len(_AT_HAND) > _MOST_AT_HAND:
        _AT_HAND.popitem(last=False)
    return _with_further(answer_set, answers)


def _with_further(answer_set: AnswerSet, answers: Answers) -> Answers:
    """Return answers with the columns that were worked out since; they are not kept with the others."""
    found = [variable for gives in FURTHER for variable in gives(answer_set, answers.keys)]
    if not found:
        return answers
    return replace(answers, variables={**answers.variables, **{each.code: each for each in found}})


def is_ready(answer_set: AnswerSet) -> bool:
    """Whether ``answers_of`` answers at once: the set is small, or its columns are kept as they stand now."""
    count, last = surveys.state_of_answers(answer_set)
    return (
        count < LARGE
        or (str(answer_set.public_id), count, last) in _AT_HAND
        or is_kept(answer_set, count=count, last=last)
    )
