"""What groups and times are compared by: a number, a score, or an answer out of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.situation.queries.results._shared import CannotAnswer, variable_of
from biosint.situation.queries.tables import Answers, Variable
from iahcalc import scales

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Values of shape ``(people,)``, ``nan`` where missing; ``variable`` is the question where it is a choice."""

    name: str
    values: npt.NDArray[np.float64]
    variable: Variable | None = None


def outcome_of(answers: Answers, code: str, *, what: str = "") -> Outcome:
    """Return a number, the score of a scale with its reversed items turned, or a choice.

    Raises:
        CannotAnswer: no column is called so.
    """
    if code.startswith("scale:"):
        scale = answers.scales.get(code.removeprefix("scale:"))
        if scale is None:
            raise CannotAnswer(_("Choose a column for “%(what)s”.") % {"what": what or _("Outcome")})
        matrix = np.column_stack([item.values for item in scale.items])
        first = scale.items[0]
        turned = [place for place, item in enumerate(scale.items) if item.reversed]
        matrix = scales.reverse_items(matrix, items=turned, low=first.least or 1, high=first.most or 5)
        return Outcome(scale.name, scales.score(matrix, least_answered=0.5))
    variable = variable_of(answers, code, what=what or _("Outcome"))
    return Outcome(variable.name, variable.values, None if variable.is_number else variable)


def number_of(answers: Answers, code: str) -> Outcome:
    """Return an outcome that has a mean.

    Raises:
        CannotAnswer: it is a choice.
    """
    outcome = outcome_of(answers, code)
    if outcome.variable is not None:
        raise CannotAnswer(
            _("“%(name)s” holds no numbers. Use a cross-table for it.") % {"name": outcome.name}
        )
    return outcome
