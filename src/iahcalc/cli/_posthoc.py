from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iahcalc.cli._compare import groups_in
from iahcalc.cli._wording import aligned, assumptions_as_json, assumptions_as_text, effect_as_json, p_value
from iahcalc.cli.tables import Unreadable
from iahcalc.faults import Undefined
from iahcalc.samples import PairFinding, post_hoc, post_hoc_assumptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.cli.tables import Table


# More groups than this make more pairs than anybody reads.
_MOST_GROUPS = 40


def report(table: Table, *, outcome: str, by: str) -> tuple[dict[str, Any], str]:
    """Compare each two of several groups by means and by ranks; return both for JSON and as text."""
    samples, missing = groups_in(table, outcome=outcome, by=by)
    if len(samples) > _MOST_GROUPS:
        raise Unreadable(
            f"“{by}” has {len(samples)} groups; at most {_MOST_GROUPS} can be compared pair by pair."
        )
    labels = list(samples)
    answers = list(samples.values())
    parts: dict[str, Any] = {}
    text = [f"{outcome} by {by}, each two of {len(labels)} groups: {missing:,} left out"]
    impossible = []
    for name, ranks in (("means", False), ("ranks", True)):
        try:
            pairs = post_hoc(answers, ranks=ranks)
        except Undefined as undefined:
            impossible.append(undefined)
            parts[name] = {"pairs": None, "impossible": str(undefined)}
            text += ["", f"By {name}: not possible. {undefined}"]
            continue
        parts[name] = {"pairs": [_as_json(pair, labels) for pair in pairs], "impossible": None}
        text += ["", *_as_text(pairs, labels)]
    if len(impossible) == 2:
        raise impossible[0]
    taken = post_hoc_assumptions(groups=len(labels))
    return (
        {
            "analysis": "posthoc",
            "outcome": outcome,
            "by": by,
            "groups": [{"group": label, "n": len(sample)} for label, sample in samples.items()],
            "n": sum(len(sample) for sample in answers),
            "missing": missing,
            **parts,
            "assumptions": assumptions_as_json(taken),
        },
        "\n".join([*text, "", *assumptions_as_text(taken)]),
    )


def _as_json(pair: PairFinding, labels: Sequence[str]) -> dict[str, Any]:
    return {
        "method": str(pair.method),
        "method_code": pair.method.code,
        "first": labels[pair.first],
        "second": labels[pair.second],
        "statistic": pair.statistic,
        "df": pair.df,
        "p": pair.p,
        "adjusted_p": pair.adjusted_p,
        "correction": pair.correction,
        "difference": pair.difference,
        "low": pair.low,
        "high": pair.high,
        "level": pair.level,
        "effect_size": effect_as_json(pair.effect),
    }


def _as_text(pairs: Sequence[PairFinding], labels: Sequence[str]) -> list[str]:
    first = pairs[0]
    return [
        f"{first.method} (p adjusted by {first.correction})",
        *aligned(
            [
                [
                    "Groups",
                    "Difference",
                    f"{first.level:.0%} interval of all",
                    str(first.effect.name),
                    "Adjusted p",
                ],
                *(
                    [
                        f"{labels[pair.first]} - {labels[pair.second]}",
                        f"{pair.difference:z.3f}",
                        f"{pair.low:z.3f} to {pair.high:z.3f}",
                        f"{pair.effect.value:z.3f}",
                        p_value(pair.adjusted_p),
                    ]
                    for pair in pairs
                ),
            ]
        ),
    ]
