"""Fields of the form with which answers are asked: plain HTML, sent in the page's address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString

from biosint.gateways.papers import Part
from biosint.shared import languages
from biosint.shared.verdicts import Sentence
from biosint.situation import wording

register = template.Library()

Choices = Iterable[tuple[str, str]]


@register.inclusion_tag("situation/_select.html")
def select_one(*, name: str, label: Sentence, choices: Choices, value: str = "") -> dict[str, object]:
    """One column out of several, or none."""
    return {"name": name, "label": label, "choices": choices, "values": [value], "many": False}


@register.inclusion_tag("situation/_select.html")
def select_many(*, name: str, label: Sentence, choices: Choices, values: Sequence[str]) -> dict[str, object]:
    """Any columns, as boxes to tick."""
    return {"name": name, "label": label, "choices": choices, "values": values, "many": True}


@register.filter
def at(values: Sequence[object], place: int) -> object:
    """What stands at a place of a sequence."""
    return values[place]


@register.simple_tag
def drawing_of(part: Part) -> SafeString:
    """The drawing of a kept paper: made by our own charts, never by people."""
    return SafeString(part.on_page)


@register.simple_tag
def tag_of(language: str) -> str:
    """The ``lang`` attribute of a paper written in an interface language."""
    return languages.page_tag(language)


@register.simple_tag
def chance(p: float | None) -> str:
    """A p value as it is printed; a dash where there is none."""
    return "–" if p is None else wording.chance(p)


@register.filter
def as_day(word: str) -> dt.date | None:
    """The day that a kept figure names (ISO), to be written as the reader's language writes it."""
    try:
        return dt.date.fromisoformat(word)
    except (TypeError, ValueError):
        return None


@register.simple_tag
def share(part: float | None) -> str:
    """A share of 0 to 1 in per cent; a dash where it is hidden."""
    return "–" if part is None else wording.percent(part, digits=1)
