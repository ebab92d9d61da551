"""How one answer to an indicator is read: the figure it means, from what was typed or counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from biosint.indicators.states import HIGHEST_LEVEL, Base, IndicatorKind

if TYPE_CHECKING:
    from biosint.indicators.models import Indicator
    from biosint.institutions.models import Institution


class Missing(StrEnum):
    """Why there is no figure. Missing is not nought: it never enters the index as 0."""

    NOT_ANSWERED = "not_answered"
    BASE_UNKNOWN = "base_unknown"


class BadFigure(StrEnum):
    """What is wrong with a figure that somebody typed."""

    NOT_YES_NO = "not_yes_no"
    NOT_A_LEVEL = "not_a_level"
    NEGATIVE = "negative"
    BASE_NOT_POSITIVE = "base_not_positive"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    HALF_ANSWERED = "half_answered"


@dataclass(frozen=True, slots=True)
class Reading:
    """The figure of one indicator, in its own unit, with the parts it was made from."""

    figure: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: Missing | None = None


UNANSWERED = Reading(figure=None, missing=Missing.NOT_ANSWERED)


def fault_in(
    indicator: Indicator,
    *,
    answer: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
) -> BadFigure | None:
    """Return what is wrong with a typed answer, or None. An empty answer is fine: it is missing."""
    if indicator.has_base:
        return _fault_in_parts(indicator, numerator, denominator)
    if answer is None:
        return None
    if indicator.kind == IndicatorKind.YES_NO:
        return None if answer in (0, 1) else BadFigure.NOT_YES_NO
    whole = answer == answer.to_integral_value()
    return None if whole and 0 <= answer <= HIGHEST_LEVEL else BadFigure.NOT_A_LEVEL


def _fault_in_parts(
    indicator: Indicator, numerator: Decimal | None, denominator: Decimal | None
) -> BadFigure | None:
    if denominator is not None and denominator <= 0:
        return BadFigure.BASE_NOT_POSITIVE
    if numerator is not None and numerator < 0:
        return BadFigure.NEGATIVE
    if indicator.is_counted:
        # The platform counts the upper number itself; at most the lower one is typed.
        return None
    if (numerator is None) != (denominator is None):
        return BadFigure.HALF_ANSWERED
    if numerator is None or denominator is None:
        return None
    exceeds = indicator.kind == IndicatorKind.RATIO and numerator > denominator
    return BadFigure.PART_EXCEEDS_WHOLE if exceeds else None


def read(
    indicator: Indicator,
    *,
    answer: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
) -> Reading:
    """Read a typed answer that ``fault_in`` found nothing wrong with.

    Returns:
        0 or 1 for yes/no, 0 to 4 for a level, per cent for a ratio, a count for every 100 otherwise.
    """
    if not indicator.has_base:
        return UNANSWERED if answer is None else Reading(figure=answer)
    if numerator is None or not denominator:
        missing = Missing.NOT_ANSWERED if numerator is None else Missing.BASE_UNKNOWN
        return Reading(figure=None, numerator=numerator, denominator=denominator, missing=missing)
    return Reading(figure=100 * numerator / denominator, numerator=numerator, denominator=denominator)


def read_counted(
    indicator: Indicator,
    *,
    quantity: Decimal,
    institution: Institution,
    typed_base: Decimal | None = None,
) -> Reading:
    """Read what the platform counted for an indicator.

    Args:
        quantity: the sum of the evidence of ``indicator.counted_kind`` at the institution in the period.
        typed_base: the denominator that somebody typed, where the platform cannot know it.
    """
    if not indicator.has_base:
        reached = sum(1 for step in indicator.counted_steps if quantity >= Decimal(str(step)))
        return Reading(figure=Decimal(reached), numerator=quantity)
    known = {
        Base.STUDENTS.value: institution.students,
        Base.TEACHERS.value: institution.teachers,
    }.get(indicator.counted_base)
    base = Decimal(known) if known else typed_base
    if not base:
        return Reading(figure=None, numerator=quantity, missing=Missing.BASE_UNKNOWN)
    return Reading(figure=100 * quantity / base, numerator=quantity, denominator=base)
