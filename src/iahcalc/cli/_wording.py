"""Findings as JSON and as plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iahcalc.samples import Assumption, Effect, Finding

_MARKS = {True: "[fine] ", False: "[look] ", None: "[judge]"}


def effect_as_json(effect: Effect) -> dict[str, Any]:
    return {
        "name": str(effect.name),
        "code": effect.name.code,
        "value": effect.value,
        "low": effect.low,
        "high": effect.high,
        "level": effect.level,
        "interval": effect.interval,
    }


def assumptions_as_json(assumptions: Sequence[Assumption]) -> list[dict[str, Any]]:
    return [
        {"code": item.code, "ok": item.ok, "sentence": item.sentence, "figures": dict(item.figures)}
        for item in assumptions
    ]


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "method": str(finding.method),
        "method_code": finding.method.code,
        "statistic_name": finding.statistic_name,
        "statistic": finding.statistic,
        "df": finding.df,
        "df_denominator": finding.df_denominator,
        "p": finding.p,
        "asymptotic_p": finding.asymptotic_p,
        "p_error": finding.p_error,
        "effect_size": effect_as_json(finding.effect),
        "further_effect_sizes": [effect_as_json(effect) for effect in finding.further_effects],
        "n": finding.n,
        "missing": finding.missing,
        "assumptions": assumptions_as_json(finding.assumptions),
    }


def finding_as_text(finding: Finding) -> list[str]:
    """Statistic, degrees of freedom, p and effect sizes, one line each."""
    df = "" if finding.df is None else f", df = {number(finding.df)}"
    if finding.df_denominator is not None:
        df += f" and {number(finding.df_denominator)}"
    lines = [str(finding.method)]
    lines += [
        f"  {finding.statistic_name} = {_statistic(finding.statistic)}{df}, {p_value(finding.p)}: {_surprise(finding.p)}"
    ]
    lines += [f"  {effect_as_text(effect)}" for effect in (finding.effect, *finding.further_effects)]
    return lines


def effect_as_text(effect: Effect) -> str:
    value, low, high = (_plain(figure) for figure in (effect.value, effect.low, effect.high))
    return f"{effect.name} = {value} ({effect.level:.0%} interval {low} to {high})"


def assumptions_as_text(assumptions: Sequence[Assumption]) -> list[str]:
    """What was taken for granted, each sentence once."""
    sentences = dict.fromkeys(f"  {_MARKS[item.ok]} {item.sentence}" for item in assumptions)
    return ["What this takes for granted", *sentences]


def _plain(figure: float) -> str:
    """Three decimals, without a minus before nothing."""
    return f"{figure:z.3f}"


def _statistic(value: float) -> str:
    return f"{value:,.1f}" if abs(value) >= 1000 else f"{value:.4g}"


def _surprise(p: float) -> str:
    if p < 0.001:
        return "chance alone would give this less than once in 1,000 samples"
    if p < 0.05:
        return f"chance alone would give this about {p * 1000:.0f} times in 1,000 samples"
    return f"chance alone would often give this, about {p * 100:.0f} times in 100 samples"


def p_value(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def number(value: float) -> str:
    """Whole numbers as such, others with two decimals."""
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of text: the first column to the left, the others to the right, the first row ruled off."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return [lines[0], "-" * max(len(line) for line in lines), *lines[1:]]
