from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from iahcalc.maturity._formula import Band, Disputed, Formula, Mean, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMULA_FAULTS", "FormulaFault", "FormulaFaulty", "parse_formula", "write_formula"]

Choice = TypeVar("Choice", bound=StrEnum)

LARGEST = 64 * 1024
EVEN = (0.0, 0.25, 0.5, 0.75, 1.0)
FEWEST_DRAWS, MOST_DRAWS = 200, 20_000
MOST_BANDS = 10
KEYS = (
    "code",
    "title",
    "valid_from",
    "mean",
    "dimension_weights",
    "levels",
    "missing",
    "disputed",
    "least_answered",
    "floor",
    "interval",
    "bands",
    "sources",
)

# English sentences by code, so that a caller may put a translation in the place of each.
FORMULA_FAULTS: Mapping[str, str] = {
    "not_yaml": "This is no formula: it cannot be read as YAML. Line {line}: {problem}.",
    "not_a_mapping": "This is no formula: it must begin with lines such as “code: my_formula”.",
    "too_large": "This file is larger than 64 KB. A formula takes one page.",
    "anchors": "Write every part of the formula in full: anchors and references (& and *) are not read.",
    "unknown_key": "“{key}” is no part of a formula. Known parts: {known}.",
    "no_code": "“code” is missing: 1 to 40 small Latin letters, digits and underscores, such as our_index_2027.",
    "no_title": "“title” is missing: write it in at least one language, such as {{en: Our index}}.",
    "not_a_choice": "“{key}” is “{value}”; it must be one of these: {choices}.",
    "levels": "“levels” must be five numbers from 0 to 1 that begin with 0, end with 1 and never fall.",
    "not_a_number": "“{key}” is “{value}”; it must be a number from {low} to {high}.",
    "weight": "The weight of the dimension “{key}” is “{value}”; it must be a number above 0, up to 1000.",
    "weights_unknown": "“dimension_weights” must give a weight for each dimension, such as {{strategy: 2}}.",
    "bands": "“bands” must be a list of up to 10, each with “from” (points) and “name”; the first begins at 0 and each later one higher, below 100.",
    "not_a_date": "“valid_from” is “{value}”; it must be a day such as 2027-01-31.",
    "not_words": "“{key}” must be short texts, such as {{en: A text}}.",
}


@dataclass(frozen=True, slots=True)
class FormulaFault:
    """One thing that is wrong with a formula: ``code`` names a sentence in ``FORMULA_FAULTS``."""

    code: str
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return FORMULA_FAULTS[self.code].format(**self.figures)


class FormulaFaulty(ValueError):
    """A file is no formula. ``faults`` are all that were found; ``str()`` is their sentences."""

    def __init__(self, faults: tuple[FormulaFault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


class _Reading:
    """Reads one part after the other and gathers what is wrong, so that people mend all at once."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.faults: list[FormulaFault] = []

    def fault(self, code: str, **figures: object) -> None:
        # A strange value may be a whole document: its beginning is enough to find it.
        self.faults.append(FormulaFault(code, {key: str(value)[:80] for key, value in figures.items()}))

    def part(self, name: str) -> dict[str, Any]:
        found = self.told.get(name)
        return found if isinstance(found, dict) else {}

    def choice(self, source: Mapping[str, Any], key: str, default: Choice) -> Choice:
        value = source.get(key, default.value)
        kinds = type(default)
        if isinstance(value, str) and value in {one.value for one in kinds}:
            return kinds(value)
        self.fault("not_a_choice", key=key, value=value, choices=", ".join(one.value for one in kinds))
        return default

    def number(
        self,
        source: Mapping[str, Any],
        key: str,
        default: float,
        *,
        low: float,
        high: float,
        whole: bool = False,
    ) -> float:
        value = source.get(key, default)
        fits = is_number(value) and low <= value <= high and (not whole or value == int(value))
        if fits:
            return float(value)
        self.fault("not_a_number", key=key, value=value, low=f"{low:g}", high=f"{high:g}")
        return default

    def words(self, value: object, key: str) -> dict[str, str]:
        if isinstance(value, str) and value.strip():
            return {"en": value.strip()}
        if isinstance(value, dict) and value and all(is_text(one) for pair in value.items() for one in pair):
            return {str(language): str(text).strip() for language, text in value.items()}
        self.fault("not_words", key=key)
        return {}


def is_number(value: object) -> bool:
    """Whether a value of a file is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 -- nan


def is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 500


def parse_formula(source: str | bytes) -> Formula:
    """Read a formula from its file.

    Args:
        source: YAML in UTF-8; ``formula_file`` shows one with all its parts. Parts that are not given stand as
            in the formula of 2026, except its bands and weights.

    Raises:
        FormulaFaulty: with a sentence for each thing that is wrong.

    >>> parse_formula("{code: mine, title: Mine, mean: {of_dimensions: geometric}}").of_dimensions.value
    'geometric'
    """
    read = _Reading(_told(source))
    for key in read.told:
        if key not in KEYS:
            read.fault("unknown_key", key=key, known=", ".join(KEYS))
    code = read.told.get("code")
    if not (isinstance(code, str) and 0 < len(code) <= 40 and _is_plain(code)):
        read.fault("no_code")
    if "title" not in read.told:
        read.fault("no_title")
    means, interval = read.part("mean"), read.part("interval")
    formula = Formula(
        name=str(code),
        title=read.words(read.told["title"], "title") if "title" in read.told else {},
        of_indicators=read.choice(means, "of_indicators", Mean.ARITHMETIC),
        of_dimensions=read.choice(means, "of_dimensions", Mean.ARITHMETIC),
        levels=_levels(read),
        missing=read.choice(read.told, "missing", Missing.LEFT_OUT),
        disputed=read.choice(read.told, "disputed", Disputed.COUNTED),
        least_answered=read.number(read.told, "least_answered", 0.5, low=0.01, high=1),
        floor=read.number(read.told, "floor", 0.01, low=0.0001, high=0.5),
        level=read.number(interval, "level", 0.95, low=0.5, high=0.999),
        draws=int(read.number(interval, "draws", 2000, low=FEWEST_DRAWS, high=MOST_DRAWS, whole=True)),
        seed=int(read.number(interval, "seed", 2026, low=0, high=2**31, whole=True)),
        dimension_weights=_weights(read),
        bands=_bands(read),
        valid_from=_day(read),
        sources={key: text for key, text in read.part("sources").items() if is_text(key) and is_text(text)},
    )
    if read.faults:
        raise FormulaFaulty(tuple(read.faults))
    return formula


def _told(source: str | bytes) -> dict[str, Any]:
    if len(source) > LARGEST:
        raise FormulaFaulty((FormulaFault("too_large"),))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source)):
            raise FormulaFaulty((FormulaFault("anchors"),))
        told = yaml.safe_load(source)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as fault:
        if isinstance(fault, FormulaFaulty):
            raise
        mark = getattr(fault, "problem_mark", None)
        problem = getattr(fault, "problem", None) or "it is not text in UTF-8"
        told_of = {"line": str(mark.line + 1 if mark else 1), "problem": str(problem)}
        raise FormulaFaulty((FormulaFault("not_yaml", told_of),)) from fault
    if not isinstance(told, dict):
        raise FormulaFaulty((FormulaFault("not_a_mapping"),))
    return told


