"""Looking for a published course: words, filters with counts, order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OrderBy, OuterRef, Prefetch, Q, QuerySet

from biosint.exchange import rules
from biosint.exchange.models import Course, Participation, SearchWord
from biosint.exchange.states import CourseState
from biosint.people.api import LanguageLevel
from biosint.shared.folding import folded_words

MOST_WORDS = 8
FILTERS = (
    "words",
    "still_open",
    "subject",
    "language",
    "level",
    "country",
    "profession",
    "outsiders",
    "starts_from",
    "starts_until",
    "ects_from",
    "ects_until",
    "state",
)


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for. Empty fields ask for nothing."""

    words: str = ""
    still_open: bool = False
    subject: str = ""
    language: str = ""
    # The level of the language that the person has: courses that need at most this are shown.
    level: str = ""
    country: str = ""
    profession: str = ""
    outsiders: bool = False
    starts_from: date | None = None
    starts_until: date | None = None
    ects_from: Decimal | None = None
    ects_until: Decimal | None = None
    state: str = ""
    order: str = ""

    @property
    def asked(self) -> list[str]:
        """Return the names of the filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]

    def without(self, name: str) -> Search:
        return replace(self, **{name: getattr(Search(), name)})


ORDERS: dict[str, list[str]] = {
    "start": ["start_date", "pk"],
    "deadline": ["apply_until_date", "pk"],
    "title": ["title", "pk"],
    "ects": ["-ects", "pk"],
}


def courses_found(search: Search, *, on: date) -> QuerySet[Course]:
    """Return the published courses that fit, with institutions; those that still take applications come first.

    Every word must begin a word of the course, in either script of Serbian. ``on``: today, for what is still open.
    """
    order: list[str | OrderBy] = [*ORDERS.get(search.order, [])] or [_open_first(), "-start_date", "-pk"]
    return (
        _fitting(search, on)
        .select_related("host")
        .prefetch_related(Prefetch("participations", Participation.objects.select_related("institution")))
        .order_by(*order)
    )


def _open_first() -> OrderBy:
    return Exists(Course.objects.filter(pk=OuterRef("pk"), state=CourseState.OPEN)).desc()


def _fitting(search: Search, on: date) -> QuerySet[Course]:
    found = Course.objects.filter(rules.viewable_by(None))
    for word in folded_words(search.words)[:MOST_WORDS]:
        found = found.filter(Exists(_with_word(word)))
    if search.still_open:
        found = found.filter(
            state=CourseState.OPEN, apply_until_date__gte=on, teams_published_at__isnull=True
        )
    if search.state:
        found = found.filter(state=search.state)
    if search.subject:
        # Two digits ask for a whole broad field.
        found = found.filter(subject__startswith=search.subject)
    if search.language:
        found = found.filter(language=search.language)
    if search.level:
        found = found.filter(level__in=_up_to(search.level))
    if search.country:
        found = found.filter(
            Exists(Participation.objects.filter(course=OuterRef("pk"), institution__country=search.country))
        )
    if search.profession:
        found = found.filter(Q(for_professions="") | Q(for_professions__contains=f" {search.profession} "))
    if search.outsiders:
        found = found.filter(outsider_places__gt=0)
    bounds = {
        "start_date__gte": search.starts_from,
        "start_date__lte": search.starts_until,
        "ects__gte": search.ects_from,
        "ects__lte": search.ects_until,
    }
    return found.filter(**{name: bound for name, bound in bounds.items() if bound is not None})


def _with_word(beginning: str) -> QuerySet[SearchWord]:
    here = SearchWord.objects.filter(course=OuterRef("pk"))
    if len(beginning) < 3:
        return here.filter(stem=beginning, word=beginning)
    return here.filter(stem=beginning[:3], word__startswith=beginning)


def _up_to(level: str) -> list[str]:
    ladder = list(LanguageLevel.values)
    return ladder[: ladder.index(level) + 1] if level in ladder else ladder


def counts(search: Search, *, on: date) -> dict[str, Counter[str]]:
    """Return for each chooser how many courses every choice would show, the other filters as they are.

    One query each for subject, language, country and profession.
    """

    def grouped(name: str, column: str) -> dict[str, int]:
        rows = (
            _fitting(search.without(name), on)
            .order_by()
            .values_list(column)
            .annotate(count=Count("pk", distinct=True))
        )
        return dict(rows)

    professions: Counter[str] = Counter()
    for words, count in grouped("profession", "for_professions").items():
        for profession in words.split() or [""]:
            professions[profession] += count
    return {
        "subject": Counter(grouped("subject", "subject")),
        "language": Counter(grouped("language", "language")),
        "country": Counter(grouped("country", "participations__institution__country")),
        "profession": professions,
    }


def loosened(search: Search, *, on: date) -> list[tuple[str, int]]:
    """Return, for a search that finds nothing, how many courses each filter alone keeps away, the most first."""
    found = [(name, _fitting(search.without(name), on).count()) for name in search.asked]
    return sorted([one for one in found if one[1]], key=lambda one: -one[1])


def for_sitemap() -> list[str]:
    """Return the address words of all published courses."""
    return list(Course.objects.filter(rules.viewable_by(None)).order_by("pk").values_list("slug", flat=True))
