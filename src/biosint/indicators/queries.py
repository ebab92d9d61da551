from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from biosint.indicators.contents import BankContent, DimensionContent, IndicatorContent
from biosint.indicators.frameworks import FRAMEWORKS, Framework, Theme, speaks_of, theme_of
from biosint.indicators.models import BankVersion, Dimension, Indicator
from biosint.indicators.rules import viewable_by
from biosint.indicators.states import BankState, IndicatorKind
from biosint.shared.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from biosint.consortium.api import Consortium
    from biosint.people.api import Person


def banks() -> QuerySet[BankVersion]:
    """Return every supplied version, newest first: those open to everyone."""
    return BankVersion.objects.filter(consortium=None, state=BankState.PUBLISHED)


def banks_visible_to(person: Person | None) -> QuerySet[BankVersion]:
    """Return the versions a person may read, the newest first and drafts at the end."""
    return BankVersion.objects.filter(viewable_by(person)).select_related(
        "consortium__coordinator", "came_from"
    )


def banks_for(consortium: Consortium) -> QuerySet[BankVersion]:
    """Return the versions a consortium can measure with: the supplied ones and its own, the newest first."""
    return BankVersion.objects.filter(
        Q(consortium=None) | Q(consortium=consortium), state=BankState.PUBLISHED
    )


def banks_loaded_by(person: Person) -> QuerySet[BankVersion]:
    """Return the versions a person put in use, began or published."""
    return BankVersion.objects.filter(Q(loaded_by=person) | Q(published_by=person))


def current_bank() -> BankVersion | None:
    """Return the newest supplied version, or None where none has been loaded."""
    return banks().first()


def dimensions_of(bank: BankVersion) -> QuerySet[Dimension]:
    return bank.dimensions.annotate(indicator_count=Count("indicators")).order_by("order", "pk")


def indicators_of(bank: BankVersion, *, dimension: str = "") -> QuerySet[Indicator]:
    """Return the indicators of one version in their order, each with its dimension."""
    found = bank.indicators.select_related("dimension", "bank")
    return found.filter(dimension__code=dimension) if dimension else found


def narrowed(
    asked: Iterable[Indicator],
    *,
    words: str = "",
    kind: str = "",
    framework: str = "",
    origin: str = "",
) -> list[Indicator]:
    """Return the indicators that fit: a bank is small, so it is searched in the reader's own language.

    Args:
        words: every one of them stands in the code, title or question.
        kind: one of ``IndicatorKind``.
        framework: the beginning of a reference, such as ``WFME 2``.
        origin: ``counted`` by the platform or ``typed`` by people; empty for both.
    """
    wanted = words.casefold().split()

    def fits(one: Indicator) -> bool:
        text = f"{one.code} {in_language(one.title)} {in_language(one.asks)}".casefold()
        return (
            all(word in text for word in wanted)
            and (not kind or one.kind == kind)
            and (not framework or speaks_of(one.references, framework))
            and (not origin or one.is_counted == (origin == "counted"))
        )

    return [one for one in asked if fits(one)]


def covered(
    asked: Sequence[Indicator],
) -> list[tuple[Framework, list[tuple[Theme, list[Indicator]]]]]:
    """Return each framework with its themes and the indicators that refer to each theme."""
    found: dict[tuple[str, str], list[Indicator]] = {}
    for one in asked:
        for theme in dict.fromkeys(theme_of(reference) for reference in one.references):
            if theme is not None:
                found.setdefault(theme, []).append(one)
    return [
        (
            framework,
            [(theme, found.get((framework.code, theme.code), [])) for theme in framework.themes],
        )
        for framework in FRAMEWORKS
    ]


def content_of_indicator(one: Indicator) -> IndicatorContent:
    return IndicatorContent(
        code=one.code,
        kind=IndicatorKind(one.kind),
        weight=one.weight.normalize(),
        unit=one.unit,
        title=one.title,
        asks=one.asks,
        evidence_asked=one.evidence_asked,
        levels=tuple(one.levels),
        numerator=one.numerator,
        denominator=one.denominator,
        cap=None if one.cap is None else one.cap.normalize(),
        references=tuple(one.references),
        counted_kind=one.counted_kind,
        counted_base=one.counted_base,
        counted_steps=tuple(one.counted_steps),
    )


def content_of(bank: BankVersion) -> BankContent:
    """Return all that a version says, apart from where it is kept."""
    by_dimension: dict[int, list[IndicatorContent]] = {}
    for one in indicators_of(bank):
        by_dimension.setdefault(one.dimension_id, []).append(content_of_indicator(one))
    return BankContent(
        code=bank.code,
        title=bank.title,
        published_on=bank.published_on,
        dimensions=tuple(
            DimensionContent(
                code=side.code,
                weight=side.weight.normalize(),
                title=side.title,
                meaning=side.meaning,
                indicators=tuple(by_dimension.get(side.pk, ())),
            )
            for side in dimensions_of(bank)
        ),
    )
