"""Cells of tables that spreadsheets open."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: T) -> T | str:
    """Return a cell so that no spreadsheet takes words that a person typed for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless(-3)
    ("'=1+1", -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value
