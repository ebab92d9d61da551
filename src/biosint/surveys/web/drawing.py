"""Draws the questions of a version, for people who answer and for those who look beforehand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from biosint.shared.words import in_language
from biosint.surveys import pairing
from biosint.surveys.orders import in_order, number_of_orders, order_of
from biosint.surveys.states import INSTITUTION

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from biosint.surveys.definitions import Definition, Question
    from biosint.surveys.models import AnswerSet

KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Blank:
    """A published version without answers in one language and one order: the same for many, so made once."""

    title: dict[str, str]
    introduction: dict[str, str]
    questions: SafeString


def blank_of(answer_set: AnswerSet, *, language: str, key: uuid.UUID) -> Blank:
    """Return the empty page for a form with this key. Once drawn, it asks the database nothing."""
    order = order_of(key, _orders_of(answer_set))
    name = f"surveys-blank-{answer_set.version_id}-{language}-{order}"
    made: Blank | None = cache.get(name)
    if made is None:
        definition = definition_of(answer_set)
        made = Blank(
            dict(definition.title), dict(definition.introduction), draw_questions(definition, order=order)
        )
        cache.set(name, made, KEPT_SECONDS)
    return made


def _orders_of(answer_set: AnswerSet) -> int:
    name = f"surveys-orders-{answer_set.version_id}"
    found: int | None = cache.get(name)
    if found is None:
        found = number_of_orders(definition_of(answer_set))
        cache.set(name, found, KEPT_SECONDS)
    return found


def definition_of(answer_set: AnswerSet) -> Definition:
    """Return what is asked in a set with a link."""
    version = answer_set.version
    assert version is not None  # noqa: S101 -- a set with a link has a version, a database constraint says so
    return version.definition


def draw_questions(
    definition: Definition,
    *,
    order: int | None = None,
    given: Any = None,
    faults: dict[str, str] | None = None,
) -> SafeString:
    """Draw every question, with what was typed and what is wrong beside it.

    Args:
        order: one of the random orders; none for the order in which it was written.
    """
    return render_to_string(
        "surveys/_questions.html",
        {
            "definition": definition if order is None else in_order(definition, order),
            "columns": definition.columns(),
            "given": given or {},
            "faults": faults or {},
        },
    )


def draw_scale(question: Question) -> SafeString:
    """Draw one scale by itself, as people see it who answer."""
    return render_to_string("surveys/questions/scale.html", {"question": question})


def problems_of(definition: Definition, faults: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return every fault with its code and question, in the order of the questionnaire."""
    names = {INSTITUTION: _("Where you belong")}
    names.update({part.name: str(part.label) for part in pairing.PARTS})
    for question in definition.questions:
        names[question.code] = in_language(question.text).text
        names.update({item.code: in_language(item.text).text for item in question.items})
    return [(code, name, faults[code]) for code, name in names.items() if code in faults]
