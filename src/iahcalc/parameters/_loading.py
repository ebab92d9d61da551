from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from datetime import date

__all__ = ["NAMES", "Parameter", "ParameterSet", "load"]

# Every set that ships with the package, newest last within its kind.
NAMES = ("iah_costs_2026",)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number with all that is needed to judge it.

    ``low`` and ``high`` are the ends of what the sources say; both equal ``value`` where they say one
    thing. ``year`` is the one the number holds for, not the one in which somebody looked it up.
    """

    code: str
    value: float
    low: float
    high: float
    unit: str
    year: int
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """A dated file of parameters; ``words`` says in plain English how they are used."""

    name: str
    title: str
    valid_from: date
    words: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    def __getitem__(self, code: str) -> Parameter:
        for parameter in self.parameters:
            if parameter.code == code:
                return parameter
        raise KeyError(f"{self.name} has no parameter {code}.")


@cache
def load(name: str) -> ParameterSet:
    """Return one set of parameters.

    Args:
        name: one of ``NAMES``.

    Raises:
        KeyError: there is no such set.
        ValueError: a parameter lacks its unit, year or source, or its ends do not enclose it.

    >>> load("iah_costs_2026")["coach"].unit
    'kg CO2e per passenger and km'
    """
    if name not in NAMES:
        raise KeyError(f"There is no set of parameters {name}; there are {', '.join(NAMES)}.")
    text = resources.files("iahcalc.parameters").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    return ParameterSet(
        name=name,
        title=content["title"],
        valid_from=content["valid_from"],
        words=tuple(content["words"]),
        parameters=tuple(_parameter(row) for row in content["parameters"]),
    )


def _parameter(row: dict[str, str | int | float]) -> Parameter:
    value = float(row["value"])
    parameter = Parameter(
        code=str(row["code"]),
        value=value,
        low=float(row.get("low", value)),
        high=float(row.get("high", value)),
        unit=str(row.get("unit", "")),
        year=int(row.get("year", 0)),
        source=str(row.get("source", "")),
        note=str(row.get("note", "")),
    )
    if not (parameter.unit and parameter.year and parameter.source):
        raise ValueError(f"The parameter {parameter.code} needs a unit, a year and a source.")
    if not parameter.low <= parameter.value <= parameter.high:
        raise ValueError(f"The parameter {parameter.code} lies outside its own ends.")
    return parameter
