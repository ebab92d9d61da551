from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator, IndicatorKind, Reading
from biosint.shared.words import in_language
from biosint.situation import wording
from biosint.situation.models import Participation, Round, Value
from biosint.situation.models.workshops import Figure
from biosint.situation.queries import index, rounds
from biosint.situation.queries.proposals._proposal import Proposal
from biosint.situation.states import Side
from iahcalc import maturity

if TYPE_CHECKING:
    from biosint.situation.models import Workshop

OF_EACH = 3  # so many of each rule
WELL, POORLY = 75.0, 25.0  # points out of 100 from which an indicator counts as high or low
CLEARLY = 25.0  # points between an institution and the middle of the others, or between two rounds


@dataclass(frozen=True, slots=True)
class _Place:
    """What one institution earns in one round: points from 0 to 100 by indicator code, and how it is written."""

    part: Participation
    points: dict[str, float]
    written: dict[str, str]


def from_round(workshop: Workshop) -> list[Proposal]:
    """Propose from the last closed round: what earns most and least against its cap, what is far from the others,
    and what changed most since the round before. For a consortium: the mean of its institutions.
    """
    before, newest = rounds.latest_pair(list(rounds.rounds_of(workshop.consortium)))
    if newest is None:
        return []
    asked = list(indicators.indicators_of(newest.bank))
    now = _places(newest, asked)
    earlier = _places(before, asked) if before is not None and before.bank_id == newest.bank_id else []
    if workshop.institution_id is None:
        return _of_consortium(newest, asked, now, earlier)
    own = next((one for one in now if one.part.institution_id == workshop.institution_id), None)
    if own is None:
        return []
    then = next((one for one in earlier if one.part.institution_id == workshop.institution_id), None)
    return _of_institution(newest, asked, own, [one for one in now if one is not own], then)


def readings_of(
    one: Round, asked: Sequence[Indicator]
) -> dict[int, tuple[Participation, dict[int, Reading]]]:
    """Return the readings of every institution in a closed round, by institution, from one query."""
    values: dict[int, dict[int, Value]] = {}
    for value in rounds.values_of_round(one):
        values.setdefault(value.participation_id, {})[value.indicator_id] = value
    return {
        part.institution_id: (part, index.readings(part, asked, values.get(part.pk, {})))
        for part in rounds.participations_of(one)
    }


def _places(one: Round, asked: Sequence[Indicator]) -> list[_Place]:
    formula = one.formula.formula
    shaped = {each.code: each for each in index.asked_of(asked)}
    places = []
    for part, found in readings_of(one, asked).values():
        figures = index.figures_of(asked, found)
        points: dict[str, float] = {}
        for code, figure in figures.items():
            earned = maturity.earned(shaped[code], figure, formula=formula)
            if earned is not None:
                points[code] = 100 * earned
        written = {each.code: figure_words(each, found[each.pk]) for each in asked if each.code in points}
        places.append(_Place(part, points, written))
    return places


def figure_words(indicator: Indicator, reading: Reading) -> str:
    """Return a reading in a few words, with its unit."""
    figure = float(reading.figure or 0)
    if indicator.kind == IndicatorKind.YES_NO:
        return _("yes") if figure else _("no")
    if indicator.kind == IndicatorKind.LEVEL:
        return _("level %(level)s of 4") % {"level": int(figure)}
    unit = in_language(indicator.unit).text
    return f"{wording.figure(figure, digits=0 if figure.is_integer() else 1)} {unit}".strip()


