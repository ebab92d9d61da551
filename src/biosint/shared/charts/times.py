"""Charts of time: work over months, free hours of a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from babel.dates import format_date, get_day_names
from django.utils.translation import gettext as _

from biosint.shared.charts.amounts import NARROW_BELOW, layout
from biosint.shared.charts.described import Gantt, Span, WeekStrip
from biosint.shared.charts.pen import LINE, SIZE, Pen, width_of, wrapped
from biosint.shared.dates import written_day
from biosint.shared.languages import locale

BAR = 14


def _month_starts(start: dt.date, end: dt.date) -> list[dt.date]:
    months = []
    year, month = start.year, start.month
    while (moment := dt.date(year, month, 1)) <= end:
        if moment >= start:
            months.append(moment)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months


def _marked_months(months: list[dt.date], room: float) -> list[dt.date]:
    """Thin the months until their names have room: all, each quarter, half-years, years."""
    for step in (1, 3, 6, 12):
        chosen = [month for month in months if (month.month - 1) % step == 0]
        if len(chosen) * 64 <= room:
            return chosen
    return [month for month in months if month.month == 1][:: max(1, len(months) * 64 // 12 // int(room) + 1)]


def gantt(chart: Gantt, pen: Pen) -> float:
    if not chart.rows:
        return 8
    place = layout(pen, [str(row.label) for row in chart.rows])
    left = place.left if not place.above else 2
    days = [day for row in chart.rows for day in (row.start, row.end, *(mark.date for mark in row.markers))]
    first, last = min(days), max(days)
    per_day = (pen.width - left - 8) / max((last - first).days + 1, 1)

    def x_of(day: dt.date) -> float:
        return left + (day - first).days * per_day

    top = LINE + 8.0
    y = top
    behind = len(pen.marks)
    bands = []
    for row in chart.rows:
        bar_top, y = _span(pen, row, y=y, above=place.above, label_width=place.label_width, x_of=x_of)
        bands.append((bar_top - 2, bar_top + BAR + 4))
    # Lines through the labels of the narrow layout would strike the words out.
    stretches = bands if place.above else [(top - 4, y)]
    rows_drawn = pen.marks[behind:]
    del pen.marks[behind:]
    for index, month in enumerate(_marked_months(_month_starts(first, last), pen.width - left)):
        x = x_of(month)
        for start_y, end_y in stretches:
            pen.line((x, start_y), (x, end_y), "k-hair")
        shape = "y" if month.month == 1 else "MMM y" if index == 0 else "MMM"
        name = format_date(month, shape, locale=locale())
        if x + width_of(name, 12) < pen.width:
            pen.words(x + 3, SIZE, name, kind="k-soft", size=12, strong=month.month == 1)
    pen.marks.extend(rows_drawn)
    if chart.today is not None and first <= chart.today <= last:
        x = x_of(chart.today)
        for start_y, end_y in stretches:
            pen.line((x, start_y), (x, end_y), "k-s4", weight=1.5)
        near_end = x > pen.width * 0.75
        pen.words(
            x - 5 if near_end else x + 5,
            y + SIZE,
            _("today, %(day)s") % {"day": written_day(chart.today)},
            kind="k-soft",
            anchor="end" if near_end else "start",
            size=12,
        )
        y += LINE
    return y + 6


def _span(
    pen: Pen, row: Span, *, y: float, above: bool, label_width: float, x_of: Callable[[dt.date], float]
) -> tuple[float, float]:
    lines = wrapped(str(row.label), label_width, most=2)
    block = len(lines) * LINE
    if above:
        pen.lines_of_words(2, y + SIZE, lines, strong=row.heading)
        bar_top, below = y + block + 2, y + block + BAR + 12
    else:
        height = max(block, BAR)
        pen.lines_of_words(0, y + (height - block) / 2 + SIZE, lines, strong=row.heading)
        bar_top, below = y + (height - BAR) / 2, y + height + 7
    start, end = x_of(row.start), x_of(row.end + dt.timedelta(days=1))
    if row.heading:
        pen.rect(start, bar_top + 4, end - start, 5, "k-ink", round_by=1)
    else:
        pen.rect(start, bar_top, end - start, BAR, "k-q2", round_by=2)
        if row.done:
            pen.rect(start, bar_top, (end - start) * min(row.done, 1), BAR, "k-s1", round_by=2)
        if row.critical:
            pen.line((start, bar_top + BAR + 2), (end, bar_top + BAR + 2), "k-s4", weight=2)
    for marker in row.markers:
        pen.shape(x_of(marker.date), bar_top + BAR / 2, 4, size=5.5)
    return bar_top, below


def _shade(people: int, everybody: int) -> str:
    """Name the shade: none, then four steps up to everybody."""
    if people <= 0:
        return "k-q0"
    if people >= everybody:
        return "k-q4"
    return f"k-q{1 + min(2, int(3 * people / everybody))}"


def week_strip(chart: WeekStrip, pen: Pen) -> float:
    narrow = pen.width < NARROW_BELOW
    names = get_day_names("abbreviated", locale=locale())
    left = 4 + max(width_of(str(name)) for name in names.values()) + 6
    cell = (pen.width - left) / 24
    height = 20.0 if narrow else 24.0
    top = LINE + 4.0
    for hour in range(0, 24, 6 if narrow else 3):
        pen.words(left + hour * cell, SIZE - 1, f"{hour}:00", kind="k-soft", size=12)
    for day in range(7):
        y = top + day * (height + 3)
        pen.words(0, y + height / 2 + 5, str(names[day]))
        for hour in range(24):
            people = chart.hours[24 * day + hour]
            pen.rect(left + hour * cell, y, cell - 1.5, height, _shade(people, chart.everybody), round_by=2)
            if people and not narrow:
                shade = _shade(people, chart.everybody)
                on = "k-on-s1" if shade in {"k-q3", "k-q4"} else "k-ink"
                pen.words(
                    left + (hour + 0.5) * cell - 0.7,
                    y + height / 2 + 4,
                    str(people),
                    kind=on,
                    anchor="middle",
                    size=12,
                )
    y = top + 7 * (height + 3) + 6
    x = left
    for kind, words in (
        ("k-q0", _("nobody")),
        ("k-q1", _("some")),
        ("k-q3", _("most")),
        ("k-q4", _("everybody")),
    ):
        pen.rect(x, y, 13, 13, kind, round_by=2)
        pen.words(x + 18, y + 12, words, kind="k-soft", size=12)
        x += 18 + width_of(words, 12) + 14
    y += LINE + 2
    if chart.zone:
        pen.words(left, y + 12, _("Times are in %(zone)s.") % {"zone": chart.zone}, kind="k-soft", size=12)
        y += LINE
    return y + 4
