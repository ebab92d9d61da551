"""Reads what a person sent from the page of a questionnaire. Pure: no database, no request.

Names of the fields: the code of the question or item; for a rank ``code:option``, once per option, holding
the place; for languages ``code``, several times, holding a name or a code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from biosint.shared.dates import written_day
from biosint.surveys import lists
from biosint.surveys.definitions import Definition, Question
from biosint.surveys.states import QuestionKind

LONGEST_TEXT = 4000
LONGEST_LINE = 300


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
    """Check every answer that is asked for.

    Questions left out are absent from the answers, never guessed. What was sent for a question that is
    not shown to somebody with these answers is dropped.
    """
    found = Answered()
    for section in definition.sections:
        if section.shown_if is not None and not section.shown_if.holds(found.answers):
            continue
        for question in section.questions:
            if question.shown_if is None or question.shown_if.holds(found.answers):
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
    elif question.most is not None and len(chosen) > question.most:
        found.faults[question.code] = _("Please choose no more than %(most)s.") % {
            "most": plain(question.most)
        }
    else:
        found.answers[question.code] = chosen


def _matrix(question: Question, sent: Sent, found: Answered) -> None:
    allowed = {option.code for option in question.options}
    for item in question.items:
        given = str(sent.get(item.code, ""))
        if not given:
            _missing(question, found, item.code)
        elif given in allowed:
            found.answers[item.code] = given
        else:
            found.faults[item.code] = _("Please choose one of the answers shown.")


def _rank(question: Question, sent: Sent, found: Answered) -> None:
    places: dict[str, str] = {}
    for option in question.options:
        given = str(sent.get(f"{question.code}:{option.code}", "")).strip()
        if given and given in places:
            found.faults[question.code] = _("Please give every place once: place %(place)s stands twice.") % {
                "place": given[:4]
            }
            return
        if given:
            places[given] = option.code
    if not places:
        _missing(question, found)
        return
    wanted = [str(place) for place in question.places]
    # Who must answer gives all places; who may, gives as many as they like, from the first on.
    needed = len(wanted) if question.required else len(places)
    if set(places) == set(wanted[:needed]):
        found.answers[question.code] = [places[place] for place in wanted[:needed]]
    else:
        found.faults[question.code] = _("Please give the places from 1 to %(last)s, each once.") % {
            "last": len(wanted) if question.required else min(len(places), len(wanted))
        }


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


def day_from(text: str) -> date | None:
    """Read a day as a browser sends it (2027-03-31) or as people of the region write it (31.3.2027)."""
    written = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", text.strip())
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(text.strip()) if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()) else None
    except ValueError:
        return None


def _date(question: Question, sent: Sent, found: Answered) -> None:
    given = str(sent.get(question.code, "")).strip()
    if not given:
        _missing(question, found)
        return
    day = day_from(given)
    first, last = question.earliest, question.latest
    if day is None:
        found.faults[question.code] = _("Please write a day, such as 31.3.2027.")
    elif (first and day < first) or (last and day > last):
        found.faults[question.code] = _("Please choose a day from %(first)s to %(last)s.") % {
            "first": written_day(first) if first else "…",
            "last": written_day(last) if last else "…",
        }
    else:
        found.answers[question.code] = day.isoformat()


def _country(question: Question, sent: Sent, found: Answered) -> None:
    given = str(sent.get(question.code, "")).strip()
    if not given:
        _missing(question, found)
    elif given in {option.code for option in lists.countries()}:
        found.answers[question.code] = given
    else:
        found.faults[question.code] = _("Please choose a country from the list.")


def _languages(question: Question, sent: Sent, found: Answered) -> None:
    given = [str(entry).strip() for entry in sent.getlist(question.code) if str(entry).strip()]
    if not given:
        _missing(question, found)
        return
    codes = {lists.language_code(entry): entry for entry in given}
    if None in codes:
        found.faults[question.code] = _(
            "We do not know the language “%(language)s”. Please choose it from the list."
        ) % {"language": codes[None][:40]}
    elif len(codes) > question.most_languages:
        found.faults[question.code] = _("Please choose no more than %(most)s.") % {
            "most": question.most_languages
        }
    else:
        found.answers[question.code] = sorted(code for code in codes if code)


def _text(question: Question, sent: Sent, found: Answered) -> None:
    # Zero bytes cannot be stored by PostgreSQL and carry no meaning.
    given = str(sent.get(question.code, "")).replace("\x00", "").strip()
    longest = LONGEST_LINE if question.short else LONGEST_TEXT
    if not given:
        _missing(question, found)
    elif len(given) > longest:
        found.faults[question.code] = _("Please shorten this to %(most)s characters.") % {"most": longest}
    else:
        found.answers[question.code] = given


_READERS = {
    QuestionKind.CONSENT: _consent,
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.RANK: _rank,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.COUNTRY: _country,
    QuestionKind.LANGUAGES: _languages,
    QuestionKind.TEXT: _text,
}


def given_back(definition: Definition, sent: Sent) -> Mapping[str, Any]:
    """Return what was typed, by code, so that a form with a mistake keeps everything."""
    kept: dict[str, Any] = {}
    for question in definition.questions:
        if question.kind in {QuestionKind.MULTIPLE, QuestionKind.LANGUAGES}:
            kept[question.code] = [str(entry) for entry in sent.getlist(question.code)]
        elif question.kind in {QuestionKind.SCALE, QuestionKind.MATRIX}:
            kept.update({item.code: str(sent.get(item.code, "")) for item in question.items})
        elif question.kind == QuestionKind.RANK:
            names = [f"{question.code}:{option.code}" for option in question.options]
            kept.update({name: str(sent.get(name, "")) for name in names})
        else:
            kept[question.code] = str(sent.get(question.code, ""))
    return kept
