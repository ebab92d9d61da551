"""Marks an answer by its key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from biosint.quizzes.content.answers import Answer, is_empty
from biosint.quizzes.content.question import FULL, Accepted, NumberKey, Question, Words
from biosint.quizzes.states import QuestionKind
from biosint.shared.script import in_latin

NOTHING = Decimal(0)
# Three thirds of 33.33333 % are the whole.
ROUNDING = Decimal("0.0001")
# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": "", "\u202f": "", "\u2009": "", " ": ""})
_NUMBER = re.compile(r"[+-]?(\d{1,30}([.,]\d{0,30})?|[.,]\d{1,30})([eE][+-]?\d{1,3})?")
_TIMES_TEN = re.compile(r"(?:[x×·*])10\^?([+-]?\d{1,3})$")


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer is worth.

    Attributes:
        share: percent of the question's points, 0 to 100; None where a teacher has to read it.
        feedback: words for this answer, beside those of the question itself.
    """

    share: Decimal | None
    feedback: tuple[Words, ...] = ()

    def points(self, of: Decimal) -> Decimal | None:
        """Return the points, to two places, of ``of`` that could be had."""
        if self.share is None:
            return None
        return (of * self.share / FULL).quantize(Decimal("0.01"))

    @property
    def is_right(self) -> bool:
        return self.share == FULL


def mark(question: Question, answer: Answer) -> Marked:
    """Return what the answer is worth. An empty one is worth nothing, also where a teacher marks."""
    if is_empty(answer):
        return Marked(NOTHING)
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.MULTIPLE:
            return _chosen(question, answer)
        case QuestionKind.ORDER:
            return Marked(_order(question, answer))
        case QuestionKind.MATCH:
            return Marked(_pairs(question, answer))
        case QuestionKind.NUMBER:
            return _number(question.numbers, str(answer), question.unit)
        case QuestionKind.TEXT:
            return Marked(None) if question.by_teacher else _text(question, str(answer))


def _within(share: Decimal) -> Decimal:
    """No question takes points away from others, and none gives more than its own."""
    share = min(max(share, NOTHING), FULL)
    return FULL if FULL - share < ROUNDING else share


def _chosen(question: Question, answer: Answer) -> Marked:
    codes = {answer} if isinstance(answer, str) else set(answer or ())
    taken = [option for option in question.options if option.code in codes]
    return Marked(
        _within(sum((option.share for option in taken), NOTHING)),
        tuple(option.feedback for option in taken if any(option.feedback.values())),
    )


def _order(question: Question, answer: Answer) -> Decimal:
    """Count the neighbours that follow each other as they should.

    One thing in a wrong place costs at most three neighbours, however long the order is; counting
    places would take everything away when the first thing is put last.
    """
    right = [option.code for option in question.options]
    if not isinstance(answer, list) or len(right) < 2:
        return FULL if answer == right else NOTHING
    following = set(pairwise(right))
    kept = sum((one, other) in following for one, other in pairwise(answer))
    return _within(FULL * kept / (len(right) - 1))


def _pairs(question: Question, answer: Answer) -> Decimal:
    if not isinstance(answer, dict) or not question.lefts:
        return NOTHING
    # Partners that read the same are the same, whichever of them was taken.
    rights = {pair.code: pair.right for pair in question.pairs}
    kept = sum(rights.get(answer.get(pair.code, "")) == pair.right for pair in question.lefts)
    return _within(FULL * kept / len(question.lefts))


def number_in(typed: str, unit: str = "") -> Decimal | None:
    """Return the number that a person typed, with a comma or a point, with or without its unit.

    >>> number_in("−3,5 mmol/l", "mmol/l"), number_in("1.2e3"), number_in("6·10^2"), number_in("about 3")
    (Decimal('-3.5'), Decimal('1.2E+3'), Decimal('6E+2'), None)
    """
    plain = unicodedata.normalize("NFKC", typed).translate(_MINUS)
    own = unicodedata.normalize("NFKC", unit).translate(_MINUS)
    if own and plain.casefold().endswith(own.casefold()):
        plain = plain[: -len(own)]
    plain = _TIMES_TEN.sub(r"e\1", plain)
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def _number(keys: Sequence[NumberKey], typed: str, unit: str) -> Marked:
    value = number_in(typed, unit)
    if value is None:
        return Marked(NOTHING)
    fits = [key for key in keys if abs(value - key.value) <= margin(key)]
    return _best(fits)


def margin(key: NumberKey) -> Decimal:
    """Return how far a number may lie from the value."""
    return abs(key.value) * key.tolerance if key.is_relative else key.tolerance


def _best(keys: Sequence[NumberKey | Accepted]) -> Marked:
    """Take the key that brings most; of equals the one written first."""
    if not keys:
        return Marked(NOTHING)
    best: NumberKey | Accepted = max(keys, key=lambda key: key.share)
    return Marked(_within(best.share), (best.feedback,) if any(best.feedback.values()) else ())


def _text(question: Question, typed: str) -> Marked:
    return _best(
        [
            accepted
            for accepted in question.accepted
            if matches_text(
                typed, accepted.text, case=not question.ignore_case, accents=not question.ignore_accents
            )
        ]
    )


def folded(text: str, *, case: bool, accents: bool) -> str:
    """Return the text as it is compared: Serbian in Latin letters, spaces as one.

    Args:
        case, accents: whether they make a difference.
    """
    text = in_latin(" ".join(unicodedata.normalize("NFKC", text).split()))
    if not case:
        text = text.casefold()
    if not accents:
        apart = unicodedata.normalize("NFD", text.translate(_PLAIN).translate(_capitals()))
        text = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", text)


def _capitals() -> dict[int, str]:
    return {ord(chr(sign).upper()): plain.upper() for sign, plain in _PLAIN.items() if chr(sign) != "ı"}


def matches_text(typed: str, accepted: str, *, case: bool = False, accents: bool = False) -> bool:
    r"""Return whether a typed text is the accepted one, in which ``*`` stands for anything.

    >>> matches_text("Његош", "njegos"), matches_text("acute otitis", "acute*"), matches_text("4*", r"4\*")
    (True, True, True)
    """
    typed = folded(typed, case=case, accents=accents)
    whole = folded(accepted.replace(r"\*", "\0"), case=case, accents=accents)
    parts = [part.replace("\0", "*") for part in whole.split("*")]
    if len(parts) == 1:
        return typed == parts[0]
    # Each part at the first place where it stands: no pattern takes longer than the text is long.
    first, *middle, last = parts
    if not typed.startswith(first) or not typed.endswith(last) or len(typed) < len(first) + len(last):
        return False
    place, end = len(first), len(typed) - len(last)
    for part in middle:
        place = typed.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True
