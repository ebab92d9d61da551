"""Moodle XML: writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from biosint.quizzes.content import Question
from biosint.quizzes.content.marking import margin
from biosint.quizzes.content.plain import plainly
from biosint.quizzes.content.question import FULL
from biosint.quizzes.formats import xml
from biosint.quizzes.formats.found import Found, Notes, Written
from biosint.quizzes.states import QuestionKind
from biosint.shared.words import in_language

TYPES = {
    QuestionKind.CHOICE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.ORDER: "ordering",
    QuestionKind.MATCH: "matching",
    QuestionKind.NUMBER: "numerical",
    QuestionKind.TEXT: "shortanswer",
}


def write(questions: Iterable[Found], *, language: str) -> Written:
    """Return the questions in one language, in the order given, with what the format cannot hold."""
    root = Element("quiz")
    left: dict[str, list[str]] = {}
    folder = ""
    for found in questions:
        if found.content is None:
            continue
        if found.folder != folder:
            folder = found.folder
            category = SubElement(SubElement(root, "question", type="category"), "category")
            SubElement(category, "text").text = xml.clean(f"$course$/top/{folder}")
        notes = Notes()
        element = _Writer(found.content, language, notes).element()
        if found.tags:
            tags = SubElement(element, "tags")
            for tag in found.tags:
                SubElement(SubElement(tags, "tag"), "text").text = xml.clean(tag)
        root.append(element)
        if notes.sentences:
            left[found.name] = notes.sentences
    return Written(xml.write(root), "questions.xml", "application/xml", left)


class _Writer:
    """Writes one question. Texts are marked as Markdown, which Moodle reads, so nothing of them is lost."""

    def __init__(self, question: Question, language: str, notes: Notes) -> None:
        self.question = question
        self.language = language
        self.notes = notes

    def element(self) -> Element:
        question = self.question
        root = Element("question", type="essay" if question.by_teacher else TYPES[question.kind])
        self._plain(root, "name", question.title or in_language(question.text, self.language).text[:60])
        self._said(root, "questiontext", question.text)
        self._said(root, "generalfeedback", question.feedback)
        SubElement(root, "defaultgrade").text = plainly(question.points)
        self._name_what_stays()
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.MULTIPLE:
                SubElement(root, "single").text = str(question.kind is QuestionKind.CHOICE).lower()
                SubElement(root, "shuffleanswers").text = str(question.shuffle).lower()
                self._combined(root)
                for option in question.options:
                    answer = self._said(root, "answer", option.text, fraction=plainly(option.share))
                    self._said(answer, "feedback", option.feedback)
            case QuestionKind.ORDER:
                SubElement(root, "layouttype").text = "VERTICAL"
                SubElement(root, "selecttype").text = "ALL"
                SubElement(root, "gradingtype").text = "RELATIVE_NEXT_EXCLUDE_LAST"
                self._combined(root)
                for number, option in enumerate(question.options, start=1):
                    self._said(root, "answer", option.text, fraction=str(number))
            case QuestionKind.MATCH:
                SubElement(root, "shuffleanswers").text = "true"
                self._combined(root)
                for pair in question.pairs:
                    part = self._said(root, "subquestion", pair.left)
                    self._plain(part, "answer", in_language(pair.right, self.language).text)
            case QuestionKind.NUMBER:
                for key in question.numbers:
                    answer = SubElement(root, "answer", fraction=plainly(key.share), format="plain_text")
                    SubElement(answer, "text").text = plainly(key.value)
                    SubElement(answer, "tolerance").text = plainly(margin(key))
                    self._said(answer, "feedback", key.feedback)
                if question.unit:
                    unit = SubElement(SubElement(root, "units"), "unit")
                    SubElement(unit, "multiplier").text = "1"
                    SubElement(unit, "unit_name").text = xml.clean(question.unit)
            case QuestionKind.TEXT:
                if question.accepted:
                    SubElement(root, "usecase").text = "0" if question.ignore_case else "1"
                for accepted in question.accepted:
                    answer = SubElement(root, "answer", fraction=plainly(accepted.share), format="plain_text")
                    SubElement(answer, "text").text = xml.clean(accepted.text)
                    self._said(answer, "feedback", accepted.feedback)
        return root

    def _plain(self, parent: Element, name: str, text: str) -> Element:
        element = SubElement(parent, name)
        SubElement(element, "text").text = xml.clean(text)
        return element

    def _said(self, parent: Element, name: str, words: Mapping[str, str], **attributes: str) -> Element:
        element = SubElement(parent, name, {"format": "markdown", **attributes})
        SubElement(element, "text").text = xml.clean(in_language(words, self.language).text)
        return element

    def _combined(self, root: Element) -> None:
        self._said(root, "correctfeedback", self.question.feedback_right)
        self._said(root, "partiallycorrectfeedback", self.question.feedback_wrong)
        self._said(root, "incorrectfeedback", self.question.feedback_wrong)

    def _name_what_stays(self) -> None:
        question, notes = self.question, self.notes
        if len(question.languages) > 1:
            notes.add(_("Only one language is carried."))
        if question.image:
            notes.add(_("The picture is not carried."))
        if any(key.is_relative for key in question.numbers):
            notes.add(_("A tolerance in percent is written as a fixed one."))
        if question.accepted and question.ignore_accents:
            notes.add(_("In Moodle accents and the two Serbian scripts make a difference."))
        if question.kind in (QuestionKind.NUMBER, QuestionKind.TEXT) and (
            any(question.feedback_right.values()) or any(question.feedback_wrong.values())
        ):
            notes.add(_("Feedback for right and for wrong answers is not carried."))
        if question.kind is QuestionKind.CHOICE and not any(one.share == FULL for one in question.options):
            notes.add(_("Moodle wants one answer that brings all points."))
