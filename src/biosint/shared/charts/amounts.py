"""Charts of amounts: bars, shares, estimates, change."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from biosint.shared.charts.described import Bars, Dot, DotsWithIntervals, Slopes, Stacked, figure
from biosint.shared.charts.pen import LINE, SIZE, Pen, spread, ticks, width_of, wrapped

# Below this width the row's label stands above its marks.
NARROW_BELOW = 480
BAR = 18


@dataclass(frozen=True, slots=True)
class Layout:
    """Where labels end and marks begin, for one drawing."""

    left: float
    label_width: float
    above: bool


def layout(pen: Pen, labels: list[str]) -> Layout:
    """Give labels the room they need, at most two fifths of the width; on phones the whole line above."""
    if pen.width < NARROW_BELOW:
        return Layout(left=2, label_width=pen.width - 4, above=True)
    widest = max((width_of(label) for label in labels), default=0)
    label_width = min(max(widest, 60), pen.width * 0.4)
    return Layout(left=label_width + 16, label_width=label_width, above=False)


def _label(pen: Pen, place: Layout, y: float, lines: list[str], *, mark_height: float) -> tuple[float, float]:
    """Draw one row's label; return the top of its marks and the top of the next row."""
    block = len(lines) * LINE
    if place.above:
        pen.lines_of_words(2, y + SIZE, lines)
        return y + block + 2, y + block + mark_height + 12
    height = max(block, mark_height)
    pen.lines_of_words(0, y + (height - block) / 2 + SIZE, lines)
    return y + (height - mark_height) / 2, y + height + 10


def _scale(low: float, high: float, left: float, right: float) -> tuple[float, float]:
    """Return (pixels per unit, pixel of zero)."""
    per_unit = (right - left) / ((high - low) or 1)
    return per_unit, left - low * per_unit


def _legend(pen: Pen, y: float, entries: list[tuple[str, str]], *, shapes: bool = False) -> float:
    """Draw a legend that wraps; return the y below it. An entry is (kind or number of series, words)."""
    x = 0.0
    for mark, words in entries:
        shown = wrapped(words, pen.width - 24, most=1)[0]
        step = 22 + width_of(shown) + 14
        if x and x + step - 14 > pen.width:
            x = 0
            y += LINE + 4
        if shapes:
            pen.shape(x + 7, y + 8, int(mark))
        else:
            pen.rect(x, y + 2, 13, 13, mark, round_by=2)
        pen.words(x + 20, y + 13, shown, kind="k-soft")
        x += step
    return y + LINE + 10


def bars(chart: Bars, pen: Pen) -> float:
    labels = [str(row.label) for row in chart.rows]
    place = layout(pen, labels)
    values = [row.value for row in chart.rows if row.value is not None]
    targets = [row.target for row in chart.rows if row.target is not None]
    shown = [figure(row.value, digits=chart.digits, unit=chart.unit) for row in chart.rows]
    figure_room = max((width_of(words) for words in shown), default=0) + 12
    low = min(0.0, *values, *targets) if values or targets else 0.0
    high = max(0.0, chart.maximum or 0.0, *values, *targets) if values or targets else 1.0
    left = place.left + (figure_room if low < 0 else 0)
    per_unit, zero = _scale(low, high, left, pen.width - figure_room)
    y = 4.0
    if targets:
        pen.line((6, y + 2), (6, y + 16), "k-ink", weight=2.5)
        pen.words(16, y + 13, _("target"), kind="k-soft")
        y += LINE + 8
    top = y
    bands = []
    for row, label, words in zip(chart.rows, labels, shown, strict=True):
        lines = wrapped(label, place.label_width)
        mark_top, y_next = _label(pen, place, y, lines, mark_height=BAR)
        bands.append((mark_top - 3, mark_top + BAR + 3))
        if chart.maximum:
            pen.rect(zero, mark_top, (high * per_unit), BAR, "k-track", round_by=2)
        value = row.value or 0.0
        start = min(zero, zero + value * per_unit)
        pen.rect(start, mark_top, abs(value) * per_unit, BAR, "k-s1", round_by=2)
        if row.target is not None:
            x = zero + row.target * per_unit
            pen.line((x, mark_top - 3), (x, mark_top + BAR + 3), "k-ink", weight=2.5)
        if chart.maximum:
            pen.words(pen.width, mark_top + SIZE, words, anchor="end", strong=True)
        elif value < 0:
            pen.words(start - 6, mark_top + SIZE, words, anchor="end", strong=True)
        else:
            end = max(zero + value * per_unit, zero + (row.target or 0) * per_unit)
            pen.words(end + 8, mark_top + SIZE, words, strong=True)
        y = y_next
    # Above the labels of the narrow layout a line through everything would strike the words out.
    for start_y, end_y in bands if place.above else [(top - 4, y - 6)]:
        pen.line((zero, start_y), (zero, end_y), "k-soft")
    return y


