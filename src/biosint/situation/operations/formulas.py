from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.consortium.api import Consortium
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.formula_words import fault_words
from biosint.situation.models import FormulaVersion
from biosint.situation.rules.rounds import may_plan
from iahcalc.maturity import SUPPLIED_FORMULAS, FormulaFaulty, formula_file, parse_formula


class FormulaUnreadable(Fault):
    """A file is no formula. ``sentences`` say one by one what to mend."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class FormulaKnown(Fault):
    """A formula of this code is there already, with other content."""


def supply_formulas(*, at: datetime) -> list[FormulaVersion]:
    """Make sure that every supplied formula is in use; return them, the newest last."""
    supplied = []
    for code in SUPPLIED_FORMULAS:
        source = formula_file(code)
        one, _new = FormulaVersion.objects.get_or_create(
            consortium=None,
            code=code,
            defaults={"title": dict(parse_formula(source).title), "source": source, "added_at": at},
        )
        supplied.append(one)
    return supplied


def sentences_of(faulty: FormulaFaulty) -> list[str]:
    """Return what is wrong with a file, one sentence a fault."""
    return [fault_words(one) for one in faulty.faults]


@transaction.atomic
def add_formula(*, consortium: Consortium, source: str, by: Person, at: datetime) -> FormulaVersion:
    """Put a consortium's own formula beside the others; rounds planned from now on can choose it.

    Adding the same file twice changes nothing.

    Raises:
        FormulaUnreadable: the file is no formula.
        FormulaKnown: a supplied formula, or another one of the consortium, has this code.
    """
    require(may_plan(by, consortium))
    try:
        formula = parse_formula(source)
    except FormulaFaulty as fault:
        raise FormulaUnreadable(sentences_of(fault)) from fault
    known = FormulaVersion.objects.filter(consortium=consortium, code=formula.name).first()
    if known is not None and known.source == source:
        return known
    taken = FormulaKnown(
        _("“%(code)s” is in use and never changes. Give your formula another code.") % {"code": formula.name}
    )
    if known is not None or formula.name in SUPPLIED_FORMULAS:
        raise taken
    try:
        with transaction.atomic():
            one = FormulaVersion.objects.create(
                consortium=consortium,
                code=formula.name,
                title=dict(formula.title),
                source=source,
                added_by=by,
                added_at=at,
            )
    except IntegrityError as fault:
        raise taken from fault
    audit.record("situation.formula.added", one, by=by, at=at, code=formula.name)
    return one
