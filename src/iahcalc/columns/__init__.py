"""Answers written as rows of JSON turned into columns of numbers, a million rows in seconds."""

from __future__ import annotations

from iahcalc.columns._fields import Field, FieldKind
from iahcalc.columns._reading import Reader

__all__ = ["Field", "FieldKind", "Reader"]
