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
    Test,
    assumed,
    blurred,
    blurred_note,
    category_of,
    counts_in,
    exact_of,
    few_note,
    figures_of,
    too_few,
)
from biosint.situation.queries.tables import Answers
from biosint.situation.questions import Question
from biosint.situation.suppression import hidden_cells
from iahcalc import samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt


# A bar of more parts than this has more colours than anybody tells apart.
MOST_PARTS = 8


def crosstab(answers: Answers, question: Question, *, smallest: int, source: str) -> Result:
    rows = category_of(answers, question.rows, what=_("Rows"))
    columns = category_of(answers, question.columns, what=_("Columns"))
    if rows.code == columns.code:
        raise CannotAnswer(_("Choose two different columns."))
    counts = counts_in(answers, question.weight)
    row_values, column_values, has_rare = _without_rare(
        rows.values, columns.values, counts, smallest=smallest
    )
    table = samples.cross_tabulate(row_values, column_values, weights=counts)
    weights = answers.weights if not question.weight else None
    spread = table.counts
    try:
        if weights is None:
            finding = samples.independence(table.counts, missing=round(table.missing))
        else:
            finding = samples.weighted_independence(row_values, column_values, weights)
            spread = samples.cross_tabulate(row_values, column_values, weights=weights).counts
    except Undefined as fault:
        raise too_few() from fault
    hidden = (
        hidden_cells(table.counts, smallest=smallest)
        if smallest
        else np.zeros(table.counts.shape, dtype=bool)
    )
    told = blurred(finding) if hidden.any() else finding
    row_names = [rows.label_of(value) for value in table.rows]
    column_names = [columns.label_of(value) for value in table.columns]
    lines = []
    for place, name in enumerate(row_names):
        total = float(table.counts[place].sum())
        shares = spread[place] / spread[place].sum()
        cells = [
            _("few")
            if hidden[place, other]
            else f"{wording.figure(count, digits=0)} ({wording.figure(100 * float(shares[other]), digits=0)} %)"
            for other, count in enumerate(table.counts[place])
        ]
        lines.append(Line(name, (*cells, wording.figure(total, digits=0))))
    totals = table.counts.sum(axis=0)
    lines.append(
        Line(
            _("All together"),
            (
                *(wording.figure(count, digits=0) for count in totals),
                wording.figure(float(totals.sum()), digits=0),
            ),
        )
    )
    chart = None
    if not hidden.any() and min(len(column_names), len(row_names)) <= MOST_PARTS:
        # Many columns of few rows are drawn the other way round: one bar per column.
        turned = len(column_names) > MOST_PARTS
        labels, shares_of = (column_names, spread.T) if turned else (row_names, spread)
        chart = charts.stacked(
            title=wording.link(told, rows=rows.name, columns=columns.name),
            parts=row_names if turned else column_names,
            rows=[
                (name, tuple(float(count) for count in counts))
                for name, counts in zip(labels, shares_of, strict=True)
            ],
            source=source,
        )
    notes = [few_note(smallest), blurred_note()] if hidden.any() else []
    if has_rare:
        notes.append(
            _(
                "Answers that fewer than %(smallest)s people gave are left out of the table and of the test: their totals would tell of single people."
            )
            % {"smallest": smallest}
        )
    notes += wording.standing_out(
        finding, rows=[rows.label_of(value) for value in table.rows], columns=column_names, hidden=hidden
    )
    return Result(
        question=question,
        title=_("%(rows)s × %(columns)s") % {"rows": rows.name, "columns": columns.name},
        sentence=wording.link(told, rows=rows.name, columns=columns.name),
        head=(rows.name, *column_names, _("All together")),
        lines=tuple(lines),
        figures=figures_of(told, sign="χ²" if weights is None else "F"),
        assumptions=assumed(told),
        tests=(Test(_("%(rows)s × %(columns)s") % {"rows": rows.name, "columns": columns.name}, told.p),),
        notes=tuple(notes),
        n=finding.n,
        missing=finding.missing,
        chart=chart,
        exact={
            **exact_of(told),
            "shares": _shares(row_names, column_names, spread) if not hidden.any() else "",
        },
    )


def _without_rare(
    rows: npt.NDArray[np.float64],
    columns: npt.NDArray[np.float64],
    counts: npt.NDArray[np.float64] | None,
    *,
    smallest: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], bool]:
    """Return both columns with answers missing that too few people gave, and whether there were any.

    A total is a count like any cell; leaving one answer out can make another rare, so this goes on until none is.
    """
    rows, columns, has_rare = rows.copy(), columns.copy(), False
    while smallest:
        both = ~(np.isnan(rows) | np.isnan(columns))
        rare = False
        for values in (rows, columns):
            known, places = np.unique(values[both], return_inverse=True)
            totals = np.bincount(places, weights=None if counts is None else np.nan_to_num(counts[both]))
            few = known[(totals > 0) & (totals < smallest)]
            if len(few):
                values[np.isin(values, few)] = np.nan
                rare = has_rare = True
                break
        if not rare:
            break
    return rows, columns, has_rare


def _shares(rows: list[str], columns: list[str], counts: npt.NDArray[np.float64]) -> str:
    """The share of the first row in each column, for tables small enough to be told in a line."""
    if len(rows) != 2 or len(columns) > 4:
        return ""
    parts = [
        f"{column} {wording.figure(100 * float(counts[0, place]) / float(total), digits=0)} %"
        for place, (column, total) in enumerate(zip(columns, counts.sum(axis=0), strict=True))
        if total
    ]
    return f"{rows[0]}: {', '.join(parts)}"
