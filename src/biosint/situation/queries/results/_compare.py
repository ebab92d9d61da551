from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.results._shared import (
    CannotAnswer,
    Line,
    Result,
    category_of,
    exact_of,
    figures_of,
    too_few,
    variable_of,
)
from biosint.situation.queries.tables import Answers
from biosint.situation.questions import Question
from iahcalc import samples, scales
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt


def _outcome(answers: Answers, code: str) -> tuple[str, npt.NDArray[np.float64]]:
    """A number, or the score of a scale with its reversed items turned."""
    if code.startswith("scale:"):
        scale = answers.scales.get(code.removeprefix("scale:"))
        if scale is None:
            raise CannotAnswer(_("Choose a column for “%(what)s”.") % {"what": _("Outcome")})
        matrix = np.column_stack([item.values for item in scale.items])
        first = scale.items[0]
        turned = [place for place, item in enumerate(scale.items) if item.reversed]
        low, high = first.least or 1, first.most or 5
        matrix = scales.reverse_items(matrix, items=turned, low=low, high=high)
        return scale.name, scales.score(matrix, least_answered=0.5)
    variable = variable_of(answers, code, what=_("Outcome"))
    if not variable.is_number:
        raise CannotAnswer(
            _("“%(name)s” holds no numbers. Use a cross-table for it.") % {"name": variable.name}
        )
    return variable.name, variable.values


def compare(answers: Answers, question: Question, *, smallest: int, source: str) -> Result:
    name, values = _outcome(answers, question.outcome)
    by = category_of(answers, question.by, what=_("Groups"))
    groups = samples.split(values, by.values)
    pairs = [
        (by.label_of(label), sample)
        for label, sample in zip(groups.labels, groups.samples, strict=True)
        if len(sample) >= max(smallest, 1)
    ]
    left_out = len(groups.labels) - len(pairs)
    missing = groups.missing + sum(len(sample) for sample in groups.samples) - sum(len(s) for _n, s in pairs)
    try:
        comparison = samples.compare([sample for _name, sample in pairs], missing=missing)
    except Undefined as fault:
        raise too_few() from fault
    described = [(label, samples.describe(sample)) for label, sample in pairs]
    main = comparison.findings[0]
    sentence = wording.difference(main, outcome=name, by=by.name)
    notes = (
        [_("Groups with fewer than %(smallest)s people are left out.") % {"smallest": smallest}]
        if left_out
        else []
    )
    figures = [
        row for finding in comparison.findings for row in figures_of(finding, sign=finding.statistic_name)
    ]
    assumptions = dict.fromkeys(
        wording.assumption(found) for finding in comparison.findings for found in finding.assumptions
    )
    return Result(
        question=question,
        title=_("%(outcome)s by %(by)s") % {"outcome": name, "by": by.name},
        sentence=sentence,
        head=(by.name, _("People"), _("Mean"), _("95 % interval"), _("Standard deviation"), _("Median")),
        lines=tuple(
            Line(
                label,
                (
                    wording.figure(found.n, digits=0),
                    wording.figure(found.mean),
                    "–"
                    if found.low is None or found.high is None
                    else wording.interval(found.low, found.high),
                    "–" if found.sd is None else wording.figure(found.sd),
                    wording.figure(found.median),
                ),
            )
            for label, found in described
        ),
        figures=tuple(figures),
        assumptions=tuple(assumptions),
        notes=tuple(notes),
        n=main.n,
        missing=missing,
        chart=charts.dots_with_intervals(
            title=sentence,
            source=source,
            rows=[(label, found.mean, found.low, found.high) for label, found in described],
            interval_label=_("95 % interval of the mean"),
        ),
        exact={"findings": [exact_of(finding) for finding in comparison.findings]},
    )
