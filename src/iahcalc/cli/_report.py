from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.cli._reliability import as_json as reliability_as_json
from iahcalc.cli._wording import aligned, finding_as_json, p_value
from iahcalc.cli.tables import Unreadable
from iahcalc.reports import PairReport, Scale, SurveyReport, survey_report
from iahcalc.samples import Description, Finding, Impossible, ManyTests, missingness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.cli.tables import Table

# More groups than this are numbers or names, not groups.
_MOST_GROUPS = 1000


def report(
    table: Table,
    *,
    items: Sequence[str],
    by: Sequence[str],
    scales: Sequence[Sequence[str]],
    turned: Sequence[str],
) -> tuple[dict[str, Any], str]:
    """Report on all items, all items by all groupings, and all scales; return it for JSON and as text."""
    answers = np.column_stack([table.numbers(item) for item in items])
    groups = [table.labels(name) for name in by]
    for name, labels in zip(by, groups, strict=True):
        if len(set(labels)) > _MOST_GROUPS:
            raise Unreadable(
                f"“{name}” has {len(set(labels)):,} different answers; a report takes at most {_MOST_GROUPS:,} groups."
            )
    try:
        found = survey_report(
            answers,
            groups,
            scales=[
                Scale(
                    tuple(items.index(item) for item in scale),
                    turned=tuple(items.index(item) for item in scale if item in turned),
                )
                for scale in scales
            ],
            missing=float("nan"),
        )
    except ValueError as fault:
        raise Unreadable(f"A report counts whole points: {fault}") from None
    gaps = missingness(answers)
    return (
        {
            "analysis": "report",
            "items": [
                {
                    "item": items[item.position],
                    "missing": item.missing,
                    "points": [
                        {
                            "point": point,
                            "n": int(n),
                            "share": share.share,
                            "low": share.low,
                            "high": share.high,
                        }
                        for point, n, share in zip(found.points, item.counts, item.shares, strict=False)
                    ],
                    "description": None if item.description is None else _description(item.description),
                }
                for item in found.items
            ],
            "pairs": [_pair(found, place, items=items, by=by) for place in range(len(found.pairs))],
            "scales": [
                {
                    "items": list(scale),
                    "reliability": None
                    if one.reliability is None
                    else reliability_as_json(one.reliability, items=scale, turned=turned),
                    "impossible": one.reason or None,
                }
                for scale, one in zip(scales, found.scales, strict=True)
            ],
            "tests": {
                name: {"made": family.tests, "sure": family.sure, "likely": family.likely}
                for name, family in _families(found)
            },
            "n": found.respondents,
            "complete": round(gaps.complete.share * found.respondents),
            "empty": gaps.empty,
        },
        "\n".join(_text(found, items=items, by=by, scales=scales, complete=gaps.complete.share)),
    )


def _families(found: SurveyReport) -> tuple[tuple[str, ManyTests], ...]:
    return (("table", found.tables), ("means", found.means), ("ranks", found.ranks))


def _description(found: Description) -> dict[str, Any]:
    return {
        "n": found.n,
        "missing": found.missing,
        "mean": found.mean,
        "sd": found.sd,
        "median": found.median,
        "lower_quartile": found.lower_quartile,
        "upper_quartile": found.upper_quartile,
        "mean_low": found.low,
        "mean_high": found.high,
        "level": found.level,
    }


def _pair(found: SurveyReport, place: int, *, items: Sequence[str], by: Sequence[str]) -> dict[str, Any]:
    pair = found.pairs[place]
    tests: dict[str, Any] = {}
    for (name, family), test in zip(_families(found), (pair.table, pair.means, pair.ranks), strict=True):
        if isinstance(test, Impossible):
            tests[name] = {
                "method": str(test.method),
                "method_code": test.method.code,
                "impossible": test.reason,
            }
            continue
        tests[name] = {
            **finding_as_json(test),
            "p_holm": float(family.holm[place]),
            "p_benjamini_hochberg": float(family.benjamini_hochberg[place]),
        }
    return {
        "item": items[pair.item],
        "by": by[pair.grouping],
        "missing": pair.missing,
        "groups": [
            {"group": group.label, "counts": counts.tolist(), **_description(group.description)}
            for group, counts in zip(pair.groups, pair.counts, strict=True)
        ],
        **tests,
    }


def _text(
    found: SurveyReport,
    *,
    items: Sequence[str],
    by: Sequence[str],
    scales: Sequence[Sequence[str]],
    complete: float,
) -> list[str]:
    def figure(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}"

    lines = [f"{found.respondents:,} people, {len(items)} items; {complete:.1%} answered all of them", ""]
    rows = [["Item", "People", "Missing", "Mean", "95% interval", "SD", "Median"]]
    for item in found.items:
        told = item.description
        if told is None:
            rows.append([items[item.position], "0", f"{item.missing:,}", "", "", "", ""])
            continue
        rows.append(
            [
                items[item.position],
                f"{told.n:,}",
                f"{item.missing:,}",
                figure(told.mean),
                "" if told.low is None else f"{figure(told.low)} to {figure(told.high)}",
                figure(told.sd),
                figure(told.median),
            ]
        )
    lines += aligned(rows)
    if by:
        lines += ["", "p after Holm's correction over all tests of a kind, effect size in brackets"]
        rows = [["Item by group", "Table", "Means", "Ranks"]]
        rows += [
            [f"{items[pair.item]} by {by[pair.grouping]}", *_cells(found, place, pair)]
            for place, pair in enumerate(found.pairs)
        ]
        lines += aligned(rows)
        lines += [
            "",
            *(
                f"{name}: {family.tests} tests, of which chance alone would pass about {family.expected_by_chance:.1f}; "
                f"{family.sure} pass after Holm, {family.likely} after Benjamini-Hochberg"
                for name, family in _families(found)
            ),
        ]
    for scale, one in zip(scales, found.scales, strict=True):
        kept = one.reliability
        if kept is None:
            lines += ["", f"{', '.join(scale)}: {one.reason}"]
            continue
        interval = f"{kept.interval.level:.0%} interval {kept.interval.low:.3f} to {kept.interval.high:.3f}"
        omega = "" if kept.omega is None else f", omega = {kept.omega.value:.3f}"
        lines += ["", f"{', '.join(scale)}: alpha = {kept.alpha:.3f} ({interval}){omega}, {kept.n:,} people"]
    return lines


def _cells(found: SurveyReport, place: int, pair: PairReport) -> list[str]:
    cells = []
    for (_, family), test in zip(_families(found), (pair.table, pair.means, pair.ranks), strict=True):
        if isinstance(test, Finding):
            cells.append(f"{p_value(float(family.holm[place]))} ({test.effect.value:z.2f})")
        else:
            cells.append("not possible")
    return cells
