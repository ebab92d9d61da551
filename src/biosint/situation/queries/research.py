from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from biosint.consortium import api as consortia
from biosint.indicators import api as indicators
from biosint.shared.languages import country_name
from biosint.situation.models import Finding, Grading, Source
from biosint.situation.references import Reference, title_key
from biosint.situation.rules import research as rules
from biosint.situation.states import Grade
from iahcalc.agreement import Kappa, cohen_kappa
from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    from biosint.consortium.api import Consortium
    from biosint.people.api import Person

ORDERS: dict[str, tuple[Any, ...]] = {
    "source": ("source__authors", "source__year", "pk"),
    "year": (F("source__year").desc(nulls_last=True), "source__authors", "pk"),
    "theme": ("theme", "grade", "source__authors", "pk"),
    # Without a grade comes last, although an empty word sorts first.
    "grade": (Case(When(grade="", then=Value(1)), default=Value(0)), "grade", "source__authors", "pk"),
    "newest": ("-written_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings of the literature table are shown, and in which order. Empty words do not limit."""

    country: str = ""
    theme: str = ""
    grade: str = ""
    words: str = ""
    order: str = "source"
    only_published: bool = False

    @property
    def limits(self) -> bool:
        return bool(self.country or self.theme or self.grade or self.words or self.only_published)


def consortia_read_by(person: Person) -> QuerySet[Consortium]:
    """Return the consortia whose desk research and workshops a person reads, the newest first."""
    if person.is_staff:
        return consortia.consortia()
    return consortia.consortia().filter(pk__in=rules.joined(person, *rules.STAFF))


def sources_for(person: Person) -> QuerySet[Source]:
    """Return the sources a person may read."""
    return Source.objects.filter(rules.readable_by(person)).select_related(
        "consortium__coordinator", "added_by"
    )


def findings_of(consortium: Consortium, wanted: Wanted) -> QuerySet[Finding]:
    """Return the rows of the literature table: findings with their source and how many graded them."""
    found = (
        Finding.objects.filter(source__consortium=consortium)
        .select_related("source", "written_by")
        .annotate(graders=Count("gradings"))
    )
    if wanted.country:
        found = found.filter(countries_written__contains=f" {wanted.country.upper()} ")
    if wanted.theme:
        found = found.filter(theme=wanted.theme)
    if wanted.grade:
        found = found.filter(grade=wanted.grade)
    if wanted.only_published:
        found = found.filter(published_at__isnull=False)
    for word in wanted.words.split()[:8]:
        found = found.filter(
            Q(text__icontains=word) | Q(source__title__icontains=word) | Q(source__authors__icontains=word)
        )
    return found.order_by(*ORDERS.get(wanted.order, ORDERS["source"]))


def published_findings_of(consortium: Consortium) -> QuerySet[Finding]:
    """Return the findings that feed workshops and the report, theme by theme, the strongest first."""
    return findings_of(consortium, Wanted(order="theme", only_published=True))


def sources_without_findings(consortium: Consortium) -> QuerySet[Source]:
    """Return the sources that nobody has found anything in yet."""
    return Source.objects.filter(consortium=consortium, findings=None)


def counts_of(consortium: Consortium) -> dict[str, int]:
    """Return how many sources, findings and published findings there are."""
    counted = Finding.objects.filter(source__consortium=consortium).aggregate(
        findings=Count("pk"), published=Count("pk", filter=Q(published_at__isnull=False))
    )
    return {**counted, "sources": Source.objects.filter(consortium=consortium).count()}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the desk research: a dimension of the index, or an own one."""

    code: str
    name: str
    is_own: bool = False


def themes_of(consortium: Consortium) -> list[Theme]:
    """Return the dimensions of the current bank and the own themes in use, in that order."""
    bank = indicators.current_bank()
    dimensions = (
        [Theme(each.code, str(each)) for each in indicators.dimensions_of(bank)] if bank is not None else []
    )
    known = {theme.code for theme in dimensions}
    used = (
        Finding.objects.filter(source__consortium=consortium)
        .order_by("theme")
        .values_list("theme", flat=True)
        .distinct()
    )
    return [*dimensions, *(Theme(code, code, is_own=True) for code in used if code not in known)]


def countries_of(consortium: Consortium) -> list[tuple[str, str]]:
    """Return the countries that findings speak of, with their names in the reader's language, by name."""
    written = (
        Finding.objects.filter(source__consortium=consortium)
        .order_by()
        .values_list("countries_written", flat=True)
        .distinct()
    )
    codes = {code for words in written for code in words.split()}
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1].casefold())


