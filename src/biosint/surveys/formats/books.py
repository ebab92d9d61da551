"""The code book that a file of answers brings along. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from biosint.surveys.columns import Column


@dataclass(frozen=True, slots=True)
class Book:
    """What the file says of itself.

    ``header`` names the cells of a row; ``uses`` says which column (``code``, or ``code:option``) each fills.
    ``labels`` are, per cell, the words of its codes, for a questionnaire that knows the answers by other codes.
    """

    header: tuple[str, ...]
    columns: tuple[Column, ...]
    uses: tuple[str, ...]
    notes: tuple[str, ...] = ()
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
