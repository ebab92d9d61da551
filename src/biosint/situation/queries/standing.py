"""What a closed round says beyond the index itself: what would raise it, how firm the order is, who stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosint.indicators import api as indicators
from biosint.indicators.api import FRAMEWORKS, Framework, Indicator, Reading, Theme
from biosint.situation.models import OutsideIndex, Participation, Round, Value
from biosint.situation.queries import index
from biosint.situation.queries.rounds import participations_of, values_of, values_of_round
from biosint.situation.states import RoundState
from iahcalc import maturity
from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    from biosint.people.api import Person

# How far an average weight is moved when the order is tried: a half of itself.
SPREAD = 0.5


def figures_of_part(
    part: Participation, asked: Sequence[Indicator], values: Mapping[int, Value] | None = None
) -> dict[int, Reading]:
    """Return the figures of one institution as they stand: counted now in an open round, as closed in a closed one."""
    counted = index.counted_at(part) if part.round.state == RoundState.OPEN else None
    return index.readings(part, asked, values_of(part) if values is None else values, counted)


@dataclass(frozen=True, slots=True)
class Raising:
    """One step on one indicator, and what it would bring, in points."""

    indicator: Indicator
    step: maturity.Raiser


@dataclass(frozen=True, slots=True)
class RaisingFound:
    """What would raise an institution most; ``full`` earn all already, ``unanswered`` have no answer."""

    steps: tuple[Raising, ...]
    full: tuple[Indicator, ...]
    unanswered: tuple[Indicator, ...]
    result: maturity.Index


def raisers_of(part: Participation) -> RaisingFound:
    """Return every realistic step of an institution in a round, the one that brings most first."""
    asked = list(indicators.indicators_of(part.round.bank))
    found = figures_of_part(part, asked)
    formula, without = part.round.formula.formula, index.without_disputed(part)
    figures = {
        code: None if code in without else figure for code, figure in index.figures_of(asked, found).items()
    }
    by_code = {one.code: one for one in asked}
    result = maturity.raisers(
        index.asked_of(asked), figures, dimension_weights=index.weights_of(asked), formula=formula
    )
    return RaisingFound(
        steps=tuple(Raising(by_code[step.code], step) for step in result.steps),
        full=tuple(by_code[code] for code in result.full),
        unanswered=tuple(by_code[code] for code in result.unanswered),
        result=index.index_of(asked, found, formula=formula, without=without),
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """One institution of a closed round and how firmly its place stands."""

    part: Participation
    rank: maturity.RankInterval


def order_of(one: Round, *, spread: float = SPREAD) -> list[Ranked]:
    """Return the institutions of a closed round in their order, with the places other weights would give them.

    Args:
        spread: how far an average weight is moved, as a share of itself.

    Returns:
        Empty with fewer than two institutions that have every dimension.
    """
    parts = {str(part.pk): part for part in participations_of(one)}
    weights = {side.code: float(side.weight) for side in indicators.dimensions_of(one.bank)}
    formula = one.formula.formula
    weights |= {code: own for code, own in formula.dimension_weights.items() if code in weights}
    try:
        ranks = maturity.order_under_weights(
            {key: {side["code"]: side["value"] for side in part.dimensions} for key, part in parts.items()},
            weights,
            spread=spread,
            formula=formula,
        )
    except TooFewAnswers:
        return []
    return [Ranked(parts[rank.name], rank) for rank in ranks]


@dataclass(frozen=True, slots=True)
class Tried:
    """What another formula would have made of one institution in a closed round."""

    part: Participation
    result: maturity.Index

    @property
    def change(self) -> float | None:
        """In points; None unless both formulas give an index."""
        if self.part.index is None or self.result.value is None:
            return None
        return self.result.value - self.part.index


def tried(one: Round, formula: maturity.Formula) -> list[Tried]:
    """Return the indices of a closed round under another formula. Nothing is kept."""
    asked = list(indicators.indicators_of(one.bank))
    values: dict[int, dict[int, Value]] = {}
    for value in values_of_round(one):
        values.setdefault(value.participation_id, {})[value.indicator_id] = value
    found = []
    for part in participations_of(one):
        figures = figures_of_part(part, asked, values.get(part.pk, {}))
        without = part.disputed if formula.disputed is maturity.Disputed.MISSING else ()
        found.append(Tried(part, index.index_of(asked, figures, formula=formula, without=without)))
    return found


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One institution beside others that were measured with the same indicators and the same formula.

    ``standing`` and ``dimensions`` name nobody and are None with too few others; ``named`` are those that
    agreed to be shown, ``outside`` figures that were entered with their source.
    """

    part: Participation
    others: int
    standing: maturity.Standing | None
    dimensions: dict[str, maturity.Standing]
    named: tuple[Participation, ...]
    outside: tuple[OutsideIndex, ...]


def benchmark(part: Participation) -> Benchmark:
    """Return where an institution of a closed round stands among all others on this platform.

    Others count with their newest closed round over the same indicators and the same formula, whichever
    consortium held it.
    """
    one = part.round
    pool: dict[int, Participation] = {}
    measured = (
        Participation.objects.filter(
            round__state=RoundState.CLOSED, round__bank=one.bank, round__formula__source=one.formula.source
        )
        .exclude(institution=part.institution)
        .exclude(index=None)
        .select_related("institution", "round", "disclosure")
        .order_by("round__period_until", "round_id")
    )
    for other in measured:
        pool[other.institution_id] = other
    # Within one round everybody is compared over the same period.
    pool |= {other.institution_id: other for other in measured if other.round_id == one.pk}
    others = list(pool.values())
    return Benchmark(
        part=part,
        others=len(others),
        standing=_standing(part.index, [other.index for other in others]),
        dimensions=_dimensions(part, others),
        named=tuple(
            sorted(
                (other for other in others if hasattr(other, "disclosure")),
                key=lambda other: (-(other.index or 0), other.institution.name),
            )
        ),
        outside=tuple(OutsideIndex.objects.filter(consortium=one.consortium).select_related("added_by")),
    )


def _dimensions(part: Participation, others: Sequence[Participation]) -> dict[str, maturity.Standing]:
    values = [{side["code"]: side["value"] for side in other.dimensions} for other in others]
    found = {}
    for side in part.dimensions:
        standing = _standing(side["value"], [row.get(side["code"]) for row in values])
        if standing is not None:
            found[side["code"]] = standing
    return found


def _standing(own: float | None, others: Sequence[float | None]) -> maturity.Standing | None:
    known = [value for value in others if value is not None]
    if own is None:
        return None
    try:
        return maturity.standing(own, known)
    except TooFewAnswers:
        return None


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator with the figure and the proof of one institution."""

    indicator: Indicator
    reading: Reading
    value: Value | None


def accreditation(part: Participation) -> list[tuple[Framework, list[tuple[Theme, list[Shown]]]]]:
    """Return each framework with its themes, and under each the figures of one institution that speak of it."""
    asked = list(indicators.indicators_of(part.round.bank))
    values = values_of(part)
    found = figures_of_part(part, asked, values)
    return [
        (
            framework,
            [
                (theme, [Shown(one, found[one.pk], values.get(one.pk)) for one in own])
                for theme, own in themes
            ],
        )
        for framework, themes in indicators.covered(asked)
    ]


def framework_of(code: str) -> Framework | None:
    return next((one for one in FRAMEWORKS if one.code == code), None)


def outside_indices_added_by(person: Person) -> list[OutsideIndex]:
    """Return the figures from outside that a person entered."""
    return list(OutsideIndex.objects.filter(added_by=person))
