from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iahcalc.maturity._formula import Disputed, Formula, Mean, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMULA_SENTENCES", "FormulaSentence", "in_words"]

# English sentences by code, so that a caller may put a translation in the place of each.
FORMULA_SENTENCES: Mapping[str, str] = {
    "earned": "Each indicator earns from 0 to 1: no is 0 and yes is 1; a ratio or a count for every 100 is divided by the figure that earns all, and never earns more than 1.",
    "levels_even": "Level 0 to 4 is divided by 4.",
    "levels": "The levels 0 to 4 earn {levels}.",
    "dimension_arithmetic": "A dimension is the weighted mean of its indicators, times 100.",
    "dimension_geometric": "A dimension is the weighted geometric mean of its indicators, times 100: what is weak pulls it down more than what is strong lifts it. Nothing counts for less than {floor}.",
    "index_arithmetic": "The index is the weighted mean of the dimensions, from 0 to 100.",
    "index_geometric": "The index is the weighted geometric mean of the dimensions, from 0 to 100: a weak dimension pulls it down more than a strong one lifts it. Nothing counts for less than {floor} of 1.",
    "weights": "These weights of dimensions stand in the place of those of the bank: {weights}.",
    "left_out": "Missing answers are left out. A dimension needs answers to at least {share} per cent of its weight, and the index needs every dimension; otherwise it has no value.",
    "nought": "A missing answer earns 0.",
    "disputed_missing": "A value that the peer institution still disputes when the round closes is treated as missing.",
    "interval": "The interval shows how much the figure depends on which indicators were asked. Indicators are drawn again and again ({draws} times) within each dimension, and the middle {level} per cent of the results are shown. It says nothing about errors in the answers.",
}


@dataclass(frozen=True, slots=True)
class FormulaSentence:
    """One sentence about a formula; ``figures`` are the numbers in it, as text."""

    code: str
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return FORMULA_SENTENCES[self.code].format(**self.figures)


def in_words(formula: Formula) -> tuple[FormulaSentence, ...]:
    """Return what a formula does, step by step: the words always say what the numbers do.

    >>> from iahcalc.maturity import load_formula
    >>> in_words(load_formula())[1].sentence
    'Level 0 to 4 is divided by 4.'
    """
    highest = formula.highest_level
    even = all(earned == place / highest for place, earned in enumerate(formula.levels))
    floor = {"floor": f"{formula.floor:g}"}
    told = [
        FormulaSentence("earned"),
        FormulaSentence("levels_even")
        if even
        else FormulaSentence("levels", {"levels": ", ".join(f"{one:g}" for one in formula.levels)}),
        FormulaSentence("dimension_arithmetic")
        if formula.of_indicators is Mean.ARITHMETIC
        else FormulaSentence("dimension_geometric", floor),
        FormulaSentence("index_arithmetic")
        if formula.of_dimensions is Mean.ARITHMETIC
        else FormulaSentence("index_geometric", floor),
    ]
    if formula.dimension_weights:
        weights = ", ".join(f"{code} {weight:g}" for code, weight in formula.dimension_weights.items())
        told.append(FormulaSentence("weights", {"weights": weights}))
    told.append(
        FormulaSentence("nought")
        if formula.missing is Missing.NOUGHT
        else FormulaSentence("left_out", {"share": f"{formula.least_answered * 100:g}"})
    )
    if formula.disputed is Disputed.MISSING:
        told.append(FormulaSentence("disputed_missing"))
    told.append(
        FormulaSentence("interval", {"draws": f"{formula.draws}", "level": f"{formula.level * 100:g}"})
    )
    return tuple(told)
