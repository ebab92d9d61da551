"""Fields of the form with which answers are asked: plain HTML, sent in the page's address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template

from biosint.shared.verdicts import Sentence

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
