"""Small readings that templates of questionnaires need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def under(mapping: Mapping[str, Any] | None, code: str) -> Any:
    """Return what stands under ``code``, or an empty string."""
    return (mapping or {}).get(code, "")


@register.filter
def chosen(kept: Any, value: Any) -> bool:
    """Whether ``value`` is the kept answer, or one of several."""
    return str(value) in ([str(entry) for entry in kept] if isinstance(kept, list) else [str(kept)])
