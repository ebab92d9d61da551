"""GIFT, the plain text in which many tools keep questions: reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from biosint.quizzes.content import Accepted, NumberKey, Option, Pair, Question, Words, number_in
from biosint.quizzes.content.question import FULL
from biosint.quizzes.formats.codes import codes
from biosint.quizzes.formats.found import MOST_QUESTIONS, Found, Notes, Unreadable, judged
from biosint.quizzes.formats.texts import as_markdown, decoded, said
from biosint.quizzes.states import QuestionKind

_COMMENT = re.compile(r"^[ \t]*//(.*)$", re.MULTILINE)
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
_MARK = re.compile(r"\[(id|tag):([^\]\n]*)\]")
_TITLE = re.compile(r"\s*::((?:[^:\\]|\\.|:(?!:))*)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"(TRUE|FALSE|T|F)\s*(?=$|#)", re.IGNORECASE)
# Signs that a backslash protects. Anything else keeps its backslash, as formulas want it.
_PROTECTED = "~=#{}:\\"
BLANK = "_____"


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer as it stands: its sign, its weight if any, its text, its feedback."""

    sign: str
    weight: Decimal | None
    text: str
    feedback: str


def read(content: bytes, *, language: str) -> list[Found]:
    """Return every question of a file, and a note for each part that is none.

    Args:
        language: in which the questions are written; the format does not say.

    Raises:
        Unreadable: too large, in an unknown encoding, or without any question.
    """
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    found: list[Found] = []
    folder = ""
    for block, remarks in _blocks(text):
        category = _CATEGORY.match(block.strip())
        if category is not None:
            folder = _folder(category[1])
            continue
        found.append(_question(block, remarks, folder, language))
        if len(found) > MOST_QUESTIONS:
            raise Unreadable(_("The file holds more than %(most)s questions.") % {"most": MOST_QUESTIONS})
    if not found:
        raise Unreadable(_("No question was found in the file."))
    return found


def _folder(path: str) -> str:
    parts = [part for part in unescaped(path).strip().split("/") if part and not part.startswith("$")]
    return "/".join(part for part in parts if part not in ("top", "course"))


