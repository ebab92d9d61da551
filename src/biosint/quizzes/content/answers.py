"""What a person answered, as it is kept: plain JSON, read from the fields of a form.

CHOICE: the option's code. MULTIPLE: codes. ORDER: codes in the order given. MATCH: code of the left side
to code of the right. NUMBER and TEXT: as typed. None: nothing was answered.
"""

from __future__ import annotations

from typing import Protocol

from biosint.quizzes.content.question import Question
from biosint.quizzes.states import QuestionKind

Answer = str | list[str] | dict[str, str] | None
LONGEST_NUMBER = 60
LONGEST_TEXT = 300
LONGEST_ESSAY = 20_000


class Fields(Protocol):
    """The part of Django's ``QueryDict`` that is read."""

    def get(self, key: str, default: str) -> str: ...
    def getlist(self, key: str) -> list[str]: ...


def answer_from(question: Question, fields: Fields, name: str) -> Answer:
    """Read one answer. What no option is called is left out: a form may come from anywhere.

    Args:
        name: of the question's field; parts of an order or a match are called ``name-code``.
    """
    match question.kind:
        case QuestionKind.CHOICE:
            chosen = fields.get(name, "")
            return chosen if any(option.code == chosen for option in question.options) else None
        case QuestionKind.MULTIPLE:
            known = {option.code for option in question.options}
            several = [code for code in dict.fromkeys(fields.getlist(name)) if code in known]
            return several or None
        case QuestionKind.ORDER:
            return _ordered(question, fields, name)
        case QuestionKind.MATCH:
            rights = {pair.code for pair in question.pairs}
            given = {pair.code: fields.get(f"{name}-{pair.code}", "") for pair in question.lefts}
            return {left: right for left, right in given.items() if right in rights} or None
        case QuestionKind.NUMBER:
            return (fields.get(name, "")).strip()[:LONGEST_NUMBER] or None
        case QuestionKind.TEXT:
            longest = LONGEST_ESSAY if question.by_teacher else LONGEST_TEXT
            text = (fields.get(name, "")).strip().replace("\r\n", "\n")
            return text[:longest] or None


def _ordered(question: Question, fields: Fields, name: str) -> Answer:
    """Read numbers beside the things. Equal numbers keep the order of the key of the hash: no hint is given."""
    places: list[tuple[int, str]] = []
    for option in question.options:
        word = (fields.get(f"{name}-{option.code}", "")).strip()
        if word.isdecimal() and len(word) < 4 and int(word):
            places.append((int(word), option.code))
    numbers = [place for place, _code in places]
    if len(places) < len(question.options) or len(set(numbers)) < len(numbers):
        # Half an order, or one with a number twice, is kept as it stands so that it can be finished.
        return {code: str(place) for place, code in places} or None
    return [code for _place, code in sorted(places)]


def is_empty(answer: Answer) -> bool:
    return not answer
