"""Charts of the index. Each title says the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from biosint.indicators.api import Dimension
from biosint.shared.charts import (
    Bar,
    Bars,
    Dot,
    DotsWithIntervals,
    Slope,
    Slopes,
    bars,
    dots_with_intervals,
    slopes,
)
from biosint.shared.charts.described import figure as written
from biosint.shared.words import in_language
from biosint.situation.models import Participation, Round
from biosint.situation.queries.index import Comparison, Pair
from biosint.situation.queries.standing import Benchmark, RaisingFound
from biosint.situation.web import sentences


def of_change(compared: Comparison) -> Slopes:
    """Before and after of every institution with an index in both rounds."""
    return slopes(
        title=sentences.headline(compared),
        description=_("Index of internationalisation at home, 0 to 100 points."),
        rows=[
            Slope(pair.name, pair.before.index, pair.after.index)
            for pair in compared.pairs
            if pair.before is not None
            and pair.after is not None
            and pair.before.index is not None
            and pair.after.index is not None
        ],
        before_label=str(compared.before),
        after_label=str(compared.after),
    )


def of_round(one: Round, parts: Sequence[Participation]) -> DotsWithIntervals:
    """Every institution of one round with its interval, the highest first."""
    known = sorted((part for part in parts if part.index is not None), key=lambda part: -(part.index or 0))
    title = (
        _("“%(round)s”: from %(lowest)s to %(highest)s points")
        % {
            "round": one,
            "lowest": written(known[-1].index, digits=0),
            "highest": written(known[0].index, digits=0),
        }
        if known
        else _("“%(round)s”: no institution answered enough for an index") % {"round": one}
    )
    return dots_with_intervals(
        title=title,
        description=_("Index of internationalisation at home, 0 to 100 points."),
        rows=[Dot(part.institution.short_name, part.index, part.low, part.high) for part in known],
        digits=1,
        interval_label=_("95 % interval: how much the index depends on which indicators were asked"),
    )


def of_dimensions(own: Pair, dimensions: Iterable[Dimension]) -> Slopes | None:
    """The dimensions of one institution in two rounds; None without a value in both."""
    if own.after is None or own.before is None:
        return None
    now = {side["code"]: side["value"] for side in own.after.dimensions}
    before = {side["code"]: side["value"] for side in own.before.dimensions}
    known = [
        Slope(in_language(one.title).text, before[one.code], now[one.code])
        for one in dimensions
        if before.get(one.code) is not None and now.get(one.code) is not None
    ]
    if not known:
        return None
    best = max(known, key=lambda row: row.after)
    worst = min(known, key=lambda row: row.after)
    return slopes(
        title=_("%(institution)s is strongest in “%(best)s” and weakest in “%(worst)s”")
        % {"institution": own.name, "best": best.label, "worst": worst.label},
        description=_("Dimensions of the index, 0 to 100 points."),
        rows=known,
        before_label=str(own.before.round),
        after_label=str(own.after.round),
        digits=0,
    )


MOST_STEPS = 12


def of_raisers(found: RaisingFound) -> Bars | None:
    """The steps that bring most; None where no step brings anything."""
    rows = [
        (f"{row.indicator.code} {in_language(row.indicator.title)}", row.step.gain or 0.0)
        for row in found.steps[:MOST_STEPS]
        if row.step.gain
    ]
    if not rows:
        return None
    return bars(
        title=_("One step on “%(indicator)s” would bring most: %(gain)s points")
        % {"indicator": rows[0][0], "gain": written(rows[0][1], digits=1)},
        description=_("Gain of the index in points from one realistic step, everything else unchanged."),
        rows=[Bar(label, gain) for label, gain in rows],
        digits=1,
    )


def of_benchmark(found: Benchmark) -> DotsWithIntervals | None:
    """The institution beside those that agreed to be named and figures from outside; None where it is alone."""
    if not found.named and not found.outside:
        return None
    own = found.part
    rows = [Dot(one.institution.short_name, one.index, one.low, one.high) for one in found.named]
    if own.index is not None:
        rows.append(Dot(own.institution.short_name, own.index, own.low, own.high))
    rows += [Dot(f"{one.name} ({one.year})", one.index, one.index, one.index) for one in found.outside]
    rows.sort(key=lambda row: -(row.estimate or 0))
    return dots_with_intervals(
        title=_("Beside those that agreed to be named"),
        description=_(
            "Index of internationalisation at home, 0 to 100 points. Figures from outside have no interval."
        ),
        rows=rows,
        digits=1,
        interval_label=_("95 % interval: how much the index depends on which indicators were asked"),
    )