def finding_with_gradings(finding: Finding) -> list[Grading]:
    return list(finding.gradings.select_related("graded_by"))


def two_grades(consortium: Consortium) -> list[tuple[str, str]]:
    """Return the two grades of each finding that two people graded, the earlier one first."""
    rows: dict[int, list[str]] = {}
    graded = Grading.objects.filter(finding__source__consortium=consortium)
    for finding, grade in graded.values_list("finding_id", "grade"):
        rows.setdefault(finding, []).append(grade)
    return [(grades[0], grades[1]) for grades in rows.values() if len(grades) > 1]


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far two readers graded alike, over ``n`` findings.

    ``kappa`` (near misses half right) is None where all grades are one, so that chance cannot be told apart.
    """

    n: int
    equal: int
    kappa: Kappa | None

    @property
    def share(self) -> float:
        """The share of equal grades, in per cent."""
        return 100 * self.equal / self.n


def agreement(consortium: Consortium) -> Agreement | None:
    """Return how far the two readers of each finding agree; None where nothing was graded twice."""
    pairs = two_grades(consortium)
    if not pairs:
        return None
    first, second = (
        [list(Grade).index(Grade(grade)) for grade in grades] for grades in zip(*pairs, strict=True)
    )
    try:
        kappa = cohen_kappa(first, second, weights="linear")
    except TooFewAnswers:
        kappa = None
    return Agreement(n=len(pairs), equal=sum(one == other for one, other in pairs), kappa=kappa)


@dataclass(frozen=True, slots=True)
class Previewed:
    """One reference of a file: what would become of it. ``report`` is empty where nothing stands against it."""

    number: int
    reference: Reference
    report: tuple[str, ...]
    known: Source | None = None
    can_be_added: bool = True

    @property
    def is_new(self) -> bool:
        return self.can_be_added and self.known is None


def preview(consortium: Consortium, references: Iterable[Reference]) -> list[Previewed]:
    """Tell for each reference of a file whether it is new, known by its DOI or title, or cannot be taken."""
    listed = list(references)
    keys = {title_key(one.title) for one in listed}
    dois = {one.doi for one in listed if one.doi}
    here = list(Source.objects.filter(Q(title_key__in=keys) | Q(doi__in=dois), consortium=consortium))
    by_doi = {source.doi: source for source in here if source.doi}
    by_title = {source.title_key: source for source in here}
    rows: list[Previewed] = []
    seen: dict[str, int] = {}
    for number, one in enumerate(listed):
        report = [str(FAULTS[fault]()) for fault in one.faults]
        known = by_doi.get(one.doi) if one.doi else None
        can = bool(one.title) and known is None
        if known is not None:
            report.append(_("A source with this DOI is here already."))
        elif one.title and title_key(one.title) in by_title:
            known = by_title[title_key(one.title)]
            report.append(_("A source with this title is here already. Take it only if it is another one."))
        own = one.doi or title_key(one.title)
        if own and own in seen:
            report.append(_("It stands twice in the file (also as number %(n)s).") % {"n": seen[own]})
            can = can and not one.doi
        seen.setdefault(own, number + 1)
        rows.append(Previewed(number, one, tuple(report), known, can))
    return rows


FAULTS: dict[str, Any] = {
    "no_title": lambda: _("It has no title, so it cannot be taken."),
    "no_end": lambda: _("The entry does not end; what comes behind may be missing."),
    "bad_doi": lambda: _("What stands as DOI is none. It is left out."),
    "bad_url": lambda: _("Its address is none of the web. It is left out."),
    "cut": lambda: _("Its words are very long and were cut."),
    "bad_year": lambda: _("No year can be read from its date. It is left out."),
}


def alike(consortium: Consortium, title: str) -> Source | None:
    """Return a source of (nearly) the same title, to tell a writer before it is there twice."""
    return Source.objects.filter(consortium=consortium, title_key=title_key(title)).first()


def reference_of(source: Source) -> Reference:
    """Return a source as the line of a list of references is made from."""
    return Reference(
        title=source.title,
        kind=source.kind,
        authors=source.authors,
        year=source.year,
        published_in=source.published_in,
        doi=source.doi,
        url=source.url,
        language=source.language,
    )


def grade_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings have each grade, all grades in order."""
    listed = [finding.grade for finding in findings]
    return {grade.value: listed.count(grade.value) for grade in Grade}
