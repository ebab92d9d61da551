from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.cli._wording import aligned, assumptions_as_text, finding_as_json, finding_as_text, number
from iahcalc.cli.tables import Table, Unreadable
from iahcalc.samples import Crosstab, Independence, cross_tabulate, independence

if TYPE_CHECKING:
    import numpy.typing as npt

# More categories than this are numbers or names, not groups.
_MOST_CATEGORIES = 1000
# A printed table that nobody can read is replaced by its size.
_PRINTED_COLUMNS = 12
_PRINTED_ROWS = 60
_STANDS_OUT = 2.0


def report(
    table: Table, *, rows: str, columns: str, weight: str | None, correction: bool
) -> tuple[dict[str, Any], str]:
    """Cross-tabulate two columns and test them; return the findings for JSON and as text."""
    counts = _tabulate(table, rows=rows, columns=columns, weight=weight)
    for name, labels in ((rows, counts.rows), (columns, counts.columns)):
        if len(labels) < 2:
            only = f"“{labels[0]}”" if labels else "none"
            raise Unreadable(
                f"“{name}” has too few groups for a table: at least 2 are needed, and there is {only}."
            )
    finding = independence(counts.counts, correction=correction, missing=round(counts.missing))
    return (
        {
            "analysis": "crosstab",
            "rows": rows,
            "columns": columns,
            "weight": weight,
            **finding_as_json(finding),
            "row_labels": list(counts.rows),
            "column_labels": list(counts.columns),
            "counts": counts.counts.tolist(),
            "expected": _listed(finding.expected),
            "standardised_residuals": _listed(finding.standardised_residuals),
        },
        "\n".join(_text(counts, finding, rows=rows, columns=columns)),
    )


def _tabulate(table: Table, *, rows: str, columns: str, weight: str | None) -> Crosstab:
    weights = None
    if weight is not None:
        weights = table.numbers(weight)
        if bool((weights < 0).any()):
            row = table.row_numbers[int(np.argmax(weights < 0))]
            raise Unreadable(
                f"Row {row}: the weight in column “{weight}” is below 0; a weight counts people."
            )
    row_words, column_words = table.labels(rows), table.labels(columns)
    for name, words in ((rows, row_words), (columns, column_words)):
        categories = len(set(words))
        if categories > _MOST_CATEGORIES:
            raise Unreadable(
                f"“{name}” has {categories:,} different answers; a table takes at most {_MOST_CATEGORIES:,} groups."
            )
    counted = cross_tabulate(row_words, column_words, weights=weights)
    row_order, column_order = _in_order(counted.rows), _in_order(counted.columns)
    return Crosstab(
        rows=tuple(counted.rows[place] for place in row_order),
        columns=tuple(counted.columns[place] for place in column_order),
        counts=counted.counts[np.ix_(row_order, column_order)],
        missing=counted.missing,
    )


def _in_order(labels: tuple[str, ...]) -> list[int]:
    """Places of the labels: as numbers where all are numbers (2 before 10), else as words."""
    try:
        return sorted(range(len(labels)), key=lambda place: float(labels[place]))
    except ValueError:
        return list(range(len(labels)))


def _listed(cells: npt.NDArray[np.float64] | None) -> list[list[float]] | None:
    return None if cells is None else cells.tolist()


def _text(counts: Crosstab, finding: Independence, *, rows: str, columns: str) -> list[str]:
    lines = [
        f"{rows} (rows) by {columns} (columns): {finding.n:,} people counted, {finding.missing:,} left out",
        "",
    ]
    if len(counts.rows) <= _PRINTED_ROWS and len(counts.columns) <= _PRINTED_COLUMNS:
        lines += aligned(
            [
                ["", *counts.columns, "Total"],
                *(
                    [label, *(number(cell) for cell in line), number(float(line.sum()))]
                    for label, line in zip(counts.rows, counts.counts, strict=True)
                ),
                [
                    "Total",
                    *(number(cell) for cell in counts.counts.sum(axis=0)),
                    number(float(counts.counts.sum())),
                ],
            ]
        )
    else:
        lines += [
            f"The table has {len(counts.rows)} rows and {len(counts.columns)} columns; --json prints its cells."
        ]
    lines += ["", *finding_as_text(finding)]
    outstanding = _outstanding(counts, finding)
    if outstanding:
        lines += [
            "",
            "Cells furthest from what unrelated questions would give (in standard errors)",
            *outstanding,
        ]
    return [*lines, "", *assumptions_as_text(finding.assumptions)]


def _outstanding(counts: Crosstab, finding: Independence) -> list[str]:
    residuals = finding.standardised_residuals
    if residuals is None or finding.p >= 0.05:
        return []
    order = np.argsort(-np.abs(residuals), axis=None, kind="stable")[:5]
    places = [divmod(int(place), residuals.shape[1]) for place in order]
    return [
        f"  {counts.rows[row]} and {counts.columns[column]}: {residuals[row, column]:+.1f}"
        for row, column in places
        if abs(residuals[row, column]) > _STANDS_OUT
    ]
