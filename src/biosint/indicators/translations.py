"""Every text of a bank version as a place that can be translated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.queries import dimensions_of, indicators_of
from biosint.indicators.states import LANGUAGES
from biosint.shared.verdicts import Sentence

PARTS: dict[str, Sentence] = {
    "title": _("title"),
    "meaning": _("meaning"),
    "asks": _("question"),
    "evidence_asked": _("evidence asked for"),
    "numerator": _("what is counted"),
    "denominator": _("out of"),
    "unit": _("unit"),
    "levels": _("level"),
}
LEVEL = "levels"
Holder = BankVersion | Dimension | Indicator


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One text: where it stands and what it says in each language.

    A unit that several indicators share is one place. ``dimension`` is the code of its dimension, empty for
    what belongs to the whole version.
    """

    key: str
    code: str
    part: str
    dimension: str
    words: dict[str, str]
    holders: Sequence[Holder] = field(repr=False)
    level: int | None = None

    @property
    def label(self) -> str:
        """What it is, such as “S1 question”."""
        name = str(PARTS[self.part])
        return f"{self.code} {name}" if self.level is None else f"{self.code} {name} {self.level}"

    def put(self, language: str, text: str) -> Iterable[Holder]:
        """Write the text onto its records, without saving them; return those records."""
        for holder in self.holders:
            stands = getattr(holder, self.part)
            words = stands if self.level is None else stands[self.level]
            if text:
                words[language] = text
            else:
                words.pop(language, None)
        return self.holders


def places_of(bank: BankVersion) -> list[TextPlace]:
    """Return every text of a version in reading order: its title, its units, then dimension by dimension."""
    asked = list(indicators_of(bank))
    places = [TextPlace(f"bank:{bank.pk}:title", bank.code, "title", "", bank.title, [bank])]
    units: dict[str, list[Indicator]] = {}
    for one in asked:
        units.setdefault(repr(sorted(one.unit.items())), []).append(one)
    places += [
        TextPlace(f"unit:{sharing[0].pk}", "", "unit", "", sharing[0].unit, sharing)
        for sharing in units.values()
    ]
    for side in dimensions_of(bank):
        places += [
            TextPlace(f"dimension:{side.pk}:{part}", side.code, part, side.code, getattr(side, part), [side])
            for part in ("title", "meaning")
        ]
        for one in asked:
            if one.dimension_id == side.pk:
                places += _of_indicator(one, side.code)
    return places


def _of_indicator(one: Indicator, dimension: str) -> Iterable[TextPlace]:
    parts = ["title", "asks", "evidence_asked"]
    if one.has_base:
        parts += ["numerator", "denominator"]
    for part in parts:
        yield TextPlace(f"indicator:{one.pk}:{part}", one.code, part, dimension, getattr(one, part), [one])
    for level, words in enumerate(one.levels):
        yield TextPlace(f"indicator:{one.pk}:levels:{level}", one.code, LEVEL, dimension, words, [one], level)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a version is written in one language."""

    language: str
    written: int
    texts: int

    @property
    def is_whole(self) -> bool:
        return self.written == self.texts


def completeness(places: Sequence[TextPlace]) -> list[Completeness]:
    """Return, for each language a bank can be written in, how many of its texts are."""
    return [
        Completeness(language, sum(1 for place in places if place.words.get(language)), len(places))
        for language in LANGUAGES
    ]
