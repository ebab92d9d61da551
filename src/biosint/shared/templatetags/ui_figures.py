"""Figures: numbers that open, progress, charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django import template
from django.utils.text import slugify

from biosint.shared.charts import Chart, Table
from biosint.shared.charts.drawn import for_page
from biosint.shared.map import Point, europe, framed, labelled, place
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


@register.inclusion_tag("ui/partner_map.html")
def partner_map(
    points: Sequence[Point], *, title: Sentence, links: Iterable[tuple[int, int, float]] = ()
) -> dict[str, object]:
    """A map of Europe with institutions; ``links`` join two of them (their positions) by a line of a weight 0 to 1.

    Give the same institutions as a list beside it: the map is a picture, its labels give way on phones.
    """
    placed = list(points)
    frame = framed(place(point.latitude, point.longitude) for point in placed)
    dots = labelled(placed, frame)
    unit = frame.unit
    return {
        "title": title,
        "frame": frame,
        "land": europe().outline,
        "dots": dots,
        "lines": [
            (dots[one], dots[other], round((0.8 + 3.2 * weight) * unit, 2)) for one, other, weight in links
        ],
        "radius": round(5 * unit, 2),
        "size": round(14 * unit, 2),
        "rim": round(1.5 * unit, 2),
    }
