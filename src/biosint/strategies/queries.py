from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Max, Prefetch, QuerySet

from biosint.shared.words import in_language
from biosint.situation import api as situation
from biosint.strategies.models import Adoption, Document, TakenObjective, Version
from biosint.strategies.rules import viewable_by

if TYPE_CHECKING:
    from biosint.people.api import Person
    from biosint.situation.api import Objective

SUPPLIED = Path(__file__).parent / "supplied"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in a comparison: ``kept``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of a comparison."""

    kind: str  # kept, added, removed, changed
    pieces: tuple[Piece, ...]


def documents_for(person: Person | None) -> QuerySet[Document]:
    return (
        Document.objects.filter(viewable_by(person))
        .select_related("institution")
        .annotate(last_number=Max("versions__number"), last_at=Max("versions__written_at"))
        .order_by("institution__name", "title", "pk")
    )


def versions_of(document: Document) -> list[Version]:
    """Return all versions, the newest first, each with its adoption if there is one."""
    adoptions = Prefetch("adoption", Adoption.objects.all())
    return list(
        document.versions.select_related("written_by").prefetch_related(adoptions).order_by("-number")
    )


def taken_by(document: Document) -> list[TakenObjective]:
    """Return the objectives that a document took up, the oldest first."""
    return list(document.objectives.select_related("objective__option__workshop", "version"))


def offered_to(document: Document, person: Person) -> QuerySet[Objective]:
    """Return the objectives that the document could take up and has not yet, the newest first."""
    return (
        situation.objectives_of(document.institution, person=person)
        .exclude(pk__in=document.objectives.values("objective_id"))
        .order_by("-created_at", "-pk")
    )


def uses_of(objectives: Iterable[int]) -> dict[int, list[situation.Use]]:
    """Tell situation where objectives went: the documents that took them up."""
    found: dict[int, list[situation.Use]] = {}
    taken = TakenObjective.objects.filter(objective__in=list(objectives))
    for one in taken.select_related("document__institution", "version"):
        document = one.document
        found.setdefault(one.objective_id, []).append(
            situation.Use(
                title=document.title,
                url=document.get_absolute_url(),
                institution=document.institution.name,
                state=str(document.get_state_display()),
            )
        )
    return found


def shown_version(versions: list[Version], *, to_writer: bool) -> Version:
    """Return what a reader sees first: writers the newest version, everyone else the adopted one."""
    if not to_writer:
        for version in versions:
            if hasattr(version, "adoption"):
                return version
    return versions[0]


def difference(old: str, new: str) -> list[Row]:
    """Compare two texts paragraph by paragraph, and word by word inside a changed paragraph."""
    before, after = _paragraphs(old), _paragraphs(new)
    rows: list[Row] = []
    for change, i1, i2, j1, j2 in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if change == "equal":
            rows += [Row("kept", (Piece("kept", text),)) for text in before[i1:i2]]
            continue
        paired = min(i2 - i1, j2 - j1)
        rows += [Row("changed", _words(before[i1 + n], after[j1 + n])) for n in range(paired)]
        rows += [Row("removed", (Piece("removed", text),)) for text in before[i1 + paired : i2]]
        rows += [Row("added", (Piece("added", text),)) for text in after[j1 + paired : j2]]
    return rows


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    pieces: list[Piece] = []
    for change, i1, i2, j1, j2 in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece("kept", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(after[j1:j2])))
    return tuple(pieces)


@lru_cache(maxsize=1)
def supplied() -> dict[str, dict[str, Any]]:
    """Return the supplied templates: key -> kind, title and text per language."""
    return {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(SUPPLIED.glob("*.yaml"))
    }


def supplied_text(key: str, language: str) -> str:
    """Return the text of a supplied template in a language; Serbian Latin follows from the Cyrillic."""
    return in_language(supplied()[key]["text"], language).text
