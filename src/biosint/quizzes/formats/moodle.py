"""Moodle XML: reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from biosint.quizzes.content import Accepted, NumberKey, Option, Pair, Question, Words
from biosint.quizzes.formats import xml
from biosint.quizzes.formats.codes import codes
from biosint.quizzes.formats.found import MOST_QUESTIONS, Found, Notes, Unreadable, judged
from biosint.quizzes.formats.texts import as_markdown, said
from biosint.quizzes.states import QuestionKind


def read(content: bytes, *, language: str) -> list[Found]:
    """Return every question of a file.

    Args:
        language: in which the questions are written; the format does not say.

    Raises:
        Unreadable: no XML, not of Moodle, unsafe, or without any question.
    """
    root = xml.read(content)
    if xml.name_of(root) != "quiz":
        raise Unreadable(_("This is no question file of Moodle: it does not begin with “quiz”."))
    found: list[Found] = []
    folder = ""
    for element in root.findall("question"):
        if element.get("type") == "category":
            folder = _folder(_text(element.find("category")))
            continue
        found.append(_Reader(element, language).found(folder))
        if len(found) > MOST_QUESTIONS:
            raise Unreadable(_("The file holds more than %(most)s questions.") % {"most": MOST_QUESTIONS})
    if not found:
        raise Unreadable(_("No question was found in the file."))
    return found


def _folder(path: str) -> str:
    parts = [part.strip().replace("//", "/") for part in path.split("/")]
    return "/".join(part for part in parts if part and not part.startswith("$") and part != "top")


def _text(element: Element | None) -> str:
    """Return the text inside, or that of a ``text`` element inside."""
    if element is None:
        return ""
    inside = element.find("text")
    return ((inside if inside is not None else element).text or "").strip()


def _number(text: str, otherwise: str = "0") -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", ".") or otherwise)
    except InvalidOperation:
        return Decimal(otherwise)
    return number if number.is_finite() else Decimal(otherwise)


class _Reader:
    """Reads one ``question`` element."""

    def __init__(self, element: Element, language: str) -> None:
        self.element = element
        self.language = language
        self.notes = Notes()
        self.kind = element.get("type", "")

    def found(self, folder: str) -> Found:
        name = " ".join(_text(self.element.find("name")).split())[:150]
        tags = tuple(_text(tag) for tag in self.element.iterfind("tags/tag"))
        reader = self._readers().get(self.kind)
        if reader is None:
            return Found(name, None, (_not_carried(self.kind),), folder, tags)
        content = reader(self._plain(name))
        if self.element.find("hint") is not None:
            self.notes.add(_("Hints are not carried."))
        return judged(Found(name, content, tuple(self.notes.sentences), folder, tags))

    def _readers(self) -> dict[str, Callable[[Question], Question]]:
        return {
            "multichoice": self._choices,
            "truefalse": self._truth,
            "shortanswer": self._words,
            "numerical": self._numbers,
            "matching": self._pairs,
            "ordering": self._order,
            "essay": self._essay,
        }

    def _value(self, name: str) -> str:
        return _text(self.element.find(name))

    def _flag(self, name: str, *, otherwise: bool) -> bool:
        word = self._value(name).lower()
        return word in ("1", "true") if word else otherwise

    def _markdown(self, element: Element | None, inherited: str = "html") -> str:
        if element is None:
            return ""
        if element.find("file") is not None:
            self.notes.add(_("Files inside the text are not carried; put pictures on this site."))
        return as_markdown(_text(element), element.get("format", inherited), self.notes)

    def _said(self, element: Element | None, inherited: str = "html") -> Words:
        return said(self._markdown(element, inherited), self.language)

    def _plain(self, name: str) -> Question:
        """What questions of all types have."""
        points = _number(self._value("defaultgrade"), "1")
        if points <= 0:
            self.notes.add(_("It is worth no points there; here it is worth 1."))
            points = Decimal(1)
        return Question(
            kind=QuestionKind.TEXT,
            title=name,
            text=self._said(self.element.find("questiontext")),
            points=points.quantize(Decimal("0.01")),
            feedback=self._said(self.element.find("generalfeedback")),
        )

    def _combined(self, question: Question) -> Question:
        if self._markdown(self.element.find("partiallycorrectfeedback")) not in (
            "",
            self._markdown(self.element.find("incorrectfeedback")),
        ):
            self.notes.add(
                _("Feedback for partly right answers is not carried; those see that for wrong ones.")
            )
        return replace(
            question,
            feedback_right=self._said(self.element.find("correctfeedback")),
            feedback_wrong=self._said(self.element.find("incorrectfeedback")),
        )

    def _choices(self, question: Question) -> Question:
        one = self._flag("single", otherwise=True)
        options = tuple(
            Option(
                code,
                self._said(answer),
                _number(answer.get("fraction", "0")),
                self._said(answer.find("feedback")),
            )
            for code, answer in zip(codes(), self.element.iterfind("answer"), strict=False)
        )
        kind = QuestionKind.CHOICE if one else QuestionKind.MULTIPLE
        shuffle = self._flag("shuffleanswers", otherwise=True)
        return self._combined(replace(question, kind=kind, options=options, shuffle=shuffle))

    def _truth(self, question: Question) -> Question:
        options = []
        for answer in self.element.iterfind("answer"):
            is_true = _text(answer).lower() == "true"
            options.append(
                Option(
                    "true" if is_true else "false",
                    said(_("True") if is_true else _("False"), self.language),
                    _number(answer.get("fraction", "0")),
                    self._said(answer.find("feedback")),
                )
            )
        options.sort(key=lambda option: option.code, reverse=True)
        return replace(question, kind=QuestionKind.CHOICE, options=tuple(options), shuffle=False)

    def _words(self, question: Question) -> Question:
        return replace(
            question,
            accepted=tuple(
                Accepted(
                    _text(answer), _number(answer.get("fraction", "0")), self._said(answer.find("feedback"))
                )
                for answer in self.element.iterfind("answer")
                if _text(answer) != "*" or _number(answer.get("fraction", "0"))
            ),
            ignore_case=not self._flag("usecase", otherwise=False),
            ignore_accents=False,
        )

    def _numbers(self, question: Question) -> Question:
        keys = []
        for answer in self.element.iterfind("answer"):
            if _text(answer) == "*":
                self.notes.add(
                    _("An answer for all other numbers is not carried; use the feedback for wrong ones.")
                )
                continue
            value = _number(_text(answer), "NaN") if _text(answer) else None
            if value is None or not value.is_finite():
                self.notes.add(_("“%(text)s” is no number.") % {"text": _text(answer)[:60]})
                continue
            keys.append(
                NumberKey(
                    value,
                    abs(_number(_text(answer.find("tolerance")))),
                    share=_number(answer.get("fraction", "0")),
                    feedback=self._said(answer.find("feedback")),
                )
            )
        return replace(question, kind=QuestionKind.NUMBER, numbers=tuple(keys), unit=self._unit())

    def _unit(self) -> str:
        units = self.element.findall("units/unit")
        if len(units) > 1:
            self.notes.add(_("Only the first unit is carried; answers in others are not converted."))
        return _text(units[0].find("unit_name"))[:30] if units else ""

    def _pairs(self, question: Question) -> Question:
        pairs = tuple(
            Pair(code, self._said(part), said(_text(part.find("answer")), self.language))
            for code, part in zip(codes(), self.element.iterfind("subquestion"), strict=False)
        )
        return self._combined(replace(question, kind=QuestionKind.MATCH, pairs=pairs))

    def _order(self, question: Question) -> Question:
        options = tuple(
            Option(code, self._said(answer))
            for code, answer in zip(codes(), self.element.iterfind("answer"), strict=False)
        )
        if self._value("gradingtype") not in ("", "1", "RELATIVE_NEXT_EXCLUDE_LAST"):
            self.notes.add(_("Marked here by the neighbours that follow each other rightly."))
        return self._combined(replace(question, kind=QuestionKind.ORDER, options=options))

    def _essay(self, question: Question) -> Question:
        if self._markdown(self.element.find("graderinfo")):
            self.notes.add(_("Words for those who mark are not carried: here learners would see them."))
        if _number(self._value("attachments")):
            self.notes.add(_("Files with the answer are not possible here; use an activity with a product."))
        return question


def _not_carried(kind: str) -> str:
    names = {
        "cloze": _("Gaps in a text (Cloze) are not carried. Write single questions instead."),
        "multianswer": _("Gaps in a text (Cloze) are not carried. Write single questions instead."),
        "description": _("This is a text without a question. Put it on a page of the course."),
        "random": _("A draw by chance is not carried. Draw by a tag in the quiz instead."),
    }
    return names.get(
        kind, _("Questions of the type “%(type)s” are not carried.") % {"type": kind[:60] or "?"}
    )
