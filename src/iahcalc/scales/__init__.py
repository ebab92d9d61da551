"""Scales made of several items: turning, scoring, reliability, item analysis."""

from __future__ import annotations

from iahcalc.scales._alpha import (
    AlphaInterval,
    Missing,
    alpha_interval,
    cronbach_alpha,
    standardised_alpha,
)
from iahcalc.scales._reliability import ItemAnalysis, Reliability, reliability
from iahcalc.scales._scoring import How, reverse_items, score

__all__ = [
    "AlphaInterval",
    "How",
    "ItemAnalysis",
    "Missing",
    "Reliability",
    "alpha_interval",
    "cronbach_alpha",
    "reliability",
    "reverse_items",
    "score",
    "standardised_alpha",
]
