"""Whole reports: every table, comparison and scale of a survey from one counting pass over its answers."""

from __future__ import annotations

from iahcalc.reports._report import (
    GroupReport,
    ItemReport,
    PairReport,
    Scale,
    ScaleReport,
    SurveyReport,
    survey_report,
)

__all__ = [
    "GroupReport",
    "ItemReport",
    "PairReport",
    "Scale",
    "ScaleReport",
    "SurveyReport",
    "survey_report",
]