def part_kinds(chart: Stacked) -> list[str]:
    """Return the colour name of each part: ends of a scale for ordered parts, else the series."""
    count = len(chart.parts)
    if not chart.ordered:
        return [f"s{index % 8 + 1}" for index in range(count)]
    known = {
        1: (7,),
        2: (1, 7),
        3: (1, 4, 7),
        4: (1, 3, 5, 7),
        5: (1, 3, 4, 5, 7),
        6: (1, 2, 3, 5, 6, 7),
        7: (1, 2, 3, 4, 5, 6, 7),
    }
    chosen = known.get(count) or tuple(round(1 + 6 * index / (count - 1)) for index in range(count))
    return [f"e{number}" for number in chosen]


def stacked(chart: Stacked, pen: Pen) -> float:
    labels = [str(row.label) for row in chart.rows]
    place = layout(pen, labels)
    kinds = part_kinds(chart)
    y = _legend(pen, 0, [(f"k-{kind}", str(part)) for kind, part in zip(kinds, chart.parts, strict=True)])
    height = 24
    room = pen.width - place.left
    for row, label in zip(chart.rows, labels, strict=True):
        mark_top, y_next = _label(pen, place, y, wrapped(label, place.label_width), mark_height=height)
        total = sum(row.values)
        x = place.left
        if not total:
            pen.rect(x, mark_top, room, height, "k-track")
            pen.words(x + 8, mark_top + 17, _("no answers"), kind="k-soft")
        for value, kind in zip(row.values, kinds, strict=True):
            if not total or not value:
                continue
            wide = room * value / total
            pen.rect(x, mark_top, wide - 1.5, height, f"k-{kind}")
            words = figure(100 * value / total, unit="%")
            if wide > width_of(words) + 8:
                pen.words(x + wide / 2, mark_top + 17, words, kind=f"k-on-{kind}", anchor="middle")
            x += wide
        y = y_next
    return y


def _dot_range(chart: DotsWithIntervals) -> tuple[float, float]:
    """Return the ends of the scale: everything known and the reference, with some air."""
    known = [value for row in chart.rows for value in (row.low, row.estimate, row.high) if value is not None]
    if chart.reference is not None:
        known.append(chart.reference)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    air = (high - low or 1) * 0.06
    return low - air, high + air


def _dot(pen: Pen, row: Dot, *, series: int, middle: float, per_unit: float, zero: float) -> None:
    kind = f"k-s{(series - 1) % 8 + 1}"
    if row.low is not None and row.high is not None:
        start, end = zero + row.low * per_unit, zero + row.high * per_unit
        pen.line((start, middle), (end, middle), kind, weight=2.5)
        for x in (start, end):
            pen.line((x, middle - 4.5), (x, middle + 4.5), kind, weight=1.5)
    pen.shape(zero + (row.estimate or 0.0) * per_unit, middle, series)


