from __future__ import annotations

from dataclasses import dataclass

from biosint.situation.models.workshops import Figure
from biosint.situation.states import Side


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement with the figure behind it. ``origin`` names what it comes from, the same at every run."""

    side: Side
    text: str
    origin: str
    figure: Figure