def _blocks(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what stands between empty lines outside braces, with the marks of the comments before it."""
    lines: list[str] = []
    remarks: list[tuple[str, str]] = []
    depth = 0
    for line in [*text.split("\n"), ""]:
        comment = _COMMENT.match(line)
        if comment is not None:
            remarks += _MARK.findall(comment[1])
            continue
        if (not line.strip() and depth <= 0) or _CATEGORY.match(line.strip()):
            if any(part.strip() for part in lines):
                yield "\n".join(lines), remarks
                remarks = []
            lines, depth = [], 0
            if line.strip():
                yield line, []
            continue
        bare = re.sub(r"\\.", "", line)
        depth += bare.count("{") - bare.count("}")
        # A question whose brace is never closed ends where the next one plainly begins.
        if depth > 0 and lines and line.startswith("::"):
            yield "\n".join(lines), remarks
            lines, remarks, depth = [], [], bare.count("{") - bare.count("}")
        lines.append(line)
    if any(part.strip() for part in lines):
        yield "\n".join(lines), remarks


def unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        sign = found[1]
        if sign == "n":
            return "\n"
        return sign if sign in _PROTECTED else found[0]

    return re.sub(r"\\(.)", one, text, flags=re.DOTALL)


def _outside(text: str, sign: str, start: int = 0) -> int:
    """Return where a sign stands that no backslash protects, or -1."""
    place = start
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text.startswith(sign, place):
            return place
        place += 1
    return -1


def _question(block: str, remarks: list[tuple[str, str]], folder: str, language: str) -> Found:
    notes = Notes()
    title = _TITLE.match(block)
    rest = block[title.end() :] if title else block
    markup = _FORMAT.match(rest)
    form = markup[1] if markup else "moodle"
    rest = rest[markup.end() :] if markup else rest
    begins = _outside(rest, "{")
    tags = tuple(word for kind, word in remarks if kind == "tag")
    name = " ".join(unescaped(title[1] if title else rest[: begins if begins >= 0 else None]).split())[:150]

    def nothing(sentence: str) -> Found:
        return Found(name, None, (sentence,), folder, tags)

    if begins < 0:
        return nothing(_("This is a text without a question. Put it on a page of the course."))
    ends = _outside(rest, "}", begins)
    if ends < 0:
        return nothing(_("The closing brace of the answers is missing."))
    before, after = rest[:begins].rstrip(), rest[ends + 1 :].strip()
    stem = f"{before} {BLANK} {after}".strip() if after and after not in ".?!" else before + after
    if form == "markdown" or not after:
        stem = before if not after else stem
    text = as_markdown(unescaped(stem), form, notes).replace("\\_" * len(BLANK), BLANK)
    key, general = _split_general(rest[begins + 1 : ends])
    reader = _Key(form, language, notes)
    content = reader.question(key, unescaped(title[1]).strip() if title else "", said(text, language))
    if content is None:
        return nothing(notes.sentences[-1])
    if general.strip():
        feedback = said(reader.markdown(general), language)
        content = _with_feedback(content, feedback)
    return judged(Found(name, content, tuple(notes.sentences), folder, tags))


def _with_feedback(content: Question, feedback: Words) -> Question:
    from dataclasses import replace

    return replace(content, feedback=feedback)


def _split_general(key: str) -> tuple[str, str]:
    place = _outside(key, "####")
    return (key, "") if place < 0 else (key[:place], key[place + 4 :])


class _Key:
    """Reads what stands between the braces."""

    def __init__(self, form: str, language: str, notes: Notes) -> None:
        self.form = form
        self.language = language
        self.notes = notes

    def markdown(self, text: str) -> str:
        own = _FORMAT.match(text)
        body = text[own.end() :] if own else text
        return as_markdown(unescaped(body.strip()), own[1] if own else self.form, self.notes)

    def words(self, text: str) -> Words:
        return said(self.markdown(text), self.language)

    def question(self, key: str, title: str, text: Words) -> Question | None:
        bare = key.strip()
        if not bare:
            return Question(QuestionKind.TEXT, title, text)
        if bare.startswith("#"):
            return self._number(bare[1:], title, text)
        if _TRUTH.match(bare):
            return self._truth(bare, title, text)
        answers = self._answers(bare)
        if not answers:
            # One right word alone, without a sign.
            split = _outside(bare, "#")
            word, comment = (bare, "") if split < 0 else (bare[:split], bare[split + 1 :])
            answers = [_Answer("=", None, word, comment)]
        if any(answer.sign == "~" for answer in answers):
            return self._choices(answers, title, text)
        if all(_outside(answer.text, "->") >= 0 for answer in answers):
            return self._pairs(answers, title, text)
        return Question(
            QuestionKind.TEXT,
            title,
            text,
            accepted=tuple(
                Accepted(
                    " ".join(unescaped(answer.text).split()),
                    FULL if answer.weight is None else answer.weight,
                    self.words(answer.feedback),
                )
                for answer in answers
            ),
        )

    def _answers(self, key: str) -> list[_Answer]:
        """Split at each ``~`` and ``=`` that no backslash protects."""
        places = sorted(place for sign in "~=" for place in self._all(key, sign))
        answers = []
        for place, end in zip(places, [*places, len(key)][1:], strict=True):
            body = key[place + 1 : end]
            weight = _WEIGHT.match(body)
            body = body[weight.end() :] if weight else body
            split = _outside(body, "#")
            answers.append(
                _Answer(
                    key[place],
                    Decimal(weight[1]) if weight else None,
                    (body if split < 0 else body[:split]).strip(),
                    "" if split < 0 else body[split + 1 :].strip(),
                )
            )
        return answers

    @staticmethod
    def _all(key: str, sign: str) -> list[int]:
        places, place = [], _outside(key, sign)
        while place >= 0:
            places.append(place)
            place = _outside(key, sign, place + 1)
        return places

    def _choices(self, answers: list[_Answer], title: str, text: Words) -> Question:
        has_right = any(answer.sign == "=" for answer in answers)
        options = tuple(
            Option(
                code,
                self.words(answer.text),
                answer.weight if answer.weight is not None else FULL if answer.sign == "=" else Decimal(0),
                self.words(answer.feedback),
            )
            for code, answer in zip(codes(), answers, strict=False)
        )
        # Without a right sign the weights make the answer; one that is worth everything is a choice all the same.
        one_is_all = any(option.share == FULL for option in options)
        kind = QuestionKind.CHOICE if has_right or one_is_all else QuestionKind.MULTIPLE
        return Question(kind, title, text, options=options)

    def _truth(self, key: str, title: str, text: Words) -> Question:
        found = _TRUTH.match(key)
        is_true = bool(found) and key[0] in "tT"
        parts = key.split("#") if "\\" not in key else re.split(r"(?<!\\)#", key)
        wrong, right = (*parts[1:3], "", "")[:2]
        by_truth = {is_true: self.words(right), not is_true: self.words(wrong)}
        return Question(
            QuestionKind.CHOICE,
            title,
            text,
            options=(
                Option(
                    "true", said(_("True"), self.language), FULL if is_true else Decimal(0), by_truth[True]
                ),
                Option(
                    "false", said(_("False"), self.language), Decimal(0) if is_true else FULL, by_truth[False]
                ),
            ),
            shuffle=False,
        )

    def _pairs(self, answers: list[_Answer], title: str, text: Words) -> Question:
        pairs = []
        for code, answer in zip(codes(), answers, strict=False):
            split = _outside(answer.text, "->")
            pairs.append(Pair(code, self.words(answer.text[:split]), self.words(answer.text[split + 2 :])))
            if answer.feedback:
                self.notes.add(_("Feedback to single pairs is not carried."))
        return Question(QuestionKind.MATCH, title, text, pairs=tuple(pairs))

    def _number(self, key: str, title: str, text: Words) -> Question | None:
        answers = self._answers(key) if _outside(key, "=") >= 0 or _outside(key, "~") >= 0 else []
        if not answers:
            split = _outside(key, "#")
            answers = [
                _Answer("=", None, key if split < 0 else key[:split], "" if split < 0 else key[split + 1 :])
            ]
        numbers = []
        for answer in answers:
            share = answer.weight if answer.weight is not None else FULL if answer.sign == "=" else Decimal(0)
            read_key = _tolerance(unescaped(answer.text).strip())
            if read_key is None and not answer.text.strip():
                continue
            if read_key is None:
                self.notes.add(_("“%(text)s” is no number.") % {"text": answer.text.strip()[:60]})
                return None
            numbers.append(NumberKey(*read_key, share=share, feedback=self.words(answer.feedback)))
        return Question(QuestionKind.NUMBER, title, text, numbers=tuple(numbers))


def _tolerance(text: str) -> tuple[Decimal, Decimal] | None:
    """Return value and tolerance of ``3.14:0.01`` or ``3.13..3.15``."""
    if ".." in text:
        low, high = (number_in(part) for part in text.split("..", 1))
        if low is None or high is None:
            return None
        return (low + high) / 2, abs(high - low) / 2
    value, _colon, around = text.partition(":")
    number, margin = number_in(value), number_in(around) if around.strip() else Decimal(0)
    return None if number is None or margin is None else (number, abs(margin))
