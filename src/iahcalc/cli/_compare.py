from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iahcalc.cli._wording import aligned, assumptions_as_text, finding_as_json, finding_as_text
from iahcalc.cli.tables import Table, Unreadable
from iahcalc.samples import Description, Impossible, compare, describe, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

# More groups than this are numbers or names, not groups.
_MOST_GROUPS = 1000


def report(table: Table, *, outcome: str, by: str) -> tuple[list[dict[str, Any]], str]:
    """Compare groups by means and by ranks; return both findings for JSON and as text."""
    samples, missing = groups_in(table, outcome=outcome, by=by)
    comparison = compare(list(samples.values()), missing=missing)
    described = {label: describe(sample) for label, sample in samples.items()}

    shared = {
        "analysis": "compare",
        "outcome": outcome,
        "by": by,
        "groups": [_group_as_json(label, found) for label, found in described.items()],
    }
    made = [{**finding_as_json(finding), **shared} for finding in comparison.findings]
    unmade = [{**_impossible_as_json(item), **shared} for item in comparison.impossible]

    text = [
        f"{outcome} by {by}: {sum(found.n for found in described.values()):,} people counted, {missing:,} left out"
    ]
    text += ["", *_table(described)]
    for finding in comparison.findings:
        text += ["", *finding_as_text(finding)]
    for item in comparison.impossible:
        text += ["", f"{item.method}: not possible. {item.reason}"]
    assumptions = [item for finding in comparison.findings for item in finding.assumptions]
    return made + unmade, "\n".join([*text, "", *assumptions_as_text(assumptions)])


def groups_in(table: Table, *, outcome: str, by: str) -> tuple[dict[str, npt.NDArray[np.float64]], int]:
    """The answers to a question by group, numbers before words, and how many are left out."""
    numbers = table.numbers(outcome)
    groups = split(numbers, table.labels(by))
    if len(groups.labels) < 2:
        only = f"“{groups.labels[0]}”" if groups.labels else "none"
        raise Unreadable(
            f"“{by}” has too few groups with an answer to “{outcome}”: at least 2 are needed, and there is {only}."
        )
    if len(groups.labels) > _MOST_GROUPS:
        raise Unreadable(
            f"“{by}” has {len(groups.labels):,} different answers; a comparison takes at most {_MOST_GROUPS:,} groups."
        )
    found = dict(sorted(zip(groups.labels, groups.samples, strict=True), key=lambda pair: _key(pair[0])))
    return found, groups.missing


def _key(label: str) -> tuple[int, float, str]:
    """Numbers in the order of numbers (2 before 10), words after them."""
    try:
        return 0, float(label), label
    except ValueError:
        return 1, 0.0, label


def _group_as_json(label: str, found: Description) -> dict[str, Any]:
    return {
        "group": label,
        "n": found.n,
        "mean": found.mean,
        "sd": found.sd,
        "median": found.median,
        "lower_quartile": found.lower_quartile,
        "upper_quartile": found.upper_quartile,
        "mean_low": found.low,
        "mean_high": found.high,
        "level": found.level,
    }


def _impossible_as_json(item: Impossible) -> dict[str, Any]:
    return {
        "method": str(item.method),
        "method_code": item.method.code,
        "statistic": None,
        "df": None,
        "p": None,
        "effect_size": None,
        "impossible": item.reason,
    }


def _table(described: Mapping[str, Description]) -> list[str]:
    def figure(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}"

    return aligned(
        [
            ["Group", "People", "Mean", "95% interval", "SD", "Median", "Quartiles"],
            *(
                [
                    label,
                    f"{found.n:,}",
                    figure(found.mean),
                    "" if found.low is None else f"{figure(found.low)} to {figure(found.high)}",
                    figure(found.sd),
                    figure(found.median),
                    f"{figure(found.lower_quartile)} to {figure(found.upper_quartile)}",
                ]
                for label, found in described.items()
            ),
        ]
    )
