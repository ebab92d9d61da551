"""How often each answer was given, with its interval, as table and chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.tables import Answers, Scale, Variable
from biosint.surveys import api as surveys
from iahcalc.faults import TooFewAnswers
from iahcalc.samples import Description, describe, proportion, weighted_proportion

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Share:
    """One answer. ``count`` is None where it is hidden because few people gave it."""

    label: str
    count: int | None
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """One question: its shares, or (for numbers) its description, and the chart of it."""

    code: str
    name: str
    n: int
    missing: int
    shares: tuple[Share, ...] = ()
    description: Description | None = None
    chart: charts.Chart | None = None
    # Of days: the first, the middle and the last.
    days: tuple[date, date, date] | None = None
    # Several answers of one person are counted, so shares do not add up to everybody.
    is_multiple: bool = False
    has_hidden: bool = False


def distributions(answers: Answers, *, weight_code: str, smallest: int, source: str) -> list[Distribution]:
    """Return every question of a set in its order.

    Args:
        weight_code: the column that says how many people each row stands for, or nothing.
        smallest: counts below this are hidden; 0 hides nothing.
        source: said under each chart.
    """
    weight = answers.variables.get(weight_code)
    weights = weight.values if weight and weight.is_number else None
    found: list[Distribution] = []
    done: set[str] = set()
    for variable in answers.variables.values():
        if variable.code in {surveys.INSTITUTION, surveys.LANGUAGE, weight_code}:
            # Who answered, and how many, is said once, above all questions.
            continue
        group = variable.scale
        if group and group in done:
            continue
        done.add(group)
        if group in answers.scales:
            found.append(
                _scale(answers.scales[group], weights=answers.weights, smallest=smallest, source=source)
            )
        elif group:
            parts = [other for other in answers.variables.values() if other.scale == group]
            if parts[0].is_number:
                found.append(_ranked(parts, smallest=smallest, source=source))
                continue
            found.append(
                _multiple(parts, weights=weights, kept=answers.weights, smallest=smallest, source=source)
            )
        elif variable.is_number:
            found.append(_number(variable, weights=weights, kept=answers.weights, smallest=smallest))
        else:
            found.append(
                _single(variable, weights=weights, kept=answers.weights, smallest=smallest, source=source)
            )
    return found


def _counts(variable: Variable, weights: npt.NDArray[np.float64] | None) -> npt.NDArray[np.float64]:
    there = variable.answered
    places = variable.stored[there].astype(np.intp)
    kept = None if weights is None else np.nan_to_num(weights[there])
    return np.bincount(places, weights=kept, minlength=len(variable.options)).astype(np.float64)


def _share(label: str, count: float, total: float, smallest: int) -> Share:
    if 0 < count < smallest or total <= 0:
        return Share(label, None, None, None, None)
    found = proportion(round(count), round(total))
    return Share(label, round(count), 100 * found.share, 100 * found.low, 100 * found.high)


def _in_population(share: Share, variable: Variable, place: int, weights: npt.NDArray[np.float64]) -> Share:
    """The same share by weights: as many people gave the answer, but they stand for more or fewer."""
    if share.count is None:
        return share
    flags = np.where(variable.answered, variable.stored == place, np.nan)
    found = weighted_proportion(flags, weights)
    return Share(share.label, share.count, 100 * found.share, 100 * found.low, 100 * found.high)


def _hide_the_only_gap(shares: list[Share]) -> list[Share]:
    """A single hidden answer follows from the total: hide the smallest shown one with it."""
    hidden = [share for share in shares if share.count is None]
    shown = [share for share in shares if share.count]
    if len(hidden) == 1 and shown:
        least = min(shown, key=lambda share: share.count or 0)
        return [Share(share.label, None, None, None, None) if share is least else share for share in shares]
    return shares


def _chart(shares: list[Share], *, name: str, source: str) -> charts.Chart | None:
    shown = [share for share in shares if share.share is not None]
    if not any(share.share for share in shown):
        # Every answer that was given is hidden: naming one that nobody gave as the most frequent would be untrue.
        return None
    top = max(shown, key=lambda share: share.share or 0)
    return charts.dots_with_intervals(
        title=_("Most often: “%(answer)s” (%(share)s %%)")
        % {"answer": top.label, "share": wording.figure(top.share or 0, digits=0)},
        description=name,
        source=source,
        rows=[(share.label, share.share, share.low, share.high) for share in shares],
        unit="%",
        digits=0,
        interval_label=_("95 % interval"),
    )


def _single(
    variable: Variable,
    *,
    weights: npt.NDArray[np.float64] | None,
    kept: npt.NDArray[np.float64] | None,
    smallest: int,
    source: str,
) -> Distribution:
    counts = _counts(variable, weights)
    total = float(counts.sum())
    shares = [_share(variable.label_of(place), count, total, smallest) for place, count in enumerate(counts)]
    shares = _hide_the_only_gap(shares)
    if 0 < total < smallest:
        # Also that nobody gave an answer: what few people did not say tells what they said.
        shares = [Share(share.label, None, None, None, None) for share in shares]
    if kept is not None and total:
        shares = [_in_population(share, variable, place, kept) for place, share in enumerate(shares)]
    everybody = len(variable.stored) if weights is None else float(np.nansum(weights))
    return Distribution(
        code=variable.code,
        name=variable.name,
        n=round(total),
        missing=round(everybody - total),
        shares=tuple(shares),
        chart=_chart(shares, name=variable.name, source=source),
        has_hidden=any(share.count is None for share in shares),
    )


def _multiple(
    parts: list[Variable],
    *,
    weights: npt.NDArray[np.float64] | None,
    kept: npt.NDArray[np.float64] | None,
    smallest: int,
    source: str,
) -> Distribution:
    shares = []
    total = 0.0
    for part in parts:
        counts = _counts(part, weights)
        total = float(counts.sum())
        share = _share(part.name.rpartition(" – ")[2], float(counts[1]), total, smallest)
        shares.append(share if kept is None or not total else _in_population(share, part, 1, kept))
    name = parts[0].name.rpartition(" – ")[0]
    everybody = len(parts[0].stored) if weights is None else float(np.nansum(weights))
    return Distribution(
        code=parts[0].scale,
        name=name,
        n=round(total),
        missing=round(everybody - total),
        shares=tuple(shares),
        chart=_chart(shares, name=name, source=source),
        is_multiple=True,
        has_hidden=any(share.count is None for share in shares),
    )


def _ranked(parts: list[Variable], *, smallest: int, source: str) -> Distribution:
    """The mean place that people gave each answer, the preferred first."""
    places = [
        charts.Dot(part.name.rpartition(" – ")[2], found.mean, found.low, found.high)
        for part in parts
        if (found := _described(part.values)) is not None and found.n >= smallest
    ]
    n = int(np.logical_or.reduce([part.answered for part in parts]).sum())
    name = parts[0].name.rpartition(" – ")[0]
    chart = None
    if places:
        places.sort(key=lambda place: place.estimate or 0)
        chart = charts.dots_with_intervals(
            title=_("Preferred: “%(answer)s” (mean place %(place)s)")
            % {"answer": places[0].label, "place": wording.figure(places[0].estimate or 0, digits=1)},
            description=_("%(name)s Mean places; 1 is the preferred answer.") % {"name": name},
            source=source,
            rows=places,
            interval_label=_("95 % interval"),
        )
    return Distribution(code=parts[0].scale, name=name, n=n, missing=len(parts[0].stored) - n, chart=chart)


def _described(values: npt.NDArray[np.float64]) -> Description | None:
    try:
        return describe(values)
    except TooFewAnswers:
        return None


def _number(
    variable: Variable,
    *,
    weights: npt.NDArray[np.float64] | None,
    kept: npt.NDArray[np.float64] | None,
    smallest: int,
) -> Distribution:
    values = variable.values
    if weights is not None and len(values):
        # A row that stands for many people counts as often.
        times = np.nan_to_num(weights).astype(np.intp)
        values = np.repeat(values, times) if times.sum() <= 20_000_000 else values
    try:
        description = describe(values, weights=kept if weights is None else None)
    except TooFewAnswers:
        return Distribution(code=variable.code, name=variable.name, n=0, missing=len(values))
    if description.n < smallest:
        # A mean of few people is the answer of each who knows the others.
        return Distribution(
            code=variable.code,
            name=variable.name,
            n=description.n,
            missing=description.missing,
            has_hidden=True,
        )
    if variable.kind == surveys.ColumnKind.DATE:
        # The first and the last day are those of one person each: with small groups hidden, of so many.
        inner = np.sort(values[~np.isnan(values)])
        end = min(max(smallest, 1) - 1, (len(inner) - 1) // 2)
        middle = (inner[end], description.median, inner[-1 - end])
        first, half, last = (date(1970, 1, 1) + timedelta(days=int(number)) for number in middle)
        return Distribution(
            code=variable.code,
            name=variable.name,
            n=description.n,
            missing=description.missing,
            days=(first, half, last),
        )
    return Distribution(
        code=variable.code,
        name=variable.name,
        n=description.n,
        missing=description.missing,
        description=description,
    )


def _scale(
    scale: Scale, *, weights: npt.NDArray[np.float64] | None, smallest: int, source: str
) -> Distribution:
    rows = []
    n = 0
    for item in scale.items:
        try:
            found = describe(item.values, weights=weights)
        except TooFewAnswers:
            rows.append(charts.Dot(item.name, None))
            continue
        n = max(n, found.n)
        if found.n < smallest:
            rows.append(charts.Dot(item.name, None))
            continue
        rows.append(charts.Dot(item.name, found.mean, found.low, found.high))
    known = [row for row in rows if row.estimate is not None]
    everybody = len(scale.items[0].stored)
    chart = None
    if known:
        top = max(known, key=lambda row: row.estimate or 0)
        first = scale.items[0]
        chart = charts.dots_with_intervals(
            title=_("Highest: “%(item)s” (%(mean)s)")
            % {"item": top.label, "mean": wording.figure(top.estimate or 0, digits=1)},
            description=_("%(name)s Means on a scale from %(low)s to %(high)s.")
            % {"name": scale.name, "low": f"{first.least or 1:g}", "high": f"{first.most or 5:g}"},
            source=source,
            rows=rows,
            digits=2,
            interval_label=_("95 % interval"),
        )
    return Distribution(code=scale.code, name=scale.name, n=n, missing=everybody - n, chart=chart)
