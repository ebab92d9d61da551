"""Reviews among learners: who reviews what, how far each reviewer can be relied on, what a work is worth."""

from __future__ import annotations

from iahcalc.reviews._allocation import allocate
from iahcalc.reviews._combination import Combination, Ratings, combine
from iahcalc.reviews._reliability import Reliability, reliability
from iahcalc.reviews._reviewers import reviewer_weights

__all__ = [
    "Combination",
    "Ratings",
    "Reliability",
    "allocate",
    "combine",
    "reliability",
    "reviewer_weights",
]
