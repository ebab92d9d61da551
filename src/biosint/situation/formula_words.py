"""What a formula of the index does and what is wrong with a file of one, in the reader's language.

Each sentence stands in ``iahcalc.maturity`` too, in English; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import Sentence
from iahcalc.maturity import Formula, FormulaFault, in_words

FORMULA_WORDS: Mapping[str, Sentence] = {
    "earned": _(
        "Each indicator earns from 0 to 1: no is 0 and yes is 1; a ratio or a count for every 100 is divided by the figure that earns all, and never earns more than 1."
    ),
    "levels_even": _("Level 0 to 4 is divided by 4."),
    "levels": _("The levels 0 to 4 earn {levels}."),
    "dimension_arithmetic": _("A dimension is the weighted mean of its indicators, times 100."),
    "dimension_geometric": _(
        "A dimension is the weighted geometric mean of its indicators, times 100: what is weak pulls it down more than what is strong lifts it. Nothing counts for less than {floor}."
    ),
    "index_arithmetic": _("The index is the weighted mean of the dimensions, from 0 to 100."),
    "index_geometric": _(
        "The index is the weighted geometric mean of the dimensions, from 0 to 100: a weak dimension pulls it down more than a strong one lifts it. Nothing counts for less than {floor} of 1."
    ),
    "weights": _("These weights of dimensions stand in the place of those of the bank: {weights}."),
    "left_out": _(
        "Missing answers are left out. A dimension needs answers to at least {share} per cent of its weight, and the index needs every dimension; otherwise it has no value."
    ),
    "nought": _("A missing answer earns 0."),
    "disputed_missing": _(
        "A value that the peer institution still disputes when the round closes is treated as missing."
    ),
    "interval": _(
        "The interval shows how much the figure depends on which indicators were asked. Indicators are drawn again and again ({draws} times) within each dimension, and the middle {level} per cent of the results are shown. It says nothing about errors in the answers."
    ),
}
FAULT_WORDS: Mapping[str, Sentence] = {
    "not_yaml": _("This is no formula: it cannot be read as YAML. Line {line}: {problem}."),
    "not_a_mapping": _("This is no formula: it must begin with lines such as “code: my_formula”."),
    "too_large": _("This file is larger than 64 KB. A formula takes one page."),
    "anchors": _("Write every part of the formula in full: anchors and references (& and *) are not read."),
    "unknown_key": _("“{key}” is no part of a formula. Known parts: {known}."),
    "no_code": _(
        "“code” is missing: 1 to 40 small Latin letters, digits and underscores, such as our_index_2027."
    ),
    "no_title": _("“title” is missing: write it in at least one language, such as {{en: Our index}}."),
    "not_a_choice": _("“{key}” is “{value}”; it must be one of these: {choices}."),
    "levels": _("“levels” must be five numbers from 0 to 1 that begin with 0, end with 1 and never fall."),
    "not_a_number": _("“{key}” is “{value}”; it must be a number from {low} to {high}."),
    "weight": _("The weight of the dimension “{key}” is “{value}”; it must be a number above 0, up to 1000."),
    "weights_unknown": _(
        "“dimension_weights” must give a weight for each dimension, such as {{strategy: 2}}."
    ),
    "bands": _(
        "“bands” must be a list of up to 10, each with “from” (points) and “name”; the first begins at 0 and each later one higher, below 100."
    ),
    "not_a_date": _("“valid_from” is “{value}”; it must be a day such as 2027-01-31."),
    "not_words": _("“{key}” must be short texts, such as {{en: A text}}."),
}


def formula_words(formula: Formula) -> list[str]:
    """Return what the formula does, one sentence a step."""
    return [str(FORMULA_WORDS[step.code]).format(**step.figures) for step in in_words(formula)]


def fault_words(fault: FormulaFault) -> str:
    """Return what is wrong with a file and what may stand there."""
    return str(FAULT_WORDS[fault.code]).format(**fault.figures)
