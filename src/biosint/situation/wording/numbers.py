"""Figures as the reader's language writes them."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from biosint.shared.languages import locale


def figure(value: float, *, digits: int = 2) -> str:
    """Return a number as the reader's language writes it."""
    shape = "#,##0" + (f".{'0' * digits}" if digits else "")
    # Rounded to nothing it must not keep its minus.
    rounded = round(value, digits) or 0.0
    return str(format_decimal(rounded, shape, locale=locale())).replace("-", "\N{MINUS SIGN}")


def chance(p: float) -> str:
    """Return a p value as it is printed: never “0.000”."""
    if p < 0.001:
        return f"p < {figure(0.001, digits=3)}"
    return f"p = {figure(p, digits=3)}"


def interval(low: float, high: float, *, digits: int = 2) -> str:
    return _("%(low)s to %(high)s") % {"low": figure(low, digits=digits), "high": figure(high, digits=digits)}


def percent(share: float, *, digits: int = 0) -> str:
    """Return a share of 0 to 1 in per cent."""
    return f"{figure(100 * share, digits=digits)}\N{NO-BREAK SPACE}%"


def signed(value: float, *, digits: int = 2) -> str:
    """Return a change with its sign."""
    words = figure(value, digits=digits)
    return f"+{words}" if round(value, digits) > 0 else words
