"""Sentences about questionnaires that pages show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.utils.formats import localize
from django.utils.translation import gettext as _

from biosint.shared.words import in_language
from biosint.surveys.answering import plain
from biosint.surveys.columns import Column
from biosint.surveys.conditions import Clause, Condition, Verb
from biosint.surveys.definitions import Definition, Question
from biosint.surveys.instruments import scores


def condition_sentence(condition: Condition, columns: Iterable[Column]) -> str:
    """Say when something is asked, e.g. “Only if you answered “Yes” to “Abroad?”.”"""
    by_code = {column.code: column for column in columns}
    parts = [_clause_words(clause, by_code[clause.code]) for clause in condition.clauses]
    between = _(" or ") if condition.any_holds else _(" and ")
    return _("Only if %(conditions)s.") % {"conditions": between.join(parts)}


def range_sentence(question: Question) -> str:
    """Say which numbers can be answered; nothing where all can."""
    bounds = {
        name: localize(plain(bound))
        for name, bound in (("least", question.least), ("most", question.most))
        if bound is not None
    }
    match sorted(bounds):
        case ["least", "most"]:
            return _("A number from %(least)s to %(most)s") % bounds
        case ["least"]:
            return _("A number from %(least)s on") % bounds
        case ["most"]:
            return _("A number up to %(most)s") % bounds
        case _:
            return ""


def _clause_words(clause: Clause, column: Column) -> str:
    given = {
        "question": in_language(column.label).text,
        "answer": _(" or ").join(_answer_words(value, column) for value in clause.values),
    }
    match clause.verb:
        case Verb.IS | Verb.CHOSEN:
            return _("you answered %(answer)s to “%(question)s”") % given
        case Verb.IS_NOT:
            return _("you answered something else than %(answer)s to “%(question)s”") % given
        case Verb.NOT_CHOSEN:
            return _("you did not choose %(answer)s at “%(question)s”") % given
        case Verb.AT_LEAST:
            return _("you answered %(answer)s or more to “%(question)s”") % given
        case Verb.AT_MOST:
            return _("you answered %(answer)s or less to “%(question)s”") % given


def _answer_words(value: Any, column: Column) -> str:
    words = _given_words(value, column)
    return _("“%(answer)s”") % {"answer": words} if column.options else words


def answers_in_words(definition: Definition, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return every answer of one person beside its question, in the reader's language."""
    return [
        (in_language(column.label).text, _given_words(answers[column.code], column))
        for column in definition.columns()
        if column.code in answers
    ]


def _given_words(given: Any, column: Column) -> str:
    if isinstance(given, list):
        return ", ".join(_given_words(part, column) for part in given)
    for option in column.options:
        if option.code == given:
            return in_language(option.label).text
    return str(localize(plain(given))) if isinstance(given, int | float) else str(given)


def scores_of_one(definition: Definition, answers: Mapping[str, Any]) -> list[tuple[str, float | None]]:
    """Return every score of one person beside its name; None where too little was answered."""
    found: list[tuple[str, float | None]] = []
    for instrument in definition.instruments:
        points = {
            item: np.array([answers.get(item, math.nan)], dtype=np.float64) for item in instrument.items
        }
        for code, values in scores(instrument, points).items():
            score = float(values[0])
            found.append(
                (in_language(instrument.score_titles[code]).text, None if math.isnan(score) else score)
            )
    return found
