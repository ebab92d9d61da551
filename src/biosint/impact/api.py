"""The only door of impact for other apps."""

from biosint.impact.calculation import Inputs
from biosint.impact.models import Comparison, Version
from biosint.impact.operations import NobodyCompleted, publish, write
from biosint.impact.queries import comparisons_for, published_versions

__all__ = [
    "Comparison",
    "Inputs",
    "NobodyCompleted",
    "Version",
    "comparisons_for",
    "publish",
    "published_versions",
    "write",
]
