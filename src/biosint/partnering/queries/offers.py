"""Looking for offers: words, filters, order; and what one teacher made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from biosint.curriculum import api as curriculum
from biosint.exchange import api as exchange
from biosint.partnering.models import Offer, OfferWord, Report
from biosint.partnering.rules import offers as rules
from biosint.people.api import LanguageLevel
from biosint.shared.folding import folded_words

if TYPE_CHECKING:
    from biosint.people.api import Person

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for. Empty fields ask for nothing."""

    words: str = ""
    kind: str = ""
    subject: str = ""
    language: str = ""
    # The level that the person has: offers that need at most this are shown.
    language_level: str = ""
    level: str = ""
    format: str = ""
    country: str = ""
    from_date: date | None = None
    until_date: date | None = None
    order: str = ""

    def without(self, name: str) -> Search:
        return replace(self, **{name: getattr(Search(), name)})

    @property
    def asked(self) -> bool:
        return replace(self, order="") != Search()


ORDERS: dict[str, list[str]] = {
    "new": ["-created_at", "-pk"],
    "start": ["start_date", "pk"],
    "until": ["until_date", "pk"],
}


def offers_found(search: Search, *, today: date) -> QuerySet[Offer]:
    """Return the open offers that fit, with teacher and institution.

    Every word must begin a word of the offer, in either script of Serbian. Days: its weeks touch the asked ones.
    """
    return (
        _fitting(search, today)
        .select_related("institution", "teacher")
        .order_by(*ORDERS.get(search.order, ORDERS["new"]))
    )


def _fitting(search: Search, today: date) -> QuerySet[Offer]:
    found = Offer.objects.filter(rules.shown(today))
    for word in folded_words(search.words)[:MOST_WORDS]:
        found = found.filter(Exists(_with_word(word)))
    if search.subject:
        # Two digits ask for a whole broad field.
        found = found.filter(subject__startswith=search.subject)
    if search.language_level in LanguageLevel.values:
        ladder = list(LanguageLevel.values)
        found = found.filter(language_level__in=ladder[: ladder.index(search.language_level) + 1])
    same = {
        "kind": search.kind,
        "language": search.language,
        "level": search.level,
        "format": search.format,
        "institution__country": search.country,
        "end_date__gte": search.from_date,
        "start_date__lte": search.until_date,
    }
    return found.filter(**{name: value for name, value in same.items() if value})


def _with_word(beginning: str) -> QuerySet[OfferWord]:
    here = OfferWord.objects.filter(offer=OuterRef("pk"))
    if len(beginning) < 3:
        return here.filter(stem=beginning, word=beginning)
    return here.filter(stem=beginning[:3], word__startswith=beginning)


def counts(search: Search, *, today: date) -> dict[str, Counter[str]]:
    """Return for each chooser how many offers every choice would show, the other filters as they are; one query each."""

    def grouped(name: str, column: str) -> Counter[str]:
        rows = _fitting(search.without(name), today).order_by().values_list(column)
        return Counter(dict(rows.annotate(count=Count("pk"))))

    return {
        "subject": grouped("subject", "subject"),
        "language": grouped("language", "language"),
        "country": grouped("country", "institution__country"),
    }


def offers_visible_to(person: Person | None, *, today: date) -> QuerySet[Offer]:
    return Offer.objects.filter(rules.viewable_by(person, today=today)).select_related(
        "institution", "teacher", "unit", "course"
    )


def offers_of(person: Person) -> QuerySet[Offer]:
    """Return what a teacher offers and seeks, the newest first, with the number of conversations."""
    return (
        Offer.objects.filter(teacher=person)
        .select_related("institution")
        .annotate(contact_count=Count("contacts"))
        .order_by("-created_at", "-pk")
    )


def sources_of(person: Person) -> tuple[list[curriculum.Unit], list[exchange.Course]]:
    """Return the units and courses a teacher may take an offer over from."""
    return list(curriculum.units_taught_by(person)), list(exchange.taught_by(person)[:100])


def open_reports() -> QuerySet[Report]:
    return Report.objects.filter(settled_at=None).select_related("offer__teacher", "contact", "reported_by")
