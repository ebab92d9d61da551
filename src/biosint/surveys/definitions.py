"""The content of a questionnaire: what is asked, in which words and languages. Pure, no database.

A definition is written as plain nested data (YAML in the supplied templates, JSON in the database);
``parse`` turns it into the objects below or says what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault
from biosint.surveys.columns import Column, Option
from biosint.surveys.states import LANGUAGES, RESERVED, ColumnKind, QuestionKind

Words = Mapping[str, str]

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_OPTIONS = 60
MOST_QUESTIONS = 300


class DefinitionFault(Fault):
    """The questionnaire cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of a scale; ``reversed`` marks one worded against the others."""

    code: str
    text: Words
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Which of the later fields matter depends on ``kind``."""

    code: str
    kind: QuestionKind
    text: Words
    help: Words
    required: bool
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    least: float | None = None
    most: float | None = None
    low_label: Words | None = None
    high_label: Words | None = None

    @property
    def points(self) -> range:
        """The points of a scale, both ends included."""
        return range(int(self.least or 1), int(self.most or 5) + 1)

    def columns(self) -> Iterator[Column]:
        match self.kind:
            case QuestionKind.CONSENT:
                return
            case QuestionKind.SCALE:
                for item in self.items:
                    yield Column(
                        code=item.code,
                        kind=ColumnKind.POINT,
                        label=item.text,
                        scale=self.code,
                        scale_label=self.text,
                        reversed=item.reversed,
                        least=self.least,
                        most=self.most,
                    )
            case QuestionKind.SINGLE:
                yield Column(self.code, ColumnKind.SINGLE, self.text, options=self.options)
            case QuestionKind.MULTIPLE:
                yield Column(self.code, ColumnKind.MULTIPLE, self.text, options=self.options)
            case QuestionKind.NUMBER:
                yield Column(self.code, ColumnKind.NUMBER, self.text, least=self.least, most=self.most)
            case QuestionKind.TEXT:
                yield Column(self.code, ColumnKind.TEXT, self.text)


@dataclass(frozen=True, slots=True)
class Section:
    title: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    title: Words
    introduction: Words
    audience: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def columns(self) -> list[Column]:
        return [column for question in self.questions for column in question.columns()]


def parse(raw: Any) -> Definition:
    """Read a definition.

    Raises:
        DefinitionFault: a sentence that names the question and what is missing or wrong.
    """
    body = _mapping(raw, _("The questionnaire"))
    sections = tuple(
        Section(
            title=_words(part.get("title"), _("Section %(number)s") % {"number": number}),
            questions=tuple(
                _question(entry)
                for entry in _list(part.get("questions"), _("Section %(number)s") % {"number": number})
            ),
        )
        for number, part in enumerate(
            (
                _mapping(entry, _("A section"))
                for entry in _list(body.get("sections"), _("The questionnaire"))
            ),
            1,
        )
    )
    definition = Definition(
        title=_words(body.get("title"), _("The title")),
        introduction=_words(body.get("introduction"), _("The introduction")),
        audience=str(body.get("audience", "others")),
        sections=sections,
    )
    _check(definition)
    return definition


def _check(definition: Definition) -> None:
    questions = definition.questions
    if not questions or questions[0].kind != QuestionKind.CONSENT:
        raise DefinitionFault(_("The first question must ask for consent."))
    if sum(question.kind == QuestionKind.CONSENT for question in questions) > 1:
        raise DefinitionFault(_("Consent is asked once, at the beginning."))
    if len(questions) > MOST_QUESTIONS:
        raise DefinitionFault(
            _("A questionnaire holds no more than %(most)s questions.") % {"most": MOST_QUESTIONS}
        )
    codes = [question.code for question in questions]
    codes += [item.code for question in questions for item in question.items]
    for code in codes:
        if not CODE.fullmatch(code) or code in RESERVED:
            raise DefinitionFault(
                _("“%(code)s” cannot be the code of a question: use small letters, digits and _, at most 40.")
                % {"code": code}
            )
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise DefinitionFault(_("The code “%(code)s” is used twice.") % {"code": min(twice)})


def _question(raw: Any) -> Question:
    entry = _mapping(raw, _("A question"))
    code = str(entry.get("code", ""))
    where = _("Question “%(code)s”") % {"code": code}
    try:
        kind = QuestionKind(str(entry.get("kind")))
    except ValueError:
        raise DefinitionFault(
            _("%(where)s: the kind “%(kind)s” does not exist.") % {"where": where, "kind": entry.get("kind")}
        ) from None
    question = Question(
        code=code,
        kind=kind,
        text=_words(entry.get("text"), where),
        help=_words(entry.get("help", {}), where, needed=False),
        required=bool(entry.get("required", kind == QuestionKind.CONSENT)),
        options=tuple(_option(part, where) for part in entry.get("options") or []),
        items=tuple(_item(part, where) for part in entry.get("items") or []),
        least=_number(entry.get("least"), where),
        most=_number(entry.get("most"), where),
        low_label=_words(entry.get("low_label", {}), where, needed=False),
        high_label=_words(entry.get("high_label", {}), where, needed=False),
    )
    if kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        codes = [option.code for option in question.options]
        if not 2 <= len(codes) <= MOST_OPTIONS or len(set(codes)) < len(codes):
            raise DefinitionFault(
                _("%(where)s needs from 2 to %(most)s different answers to choose from.")
                % {"where": where, "most": MOST_OPTIONS}
            )
    if kind == QuestionKind.SCALE and (
        len(question.items) < 1
        or question.least is None
        or question.most is None
        or not 1 <= question.most - question.least <= 10
    ):
        raise DefinitionFault(
            _("%(where)s needs statements and a scale of 2 to 11 points.") % {"where": where}
        )
    if question.least is not None and question.most is not None and question.least >= question.most:
        raise DefinitionFault(
            _("%(where)s: the smallest value must be below the largest.") % {"where": where}
        )
    return question


def _option(raw: Any, where: str) -> Option:
    entry = _mapping(raw, where)
    code = str(entry.get("code", ""))
    if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", code):
        raise DefinitionFault(
            _("%(where)s: “%(code)s” cannot be the code of an answer.") % {"where": where, "code": code}
        )
    return Option(code=code, label=_words(entry.get("label"), where))


def _item(raw: Any, where: str) -> Item:
    entry = _mapping(raw, where)
    return Item(
        code=str(entry.get("code", "")),
        text=_words(entry.get("text"), where),
        reversed=bool(entry.get("reversed", False)),
    )


def _mapping(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise DefinitionFault(_("%(where)s is not written as named parts.") % {"where": where})
    return raw


def _list(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise DefinitionFault(_("%(where)s has nothing in it.") % {"where": where})
    return raw


def _words(raw: Any, where: str, *, needed: bool = True) -> Words:
    found = {str(code): str(text).strip() for code, text in _mapping(raw, where).items() if str(text).strip()}
    unknown = found.keys() - set(LANGUAGES)
    if unknown:
        raise DefinitionFault(
            _("%(where)s is written in “%(language)s”; use %(languages)s.")
            % {"where": where, "language": min(unknown), "languages": ", ".join(LANGUAGES)}
        )
    if needed and not found:
        raise DefinitionFault(_("%(where)s has no text in any language.") % {"where": where})
    return found


def _number(raw: Any, where: str) -> float | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise DefinitionFault(_("%(where)s: “%(value)s” is not a number.") % {"where": where, "value": raw})
    return raw
