from __future__ import annotations

from typing import TYPE_CHECKING

from iahcalc.cli._wording import aligned, assumptions_as_text, finding_as_json, finding_as_text, number
from iahcalc.faults import Undefined
from iahcalc.samples import ChangedCategory, Finding, Method, mcnemar, paired_t, wilcoxon_signed_rank

if TYPE_CHECKING:
    from collections.abc import Callable

    from iahcalc.cli.tables import Table


def report(table: Table, *, before: str, after: str, categories: bool) -> tuple[object, str]:
    """Test a change of the same people or institutions; return it for JSON and as text."""
    shared = {"analysis": "paired", "before": before, "after": after}
    if categories:
        found = mcnemar(table.labels(before), table.labels(after))
        counts = found.counts.tolist() if found.counts is not None else []
        return (
            {**finding_as_json(found), **shared, "labels": list(found.labels), "counts": counts},
            "\n".join(_categories(found, before=before, after=after)),
        )
    earlier, later = table.numbers(before), table.numbers(after)
    tests: dict[Method, Callable[[], Finding]] = {
        Method.PAIRED_T: lambda: paired_t(earlier, later),
        Method.WILCOXON: lambda: wilcoxon_signed_rank(earlier, later),
    }
    made: list[Finding] = []
    unmade: list[tuple[Method, Undefined]] = []
    for method, test in tests.items():
        try:
            made.append(test())
        except Undefined as undefined:
            unmade.append((method, undefined))
    if not made:
        raise unmade[0][1]
    text = [f"{after} minus {before}: {made[0].n:,} pairs counted, {made[0].missing:,} left out"]
    for finding in made:
        text += ["", *finding_as_text(finding)]
    for method, reason in unmade:
        text += ["", f"{method}: not possible. {reason}"]
    assumptions = [item for finding in made for item in finding.assumptions]
    return (
        [
            *({**finding_as_json(finding), **shared} for finding in made),
            *(
                {
                    "method": str(method),
                    "method_code": method.code,
                    "statistic": None,
                    "df": None,
                    "p": None,
                    "effect_size": None,
                    "impossible": str(reason),
                    **shared,
                }
                for method, reason in unmade
            ),
        ],
        "\n".join([*text, "", *assumptions_as_text(assumptions)]),
    )


def _categories(found: ChangedCategory, *, before: str, after: str) -> list[str]:
    counts = found.counts if found.counts is not None else ()
    return [
        f"{before} (rows) to {after} (columns): {found.n:,} pairs counted, {found.missing:,} left out",
        "",
        *aligned(
            [
                ["", *(str(label) for label in found.labels)],
                *(
                    [str(label), *(number(cell) for cell in line)]
                    for label, line in zip(found.labels, counts, strict=True)
                ),
            ]
        ),
        "",
        *finding_as_text(found),
        "",
        *assumptions_as_text(found.assumptions),
    ]
