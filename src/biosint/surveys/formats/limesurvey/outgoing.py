"""From one of our questionnaires to a ``.lss`` file, in the tables that LimeSurvey 5 and 6 write.

What LimeSurvey has no place for travels in an attribute of its question (``incoming.OWN``) and comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys import lists
from biosint.surveys.columns import Option
from biosint.surveys.definitions import Definition, Question, Section, parse
from biosint.surveys.formats import xml
from biosint.surveys.formats.limesurvey.equations import Variable, equation_of
from biosint.surveys.formats.limesurvey.incoming import OWN, Note
from biosint.surveys.formats.limesurvey.tables import Tables
from biosint.surveys.states import LANGUAGES, QuestionKind
from biosint.surveys.translations import texts_of, written_in

_TYPES = {
    QuestionKind.CONSENT: ("L", "listradio"),
    QuestionKind.SINGLE: ("L", "listradio"),
    QuestionKind.COUNTRY: ("!", "list_dropdown"),
    QuestionKind.MULTIPLE: ("M", "multiplechoice"),
    QuestionKind.LANGUAGES: ("M", "multiplechoice"),
    QuestionKind.SCALE: ("F", "arrays/array"),
    QuestionKind.MATRIX: ("F", "arrays/array"),
    QuestionKind.RANK: ("R", "ranking"),
    QuestionKind.NUMBER: ("N", "numerical"),
    QuestionKind.DATE: ("D", "date"),
    QuestionKind.TEXT: ("T", "longfreetext"),
}
LONGEST_TITLE = 20
LONGEST_ANSWER_CODE = 5


def write_survey(content: Mapping[str, Any], *, sid: int) -> tuple[bytes, list[Note]]:
    """Return a questionnaire as a ``.lss`` file, and what LimeSurvey does otherwise.

    Args:
        sid: the number LimeSurvey knows it by; six digits.
    """
    writing = _Writing(content, sid)
    return xml.write(writing.document()), writing.notes


@dataclass(slots=True)
class _Held:
    """One question while it is written: its records' numbers, its settings, and what only we remember."""

    question: Question
    title: str
    qid: int
    gid: int
    attributes: dict[str, str] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.remembered |= {"code": self.question.code, "kind": self.question.kind.value}

    def remember_renamed(self, codes: Mapping[str, str]) -> None:
        if renamed := {there: here for here, there in codes.items() if here != there}:
            self.remembered["options"] = renamed


