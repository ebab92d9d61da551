"""Weights of answers: worked out from the shares of the population, never stored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared.verdicts import Fault
from biosint.situation import wording
from biosint.situation.models import Weighting
from biosint.situation.queries.tables import Answers, Variable
from biosint.surveys import api as surveys
from iahcalc import samples
from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.models import AnswerSet

OFF = "off"

_AT_HAND: OrderedDict[tuple[int, int, int], npt.NDArray[np.float64]] = OrderedDict()
_MOST_AT_HAND = 4


class CannotWeight(Fault):
    """The shares do not fit the answers."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One column with the share (or number of people) of each of its answers in the population."""

    column: str
    shares: Mapping[str, float]


def margins_of(weighting: Weighting) -> list[Margin]:
    return [Margin(entry["column"], entry["shares"]) for entry in weighting.margins]


def weightings_of(answer_set: AnswerSet) -> list[Weighting]:
    """Return all weightings of a set, the one in force first."""
    return list(Weighting.objects.filter(answer_set=answer_set).select_related("created_by", "ended_by"))


def in_force(answer_set: AnswerSet) -> Weighting | None:
    return Weighting.objects.filter(answer_set=answer_set, ended_at=None).first()


def wanted(answer_set: AnswerSet, word: str) -> Weighting | None:
    """Return the weighting that a question names: nothing means the one in force, ``off`` none, else its key."""
    if word == OFF or answer_set.weight_code:
        return None
    if word.isdecimal():
        return Weighting.objects.filter(answer_set=answer_set, pk=word).first()
    return in_force(answer_set)


def weighted(answers: Answers, weighting: Weighting | None) -> Answers:
    """Return all answers of a set with the weight of each.

    Raises:
        CannotWeight: answers came later from a group that has no share.
    """
    if weighting is None:
        return answers
    key = (weighting.pk, answers.n, int(answers.keys[-1]) if answers.n else 0)
    if key not in _AT_HAND:
        _AT_HAND[key] = worked_out(answers, margins_of(weighting), limit=weighting.limit).values
        while len(_AT_HAND) > _MOST_AT_HAND:
            _AT_HAND.popitem(last=False)
    return replace(answers, weights=_AT_HAND[key], weighted_by=sentence_of(weighting, answers))


def sentence_of(weighting: Weighting, answers: Answers) -> str:
    names = [
        answers.variables[one.column].name for one in margins_of(weighting) if one.column in answers.variables
    ]
    return _("Weighted by %(columns)s (%(source)s).") % {
        "columns": ", ".join(f"“{name}”" for name in names),
        "source": weighting.source,
    }


def worked_out(answers: Answers, margins: Sequence[Margin], *, limit: float | None = None) -> samples.Weights:
    """Return the weights that give the answers the shares of the population.

    Raises:
        CannotWeight: a group of the population has no answers, or one with answers has no share.
    """
    if not margins:
        raise CannotWeight(_("Choose at least one column whose shares in the population are known."))
    columns, shares = [], []
    for margin in margins:
        variable = answers.variables.get(margin.column)
        if variable is None or not variable.options:
            raise CannotWeight(
                _("“%(code)s” is no column with answers to choose from.") % {"code": margin.column}
            )
        column_shares = np.array([margin.shares.get(option.code, 0.0) for option in variable.options])
        _check(variable, column_shares)
        columns.append(variable.stored)
        shares.append(column_shares)
    try:
        found = samples.rake(columns, shares, trim=limit)
    except TooFewAnswers as fault:
        raise CannotWeight(
            _("These shares cannot be reached together: some groups never come together in the answers.")
        ) from fault
    if not found.converged and limit is None:
        raise CannotWeight(
            _(
                "These shares cannot be reached together (off by %(points)s percentage points). Weight by fewer columns, or join small groups."
            )
            % {"points": wording.figure(100 * found.furthest, digits=1)}
        )
    return found


def _check(variable: Variable, shares: npt.NDArray[np.float64]) -> None:
    if not np.isfinite(shares).all() or (shares < 0).any() or shares.sum() <= 0:
        raise CannotWeight(
            _("Give each answer of “%(name)s” a share or a number of people.") % {"name": variable.name}
        )
    people = np.bincount(variable.stored[variable.answered].astype(np.intp), minlength=len(shares))
    for place, (share, answered) in enumerate(zip(shares / shares.sum(), people.tolist(), strict=True)):
        words = {
            "name": variable.name,
            "answer": variable.label_of(place),
            "share": wording.percent(float(share), digits=1),
        }
        if share > 0 and not answered:
            raise CannotWeight(
                _(
                    "Nobody answered “%(answer)s” to “%(name)s”, yet it is %(share)s of the population. Weights cannot speak for people who are not there: leave this column out, or set it to 0 and say in the source whom the results do not speak for."
                )
                % words
            )
        if answered and share <= 0:
            raise CannotWeight(
                _("Some people answered “%(answer)s” to “%(name)s”; give it a share above 0.") % words
            )


def known_numbers(answer_set: AnswerSet, variable: Variable) -> dict[str, float]:
    """Return how many people each institution asked, as far as it said; nothing for other columns."""
    if variable.code != surveys.INSTITUTION:
        return {}
    asked = answer_set.asked.select_related("institution")
    return {one.institution.slug: float(one.invited) for one in asked if one.invited}


def effective_n(weights: npt.NDArray[Any]) -> float:
    """Return how many unweighted answers some weighted ones are worth (Kish)."""
    squares = float((weights.astype(np.float64) ** 2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0
