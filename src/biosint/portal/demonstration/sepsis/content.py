"""What the course says, read from its files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from biosint.exchange.api import Criterion, Level, Rubric
from biosint.quizzes.api import (
    Accepted,
    NumberKey,
    Option,
    Pair,
    QuestionContent,
    QuestionDraft,
    QuestionKind,
)

HERE = Path(__file__).parent
SECOND = "sr"
# Language -> text, as the files write it.
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity as the file describes it; ``more`` is what only its kind has."""

    key: str
    kind: str
    phase: str
    week: int
    day: int
    hours: Decimal
    weight: Decimal
    for_teams: bool
    outcomes: list[int]
    title: Words
    text: Words
    more: dict[str, Any]


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return told


def course() -> dict[str, Any]:
    """Return ``title``, ``summary`` and ``outcomes`` of the course."""
    told: dict[str, Any] = _read("course.yaml")["course"]
    return told


def sources() -> list[str]:
    return [str(source) for source in _read("course.yaml")["sources"]]


def activities() -> list[Planned]:
    """Return the activities in the order in which learners meet them."""
    named = set(Planned.__dataclass_fields__) - {"more"}
    planned = [
        Planned(
            key=one["key"],
            kind=one["kind"],
            phase=one["phase"],
            week=one["week"],
            day=one["day"],
            hours=Decimal(str(one["hours"])),
            weight=Decimal(str(one.get("weight", 0))),
            for_teams=one.get("for_teams", False),
            outcomes=one.get("outcomes", []),
            title=one["title"],
            text=one["text"],
            more={name: value for name, value in one.items() if name not in named},
        )
        for one in _read("course.yaml")["activities"]
    ]
    return sorted(planned, key=lambda one: (one.week, one.day))


def questions(folder: str) -> list[QuestionDraft]:
    """Return the questions of one quiz, ready for a collection."""
    return [
        QuestionDraft(content=_question(one), folder=folder, tags=("sepsis",))
        for one in _read("questions.yaml")[folder]
    ]


def _question(one: dict[str, Any]) -> QuestionContent:
    kind = QuestionKind(one["kind"])
    return QuestionContent(
        kind=kind,
        title="",
        text=one["text"],
        options=_options(kind, one.get("options") or one.get("items") or []),
        pairs=tuple(
            Pair(code=f"p{number}", left=pair["left"], right=pair["right"])
            for number, pair in enumerate(one.get("pairs", []), start=1)
        ),
        numbers=(
            (NumberKey(value=Decimal(str(one["value"])), tolerance=Decimal(str(one["tolerance"]))),)
            if "value" in one
            else ()
        ),
        accepted=tuple(Accepted(text=text) for text in one.get("accepted", [])),
        unit=one.get("unit", ""),
        feedback=one.get("feedback", {}),
    )


def _options(kind: QuestionKind, written: list[dict[str, Any]]) -> tuple[Option, ...]:
    """Share the points out evenly among what is right; what is wrong takes the same share away."""
    right = sum(1 for option in written if option.get("right"))
    share = Decimal(100) / right if right else Decimal(0)
    wrong = -share if kind is QuestionKind.MULTIPLE else Decimal(0)
    return tuple(
        Option(
            code=f"o{number}",
            text={language: option[language] for language in ("en", SECOND)},
            share=(share if option.get("right") else wrong).quantize(Decimal("0.00001")),
        )
        for number, option in enumerate(written, start=1)
    )


def rubric() -> tuple[str, Rubric]:
    """Return title and rubric of the card; the file writes levels from the weakest to the best."""
    told = _read("questions.yaml")["rubric"]
    criteria = tuple(
        Criterion(
            code=f"c{number}",
            title=one["title"]["en"],
            weight=Decimal(one["weight"]),
            levels=tuple(
                Level(points=Decimal(points), text=text)
                for points, text in reversed(list(enumerate(one["levels"], start=1)))
            ),
        )
        for number, one in enumerate(told["criteria"], start=1)
    )
    return told["title"]["en"], Rubric(criteria)


def steps() -> list[Words]:
    """Return the steps of the first hour in the order in which they begin."""
    (order,) = [one for one in _read("questions.yaml")["first_hour"] if one["kind"] == "order"]
    return [{language: item[language] for language in ("en", SECOND)} for item in order["items"]]


def order_feedback() -> Words:
    (order,) = [one for one in _read("questions.yaml")["first_hour"] if one["kind"] == "order"]
    feedback: Words = order["feedback"]
    return feedback
