"""Dated parameters: weights, rates and factors, each with unit, year and source."""

from __future__ import annotations

from iahcalc.parameters._loading import NAMES, Parameter, ParameterSet, load

__all__ = ["NAMES", "Parameter", "ParameterSet", "load"]
