"""Translations on their way in: what each row of a file would do, before anything is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from biosint.surveys.states import LANGUAGES
from biosint.surveys.translations import LONGEST, fingerprint, placeholders, texts_of, written_in

MOST_ROWS = 20_000
# What other tools call languages that we name otherwise.
_OTHER_NAMES = {"sr-cyrl": "sr", "mo": "ro", "alb": "sq"}


@dataclass(frozen=True, slots=True)
class Row:
    """One translation in a file. ``number`` is where it stands there, for the report."""

    number: int
    address: str
    source_language: str
    source: str
    language: str
    text: str


class Outcome(StrEnum):
    NEW = "new"
    REPLACES = "replaces"
    SAME = "same"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    LANGUAGE = "language"
    TOO_LONG = "too_long"
    TWICE = "twice"


# Outcomes that can be taken.
USABLE = frozenset({Outcome.NEW, Outcome.REPLACES})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A row and what taking it would do."""

    row: Row
    outcome: Outcome
    present: str = ""  # what stands there now
    lost: tuple[str, ...] = ()  # placeholders of the source that the text lacks
    is_stale: bool = False  # the source reads differently now than in the file

    @property
    def is_usable(self) -> bool:
        return self.outcome in USABLE

    @property
    def is_proposed(self) -> bool:
        """Whether it is taken unless the person says otherwise."""
        return self.is_usable and not self.is_stale and not self.lost

    @property
    def reasons(self) -> list[str]:
        """What a person should know about it, in sentences."""
        said = {
            Outcome.UNKNOWN: _("The questionnaire has no text with this code."),
            Outcome.LANGUAGE: _(
                "Questionnaires are not written in this language. Serbian comes in Cyrillic."
            ),
            Outcome.TOO_LONG: _("It is longer than %(most)s characters.") % {"most": LONGEST},
            Outcome.EMPTY: _("No translation is given; what stands there stays."),
            Outcome.TWICE: _("The file holds this text twice; the first one counts."),
        }
        found = [said[self.outcome]] if self.outcome in said else []
        if self.is_stale:
            found.append(_("The source was changed since the file was made."))
        if self.lost:
            found.append(_("It lacks what is filled in later: %(lost)s") % {"lost": ", ".join(self.lost)})
        return found


def language_code(tag: str) -> str:
    """Return our code of a language tag, or the tag itself where we have none.

    Serbian in Latin letters is none of ours: it follows from the Cyrillic.
    """
    tag = tag.strip().lower().replace("_", "-")
    if tag.startswith("sr-latn"):
        return tag
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        shorter = _OTHER_NAMES.get(shorter, shorter)
        if shorter in LANGUAGES:
            return shorter
    return tag


def review(rows: Iterable[Row], content: Mapping[str, Any]) -> list[Reviewed]:
    """Return what taking each row would do to the content."""
    known = {
        text.address: text.words
        for text in texts_of(content)
        if any(written_in(text.words, code) for code in LANGUAGES)
    }
    seen: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        words = known.get(row.address)
        if words is None:
            found.append(Reviewed(row, Outcome.UNKNOWN))
            continue
        present = words.get(row.language) or ""
        place = (row.address, row.language)
        if row.language not in LANGUAGES:
            outcome = Outcome.LANGUAGE
        elif not row.text.strip():
            outcome = Outcome.EMPTY
        elif place in seen:
            outcome = Outcome.TWICE
        elif len(row.text) > LONGEST:
            outcome = Outcome.TOO_LONG
        elif row.text.strip() == present:
            outcome = Outcome.SAME
        else:
            outcome = Outcome.REPLACES if present else Outcome.NEW
        if outcome != Outcome.EMPTY:
            seen.add(place)
        source = words.get(row.source_language) or ""
        usable = outcome in USABLE
        found.append(
            Reviewed(
                row,
                outcome,
                present,
                tuple(sorted(placeholders(source) - placeholders(row.text))) if usable else (),
                usable and bool(row.source.strip()) and fingerprint(row.source) != fingerprint(source),
            )
        )
    return found
