"""The order in which one person meets the parts of a questionnaire. Pure, no database."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from biosint.surveys.definitions import Definition, Question, Section
from biosint.surveys.states import QuestionKind

Part = TypeVar("Part")

# How many orders there are of one questionnaire: few enough that each page is drawn once and kept.
# They come in pairs, each the other's mirror: so every part stands in the middle on average, exactly.
ORDERS = 24


def number_of_orders(definition: Definition) -> int:
    """Return in how many orders people meet a questionnaire; one where nothing is shuffled."""
    return ORDERS if definition.is_shuffled else 1


def order_of(key: uuid.UUID, orders: int) -> int:
    """Return which of so many orders the form with this key has."""
    return key.int % orders


def in_order(definition: Definition, order: int) -> Definition:
    """Return the questionnaire as people with this order meet it. Its code book is the same in every order."""
    if not definition.is_shuffled:
        return definition
    return replace(
        definition,
        sections=tuple(_section(section, place, order) for place, section in enumerate(definition.sections)),
    )


def _section(section: Section, place: int, order: int) -> Section:
    questions = [_question(question, order) for question in section.questions]
    if section.random_order:
        questions = shuffled(questions, seed=f"section {place}", order=order)
    return replace(section, questions=tuple(questions))


def _question(question: Question, order: int) -> Question:
    if not question.random_order:
        return question
    if question.kind in {QuestionKind.SCALE, QuestionKind.MATRIX}:
        return replace(question, items=tuple(shuffled(question.items, seed=question.code, order=order)))
    moving = [option for option in question.options if option.code not in question.stay_last]
    staying = [option for option in question.options if option.code in question.stay_last]
    return replace(question, options=(*shuffled(moving, seed=question.code, order=order), *staying))


def shuffled(parts: Sequence[Part], *, seed: str, order: int) -> list[Part]:
    """Return the parts in one of the orders; the same seed and order give the same."""
    mixed = list(parts)
    random.Random(f"{seed}/{order // 2}").shuffle(mixed)  # noqa: S311 -- an order of questions, no secret
    return mixed[::-1] if order % 2 else mixed
