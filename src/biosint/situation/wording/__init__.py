"""What the figures of results say, in words that a dean understands. Pure."""

from __future__ import annotations

from biosint.situation.wording.findings import (
    SURE,
    among_others,
    change,
    changed_answers,
    difference,
    link,
    more_than_others,
    reliability,
    smallest_seen,
    standing_out,
    strength,
)
from biosint.situation.wording.numbers import chance, figure, interval, percent, signed
from biosint.situation.wording.tests import ASSUMPTIONS, EFFECTS, METHODS, assumption

__all__ = [
    "ASSUMPTIONS",
    "EFFECTS",
    "METHODS",
    "SURE",
    "among_others",
    "assumption",
    "chance",
    "change",
    "changed_answers",
    "difference",
    "figure",
    "interval",
    "link",
    "more_than_others",
    "percent",
    "reliability",
    "signed",
    "smallest_seen",
    "standing_out",
    "strength",
]
