from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from iahcalc.agreement import KappaWeights, Measure, cohen_kappa, krippendorff_alpha

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.cli.tables import Table

_WEIGHTS = {
    Measure.NOMINAL: None,
    Measure.ORDINAL: KappaWeights.LINEAR,
    Measure.INTERVAL: KappaWeights.QUADRATIC,
}


def report(table: Table, *, coders: Sequence[str], measure: str) -> tuple[dict[str, Any], str]:
    """Agreement of coders; return it for JSON and as text."""
    kind = Measure(measure)
    judged = np.array(
        [table.labels(coder) if kind is Measure.NOMINAL else table.numbers(coder) for coder in coders]
    )
    alpha = krippendorff_alpha(judged, measure=kind)
    text = [
        f"{len(coders)} coders: {alpha.units:,} units judged twice or more, {alpha.left_out:,} judgements stand alone",
        "",
        f"Krippendorff's alpha ({alpha.measure}) = {alpha.value:.3f}"
        + ("" if alpha.low is None else f" ({alpha.level:.0%} interval {alpha.low:.3f} to {alpha.high:.3f})"),
    ]
    found: dict[str, Any] = {
        "analysis": "agreement",
        "coders": list(coders),
        "krippendorff_alpha": {
            "measure": str(alpha.measure),
            "value": alpha.value,
            "low": alpha.low,
            "high": alpha.high,
            "level": alpha.level,
            "units": alpha.units,
            "pairable": alpha.pairable,
            "left_out": alpha.left_out,
        },
        "cohen_kappa": None,
    }
    if len(coders) == 2:
        weights = _WEIGHTS[kind]
        kappa = cohen_kappa(judged[0], judged[1], weights=weights)
        text += [
            (
                f"Cohen's kappa ({weights or 'unweighted'}) = {kappa.value:.3f}"
                f" ({kappa.level:.0%} interval {kappa.low:.3f} to {kappa.high:.3f})"
            ),
            f"  agreed {kappa.observed:.1%}, by chance alone {kappa.by_chance:.1%}: {kappa.n:,} judged by both, {kappa.missing:,} left out",
        ]
        found["cohen_kappa"] = {
            "weights": weights,
            "value": kappa.value,
            "low": kappa.low,
            "high": kappa.high,
            "level": kappa.level,
            "observed": kappa.observed,
            "by_chance": kappa.by_chance,
            "p": kappa.p,
            "n": kappa.n,
            "missing": kappa.missing,
            "labels": list(kappa.labels),
            "counts": kappa.counts.tolist(),
        }
    return found, "\n".join(text)
