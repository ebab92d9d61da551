"""The code book of an answer set: one entry per column. Pure, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from biosint.surveys.states import ColumnKind

# Texts whose language nobody told: words found in an imported file.
UNTOLD = "und"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from."""

    code: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds and how to read it.

    ``scale`` names the scale a point belongs to; ``reversed`` marks an item worded against it;
    ``instrument`` is the code of the instrument an item belongs to; ``unit`` says what a number counts.
    """

    code: str
    kind: ColumnKind
    label: Mapping[str, str]
    options: tuple[Option, ...] = ()
    scale: str = ""
    scale_label: Mapping[str, str] = field(default_factory=dict)
    reversed: bool = False
    least: float | None = None
    most: float | None = None
    unit: Mapping[str, str] = field(default_factory=dict)
    instrument: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "kind": self.kind.value,
            "label": dict(self.label),
            "options": [{"code": option.code, "label": dict(option.label)} for option in self.options],
            "scale": self.scale,
            "scale_label": dict(self.scale_label),
            "reversed": self.reversed,
            "least": self.least,
            "most": self.most,
            "unit": dict(self.unit),
            "instrument": self.instrument,
        }


def from_json(raw: Mapping[str, Any]) -> Column:
    """Read what ``Column.as_json`` wrote."""
    return Column(
        code=raw["code"],
        kind=ColumnKind(raw["kind"]),
        label=raw["label"],
        options=tuple(Option(code=entry["code"], label=entry["label"]) for entry in raw["options"]),
        scale=raw["scale"],
        scale_label=raw["scale_label"],
        reversed=raw["reversed"],
        least=raw["least"],
        most=raw["most"],
        # Code books kept before there were units have none.
        unit=raw.get("unit", {}),
        instrument=raw.get("instrument", ""),
    )
