"""How each item of a scale behaves: which ones everybody agrees with, and which ones do not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.results._reliability import name_of, turned_items
from biosint.situation.queries.results._shared import Assumed, Line, Result, too_few
from biosint.situation.queries.tables import Answers
from biosint.situation.questions import Question
from iahcalc import scales
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

# Below this an item hardly goes with the others; above that share at one end, it cannot tell people apart.
WEAK, CROWDED = 0.3, 0.8


def items(answers: Answers, question: Question, *, smallest: int, source: str) -> Result:
    """Describe each item among the others of its scale."""
    scale = turned_items(answers, question)
    try:
        found = scales.reliability(scale.matrix)
    except Undefined as fault:
        raise too_few() from fault
    if found.n < smallest:
        raise too_few()
    lines, remarks, exact = [], [], []
    for item in found.items:
        values = scale.matrix[:, item.position]
        answered = values[~np.isnan(values)]
        floor, ceiling = _ends(answered, scale.low, scale.high)
        gap = 1 - len(answered) / len(values)
        remark = _remark(item.item_rest, item.alpha_if_dropped, found.alpha, floor, ceiling)
        name = scale.items[item.position].name
        if remark:
            remarks.append(_("“%(item)s”: %(remark)s") % {"item": name, "remark": remark})
        lines.append(
            Line(
                name + (f" ({_('turned')})" if item.position in scale.turned else ""),
                (
                    wording.figure(item.mean),
                    wording.figure(item.sd),
                    wording.percent(floor),
                    wording.percent(ceiling),
                    wording.percent(gap, digits=1),
                    "–" if item.item_rest is None else wording.figure(item.item_rest),
                    "–" if item.alpha_if_dropped is None else wording.figure(item.alpha_if_dropped),
                ),
            )
        )
        exact.append(
            {
                "item": scale.items[item.position].code,
                "mean": item.mean,
                "sd": item.sd,
                "floor": floor,
                "ceiling": ceiling,
                "missing_share": gap,
                "item_rest": item.item_rest,
                "alpha_if_dropped": item.alpha_if_dropped,
            }
        )
    sentence = (
        _("Every item goes with the others and tells people apart.")
        if not remarks
        else _("Items to look at: %(count)s of %(all)s.") % {"count": len(remarks), "all": len(lines)}
    )
    return Result(
        question=question,
        title=_("Items: %(name)s") % {"name": name_of(answers, scale.items)},
        sentence=sentence,
        head=(
            _("Item"),
            _("Mean"),
            _("Standard deviation"),
            _("At the lowest point"),
            _("At the highest point"),
            _("Left out"),
            _("Correlation with the others"),
            _("Alpha without it"),
        ),
        lines=tuple(lines),
        figures=(
            (_("Cronbach’s alpha"), wording.figure(found.alpha, digits=3)),
            (_("Smallest point"), f"{scale.low:g}"),
            (_("Largest point"), f"{scale.high:g}"),
        ),
        assumptions=(Assumed(_("Correlations and alpha count only people who answered every item."), None),),
        notes=tuple(remarks),
        n=found.n,
        missing=found.missing,
        chart=charts.bars(
            title=sentence,
            description=_(
                "Correlation of each item with the sum of the others; from 0.3 on it belongs to them."
            ),
            source=source,
            rows=[(scale.items[item.position].name, max(item.item_rest or 0.0, 0.0)) for item in found.items],
            digits=2,
            maximum=1,
        ),
        exact={"alpha": found.alpha, "n": found.n, "items": exact},
    )


def _ends(values: npt.NDArray[np.float64], low: float, high: float) -> tuple[float, float]:
    if not len(values):
        return 0.0, 0.0
    return float((values <= low).mean()), float((values >= high).mean())


def _remark(rest: float | None, without: float | None, alpha: float, floor: float, ceiling: float) -> str:
    if rest is None:
        return _("everybody gave the same answer, so it tells nothing.")
    if rest < 0:
        return _("it goes against the others. Perhaps it is worded against them and not turned.")
    if rest < WEAK:
        return _("it hardly goes with the others (%(rest)s).") % {"rest": wording.figure(rest)}
    if without is not None and without > alpha + 0.01:
        return _("the scale would be more reliable without it (alpha %(alpha)s).") % {
            "alpha": wording.figure(without)
        }
    if max(floor, ceiling) > CROWDED:
        return _("nearly all answers lie at one end (%(share)s), so it cannot tell people apart.") % {
            "share": wording.percent(max(floor, ceiling))
        }
    return ""
