"""Figures: numbers that open, progress, charts."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

from django import template
from django.utils.text import slugify

from biosint.shared.charts import Chart, Table
from biosint.shared.charts.drawn import for_page
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


def _as_csv(table: Table) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([table.head, *table.rows])
    return written.getvalue()


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """A figure: the finding, the drawing, the source, the numbers as table and as file."""
    table = chart.table()
    return {
        "chart": chart,
        "drawing": for_page(chart),
        "table": table,
        # The file travels inside the link: it needs no second request and no script.
        "download": f"data:text/csv;charset=utf-8,{quote(_as_csv(table))}",
        "filename": f"{slugify(str(chart.title))[:60] or 'chart'}.csv",
    }