def _is_plain(code: str) -> bool:
    return code.isascii() and code.replace("_", "a").isalnum() and code == code.lower()


def _levels(read: _Reading) -> tuple[float, ...]:
    value = read.told.get("levels", list(EVEN))
    if isinstance(value, list) and len(value) == len(EVEN) and all(is_number(one) for one in value):
        rising = all(low <= high for low, high in itertools.pairwise(value))
        if value[0] == 0 and value[-1] == 1 and rising:
            return tuple(float(one) for one in value)
    read.fault("levels")
    return EVEN


def _weights(read: _Reading) -> dict[str, float]:
    told = read.told.get("dimension_weights")
    if told is None:
        return {}
    if not isinstance(told, dict):
        read.fault("weights_unknown")
        return {}
    weights = {}
    for code, weight in told.items():
        if is_text(code) and is_number(weight) and 0 < weight <= 1000:
            weights[str(code)] = float(weight)
        else:
            read.fault("weight", key=code, value=weight)
    return weights


def _bands(read: _Reading) -> tuple[Band, ...]:
    told = read.told.get("bands")
    if told is None or told == []:
        return ()
    bands = []
    if isinstance(told, list) and len(told) <= MOST_BANDS and all(isinstance(one, dict) for one in told):
        starts = [one.get("from") for one in told]
        rising = all(is_number(one) and 0 <= one < 100 for one in starts) and starts == sorted(set(starts))
        if rising and starts[0] == 0 and all("name" in one for one in told):
            bands = [Band(float(one["from"]), read.words(one["name"], "bands: name")) for one in told]
    if not bands:
        read.fault("bands")
    return tuple(bands)


def _day(read: _Reading) -> date | None:
    told = read.told.get("valid_from")
    if told is None or type(told) is date:
        return told
    read.fault("not_a_date", value=told)
    return None


def write_formula(formula: Formula) -> str:
    """Return a formula as a file that ``parse_formula`` reads to the same formula."""
    told: dict[str, Any] = {"code": formula.name, "title": dict(formula.title)}
    if formula.valid_from is not None:
        told["valid_from"] = formula.valid_from
    told |= {
        "mean": {
            "of_indicators": formula.of_indicators.value,
            "of_dimensions": formula.of_dimensions.value,
        },
        "dimension_weights": dict(formula.dimension_weights),
        "levels": list(formula.levels),
        "missing": formula.missing.value,
        "disputed": formula.disputed.value,
        "least_answered": formula.least_answered,
        "floor": formula.floor,
        "interval": {"level": formula.level, "draws": formula.draws, "seed": formula.seed},
        "bands": [{"from": band.start, "name": dict(band.name)} for band in formula.bands],
    }
    if formula.sources:
        told["sources"] = dict(formula.sources)
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110))
