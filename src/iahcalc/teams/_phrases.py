"""Pieces of English that the sentences about teams share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iahcalc.calendars import format_slots

Given = Mapping[str, Any]

LANGUAGES = frozenset({"language", "languages"})
"""Attributes whose words are spoken, not merely had."""


def counted(number: float, noun: str) -> str:
    """Return “1 country”, “3 countries”; a noun that is plural already (“skills”) stays as it is."""
    return f"{number:g} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return “countries” for “country”; a noun that is plural already (“skills”) stays as it is."""
    if noun.endswith("s") and not noun.endswith(("ss", "us")):
        return noun
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def listed(items: Sequence[str]) -> str:
    """Return “a, b and c”."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def hours(slots: Sequence[int]) -> str:
    """Return how many common hours some quarter-hours are."""
    return counted(len(slots) / 4, "common hour")


def hours_and_when(slots: Sequence[int]) -> str:
    """Return how many common hours a week, and when."""
    text = f"{hours(slots)} a week"
    return f"{text} ({format_slots(slots)})" if slots else text


def have(given: Given, *, verb: str = "have") -> str:
    """Return “speak English at level 3 or above”, “have the tool R or Stata”."""
    spoken = given["attribute"] in LANGUAGES
    words = f"speak {listed(given['values'])}" if spoken else f"{verb} {named(given)}"
    return f"{words}{level(given)}"


def named(given: Given) -> str:
    """Return “the country Serbia”."""
    return f"the {given['attribute']} {listed(given['values'])}"


def level(given: Given) -> str:
    """Return “ at level 3 or above”, nothing when every level will do."""
    return f" at level {given['level']:g} or above" if given["level"] > 0 else ""
