"""A question as JSON, the form in which versions of it are kept, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from biosint.quizzes.content.question import Accepted, Image, NumberKey, Option, Pair, Question
from biosint.quizzes.states import QuestionKind

Json = dict[str, Any]
WORDS = ("feedback", "feedback_right", "feedback_wrong")


def plainly(number: Decimal) -> str:
    """Return a number without noughts at its end, so that equal questions are written equally.

    >>> plainly(Decimal("50.00000")), plainly(Decimal("6E+23"))
    ('50', '6E+23')
    """
    short = number.normalize()
    return f"{short:f}" if abs(short.adjusted()) < 12 else str(short)


def as_json(question: Question) -> Json:
    """Return the question as JSON: what is empty or as usual is left out, decimals are written as texts."""
    written: Json = {
        "kind": question.kind.value,
        "title": question.title,
        "text": dict(question.text),
        "points": plainly(question.points),
    }
    if question.options:
        written["options"] = [
            {
                "code": one.code,
                "text": dict(one.text),
                "share": plainly(one.share),
                "feedback": dict(one.feedback),
            }
            for one in question.options
        ]
    if question.pairs:
        written["pairs"] = [
            {"code": one.code, "left": dict(one.left), "right": dict(one.right)} for one in question.pairs
        ]
    if question.numbers:
        written["numbers"] = [
            {
                "value": plainly(one.value),
                "tolerance": plainly(one.tolerance),
                "is_relative": one.is_relative,
                "share": plainly(one.share),
                "feedback": dict(one.feedback),
            }
            for one in question.numbers
        ]
    if question.accepted:
        written["accepted"] = [
            {"text": one.text, "share": plainly(one.share), "feedback": dict(one.feedback)}
            for one in question.accepted
        ]
    if question.unit:
        written["unit"] = question.unit
    for name in ("ignore_case", "ignore_accents", "shuffle"):
        if not getattr(question, name):
            written[name] = False
    for name in WORDS:
        if any(getattr(question, name).values()):
            written[name] = dict(getattr(question, name))
    if question.image:
        written["image"] = {"url": question.image.url, "alt": dict(question.image.alt)}
    return written


def from_json(kept: Json) -> Question:
    """Read what ``as_json`` wrote."""
    image = kept.get("image")
    return Question(
        kind=QuestionKind(kept["kind"]),
        title=kept["title"],
        text=kept["text"],
        points=Decimal(kept["points"]),
        options=tuple(
            Option(one["code"], one["text"], Decimal(one["share"]), one["feedback"])
            for one in kept.get("options", ())
        ),
        pairs=tuple(Pair(one["code"], one["left"], one["right"]) for one in kept.get("pairs", ())),
        numbers=tuple(
            NumberKey(
                Decimal(one["value"]),
                Decimal(one["tolerance"]),
                one["is_relative"],
                Decimal(one["share"]),
                one["feedback"],
            )
            for one in kept.get("numbers", ())
        ),
        accepted=tuple(
            Accepted(one["text"], Decimal(one["share"]), one["feedback"]) for one in kept.get("accepted", ())
        ),
        unit=kept.get("unit", ""),
        ignore_case=kept.get("ignore_case", True),
        ignore_accents=kept.get("ignore_accents", True),
        shuffle=kept.get("shuffle", True),
        image=Image(image["url"], image["alt"]) if image else None,
        **{name: kept.get(name, {}) for name in WORDS},
    )
