"""The parts of a questionnaire as objects. How they are written stands in the package's docstring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from biosint.shared.words import in_language
from biosint.surveys import lists
from biosint.surveys.columns import Column, Option
from biosint.surveys.conditions import Condition
from biosint.surveys.instruments import Instrument
from biosint.surveys.states import ColumnKind, QuestionKind

Words = Mapping[str, str]

# How many languages a person may name where the question does not say.
MOST_LANGUAGES = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of a scale, or row of a matrix; ``reversed`` marks one worded against the others.

    ``instrument`` is the code of the scoring key that holds it; the key says so, not the item.
    """

    code: str
    text: Words
    reversed: bool = False
    instrument: str = ""


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
    point_labels: Mapping[int, Words] = field(default_factory=dict)
    unit: Words = field(default_factory=dict)
    earliest: date | None = None
    latest: date | None = None
    short: bool = False
    random_order: bool = False
    stay_last: tuple[str, ...] = ()
    shown_if: Condition | None = None

    @property
    def points(self) -> range:
        """The points of a scale, both ends included."""
        least = 1 if self.least is None else int(self.least)
        return range(least, (5 if self.most is None else int(self.most)) + 1)

    @property
    def places(self) -> range:
        """The places of a rank, from 1."""
        most = len(self.options) if self.most is None else int(self.most)
        return range(1, min(most, len(self.options)) + 1)

    @property
    def most_languages(self) -> int:
        return MOST_LANGUAGES if self.most is None else int(self.most)

    def columns(self) -> Iterator[Column]:
        """Yield the columns that answers to it fill, in order."""
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
                        instrument=item.instrument,
                    )
            case QuestionKind.MATRIX:
                for item in self.items:
                    label = joined(self.text, item.text)
                    yield Column(item.code, ColumnKind.SINGLE, label, options=self.options)
            case QuestionKind.NUMBER:
                yield Column(
                    code=self.code,
                    kind=ColumnKind.NUMBER,
                    label=self.text,
                    least=self.least,
                    most=self.most,
                    unit=self.unit,
                )
            case QuestionKind.COUNTRY:
                yield Column(self.code, ColumnKind.SINGLE, self.text, options=lists.countries())
            case QuestionKind.LANGUAGES:
                yield Column(self.code, ColumnKind.MULTIPLE, self.text, options=lists.languages())
            case _:
                # The others fill one column of the same name.
                yield Column(self.code, ColumnKind(self.kind.value), self.text, options=self.options)


def joined(question: Words, part: Words) -> Words:
    """Return “question – part” in every language that either is written in."""
    return {
        language: f"{in_language(question, language)} – {in_language(part, language)}"
        for language in {**question, **part}
    }


@dataclass(frozen=True, slots=True)
class Section:
    title: Words
    questions: tuple[Question, ...]
    introduction: Words = field(default_factory=dict)
    random_order: bool = False
    shown_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    title: Words
    introduction: Words
    audience: str
    sections: tuple[Section, ...]
    pages: bool = False
    instruments: tuple[Instrument, ...] = ()

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def columns(self) -> list[Column]:
        return [column for question in self.questions for column in question.columns()]

    @property
    def is_shuffled(self) -> bool:
        """Whether any part of it comes in a random order."""
        return any(
            section.random_order or any(question.random_order for question in section.questions)
            for section in self.sections
        )
