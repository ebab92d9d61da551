"""How each chart is drawn. Wide and narrow (for phones) are two layouts of the same marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from biosint.shared.charts import amounts, times
from biosint.shared.charts.described import (
    Bars,
    Chart,
    DotsWithIntervals,
    Gantt,
    Slopes,
    Stacked,
    WeekStrip,
)
from biosint.shared.charts.pen import Pen

WIDE = 820
NARROW = 340

# Each draws with the pen and returns the height it needed.
_DRAWERS: dict[type[Chart], Callable[[Any, Pen], float]] = {
    Bars: amounts.bars,
    Stacked: amounts.stacked,
    DotsWithIntervals: amounts.dots_with_intervals,
    Slopes: amounts.slopes,
    Gantt: times.gantt,
    WeekStrip: times.week_strip,
}


def svg(chart: Chart, *, width: float = WIDE, standalone: bool = True, name: str = "") -> SafeString:
    """Return the drawing: with its own colours for a document, or with classes for a page."""
    pen = Pen(width=width, standalone=standalone)
    height = _DRAWERS[type(chart)](chart, pen)
    return SafeString(
        pen.finished(height=height, title=str(chart.title), description=str(chart.description), name=name)
    )


def for_page(chart: Chart) -> SafeString:
    """Return both layouts; the style sheet shows the one that fits its container."""
    return SafeString(
        svg(chart, standalone=False, name="wide") + svg(chart, width=NARROW, standalone=False, name="narrow")
    )
