from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.results._outcomes import number_of
from biosint.situation.queries.results._shared import (
    Line,
    Part,
    Result,
    Test,
    assumed,
    category_of,
    exact_of,
    figures_of,
    too_few,
)
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.questions import Question
from iahcalc import samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt


# With more groups nobody reads the table of all pairs.
MOST_GROUPS = 15


def compare(answers: Answers, question: Question, *, smallest: int, source: str) -> Result:
    outcome = number_of(answers, question.outcome)
    name, values = outcome.name, outcome.values
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
    described = _described(by, values, [label for label, _sample in pairs], answers.weights) or [
        (label, samples.describe(sample)) for label, sample in pairs
    ]
    main = comparison.findings[0]
    sentence = wording.difference(main, outcome=name, by=by.name)
    notes = (
        [_("Groups with fewer than %(smallest)s people are left out.") % {"smallest": smallest}]
        if left_out
        else []
    )
    if answers.weights is not None:
        notes.append(_("Means and their intervals are weighted; the tests take each answer for one person."))
    figures = [
        row for finding in comparison.findings for row in figures_of(finding, sign=finding.statistic_name)
    ]
    parts = _pairs([label for label, _sample in pairs], [sample for _label, sample in pairs])
    return Result(
        question=question,
        parts=parts,
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
        assumptions=assumed(*comparison.findings),
        tests=(Test(_("%(outcome)s by %(by)s") % {"outcome": name, "by": by.name}, main.p),),
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


def _described(
    by: Variable,
    values: npt.NDArray[np.float64],
    shown: list[str],
    weights: npt.NDArray[np.float64] | None,
) -> list[tuple[str, samples.Description]]:
    """The weighted description of each group that is shown; nothing without weights."""
    if weights is None:
        return []
    found = []
    for group in np.unique(by.stored[by.answered]).tolist():
        label = by.label_of(group)
        if label in shown:
            there = by.stored == group
            found.append((label, samples.describe(values[there], weights=weights[there])))
    return found


def _pairs(labels: list[str], groups: list[npt.NDArray[np.float64]]) -> tuple[Part, ...]:
    """Which groups differ, where there are more than two; the surest pairs first."""
    if not 2 < len(groups) <= MOST_GROUPS:
        return ()
    try:
        found = samples.post_hoc(groups)
    except Undefined:
        return ()
    lines = [
        Line(
            _("%(first)s – %(second)s") % {"first": labels[pair.first], "second": labels[pair.second]},
            (
                wording.signed(pair.difference),
                wording.interval(pair.low, pair.high),
                wording.chance(pair.p),
                wording.chance(pair.adjusted_p),
                wording.figure(pair.effect.value),
            ),
        )
        for pair in sorted(found, key=lambda pair: (pair.adjusted_p, -abs(pair.difference)))
    ]
    differing = sum(pair.adjusted_p < wording.SURE for pair in found)
    return (
        Part(
            title=_("Which groups differ"),
            head=(
                _("Groups"),
                _("Difference of means"),
                _("95 % interval"),
                _("Chance, this pair alone"),
                _("Chance among all pairs"),
                str(wording.EFFECTS["hedges_g"]),
            ),
            lines=tuple(lines),
            note=_(
                "%(differing)s of %(pairs)s pairs differ. Who looks at many pairs finds some by chance; the last chance allows for that (Games and Howell)."
            )
            % {"differing": differing, "pairs": len(found)},
        ),
    )
