"""Marks: totals with missing work, ratings inside a team, two markers, grades of two institutions' scales."""

from __future__ import annotations

from iahcalc.marks._grades import Converted, GradingTable, Overlap, convert
from iahcalc.marks._markers import MarkersCompared, aligned, compare_markers
from iahcalc.marks._peers import Flag, FlagKind, MemberFactor, PeerFactors, peer_factors
from iahcalc.marks._totals import Group, Part, Standing, Total, total_of

__all__ = [
    "Converted",
    "Flag",
    "FlagKind",
    "GradingTable",
    "Group",
    "MarkersCompared",
    "MemberFactor",
    "Overlap",
    "Part",
    "PeerFactors",
    "Standing",
    "Total",
    "aligned",
    "compare_markers",
    "convert",
    "peer_factors",
    "total_of",
]
