from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.cli._wording import aligned
from iahcalc.scales import Reliability, reliability, reverse_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from iahcalc.cli.tables import Table

_TAKEN_FOR_GRANTED = (
    (
        "items_point_one_way",
        "All items are meant to measure one thing; items worded the other way are named in --reverse.",
    ),
    (
        "people_independent",
        "Each row is one person, independent of the others: the numbers cannot show this.",
    ),
    (
        "items_parallel",
        "The interval takes the items to be equally good measures with roughly normal answers.",
    ),
)


def report(
    table: Table, *, items: Sequence[str], turned: Sequence[str], points: tuple[float, float] | None
) -> tuple[dict[str, Any], str]:
    """Reliability of a scale; return it for JSON and as text."""
    found = reliability(answers_in(table, items=items, turned=turned, points=points))
    return as_json(found, items=items, turned=turned), "\n".join(_as_text(found, items=items, turned=turned))


def answers_in(
    table: Table, *, items: Sequence[str], turned: Sequence[str], points: tuple[float, float] | None
) -> npt.NDArray[np.float64]:
    """The answers to the items, turned where they are worded against the scale."""
    answers = np.column_stack([table.numbers(item, points=points) for item in items])
    if turned and points is not None:
        answers = reverse_items(
            answers, items=[items.index(item) for item in turned], low=points[0], high=points[1]
        )
    return answers


def as_json(found: Reliability, *, items: Sequence[str], turned: Sequence[str]) -> dict[str, Any]:
    """The reliability of a scale for JSON."""
    return {
        "analysis": "reliability",
        "method": "Cronbach's alpha",
        "alpha": found.alpha,
        "alpha_standardised": found.standardised,
        "alpha_pairwise": found.pairwise,
        "interval": {
            "low": found.interval.low,
            "high": found.interval.high,
            "level": found.interval.level,
            "method": "Feldt",
        },
        "omega": None
        if found.omega is None
        else {
            "value": found.omega.value,
            "low": found.omega.low,
            "high": found.omega.high,
            "level": found.omega.level,
            "method": "one factor by maximum likelihood, delta method",
            "standardised": found.omega.standardised,
            "loadings": list(found.omega.loadings),
            "heywood": [items[place] for place in found.omega.heywood],
        },
        "n": found.n,
        "missing": found.missing,
        "items": [
            {
                "item": items[item.position],
                "reversed": items[item.position] in turned,
                "mean": item.mean,
                "sd": item.sd,
                "item_rest_correlation": item.item_rest,
                "alpha_if_dropped": item.alpha_if_dropped,
            }
            for item in found.items
        ],
        "assumptions": [
            {"code": code, "ok": None, "sentence": sentence, "figures": {}}
            for code, sentence in _TAKEN_FOR_GRANTED
        ],
    }


def _as_text(found: Reliability, *, items: Sequence[str], turned: Sequence[str]) -> list[str]:
    def figure(value: float | None) -> str:
        return "undefined" if value is None else f"{value:.3f}"

    interval = found.interval
    return [
        f"Reliability of {len(items)} items: {found.n:,} people answered all of them, {found.missing:,} left out",
        "",
        f"Cronbach's alpha = {found.alpha:.3f} ({interval.level:.0%} interval {interval.low:.3f} to {interval.high:.3f})",
        f"  standardised       {figure(found.standardised)}",
        f"  all answers used   {figure(found.pairwise)}  (pairwise)",
        *_omega(found, items=items),
        "",
        *aligned(
            [
                ["Item", "Mean", "SD", "With the rest", "Alpha without it"],
                *(
                    [
                        items[item.position] + (" (turned)" if items[item.position] in turned else ""),
                        f"{item.mean:.2f}",
                        f"{item.sd:.2f}",
                        figure(item.item_rest),
                        figure(item.alpha_if_dropped),
                    ]
                    for item in found.items
                ),
            ]
        ),
        "",
        *_hints(found, items=items),
        "What this takes for granted",
        *(f"  [judge] {sentence}" for _, sentence in _TAKEN_FOR_GRANTED),
    ]


def _omega(found: Reliability, *, items: Sequence[str]) -> list[str]:
    omega = found.omega
    if omega is None:
        return ["McDonald's omega: undefined here"]
    lines = [
        f"McDonald's omega = {omega.value:.3f} ({omega.level:.0%} interval {omega.low:.3f} to {omega.high:.3f})"
    ]
    if omega.heywood:
        names = ", ".join(items[place] for place in omega.heywood)
        lines.append(f"  read it with care: the factor leaves no variance of its own to {names}")
    return lines


def _hints(found: Reliability, *, items: Sequence[str]) -> list[str]:
    against = [
        items[item.position] for item in found.items if item.item_rest is not None and item.item_rest < 0
    ]
    if not against:
        return []
    return [
        f"These items run against the rest; were they worded the other way (--reverse)? {', '.join(against)}",
        "",
    ]
