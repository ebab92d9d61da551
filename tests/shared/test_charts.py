"""Charts: every number in the table, nothing drawn beside the truth, nothing over something else."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from biosint.shared import charts
from biosint.shared.charts import pen
from biosint.shared.charts.drawn import NARROW, WIDE, for_page
from biosint.shared.web import specimens

SVG = "{http://www.w3.org/2000/svg}"
ALL = specimens._charts()
CSS = Path(specimens.__file__).parents[1] / "assets" / "css"


def _tree(chart: charts.Chart, width: float = WIDE) -> ET.Element:
    return ET.fromstring(charts.svg(chart, width=width))  # noqa: S314 -- our own drawing


def _texts(tree: ET.Element) -> list[ET.Element]:
    return list(tree.iter(f"{SVG}text"))


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_word_leaves_the_drawing_or_lies_on_another(chart: charts.Chart, width: float) -> None:
    boxes = []
    for text in _texts(_tree(chart, width)):
        size = float(text.get("font-size", 14))
        # The measure is meant to be too wide rather than too narrow.
        wide = pen.width_of(text.text or "", size) * 0.85
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
        boxes.append((left, y - size * 0.7, left + wide, y, text.text))
        assert left >= -1, text.text
        assert left + wide <= width + 1, text.text

    for one, other in itertools.combinations(boxes, 2):
        apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
        assert apart, (one[4], other[4])


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_a_drawing_for_a_document_names_itself_and_carries_its_colours(chart: charts.Chart) -> None:
    tree = _tree(chart)

    assert tree.find(f"{SVG}title").text == chart.title  # type: ignore[union-attr]
    assert "class=" not in charts.svg(chart)
    assert all(text.get("fill") for text in _texts(tree))


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_a_drawing_for_a_page_leaves_colours_to_the_style_sheet(chart: charts.Chart) -> None:
    drawing = for_page(chart)

    assert "style=" not in drawing
    assert "#" not in drawing
    assert drawing.count("aria-label=") == 2


def test_bars_start_at_zero_and_keep_their_proportions() -> None:
    tree = _tree(charts.bars(title="Grown", rows=[("One", 10), ("Three", 30)]))

    short, long = (rect for rect in tree.iter(f"{SVG}rect"))

    assert short.get("x") == long.get("x")
    assert float(long.get("width", 0)) == pytest.approx(3 * float(short.get("width", 0)), abs=0.2)


def test_a_loss_goes_to_the_other_side_of_zero() -> None:
    tree = _tree(charts.bars(title="Fallen", rows=[("Down", -10), ("Up", 10)]))

    down, up = (rect for rect in tree.iter(f"{SVG}rect"))

    assert float(down.get("x", 0)) + float(down.get("width", 0)) == pytest.approx(
        float(up.get("x", 0)), abs=0.2
    )


def test_shares_of_a_row_fill_it_whatever_their_sum() -> None:
    chart = charts.stacked(title="Equal", parts=["A", "B"], rows=[("Few", [1, 1]), ("Many", [50, 50])])

    assert [row[1:] for row in chart.table().rows] == [
        ("50\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%", "2"),
        ("50\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%", "100"),
    ]


def test_a_row_with_too_many_values_is_refused() -> None:
    with pytest.raises(ValueError, match="“Team” has 3 values for 2 parts"):
        charts.stacked(title="Wrong", parts=["A", "B"], rows=[("Team", [1, 2, 3])])


def test_a_week_has_all_its_hours() -> None:
    with pytest.raises(ValueError, match="168 hours, not 24"):
        charts.week_strip(title="Short", hours=[1] * 24, everybody=3)


def test_the_table_of_a_week_says_the_free_stretches() -> None:
    hours = [0] * 168
    hours[18:20] = [3, 3]

    chart = charts.week_strip(title="Monday evening", hours=hours, everybody=3)

    assert chart.table().rows[0] == ("Monday", "18:00–20:00 (3)")
    assert chart.table().rows[1] == ("Tuesday", "–")


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars(title="Empty", rows=[]),
        charts.bars(title="Zero", rows=[("Nothing", 0), ("Unknown", None)]),
        charts.stacked(title="Empty", parts=["A"], rows=[]),
        charts.dots_with_intervals(title="Empty", rows=[]),
        charts.dots_with_intervals(title="One", rows=[("Same", 1.0, 1.0, 1.0)]),
        charts.slopes(title="Empty", rows=[], before_label="a", after_label="b"),
        charts.slopes(title="Level", rows=[("Same", 3, 3)], before_label="a", after_label="b"),
        charts.gantt(title="Empty", rows=[]),
        charts.gantt(title="A day", rows=[charts.Span("Now", dt.date(2026, 1, 1), dt.date(2026, 1, 1))]),
    ],
    ids=lambda chart: f"{type(chart).__name__} {chart.title}",
)
def test_little_or_nothing_is_drawn_without_a_fault(chart: charts.Chart) -> None:
    assert charts.svg(chart).startswith("<svg")
    assert charts.svg(chart, width=NARROW).startswith("<svg")


def test_labels_of_slopes_keep_their_distance_and_order() -> None:
    places = pen.spread([100, 101, 102, 10], gap=18, low=0, high=110)

    assert sorted(places) == [places[3], places[0], places[1], places[2]]
    assert all(later - earlier >= 18 for earlier, later in itertools.pairwise(sorted(places)))
    assert max(places) <= 110


def test_words_that_do_not_fit_end_in_dots() -> None:
    lines = pen.wrapped("a very long label that nobody could ever fit into two lines", 80, most=2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(pen.width_of(line) <= 80 for line in lines)


def _tokens(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+\d?): (#[0-9a-f]{6})", (CSS / sheet).read_text("utf-8")))


def test_documents_and_pages_use_the_same_colours() -> None:
    light = _tokens("tokens.css")

    for letter, colours in (("s", pen.SERIES), ("e", pen.ENDS)):
        for index, colour in enumerate(colours, 1):
            assert light[f"{letter}{index}"] == colour
    for index, colour in enumerate(pen.SHADES):
        assert light[f"q{index}"] == colour


# Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0.
SIGHTS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _seen(colour: str, sight: str) -> tuple[float, float, float]:
    """Return the colour in CIELAB as an eye of that kind sees it."""
    linear = _linear(colour)
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, linear, strict=True)), 0), 1)
        for row in SIGHTS[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_eight_colours_differ_to_every_eye(sheet: str, sight: str) -> None:
    tokens = _tokens(sheet)
    colours = [tokens[f"s{index}"] for index in range(1, 9)]

    for one, other in itertools.combinations(colours, 2):
        distance = (
            sum((a - b) ** 2 for a, b in zip(_seen(one, sight), _seen(other, sight), strict=True)) ** 0.5
        )
        assert distance >= 18, (one, other, round(distance, 1))


def _contrast(one: str, other: str) -> float:
    lights = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (_linear(one), _linear(other))
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize(("sheet", "surface"), [("tokens.css", "#ffffff"), ("dark.css", "#152427")])
def test_marks_stand_out_from_the_surface(sheet: str, surface: str) -> None:
    tokens = _tokens(sheet)

    for index in range(1, 9):
        assert _contrast(tokens[f"s{index}"], surface) >= 3, index


@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
def test_words_upon_marks_can_be_read(sheet: str) -> None:
    """The style sheet says which words go upon which mark; ``chart-light`` and ``chart-dark`` swap in the dark."""
    tokens = {**_tokens("tokens.css"), **_tokens(sheet)}
    written = (CSS / "ui" / "charts.css").read_text("utf-8")
    lights = dict(re.findall(r"--(chart-(?:light|dark)): (#[0-9a-f]{6})", (CSS / sheet).read_text("utf-8")))

    pairs = 0
    for rule in re.finditer(
        r"([^{}]*k-on-[^{}]*)\{ --kind: (?:var\(--(chart-\w+)\)|(#[0-9a-f]{6}));", written
    ):
        words = lights[rule[2]] if rule[2] else rule[3]
        for kind in re.findall(r"k-on-(\w\d)", rule[1]):
            assert _contrast(tokens[kind], words) >= 4.5, kind
            pairs += 1

    assert pairs == 15
