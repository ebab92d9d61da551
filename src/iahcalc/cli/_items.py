from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iahcalc.cli._reliability import answers_in
from iahcalc.cli._wording import aligned
from iahcalc.scales import item_analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.cli.tables import Table


def report(
    table: Table, *, items: Sequence[str], turned: Sequence[str], points: tuple[float, float]
) -> tuple[list[dict[str, Any]], str]:
    """Analyse the items of a scale; return them for JSON and as text."""
    answers = answers_in(table, items=items, turned=turned, points=points)
    found = item_analysis(answers, low=points[0], high=points[1])

    def figure(value: float | None) -> str:
        return "undefined" if value is None else f"{value:.2f}"

    text = [
        f"{len(items)} items, points {points[0]:g} to {points[1]:g}",
        "",
        *aligned(
            [
                [
                    "Item",
                    "People",
                    "Mean",
                    "SD",
                    "Difficulty",
                    "With the rest",
                    "Discrimination",
                    "Alpha without it",
                ],
                *(
                    [
                        items[item.position] + (" (turned)" if items[item.position] in turned else ""),
                        f"{item.n:,}",
                        figure(item.mean),
                        figure(item.sd),
                        figure(item.difficulty),
                        figure(item.item_rest),
                        figure(item.discrimination),
                        figure(item.alpha_if_dropped),
                    ]
                    for item in found
                ),
            ]
        ),
    ]
    concerns = [f"  {items[item.position]}: {concern}" for item in found for concern in item.concerns]
    text += ["", "To be looked at", *(concerns or ["  Nothing stands out."])]
    return (
        [
            {
                "analysis": "items",
                "item": items[item.position],
                "reversed": items[item.position] in turned,
                "n": item.n,
                "missing": item.missing,
                "mean": item.mean,
                "sd": item.sd,
                "skewness": item.skewness,
                "difficulty": item.difficulty,
                "at_bottom": item.at_bottom,
                "at_top": item.at_top,
                "item_rest_correlation": item.item_rest,
                "discrimination": item.discrimination,
                "alpha_if_dropped": item.alpha_if_dropped,
                "concerns": [{"code": concern.code, "sentence": str(concern)} for concern in item.concerns],
            }
            for item in found
        ],
        "\n".join(text),
    )
