"""What packages hands to the registries below it."""

from __future__ import annotations

from biosint.packages import queries
from biosint.packages.operations import forget
from biosint.shared import registries


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.EXPORTERS.append(("packages", queries.records_of))
    registries.ERASERS.append(forget)
