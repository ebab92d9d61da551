"""What a bank says, apart from where it is kept: read from a file, typed into a form, or copied from a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from biosint.indicators.states import HIGHEST_LEVEL, Base, IndicatorKind
from biosint.shared.verdicts import Fault

Texts = Mapping[str, str]


class BankFaulty(Fault):
    """What was given cannot stand in a bank."""


@dataclass(frozen=True, slots=True)
class IndicatorContent:
    """One question with all that belongs to it; texts are by language."""

    code: str
    kind: IndicatorKind
    unit: Texts
    title: Texts
    asks: Texts
    evidence_asked: Texts
    weight: Decimal = Decimal(1)
    levels: tuple[Texts, ...] = ()
    numerator: Texts = field(default_factory=dict)
    denominator: Texts = field(default_factory=dict)
    cap: Decimal | None = None
    references: tuple[str, ...] = ()
    counted_kind: str = ""
    counted_base: str = ""
    counted_steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DimensionContent:
    code: str
    weight: Decimal
    title: Texts
    meaning: Texts
    indicators: tuple[IndicatorContent, ...] = ()


@dataclass(frozen=True, slots=True)
class BankContent:
    code: str
    title: Texts
    published_on: date | None
    dimensions: tuple[DimensionContent, ...]


def divides(kind: IndicatorKind) -> bool:
    """Whether this kind divides one number by another."""
    return kind in {IndicatorKind.RATIO, IndicatorKind.COUNT_PER_100}


def require_whole(one: IndicatorContent) -> None:
    """Raise unless the parts of an indicator fit its kind. Texts may still be missing.

    Raises:
        BankFaulty: with a sentence that names the indicator and what it lacks.
    """
    steps = {IndicatorKind.YES_NO: 1, IndicatorKind.LEVEL: HIGHEST_LEVEL}.get(one.kind, 0)
    needs_base = divides(one.kind) and bool(one.counted_kind)
    whole = (
        (len(one.levels) == HIGHEST_LEVEL + 1) == (one.kind is IndicatorKind.LEVEL)
        and (not one.counted_kind or len(one.counted_steps) == steps)
        and (not needs_base or one.counted_base in Base.values)
        and (one.kind is not IndicatorKind.COUNT_PER_100 or one.cap is not None)
        and divides(one.kind) == bool(one.numerator) == bool(one.denominator)
    )
    if not whole:
        raise BankFaulty(
            _(
                "Indicator “%(code)s” is incomplete: a level needs five descriptions, a share or count what is divided by what, a count a cap, a counted one its steps or base."
            )
            % {"code": one.code}
        )
    if list(one.counted_steps) != sorted(set(one.counted_steps)) or any(
        step <= 0 for step in one.counted_steps
    ):
        raise BankFaulty(
            _("The steps of indicator “%(code)s” must be above 0, each higher than the one before.")
            % {"code": one.code}
        )
    if one.cap is not None and (not divides(one.kind) or one.cap <= 0):
        raise BankFaulty(
            _(
                "The figure that earns all points of “%(code)s” must be above 0, and only a share or a count has one."
            )
            % {"code": one.code}
        )
    if one.weight <= 0:
        raise BankFaulty(_("The weight of “%(code)s” must be above 0.") % {"code": one.code})


def texts_of_indicator(one: IndicatorContent) -> dict[str, Texts]:
    """Every text of an indicator that readers need, by what it is; ``levels:3`` is the fourth level."""
    texts = {
        "title": one.title,
        "asks": one.asks,
        "evidence_asked": one.evidence_asked,
        "unit": one.unit,
        **{f"levels:{level}": words for level, words in enumerate(one.levels)},
    }
    if divides(one.kind):
        texts |= {"numerator": one.numerator, "denominator": one.denominator}
    return texts


def languages_complete(content: BankContent) -> tuple[str, ...]:
    """The languages in which every text of a bank is written, in the order of its title's languages."""
    texts: list[Texts] = [content.title]
    for dimension in content.dimensions:
        texts += [dimension.title, dimension.meaning]
        for indicator in dimension.indicators:
            texts += texts_of_indicator(indicator).values()
    return tuple(language for language in content.title if all(words.get(language) for words in texts))
