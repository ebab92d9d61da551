"""GIFT: writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from biosint.quizzes.content import Question
from biosint.quizzes.content.marking import margin
from biosint.quizzes.content.plain import plainly
from biosint.quizzes.content.question import FULL
from biosint.quizzes.formats.found import Found, Notes, Written
from biosint.quizzes.states import QuestionKind
from biosint.shared.words import in_language


def guarded(text: str) -> str:
    r"""Return a text in which no sign means anything to the format.

    >>> print(guarded("a=b~{c}"))
    a\=b\~\{c\}
    """
    for sign in "\\~=#{}:":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def write(questions: Iterable[Found], *, language: str) -> Written:
    """Return the questions in one language, in the order given, with what the format cannot hold."""
    lines: list[str] = []
    left: dict[str, list[str]] = {}
    folder = ""
    for found in questions:
        if found.content is None:
            continue
        notes = Notes()
        written = _one(found.content, language, notes)
        if notes.sentences:
            left[found.name] = notes.sentences
        if written is None:
            continue
        if found.folder != folder:
            folder = found.folder
            lines += [f"$CATEGORY: {guarded(folder)}", ""]
        if found.tags:
            lines.append("// " + " ".join(f"[tag:{tag}]" for tag in found.tags))
        lines += [written, ""]
    return Written("\n".join(lines).encode(), "questions.gift.txt", "text/plain; charset=utf-8", left)


def _one(question: Question, language: str, notes: Notes) -> str | None:
    def text(words: Mapping[str, str]) -> str:
        return guarded(in_language(words, language).text.strip())

    def feedback(words: Mapping[str, str]) -> str:
        return f"#{text(words)}" if any(words.values()) else ""

    if question.kind is QuestionKind.ORDER:
        notes.add(_("GIFT has no questions about an order; this one is left out."))
        return None
    _name_what_stays(question, notes)
    key: list[str] = []
    match question.kind:
        case QuestionKind.CHOICE:
            key = [
                ("=" if one.share == FULL else f"~{_weight(one.share)}")
                + text(one.text)
                + feedback(one.feedback)
                for one in question.options
            ]
        case QuestionKind.MULTIPLE:
            key = [
                f"~%{plainly(one.share)}%{text(one.text)}{feedback(one.feedback)}" for one in question.options
            ]
        case QuestionKind.MATCH:
            key = [f"={text(pair.left)} -> {text(pair.right)}" for pair in question.pairs]
        case QuestionKind.NUMBER:
            key = ["#"] + [
                f"=%{plainly(one.share)}%{plainly(one.value)}:{plainly(margin(one))}{feedback(one.feedback)}"
                for one in question.numbers
            ]
        case QuestionKind.TEXT:
            key = [
                f"=%{plainly(one.share)}%{guarded(one.text)}{feedback(one.feedback)}"
                for one in question.accepted
            ]
    general = f"####{text(question.feedback)}" if any(question.feedback.values()) else ""
    title = f"::{guarded(question.title)}::" if question.title else ""
    return f"{title}[markdown]{text(question.text)}{{\n" + "\n".join([*key, general]).strip() + "\n}"


def _weight(share: Decimal) -> str:
    return f"%{plainly(share)}%" if share else ""


def _name_what_stays(question: Question, notes: Notes) -> None:
    if len(question.languages) > 1:
        notes.add(_("Only one language is carried."))
    if question.points != 1:
        notes.add(_("The points are not carried."))
    if question.image:
        notes.add(_("The picture is not carried."))
    if question.unit:
        notes.add(_("The unit is not carried."))
    if any(key.is_relative for key in question.numbers):
        notes.add(_("A tolerance in percent is written as a fixed one."))
    if any(question.feedback_right.values()) or any(question.feedback_wrong.values()):
        notes.add(_("Feedback for right and for wrong answers is not carried."))
    if question.accepted and not (question.ignore_case and question.ignore_accents):
        notes.add(_("That capitals or accents make a difference is not carried."))
    if not question.shuffle and question.kind in (QuestionKind.CHOICE, QuestionKind.MULTIPLE):
        notes.add(_("That the answers keep their order is not carried."))
