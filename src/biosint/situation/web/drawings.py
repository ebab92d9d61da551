"""Charts of the index. Each title says the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from biosint.indicators.api import Dimension
from biosint.shared.charts import (
    Dot,
    DotsWithIntervals,
    Slope,
    Slopes,
    dots_with_intervals,
    slopes,
)
from biosint.shared.charts.described import figure as written
from biosint.shared.words import in_language
from biosint.situation.models import Participation, Round
from biosint.situation.queries.index import Comparison, Pair
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
