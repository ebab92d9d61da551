"""Charts: described once, drawn as SVG on the server for page and document alike.

A chart is a frozen value. Its ``title`` says the finding, not the subject; its ``table()`` holds every
number that is drawn. ``svg(chart)`` gives a drawing with its own colours, for documents; pages use the
``{% chart %}`` tag, whose drawing takes its colours from the style sheet and so follows light and dark.
"""

from biosint.shared.charts.described import (
    Bar,
    Bars,
    Chart,
    Dot,
    DotsWithIntervals,
    Gantt,
    Marker,
    Slope,
    Slopes,
    Span,
    Stack,
    Stacked,
    Table,
    WeekStrip,
    bars,
    dots_with_intervals,
    gantt,
    slopes,
    stacked,
    week_strip,
)
from biosint.shared.charts.drawn import svg

__all__ = [
    "Bar",
    "Bars",
    "Chart",
    "Dot",
    "DotsWithIntervals",
    "Gantt",
    "Marker",
    "Slope",
    "Slopes",
    "Span",
    "Stack",
    "Stacked",
    "Table",
    "WeekStrip",
    "bars",
    "dots_with_intervals",
    "gantt",
    "slopes",
    "stacked",
    "svg",
    "week_strip",
]
