"""Sentences about questionnaires that pages show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from biosint.shared.words import in_language
from biosint.surveys.answering import plain
from biosint.surveys.columns import Column
from biosint.surveys.conditions import Clause, Condition, Verb
from biosint.surveys.definitions import Question


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
    for option in column.options:
        if option.code == value:
            return _("“%(answer)s”") % {"answer": in_language(option.label).text}
    return str(localize(plain(value))) if isinstance(value, int | float) else str(value)
