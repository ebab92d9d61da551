"""Small readings that templates of questionnaires need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from biosint.shared.words import in_language
from biosint.surveys import lists, wording
from biosint.surveys.columns import Column, Option
from biosint.surveys.conditions import Condition
from biosint.surveys.definitions import Question
from biosint.surveys.states import QuestionKind

register = template.Library()


@register.filter
def under(mapping: Mapping[str, Any] | None, code: str) -> Any:
    """Return what stands under ``code``, or an empty string."""
    return (mapping or {}).get(code, "")


@register.filter
def chosen(kept: Any, value: Any) -> bool:
    """Whether ``value`` is the kept answer, or one of several."""
    return str(value) in ([str(entry) for entry in kept] if isinstance(kept, list) else [str(kept)])


@register.filter
def by_name(options: Iterable[Option]) -> list[tuple[str, str]]:
    """Code and name of options, in the order of the names in the reader's language."""
    return lists.by_name(options)


@register.simple_tag
def all_countries() -> tuple[Option, ...]:
    return lists.countries()


@register.simple_tag
def all_languages() -> tuple[Option, ...]:
    return lists.languages()


@register.filter
def as_data(condition: Condition) -> str:
    """A condition for the script that shows and hides."""
    return json.dumps(condition.as_json())


@register.filter
def in_words(condition: Condition, columns: Iterable[Column]) -> str:
    """A condition for people."""
    return wording.condition_sentence(condition, columns)


@register.filter
def lines(number: int, kept: Any) -> list[str]:
    """So many places to write in, the first ones filled with what was kept."""
    written = [str(entry) for entry in kept] if isinstance(kept, list) else []
    return (written + [""] * number)[:number]


@register.filter
def field(question: str, option: str) -> str:
    """The name of the field of one option, where each has its own."""
    return f"{question}:{option}"


@register.filter
def drawn_by(kind: QuestionKind) -> str:
    """The template that draws questions of this kind."""
    one_or_several = kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}
    return f"surveys/questions/{'choice' if one_or_several else kind.value}.html"


@register.filter
def range_words(question: Question) -> str:
    """Which numbers can be answered, as a sentence."""
    return wording.range_sentence(question)


@register.filter
def said(words: Mapping[str, str]) -> str:
    """Words in the reader's language as plain text, for names that are read aloud and for lists to choose from."""
    return in_language(words).text