def dots_with_intervals(chart: DotsWithIntervals, pen: Pen) -> float:
    place = layout(pen, [str(row.label) for row in chart.rows])
    groups = list(dict.fromkeys(str(row.group) for row in chart.rows if row.group))
    y = 4.0
    if groups:
        y = _legend(pen, 0, [(str(number), group) for number, group in enumerate(groups, 1)], shapes=True)
    low, high = _dot_range(chart)
    shown = [figure(row.estimate, digits=chart.digits, unit=chart.unit) for row in chart.rows]
    right = pen.width - max((width_of(words) for words in shown), default=0) - 14
    per_unit, zero = _scale(low, high, place.left + 6, right)
    behind = len(pen.marks)
    top = y
    bands = []
    for row, words in zip(chart.rows, shown, strict=True):
        lines = wrapped(str(row.label), place.label_width)
        mark_top, y = _label(pen, place, y, lines, mark_height=BAR)
        bands.append((mark_top - 2, mark_top + BAR + 4))
        if row.estimate is None:
            pen.words(place.left + 6, mark_top + SIZE, _("too few answers"), kind="k-soft")
            continue
        series = groups.index(str(row.group)) + 1 if row.group else 1
        _dot(pen, row, series=series, middle=mark_top + BAR / 2, per_unit=per_unit, zero=zero)
        pen.words(pen.width, mark_top + SIZE, words, anchor="end", strong=True)
    # The scale lies behind the marks, so it is drawn before them, though only they tell how high it is.
    rows_drawn = pen.marks[behind:]
    del pen.marks[behind:]
    stretches = bands if place.above else [(top, y)]
    for tick in ticks(low, high, about=4 if place.above else 6):
        x = zero + tick * per_unit
        for stretch in stretches:
            pen.line((x, stretch[0]), (x, stretch[1]), "k-hair")
        words = figure(tick, digits=_needed_digits(tick, chart.digits))
        pen.words(x, y + SIZE, words, kind="k-soft", anchor="middle", size=12)
    if chart.reference is not None:
        x = zero + chart.reference * per_unit
        for stretch in stretches:
            pen.line((x, stretch[0]), (x, stretch[1]), "k-ink", weight=1.5, dashed=True)
    pen.marks.extend(rows_drawn)
    y += LINE + 4
    foot = " · ".join(str(word) for word in (chart.reference_label, chart.interval_label) if word)
    for line in wrapped(foot, pen.width - place.left, size=12) if foot else []:
        pen.words(place.left, y + 12, line, kind="k-soft", size=12)
        y += 16
    return y + 6


def _needed_digits(value: float, most: int) -> int:
    """Return how many decimals a tick needs, so that an axis says 0.5 and not 0.50."""
    return next((digits for digits in range(most) if round(value, digits) == round(value, most)), most)


def slopes(chart: Slopes, pen: Pen) -> float:
    narrow = pen.width < NARROW_BELOW
    befores = [figure(row.before, digits=chart.digits, unit=chart.unit) for row in chart.rows]
    afters = [figure(row.after, digits=chart.digits, unit=chart.unit) for row in chart.rows]
    value_room = max((width_of(words) for words in (*befores, *afters)), default=0)
    label_room = pen.width * (0.46 if narrow else 0.42) - value_room
    left = value_room + 14
    right = pen.width - value_room - label_room - 30
    lines = [wrapped(str(row.label), label_room, most=2) for row in chart.rows]
    gap = LINE * max((len(block) for block in lines), default=1) + 3
    top = LINE + 18.0
    bottom = top + max(gap * len(chart.rows), 180 if narrow else 220)
    values = [value for row in chart.rows for value in (row.before, row.after)]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if low == high:
        low, high = low - 1, high + 1

    def y_of(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    before, after = str(chart.before_label), str(chart.after_label)
    if narrow:
        # The two names would meet between the lines: the first begins at the edge, the second makes way for it.
        pen.words(0, SIZE, before, kind="k-soft")
        pen.words(max(right - 4, width_of(before) + 10), SIZE, after, kind="k-soft")
    else:
        pen.words(left, SIZE, before, anchor="middle", kind="k-soft")
        pen.words(right, SIZE, after, anchor="middle", kind="k-soft")
    for x in (left, right):
        pen.line((x, LINE + 4), (x, bottom + 8), "k-hair")
    low_edge, high_edge = top, max(bottom, top + gap * (len(chart.rows) - 1))
    left_places = spread([y_of(row.before) for row in chart.rows], gap=LINE, low=low_edge, high=high_edge)
    right_places = spread([y_of(row.after) for row in chart.rows], gap=gap, low=low_edge, high=high_edge)
    for index, row in enumerate(chart.rows):
        rises = row.after >= row.before
        kind = "k-s1" if rises else "k-s2"
        start, end = (left, y_of(row.before)), (right, y_of(row.after))
        pen.line(start, end, kind, weight=2.5, dashed=not rises)
        pen.shape(*start, 1 if rises else 2, size=5)
        pen.shape(*end, 1 if rises else 2, size=5)
        pen.words(left - 12, left_places[index] + 5, befores[index], anchor="end")
        if abs(right_places[index] - end[1]) > 6:
            pen.line((right + 7, end[1]), (right + 15, right_places[index]), "k-hair")
        pen.words(right + 18, right_places[index] + 5, afters[index], strong=True)
        pen.lines_of_words(right + 18 + value_room + 8, right_places[index] + 5, lines[index])
    return high_edge + gap
