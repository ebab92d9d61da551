"""Whether a question can be asked and marked as it is written."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from biosint.quizzes.content.question import FULL, Option, Question, Words
from biosint.quizzes.states import QuestionKind
from biosint.shared.verdicts import Fault

MOST_OPTIONS = 40
MOST_POINTS = Decimal(1000)
LONGEST = 20_000


class ContentFault(Fault):
    """The question cannot be used as it is written."""


def check(question: Question) -> None:
    """Look at a question before it is kept.

    Raises:
        ContentFault: with what is missing and how to mend it.
    """
    if not any(text.strip() for text in question.text.values()):
        raise ContentFault(_("Write what is asked."))
    if not 0 < question.points <= MOST_POINTS:
        raise ContentFault(_("Give more than 0 and at most 1000 points."))
    if sum(len(text) for text in _texts(question)) > LONGEST * 4 or any(
        len(text) > LONGEST for text in _texts(question)
    ):
        raise ContentFault(_("The question is too long. Put long texts on a page of the course."))
    _check_key(question)


def _check_key(question: Question) -> None:
    parts = (*question.options, *question.pairs, *question.numbers, *question.accepted)
    if len(parts) > MOST_OPTIONS:
        raise ContentFault(_("A question has at most %(most)s answers.") % {"most": MOST_OPTIONS})
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.MULTIPLE:
            _check_choices(question)
        case QuestionKind.ORDER:
            _check_options(question.options)
        case QuestionKind.MATCH:
            _check_pairs(question)
        case QuestionKind.NUMBER:
            _check_numbers(question)
        case QuestionKind.TEXT:
            if any(not one.text.strip() for one in question.accepted):
                raise ContentFault(_("An accepted answer is empty."))
            if question.accepted and max(one.share for one in question.accepted) < FULL:
                raise ContentFault(_("One accepted answer must bring all points (100 %)."))


def _check_options(options: tuple[Option, ...]) -> None:
    if len(options) < 2:
        raise ContentFault(_("Write at least two answers."))
    if any(not any(text.strip() for text in option.text.values()) for option in options):
        raise ContentFault(_("An answer is empty. Write it, or take it out."))
    if len({option.code for option in options}) < len(options):
        raise ContentFault(_("Two answers have the same code."))


def _check_choices(question: Question) -> None:
    _check_options(question.options)
    shares = [option.share for option in question.options]
    if any(abs(share) > FULL for share in shares):
        raise ContentFault(_("An answer brings at most 100 % and takes at most 100 %."))
    best = (
        max(shares) if question.kind is QuestionKind.CHOICE else sum(share for share in shares if share > 0)
    )
    if best < Decimal("99.9"):
        raise ContentFault(_("Say which answer is right: all points must be within reach."))


def _check_pairs(question: Question) -> None:
    if len(question.lefts) < 2:
        raise ContentFault(_("Write at least two pairs."))
    if any(not any(text.strip() for text in pair.right.values()) for pair in question.pairs):
        raise ContentFault(_("A pair lacks its right side."))
    if len({pair.code for pair in question.pairs}) < len(question.pairs):
        raise ContentFault(_("Two pairs have the same code."))


def _check_numbers(question: Question) -> None:
    if not question.numbers:
        raise ContentFault(_("Write the number that is right."))
    if any(not key.value.is_finite() or not key.tolerance.is_finite() for key in question.numbers):
        raise ContentFault(_("Write the number with digits."))
    if any(key.tolerance < 0 for key in question.numbers):
        raise ContentFault(_("A tolerance is 0 or more."))
    if max(key.share for key in question.numbers) < FULL:
        raise ContentFault(_("One accepted number must bring all points (100 %)."))


def _texts(question: Question) -> list[str]:
    words: list[Words] = [question.text, question.feedback, question.feedback_right, question.feedback_wrong]
    for option in question.options:
        words += [option.text, option.feedback]
    for pair in question.pairs:
        words += [pair.left, pair.right]
    words += [key.feedback for key in question.numbers]
    words += [key.feedback for key in question.accepted]
    return [text for mapping in words for text in mapping.values()] + [one.text for one in question.accepted]