def _extremes(values: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """The codes with the highest and the lowest values, the most extreme first; equals in the bank's order."""
    rising = sorted(values, key=lambda code: values[code])
    return sorted(values, key=lambda code: -values[code])[:OF_EACH], rising[:OF_EACH]


def _of_institution(
    newest: Round, asked: Sequence[Indicator], own: _Place, others: Sequence[_Place], then: _Place | None
) -> list[Proposal]:
    titles = {each.code: str(each) for each in asked}
    address = reverse("situation:participation", args=[newest.pk, own.part.institution.slug])

    def proposal(side: Side, code: str, text: str, value: str) -> Proposal:
        return Proposal(
            side=side,
            text=text % {"indicator": titles[code], "value": own.written[code]},
            # One statement of an indicator on a side is enough: the first rule that finds it has it.
            origin=f"round:{newest.pk}:{code}:{side.value}",
            figure=_figure(newest, value, address, number=own.points[code]),
        )

    found: list[Proposal] = []
    high, low = _extremes(own.points)
    found += [
        proposal(
            Side.STRENGTH, code, _("Well on the way: %(indicator)s (%(value)s)."), _points(own.points[code])
        )
        for code in high
        if own.points[code] >= WELL
    ]
    found += [
        proposal(
            Side.WEAKNESS, code, _("Hardly begun: %(indicator)s (%(value)s)."), _points(own.points[code])
        )
        for code in low
        if own.points[code] <= POORLY
    ]
    middles = {
        code: median([other.points[code] for other in others if code in other.points])
        for code in own.points
        if sum(code in other.points for other in others) >= 2
    }
    for side, code in _far({code: own.points[code] - middles[code] for code in middles}):
        text = (
            _("Ahead of the others: %(indicator)s (%(value)s).")
            if side is Side.STRENGTH
            else _("Behind the others: %(indicator)s (%(value)s).")
        )
        value = _("%(own)s; the middle of the others: %(middle)s") % {
            "own": _points(own.points[code]),
            "middle": _points(middles[code]),
        }
        found.append(proposal(side, code, text, value))
    shared = {code for code in own.points if then is not None and code in then.points}
    for side, code in _far({code: own.points[code] - then.points[code] for code in shared if then}):
        text = (
            _("Grown since the round before: %(indicator)s (%(value)s).")
            if side is Side.STRENGTH
            else _("Fallen since the round before: %(indicator)s (%(value)s).")
        )
        value = _("%(now)s, before %(then)s") % {
            "now": _points(own.points[code]),
            "then": _points(then.points[code] if then else 0),
        }
        found.append(proposal(side, code, text, value))
    return found


def _far(differences: Mapping[str, float]) -> list[tuple[Side, str]]:
    """What lies clearly above (a strength) or below (a weakness), the farthest first."""
    high, low = _extremes(differences)
    above = [(Side.STRENGTH, code) for code in high if differences[code] >= CLEARLY]
    return above + [(Side.WEAKNESS, code) for code in low if differences[code] <= -CLEARLY]


def _of_consortium(
    newest: Round, asked: Sequence[Indicator], now: Sequence[_Place], earlier: Sequence[_Place]
) -> list[Proposal]:
    titles = {each.code: str(each) for each in asked}
    means, counts = _means(now)
    before, _counts = _means(earlier)
    address = reverse("situation:round", args=[newest.pk])

    def proposal(side: Side, code: str, text: str, value: str) -> Proposal:
        return Proposal(
            side=side,
            text=text % {"indicator": titles[code]},
            origin=f"round:{newest.pk}:{code}:{side.value}",
            figure=_figure(newest, value, address, number=means[code]),
        )

    def mean_of(code: str) -> str:
        return _("on average %(points)s, %(n)s institutions") % {
            "points": _points(means[code]),
            "n": counts[code],
        }

    high, low = _extremes(means)
    found = [
        proposal(Side.STRENGTH, code, _("Well on the way nearly everywhere: %(indicator)s."), mean_of(code))
        for code in high
        if means[code] >= WELL
    ]
    found += [
        proposal(Side.WEAKNESS, code, _("Hardly begun anywhere: %(indicator)s."), mean_of(code))
        for code in low
        if means[code] <= POORLY
    ]
    for side, code in _far({code: means[code] - before[code] for code in means if code in before}):
        text = (
            _("Grown since the round before: %(indicator)s.")
            if side is Side.STRENGTH
            else _("Fallen since the round before: %(indicator)s.")
        )
        value = _("on average %(now)s, before %(then)s") % {
            "now": _points(means[code]),
            "then": _points(before[code]),
        }
        found.append(proposal(side, code, text, value))
    return found


def _means(places: Sequence[_Place]) -> tuple[dict[str, float], dict[str, int]]:
    """The mean points of each indicator that two institutions or more answered, and how many did."""
    by_code: dict[str, list[float]] = {}
    for one in places:
        for code, points in one.points.items():
            by_code.setdefault(code, []).append(points)
    kept = {code: points for code, points in by_code.items() if len(points) >= 2}
    return {code: fmean(points) for code, points in kept.items()}, {
        code: len(points) for code, points in kept.items()
    }


def _points(points: float) -> str:
    return _("%(points)s of 100 points") % {"points": wording.figure(points, digits=0)}


def _figure(one: Round, value: str, address: str, *, number: float) -> Figure:
    assert one.closed_at is not None  # noqa: S101 -- only closed rounds come here
    return Figure(
        value=value,
        source=_("Index, %(round)s") % {"round": one.title},
        day=one.closed_at.date().isoformat(),
        url=address,
        number=round(number, 2),
    )
