"""Figures: numbers that open, progress, charts."""

from __future__ import annotations

from django import template

from biosint.shared.verdicts import Sentence

register = template.Library()


@register.inclusion_tag("ui/stat.html")
def stat(
    *, label: Sentence, value: object, url: str = "", note: Sentence = "", trend: object = ""
) -> dict[str, object]:
    """A figure that opens what it was counted from. ``trend`` is a signed number or a word."""
    direction = ""
    if isinstance(trend, int | float) and not isinstance(trend, bool):
        direction = "up" if trend > 0 else "down" if trend < 0 else "level"
    return {
        "label": label,
        "value": value,
        "url": url,
        "note": note,
        "trend": trend,
        "direction": direction,
    }


@register.inclusion_tag("ui/progress.html")
def progress(*, value: float, maximum: float, label: Sentence, note: Sentence = "") -> dict[str, object]:
    """How far something has come, as bar and as words."""
    share = round(100 * value / maximum) if maximum else 0
    return {
        "value": f"{value:g}",
        "maximum": f"{maximum:g}",
        "label": label,
        "share": share,
        "note": note,
    }