class _Writing:
    def __init__(self, content: Mapping[str, Any], sid: int) -> None:
        self.content = content
        self.definition: Definition = parse(content)
        self.notes: list[Note] = []
        present = texts_of(content)
        self.languages = [code for code in LANGUAGES if any(written_in(text.words, code) for text in present)]
        # The base language goes first; LimeSurvey asks for every text in it.
        whole = [code for code in self.languages if written_in(self.definition.title, code)]
        self.base = whole[0] if whole else self.languages[0]
        self.languages.sort(key=lambda code: code != self.base)
        self.tables = Tables(sid)
        self.titles: set[str] = set()
        self.variables: dict[str, Variable] = {}

    def words(self, words: Mapping[str, str] | None, fallback: str = "") -> dict[str, str]:
        """Return a text for every language of the file; where it is missing it stays empty."""
        return {code: _as_html((words or {}).get(code, "") or fallback) for code in self.languages}

    def document(self) -> xml.Element:
        for number, section in enumerate(self.definition.sections, 1):
            self._section(section, number)
        self._survey()
        if self.content.get("instruments"):
            self.notes.append(
                Note(
                    "",
                    _(
                        "LimeSurvey reckons no scores; the scoring keys travel along and come back with the file."
                    ),
                )
            )
        return self.tables.document(self.languages)

    def _survey(self) -> None:
        format_code = "G" if self.definition.pages else "A"
        self.tables.survey(self.base, self.languages[1:], format_code)
        for code in self.languages:
            self.tables.survey_words(
                code,
                title=self.words(self.definition.title)[code],
                welcome=self.words(self.definition.introduction)[code],
            )

    def _section(self, section: Section, number: int) -> None:
        relevance = self._relevance(section.shown_if)
        gid = self.tables.group(
            number, relevance, self.words(section.title), self.words(section.introduction)
        )
        for place, question in enumerate(section.questions, 1):
            self._question(question, section, gid, place)

    def _relevance(self, condition: Any) -> str:
        return equation_of(condition, self.variables.__getitem__) if condition is not None else "1"

    def _question(self, question: Question, section: Section, gid: int, place: int) -> None:
        kind, theme = _TYPES[question.kind]
        if question.kind == QuestionKind.TEXT and question.short:
            kind, theme = "S", "shortfreetext"
        title = self._title(question.code, self.titles)
        qid = self.tables.question(
            gid=gid,
            kind=kind,
            theme=theme,
            title=title,
            mandatory=question.required,
            order=place,
            relevance=self._relevance(question.shown_if),
            text=self.words(question.text),
            help=self.words(question.help),
        )
        held = _Held(question, title, qid, gid)
        if section.random_order:
            held.attributes["random_group"] = f"section{gid}"
        if question.random_order:
            held.attributes["random_order"] = "1"
        if question.stay_last:
            held.remembered["stay_last"] = list(question.stay_last)
            self.notes.append(
                Note(title, _("In a random order LimeSurvey does not keep chosen answers at the end."))
            )
        if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK} and question.most is not None:
            held.attributes["max_answers"] = f"{question.most:g}"
        self._parts(held)
        for name, value in held.attributes.items():
            self.tables.attribute(qid, name, value)
        self.tables.attribute(qid, OWN, json.dumps(held.remembered, ensure_ascii=False, sort_keys=True))

    def _parts(self, held: _Held) -> None:
        question = held.question
        writers: dict[QuestionKind, Callable[[_Held], None]] = {
            QuestionKind.CONSENT: self._consent,
            QuestionKind.SINGLE: lambda held: self._choices(held, question.options),
            QuestionKind.RANK: lambda held: self._choices(held, question.options),
            QuestionKind.COUNTRY: lambda held: self._choices(held, lists.countries()),
            QuestionKind.MULTIPLE: lambda held: self._boxes(held, question.options),
            QuestionKind.LANGUAGES: self._languages,
            QuestionKind.MATRIX: self._matrix,
            QuestionKind.SCALE: self._scale,
            QuestionKind.NUMBER: self._number,
            QuestionKind.DATE: self._date,
        }
        if question.kind in writers:
            writers[question.kind](held)

    def _consent(self, held: _Held) -> None:
        held.remembered |= self._head()
        self.tables.answer(held.qid, "yes", 0, self.words(held.question.text))

    def _languages(self, held: _Held) -> None:
        held.attributes["max_answers"] = str(held.question.most_languages)
        if held.question.most is not None:
            held.remembered["most"] = int(held.question.most)
        self._boxes(held, lists.languages())

    def _matrix(self, held: _Held) -> None:
        self._choices(held, held.question.options)
        codes = self.variables.pop(held.question.code).codes
        self._rows(held, codes=codes)

    def _scale(self, held: _Held) -> None:
        shift = min(held.question.points[0], 0)
        self._points(held, shift)
        self._rows(held, shift=shift)

    def _date(self, held: _Held) -> None:
        question = held.question
        self.variables[question.code] = Variable(held.title)
        held.attributes["date_format"] = "yyyy-mm-dd"
        held.attributes["date_min"] = question.earliest.isoformat() if question.earliest else ""
        held.attributes["date_max"] = question.latest.isoformat() if question.latest else ""

    def _head(self) -> dict[str, Any]:
        found: dict[str, Any] = {"audience": self.definition.audience}
        if self.content.get("instruments"):
            found["instruments"] = self.content["instruments"]
        return found

    def _title(self, code: str, used: set[str], longest: int = LONGEST_TITLE) -> str:
        """Return a code as LimeSurvey takes it: letters and digits, not too long, met only once."""
        base = re.sub(r"[^A-Za-z0-9]", "", code)[:longest] or "A"
        title, number = base, 2
        while title.lower() in used:
            ending = str(number)
            title, number = base[: longest - len(ending)] + ending, number + 1
        used.add(title.lower())
        return title

    def _choices(self, held: _Held, options: Sequence[Option]) -> None:
        used: set[str] = set()
        codes: dict[str, str] = {}
        for place, option in enumerate(options):
            codes[option.code] = self._title(option.code, used, LONGEST_ANSWER_CODE)
            self.tables.answer(held.qid, codes[option.code], place, self.words(option.label))
        held.remember_renamed(codes)
        self.variables[held.question.code] = Variable(held.title, codes=codes)

    def _boxes(self, held: _Held, options: Sequence[Option]) -> None:
        used: set[str] = set()
        codes: dict[str, str] = {}
        for place, option in enumerate(options):
            codes[option.code] = self._title(option.code, used)
            self.tables.subquestion(held.qid, held.gid, codes[option.code], place, self.words(option.label))
        held.remember_renamed(codes)
        names = {option: f"{held.title}_{own}" for option, own in codes.items()}
        self.variables[held.question.code] = Variable(held.title, options=names)

    def _rows(self, held: _Held, *, codes: Mapping[str, str] | None = None, shift: int = 0) -> None:
        used: set[str] = set()
        items: dict[str, str] = {}
        turned: list[str] = []
        for place, item in enumerate(held.question.items):
            own = self._title(item.code, used)
            items[own] = item.code
            if item.reversed:
                turned.append(own)
            self.tables.subquestion(held.qid, held.gid, own, place, self.words(item.text))
            self.variables[item.code] = Variable(f"{held.title}_{own}", codes=codes, shift=shift)
        held.remembered["items"] = items
        if turned:
            held.remembered["reversed"] = turned
            self.notes.append(
                Note(held.title, _("LimeSurvey does not turn statements that are worded against the others."))
            )

    def _points(self, held: _Held, shift: int) -> None:
        question = held.question
        first, last = question.points[0], question.points[-1]
        ends = {first: question.low_label, last: question.high_label}
        if shift:
            held.remembered["shift"] = shift
            self.notes.append(
                Note(held.title, _("Points below nought are moved up, because LimeSurvey has no such codes."))
            )
        for place, point in enumerate(question.points):
            words = question.point_labels.get(point) or ends.get(point) or {}
            self.tables.answer(held.qid, str(point - shift), place, self.words(words, str(point)))
        lone = [str(point) for point, words in ends.items() if words and not question.point_labels.get(point)]
        if lone:
            held.remembered["ends"] = lone
        for name, point in (("low_label", first), ("high_label", last)):
            if ends[point] and question.point_labels.get(point):
                held.remembered[name] = dict(ends[point] or {})

    def _number(self, held: _Held) -> None:
        question = held.question
        self.variables[question.code] = Variable(held.title)
        for name, value in (("min_num_value_n", question.least), ("max_num_value_n", question.most)):
            if value is not None:
                held.attributes[name] = f"{value:.15g}"
        for code, unit in question.unit.items():
            self.tables.attribute(held.qid, "suffix", unit, code)


def _as_html(words: str) -> str:
    """Texts of LimeSurvey are HTML."""
    return escape(words, quote=False).replace("\n", "<br />")
