from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.situation import wording
from biosint.situation.queries.results._shared import (
    Assumed,
    CannotAnswer,
    Line,
    Part,
    Result,
    category_of,
    too_few,
    variable_of,
)
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.questions import Question
from biosint.surveys import api as surveys
from iahcalc import scales
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """Items of one scale as a matrix of shape ``(people, items)``, those worded against the others turned."""

    items: list[Variable]
    matrix: npt.NDArray[np.float64]
    turned: list[int]
    low: float
    high: float


def turned_items(answers: Answers, question: Question) -> Turned:
    """Return the items that a question names.

    Raises:
        CannotAnswer: they are too few, no numbers, or outside the range given.
    """
    items = [variable_of(answers, code, what=_("Items")) for code in dict.fromkeys(question.items)]
    if len(items) < 2 or not all(item.is_number for item in items):
        raise CannotAnswer(_("Choose two columns of numbers or more, such as the statements of one scale."))
    matrix = np.column_stack([item.values for item in items])
    if np.isnan(matrix).all():
        raise too_few()
    turned = [place for place, item in enumerate(items) if item.code in question.reversed]
    low, high = _range(question, matrix)
    if turned:
        try:
            matrix = scales.reverse_items(matrix, items=turned, low=low, high=high)
        except ValueError:
            raise CannotAnswer(
                _(
                    "Some answers are outside the scale from %(low)s to %(high)s. Give the smallest and the largest point."
                )
                % {"low": f"{low:g}", "high": f"{high:g}"}
            ) from None
    return Turned(items, matrix, turned, low, high)


def reliability(answers: Answers, question: Question, *, smallest: int) -> Result:
    scale = turned_items(answers, question)
    items, matrix, turned = scale.items, scale.matrix, scale.turned
    try:
        found = scales.reliability(matrix)
    except Undefined as fault:
        raise too_few() from fault
    if found.n < smallest:
        raise too_few()
    none = "–"
    return Result(
        question=question,
        title=_("Reliability: %(name)s") % {"name": name_of(answers, items)},
        parts=_in_groups(answers, question, matrix, smallest=smallest),
        sentence=wording.reliability(found),
        head=(
            _("Item"),
            _("Mean"),
            _("Standard deviation"),
            _("Correlation with the others"),
            _("Alpha without it"),
        ),
        lines=tuple(
            Line(
                items[line.position].name + (f" ({_('turned')})" if line.position in turned else ""),
                (
                    wording.figure(line.mean),
                    wording.figure(line.sd),
                    none if line.item_rest is None else wording.figure(line.item_rest),
                    none if line.alpha_if_dropped is None else wording.figure(line.alpha_if_dropped),
                ),
            )
            for line in found.items
        ),
        figures=(
            (_("Cronbach’s alpha"), wording.figure(found.alpha, digits=3)),
            (_("95 % interval (Feldt)"), wording.interval(found.interval.low, found.interval.high, digits=3)),
            (
                _("McDonald’s omega (95 % interval)"),
                none
                if found.omega is None
                else f"{wording.figure(found.omega.value, digits=3)} ({wording.interval(found.omega.low, found.omega.high, digits=3)})",
            ),
            (
                _("Standardised alpha"),
                none if found.standardised is None else wording.figure(found.standardised, digits=3),
            ),
            (
                _("Alpha from all pairs of answers"),
                none if found.pairwise is None else wording.figure(found.pairwise, digits=3),
            ),
        ),
        assumptions=(
            Assumed(
                _("Only people who answered every item are counted, except in the alpha from all pairs."),
                None,
            ),
        ),
        notes=(),
        n=found.n,
        missing=found.missing,
        exact={
            "alpha": found.alpha,
            "omega": None if found.omega is None else found.omega.value,
            "standardised": found.standardised,
            "pairwise": found.pairwise,
            "low": found.interval.low,
            "high": found.interval.high,
            "n": found.n,
        },
    )


# A coefficient of fewer people says nothing.
FEWEST = 30


def _in_groups(
    answers: Answers, question: Question, matrix: npt.NDArray[np.float64], *, smallest: int
) -> tuple[Part, ...]:
    """The same coefficient within each language, institution or other group."""
    if not question.by:
        return ()
    by = category_of(answers, question.by, what=_("Groups"))
    lines = []
    for group in np.unique(by.stored[by.answered]).tolist():
        own = matrix[by.stored == group]
        cells = ("–", "–", _("too few"), "–")
        if len(own) >= max(smallest, FEWEST):
            with contextlib.suppress(Undefined):
                found = scales.reliability(own)
                cells = (
                    wording.figure(found.n, digits=0),
                    wording.figure(found.alpha),
                    wording.interval(found.interval.low, found.interval.high),
                    "–" if found.omega is None else wording.figure(found.omega.value),
                )
        lines.append(Line(by.label_of(group), cells))
    return (
        Part(
            title=_("Reliability within each group of “%(name)s”") % {"name": by.name},
            head=(by.name, _("People"), _("Cronbach’s alpha"), _("95 % interval"), _("McDonald’s omega")),
            lines=tuple(lines),
            note=_(
                "If a language stands out, its translation may say something else. Groups of fewer than %(few)s people are left out."
            )
            % {"few": max(smallest, FEWEST)},
        ),
    )


def name_of(answers: Answers, items: list[Variable]) -> str:
    """The name of the scale when all items belong to one, else the first and the last item."""
    of = {item.scale for item in items}
    scale = answers.scales.get(of.pop()) if len(of) == 1 else None
    return scale.name if scale else f"{items[0].name} … {items[-1].name}"


def _range(question: Question, matrix: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = surveys.number_from(question.low), surveys.number_from(question.high)
    if low is None or high is None:
        # Not given: the points that occur. Somebody who knows the scale gives them.
        low, high = float(np.nanmin(matrix)), float(np.nanmax(matrix))
    if not low < high:
        raise CannotAnswer(_("The smallest point must be below the largest."))
    return low, high
