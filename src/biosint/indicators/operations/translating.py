from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from biosint.audit import api as audit
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.rules import may_change
from biosint.indicators.translations import TextPlace, places_of
from biosint.people.api import Person
from biosint.shared.verdicts import require


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in one language; ``seen`` is what stood there when the translator began."""

    place: str
    seen: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationSaved:
    """What a saving did: how many texts changed, and those that somebody else changed meanwhile."""

    saved: int
    conflicts: tuple[TextPlace, ...]


@transaction.atomic
def translate(
    *, bank_id: int, language: str, texts: Sequence[Translated], by: Person, at: datetime
) -> TranslationSaved:
    """Write texts of a draft in one language. What somebody else wrote meanwhile is left and reported."""
    bank = (
        BankVersion.objects.select_for_update(of=["self"])
        .select_related("consortium__coordinator")
        .get(pk=bank_id)
    )
    require(may_change(by, bank))
    places = {place.key: place for place in places_of(bank)}
    conflicts, changed = [], {}
    saved = 0
    for told in texts:
        place, text = places[told.place], told.text.strip()
        stands = place.words.get(language, "")
        if text in {stands, told.seen}:
            # Nothing new was written here; what stands is left as it is.
            continue
        if stands != told.seen:
            conflicts.append(place)
            continue
        for holder in place.put(language, text):
            changed[type(holder), holder.pk] = holder
        saved += 1
    for holder in changed.values():
        if isinstance(holder, Dimension | Indicator):
            holder.edition += 1
        holder.save()
    if saved:
        audit.record("indicators.bank.translated", bank, by=by, at=at, language=language, texts=saved)
    return TranslationSaved(saved=saved, conflicts=tuple(conflicts))
