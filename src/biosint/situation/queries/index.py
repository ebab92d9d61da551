"""The index: from values and evidence to points, and from rounds to change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from biosint.evidence import api as evidence
from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator, IndicatorKind, Reading
from biosint.situation.models import Participation, Round, Value
from biosint.situation.queries.reviews import Progress, progress_of_round
from biosint.situation.queries.rounds import participations_of, values_of
from biosint.situation.states import RoundState
from iahcalc import maturity
from iahcalc.faults import TooFewAnswers


def counted_at(participation: Participation) -> dict[str, Decimal]:
    """Return what evidence adds up to at the institution in the period of the round, by kind."""
    one = participation.round
    found = evidence.totals(institution=participation.institution, since=one.since, until=one.until)
    return {kind: quantity for kind, (quantity, _items) in found.items()}


def readings(
    participation: Participation,
    asked: Sequence[Indicator],
    values: Mapping[int, Value],
    counted: Mapping[str, Decimal] | None = None,
) -> dict[int, Reading]:
    """Return the figure of every indicator for one institution.

    Args:
        values: the saved values, by indicator.
        counted: what evidence adds up to now. Leave it out for a closed round: what was counted when
            it closed stands in its values and is not counted again.
    """
    found = {}
    for indicator in asked:
        value = values.get(indicator.pk)
        if indicator.is_counted and counted is not None:
            found[indicator.pk] = indicators.read_counted(
                indicator,
                quantity=counted.get(indicator.counted_kind, Decimal(0)),
                institution=participation.institution,
                typed_base=value.denominator if value else None,
            )
        else:
            found[indicator.pk] = indicators.read(
                indicator,
                answer=value.answer if value else None,
                numerator=value.numerator if value else None,
                denominator=value.denominator if value else None,
            )
    return found


def figures_of(asked: Sequence[Indicator], found: Mapping[int, Reading]) -> dict[str, float | None]:
    """Return figures as the formula wants them, by code of the indicator; a share in per cent."""
    figures: dict[str, float | None] = {}
    for indicator in asked:
        figure = found[indicator.pk].figure
        if figure is None:
            figures[indicator.code] = None
        elif indicator.kind == IndicatorKind.RATIO:
            # What is counted may exceed its typed base; it earns no more than the whole.
            figures[indicator.code] = min(float(figure), 100.0)
        else:
            figures[indicator.code] = float(figure)
    return figures


def asked_of(asked: Sequence[Indicator]) -> list[maturity.Indicator]:
    """Return the indicators as the formula wants them."""
    return [
        maturity.Indicator(
            code=indicator.code,
            dimension=indicator.dimension.code,
            kind=maturity.Kind(indicator.kind),
            weight=float(indicator.weight),
            cap=None if indicator.cap is None else float(indicator.cap),
        )
        for indicator in asked
    ]


def weights_of(asked: Sequence[Indicator]) -> dict[str, float]:
    """Return the weights that the bank gives its dimensions."""
    return {indicator.dimension.code: float(indicator.dimension.weight) for indicator in asked}


def index_of(
    asked: Sequence[Indicator],
    found: Mapping[int, Reading],
    *,
    formula: maturity.Formula | None = None,
    without: Collection[str] = (),
) -> maturity.Index:
    """Return the index of one institution in points, with its dimensions and what is missing.

    Args:
        without: codes that stand as unanswered, such as disputed ones where the formula says so.
    """
    figures = figures_of(asked, found)
    return maturity.index(
        asked_of(asked),
        {code: None if code in without else figure for code, figure in figures.items()},
        dimension_weights=weights_of(asked),
        formula=formula,
    )


def change_of(
    asked: Sequence[Indicator],
    before: Mapping[int, Reading],
    after: Mapping[int, Reading],
    *,
    formula: maturity.Formula | None = None,
) -> maturity.IndexChange:
    """Return the change of one institution over the indicators answered in both rounds."""
    return maturity.change(
        asked_of(asked),
        figures_of(asked, before),
        figures_of(asked, after),
        dimension_weights=weights_of(asked),
        formula=formula,
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """One institution in two rounds; a part is None where it did not take part."""

    name: str
    before: Participation | None
    after: Participation | None

    @property
    def change(self) -> float | None:
        """In points; None unless both rounds gave an index."""
        if self.before is None or self.after is None:
            return None
        if self.before.index is None or self.after.index is None:
            return None
        return self.after.index - self.before.index


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two closed rounds of one consortium, institution by institution, and the test over them."""

    before: Round
    after: Round
    pairs: tuple[Pair, ...]
    gains: maturity.Gains | None
    # Dimensions that both rounds asked, tested over the institutions and corrected for their number.
    dimensions: tuple[maturity.DimensionGains, ...] = ()

    @property
    def same_bank(self) -> bool:
        return self.before.bank_id == self.after.bank_id


def comparison(before: Round, after: Round) -> Comparison:
    """Compare two closed rounds. ``gains`` is None with fewer than two institutions in both."""
    earlier = {part.institution_id: part for part in participations_of(before)}
    later = {part.institution_id: part for part in participations_of(after)}
    everyone = sorted(
        (part.institution for part in {**earlier, **later}.values()), key=lambda place: place.name
    )
    pairs = tuple(
        Pair(name=place.short_name, before=earlier.get(place.pk), after=later.get(place.pk))
        for place in everyone
    )
    try:
        gains = maturity.gains(
            {str(key): part.index for key, part in earlier.items()},
            {str(key): part.index for key, part in later.items()},
        )
    except TooFewAnswers:
        gains = None
    return Comparison(
        before=before,
        after=after,
        pairs=pairs,
        gains=gains,
        dimensions=maturity.gains_by_dimension(_points(earlier), _points(later)),
    )


def _points(parts: Mapping[int, Participation]) -> dict[str, dict[str, float | None]]:
    return {
        str(key): {side["code"]: side["value"] for side in part.dimensions} for key, part in parts.items()
    }


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What one institution's part of an open round still lacks, by codes of indicators."""

    part: Participation
    missing: tuple[str, ...]
    progress: Progress | None
    result: maturity.Index


def outstanding(one: Round, asked: Sequence[Indicator]) -> list[Outstanding]:
    """Return, for each institution of a round, what is missing or disputed now and what its index would be."""
    progress = progress_of_round(one, asked)
    found = []
    for part in participations_of(one):
        figures = readings(part, asked, values_of(part), counted_at(part))
        own = progress.get(part.pk)
        formula = one.formula.formula
        disputed = own.disputed if own and formula.disputed is maturity.Disputed.MISSING else ()
        result = index_of(asked, figures, formula=formula, without=disputed)
        missing = tuple(each.code for each in asked if figures[each.pk].figure is None)
        found.append(Outstanding(part=part, missing=missing, progress=own, result=result))
    return found


def without_disputed(part: Participation) -> Collection[str]:
    """The codes that the formula of a closed round leaves out because they were disputed."""
    formula = part.round.formula.formula
    return part.disputed if formula.disputed is maturity.Disputed.MISSING else ()


def is_final(one: Round) -> bool:
    """Whether the results of a round stand and never change."""
    return one.state == RoundState.CLOSED
