"""Scales made of several items: turning, scoring, reliability, item analysis."""

from __future__ import annotations

from iahcalc.scales._alpha import (
    AlphaInterval,
    Missing,
    alpha_interval,
    cronbach_alpha,
    standardised_alpha,
)
from iahcalc.scales._items import Concern, ItemFigures, item_analysis
from iahcalc.scales._moments import Moments
from iahcalc.scales._omega import Omega, omega
from iahcalc.scales._reliability import ItemAnalysis, Reliability, reliability, reliability_of
from iahcalc.scales._scoring import How, reverse_items, score

__all__ = [
    "AlphaInterval",
    "Concern",
    "How",
    "ItemAnalysis",
    "ItemFigures",
    "Missing",
    "Moments",
    "Omega",
    "Reliability",
    "alpha_interval",
    "cronbach_alpha",
    "item_analysis",
    "omega",
    "reliability",
    "reliability_of",
    "reverse_items",
    "score",
    "standardised_alpha",
]
