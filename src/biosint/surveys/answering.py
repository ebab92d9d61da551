"""Reads what a person sent from the page of a questionnaire. Pure: no database, no request."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from biosint.surveys.definitions import Definition, Question
from biosint.surveys.states import QuestionKind

LONGEST_TEXT = 4000


class Sent(Protocol):
    """The part of a posted form that is needed: Django's QueryDict has it."""

    def get(self, key: str, default: str, /) -> Any: ...
    def getlist(self, key: str, /) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """What was understood, and per question (or statement) what was not."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read_answers(definition: Definition, sent: Sent) -> Answered:
    """Check every answer. Questions left out are absent from the answers, never guessed."""
    found = Answered()
    for question in definition.questions:
        _READERS[question.kind](question, sent, found)
    return found


def _consent(question: Question, sent: Sent, found: Answered) -> None:
    if sent.get(question.code, "") != "yes":
        found.faults[question.code] = _("Please agree first. Without your agreement nothing is kept.")


def _missing(question: Question, found: Answered, code: str = "") -> None:
    if question.required:
        found.faults[code or question.code] = _("Please answer this question.")


def _single(question: Question, sent: Sent, found: Answered) -> None:
    given = str(sent.get(question.code, ""))
    if not given:
        _missing(question, found)
    elif given in {option.code for option in question.options}:
        found.answers[question.code] = given
    else:
        found.faults[question.code] = _("Please choose one of the answers shown.")


def _multiple(question: Question, sent: Sent, found: Answered) -> None:
    given = [str(entry) for entry in sent.getlist(question.code) if entry]
    if not given:
        _missing(question, found)
        return
    chosen = [option.code for option in question.options if option.code in given]
    if len(chosen) != len(set(given)):
        found.faults[question.code] = _("Please choose from the answers shown.")
    else:
        found.answers[question.code] = chosen


def _scale(question: Question, sent: Sent, found: Answered) -> None:
    allowed = {str(point): point for point in question.points}
    for item in question.items:
        given = str(sent.get(item.code, ""))
        if not given:
            _missing(question, found, item.code)
        elif given in allowed:
            found.answers[item.code] = allowed[given]
        else:
            found.faults[item.code] = _("Please choose one of the points shown.")


def number_from(text: str) -> float | None:
    """Read a number as people of the region write it: “1,5” and “1.5” are the same."""
    if "_" in text:
        return None
    try:
        value = float(text.strip().replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def plain(value: float) -> float | int:
    """Return a whole number as ``int``: 21, not 21.0, in files and on pages."""
    return int(value) if value == int(value) else value


def _number(question: Question, sent: Sent, found: Answered) -> None:
    given = str(sent.get(question.code, "")).strip()
    if not given:
        _missing(question, found)
        return
    value = number_from(given)
    low, high = question.least, question.most
    if value is None:
        found.faults[question.code] = _("Please write a number, such as 3.")
    elif (low is not None and value < low) or (high is not None and value > high):
        found.faults[question.code] = _("Please write a number from %(least)s to %(most)s.") % {
            "least": "…" if low is None else plain(low),
            "most": "…" if high is None else plain(high),
        }
    else:
        found.answers[question.code] = plain(value)


def _text(question: Question, sent: Sent, found: Answered) -> None:
    # Zero bytes cannot be stored by PostgreSQL and carry no meaning.
    given = str(sent.get(question.code, "")).replace("\x00", "").strip()
    if not given:
        _missing(question, found)
    elif len(given) > LONGEST_TEXT:
        found.faults[question.code] = _("Please shorten this to %(most)s characters.") % {
            "most": LONGEST_TEXT
        }
    else:
        found.answers[question.code] = given


_READERS = {
    QuestionKind.CONSENT: _consent,
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.TEXT: _text,
}


def given_back(definition: Definition, sent: Sent) -> Mapping[str, Any]:
    """Return what was typed, by code, so that a form with a mistake keeps everything."""
    kept: dict[str, Any] = {}
    for question in definition.questions:
        if question.kind == QuestionKind.MULTIPLE:
            kept[question.code] = [str(entry) for entry in sent.getlist(question.code)]
        elif question.kind == QuestionKind.SCALE:
            kept.update({item.code: str(sent.get(item.code, "")) for item in question.items})
        else:
            kept[question.code] = str(sent.get(question.code, ""))
    return kept
