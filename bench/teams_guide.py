"""The figures that the guide shows, taken from the tables of the last measurement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

BEGIN, END = "<!-- Figures written by bench/teams.py -->", "<!-- End of figures -->"
SPEED_COLUMNS = (0, 1, 3, 4, 6)
LARGEST = "### 960 people"
PURE = "### "


def show(sections: dict[str, list[str]], guide: Path) -> None:
    """Put the key tables between the marks in the guide.

    Args:
        sections: title of each part -> its lines.
        guide: the page; it must hold both marks.
    """
    text = guide.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [*_speed(sections), *_quality(sections), *_pure(sections)]
    guide.write_text("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]), encoding="utf-8")


def _speed(sections: dict[str, list[str]]) -> list[str]:
    rows = [line for line in _of(sections, "Speed") if line.startswith("|")]
    kept = [
        [cells[column] for column in SPEED_COLUMNS]
        for line in rows
        if len(cells := _cells(line)) > max(SPEED_COLUMNS)
    ]
    return [*(f"| {' | '.join(cells)} |" for cells in kept), ""]


def _quality(sections: dict[str, list[str]]) -> list[str]:
    lines = _of(sections, "Quality")
    starts = [number for number, line in enumerate(lines) if line.startswith(LARGEST)]
    if not starts:
        return []
    table = [line for line in _until_heading(lines[starts[0] + 1 :]) if line.startswith("|")]
    return [f"{lines[starts[0]].removeprefix('### ')}:", "", *table, ""]


def _pure(sections: dict[str, list[str]]) -> list[str]:
    lines = _of(sections, "The pure problem")
    found = []
    for number, line in enumerate(lines):
        if line.startswith(PURE):
            part = _until_heading(lines[number + 1 :])
            means = [text for text in part if text.startswith("Mean difference")]
            behind = sum(_cells(text)[-1] == "here" for text in part if text.startswith("|"))
            instances = sum(text.startswith("|") for text in part) - 2
            if means:
                found.append(
                    f"- Published instances, {line.removeprefix(PURE)}: {means[0][:1].lower()}{means[0][1:-1]}; behind on {behind} of {instances}."
                )
    return [*found, ""] if found else []


def _of(sections: dict[str, list[str]], beginning: str) -> list[str]:
    return next((lines for title, lines in sections.items() if title.startswith(beginning)), [])


def _until_heading(lines: Sequence[str]) -> list[str]:
    found = []
    for line in lines:
        if line.startswith("#"):
            break
        found.append(line)
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
