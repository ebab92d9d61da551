"""Writes SVG: what each mark is called, how wide words are, where ticks stand.

On a page a mark carries only its class; the style sheet gives the colour, so light, dark and the
content security policy are served. In a document the same mark carries its colour itself.
"""

from __future__ import annotations

import math
from html import escape

SIZE = 14
LINE = 18

INK, SOFT, HAIR, PAPER, TRACK = "#17282c", "#4c6063", "#c9d2d1", "#ffffff", "#e9eeed"
SERIES = ("#0f6468", "#c78800", "#37a0bf", "#6a4024", "#789950", "#7744c3", "#311868", "#ab8e87")
# From one end (against) over nothing to the other (for).
ENDS = ("#8c3a1e", "#c47f5a", "#e3bda3", "#e4e6e3", "#a6cbc8", "#4f9794", "#0f6468")
# From none to all.
SHADES = ("#eef3f2", "#c4dedb", "#86bbb7", "#3f8c8a", "#0f6468")

COLOURS = {
    "k-ink": INK,
    "k-soft": SOFT,
    "k-hair": HAIR,
    "k-paper": PAPER,
    "k-track": TRACK,
    **{f"k-s{index}": colour for index, colour in enumerate(SERIES, 1)},
    **{f"k-e{index}": colour for index, colour in enumerate(ENDS, 1)},
    **{f"k-q{index}": colour for index, colour in enumerate(SHADES)},
    # Words upon a filled mark.
    **{f"k-on-s{index}": PAPER if index in {1, 4, 6, 7} else INK for index in range(1, 9)},
    **{f"k-on-e{index}": PAPER if index in {1, 7} else INK for index in range(1, 8)},
}

_NARROW = frozenset("iljtfrI.,:;'’|!()[] -/·")
_WIDE = frozenset("mwMW@%—ЖШЩЮжшщюЉЊљњ")


def width_of(words: str, size: float = SIZE) -> float:
    """Return about how wide words are; a little too wide rather than too narrow."""
    ems = 0.0
    for letter in words:
        if letter in _NARROW:
            ems += 0.3
        elif letter in _WIDE:
            ems += 0.84
        elif letter.isupper():
            ems += 0.61
        else:
            ems += 0.52
    return ems * size


def wrapped(words: str, width: float, *, most: int = 3, size: float = SIZE) -> list[str]:
    """Break words into lines of at most ``width``; what does not fit in ``most`` lines ends in “…”."""
    lines: list[str] = []
    current = ""
    for word in words.split(" "):
        longer = f"{current} {word}" if current else word
        if not current or width_of(longer, size) <= width:
            current = longer
        else:
            lines.append(current)
            current = word
    lines.append(current)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += " …"
    return [_shortened(line, width, size) for line in kept]


def _shortened(line: str, width: float, size: float) -> str:
    if width_of(line, size) <= width:
        return line
    while len(line) > 1 and width_of(f"{line}…", size) > width:
        line = line[:-1].rstrip(" …")
    return f"{line}…"


def ticks(low: float, high: float, *, about: int = 5) -> list[float]:
    """Return round values within ``low`` to ``high``, about as many as asked for.

    >>> ticks(0, 100)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    if high <= low:
        return [low]
    raw = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first = math.ceil(round(low / step, 9))
    last = math.floor(round(high / step, 9))
    return [round(step * index, 10) for index in range(first, last + 1)]


def spread(wanted: list[float], *, gap: float, low: float, high: float) -> list[float]:
    """Return places for labels near where they are wanted, none nearer than ``gap`` to another.

    The order is kept, so a label never jumps over its neighbour.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    floor = low
    for index in order:
        placed[index] = max(wanted[index], floor)
        floor = placed[index] + gap
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Pen:
    """Collects the marks of one drawing."""

    def __init__(self, *, width: float, standalone: bool) -> None:
        self.width = width
        self.standalone = standalone
        self.marks: list[str] = []

    def _look(self, kind: str, *, line: bool = False) -> str:
        attribute = "stroke" if line else "fill"
        if self.standalone:
            nothing = ' fill="none"' if line else ""
            return f'{attribute}="{COLOURS[kind]}"{nothing}'
        return f'class="{"l" if line else "f"} {kind}"'

    def rect(
        self, x: float, y: float, width: float, height: float, kind: str, *, round_by: float = 0
    ) -> None:
        corner = f' rx="{_number(round_by)}"' if round_by else ""
        self.marks.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(max(width, 0))}"'
            f' height="{_number(height)}"{corner} {self._look(kind)}/>'
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        kind: str,
        *,
        weight: float = 1,
        dashed: bool = False,
    ) -> None:
        dashes = ' stroke-dasharray="3 3"' if dashed else ""
        self.marks.append(
            f'<path d="M{_number(start[0])} {_number(start[1])}L{_number(end[0])} {_number(end[1])}"'
            f' stroke-width="{_number(weight)}"{dashes} {self._look(kind, line=True)}/>'
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        kind: str = "k-ink",
        anchor: str = "start",
        size: float = SIZE,
        strong: bool = False,
    ) -> None:
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        weight = ' font-weight="600"' if strong else ""
        self.marks.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}"{where}{weight}'
            f" {self._look(kind)}>{escape(text)}</text>"
        )

    def lines_of_words(
        self, x: float, y: float, lines: list[str], *, kind: str = "k-ink", strong: bool = False
    ) -> None:
        for index, line in enumerate(lines):
            self.words(x, y + index * LINE, line, kind=kind, strong=strong)

    def shape(self, x: float, y: float, series: int, *, size: float = 5.5) -> None:
        """Draw the mark of a series: each has its own form, so colour is never the only sign."""
        kind = f"k-s{(series - 1) % 8 + 1}"
        form = (series - 1) % 4
        if form == 0:
            self.marks.append(
                f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(size)}" {self._look(kind)}/>'
            )
            return
        far, near = size * 1.15, size * 0.95
        corners = {
            1: [(-near, -near), (near, -near), (near, near), (-near, near)],
            2: [(0, -far), (far, far * 0.8), (-far, far * 0.8)],
            3: [(0, -far * 1.1), (far * 1.1, 0), (0, far * 1.1), (-far * 1.1, 0)],
        }[form]
        path = "L".join(f"{_number(x + dx)} {_number(y + dy)}" for dx, dy in corners)
        self.marks.append(f'<path d="M{path}Z" {self._look(kind)}/>')

    def finished(self, *, height: float, title: str, description: str, name: str = "") -> str:
        """Return the whole drawing."""
        box = f'viewBox="0 0 {_number(self.width)} {_number(height)}"'
        inside = "".join(self.marks)
        if self.standalone:
            told = f"<title>{escape(title)}</title>" + (
                f"<desc>{escape(description)}</desc>" if description else ""
            )
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" {box} width="{_number(self.width)}"'
                f' height="{_number(height)}" role="img" font-family="Source Sans 3, Source Sans, sans-serif">'
                f"{told}{inside}</svg>"
            )
        label = f"{title} {description}".strip()
        return f'<svg class="drawing {name}" {box} role="img" aria-label="{escape(label)}">{inside}</svg>'
