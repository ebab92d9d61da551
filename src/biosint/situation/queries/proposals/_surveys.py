from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.situation import wording
from biosint.situation.models.workshops import Figure
from biosint.situation.queries import results
from biosint.situation.queries.proposals._proposal import Proposal
from biosint.situation.queries.tables import Answers, Scale, Variable, answers_of
from biosint.situation.questions import Question
from biosint.situation.states import Side
from biosint.surveys import api as surveys
from iahcalc import samples
from iahcalc.faults import TooFewAnswers

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.people.api import Person
    from biosint.situation.models import Workshop
    from biosint.surveys.models import AnswerSet

SETS = 3  # the newest so many sets of answers
OF_EACH = 2  # so many items of a set on each side
FEWEST = 20  # answers below which a mean proposes nothing
HIGH, LOW = 0.65, 0.45  # part of the range of the scale from which a mean counts as high or low
SURE = 0.05


def from_answers(workshop: Workshop, *, by: Person, at: datetime) -> list[Proposal]:
    """Propose from the newest sets of answers that ``by`` may read: the strongest and the weakest items and scales,
    and the scales in which the institution differs from the others (for a consortium: its institutions differ).
    """
    sets = surveys.answer_sets_for(by)
    if workshop.institution_id is not None:
        sets = sets.filter(
            Q(asked__institution=workshop.institution_id) | Q(owner=workshop.institution_id)
        ).distinct()
    found: list[Proposal] = []
    for answer_set in [one for one in sets if one.phase_at(at) != surveys.Phase.PLANNED][:SETS]:
        found += _from_set(workshop, answer_set, at=at)
    return found


@dataclass(frozen=True, slots=True)
class _Mean:
    """An item or a scale with its mean; ``part`` says how far up the good end of its range it lies, 0 to 1."""

    code: str
    name: str
    mean: float
    most: float
    n: int
    part: float
    is_scale: bool
    is_turned: bool  # worded against the others: to agree with it is no good sign


def _from_set(workshop: Workshop, answer_set: AnswerSet, *, at: datetime) -> list[Proposal]:
    everybody = answers_of(answer_set)
    slug = workshop.institution.slug if workshop.institution else ""
    try:
        own, at_institution = results.limited(everybody, slug)
    except results.CannotAnswer:
        # Nobody there answered, or the answers are tied to no institution.
        if answer_set.owner_id != workshop.institution_id:
            return []
        own, at_institution = everybody, False
    smallest = max(FEWEST, results.smallest_shown(answer_set, own, at_institution=at_institution))
    found = _means_of(own, smallest)
    address = reverse("situation:results", args=[answer_set.pk]) + (
        f"?institution={slug}" if at_institution else ""
    )
    day = at.date().isoformat()
    proposals = [
        Proposal(
            side=side,
            text=_text(side, one),
            origin=f"answers:{answer_set.pk}:{one.code}:{side.value}",
            figure=Figure(
                value=_("mean %(mean)s of %(most)s, %(n)s answers")
                % {
                    "mean": wording.figure(one.mean),
                    "most": wording.figure(one.most, digits=0),
                    "n": wording.figure(one.n, digits=0),
                },
                source=answer_set.title,
                day=day,
                url=address,
                number=round(one.mean, 4),
            ),
        )
        for side, one in _extremes(found)
    ]
    return proposals + _differences(
        answer_set, everybody, slug if at_institution else "", day=day, smallest=smallest
    )


def _text(side: Side, one: _Mean) -> str:
    if one.is_scale:
        words = (
            _("High in answers: “%(name)s”.") if side is Side.STRENGTH else _("Low in answers: “%(name)s”.")
        )
    elif one.is_turned:
        words = (
            _("Few people agree with: “%(name)s”.")
            if side is Side.STRENGTH
            else _("Many people agree with: “%(name)s”.")
        )
    elif side is Side.STRENGTH:
        words = _("People agree most with, or value most: “%(name)s”.")
    else:
        words = _("People agree least with, or miss most: “%(name)s”.")
    return words % {"name": one.name}


def _extremes(found: list[_Mean]) -> Iterable[tuple[Side, _Mean]]:
    for is_scale in (False, True):
        kind = [one for one in found if one.is_scale is is_scale]
        high = sorted((one for one in kind if one.part >= HIGH), key=lambda one: -one.part)
        low = sorted((one for one in kind if one.part <= LOW), key=lambda one: one.part)
        yield from ((Side.STRENGTH, one) for one in high[:OF_EACH])
        yield from ((Side.WEAKNESS, one) for one in low[:OF_EACH])


def _means_of(answers: Answers, smallest: int) -> list[_Mean]:
    found = []
    for variable in answers.variables.values():
        if variable.kind == surveys.ColumnKind.POINT and variable.scale and _has_range(variable):
            one = _mean(variable.code, variable.name, variable.values, variable, smallest, is_scale=False)
            found += [one] if one else []
    for scale in answers.scales.values():
        if all(_has_range(item) for item in scale.items):
            one = _mean(scale.code, scale.name, _score(scale), scale.items[0], smallest, is_scale=True)
            found += [one] if one else []
    return found


def _has_range(variable: Variable) -> bool:
    return variable.least is not None and variable.most is not None and variable.most > variable.least


def _mean(
    code: str, name: str, values: npt.NDArray[np.float64], ranged: Variable, smallest: int, *, is_scale: bool
) -> _Mean | None:
    there = values[~np.isnan(values)]
    if len(there) < smallest:
        return None
    least, most = float(ranged.least or 0), float(ranged.most or 0)
    mean = float(there.mean())
    part = (mean - least) / (most - least)
    is_turned = ranged.reversed and not is_scale
    if is_turned:
        part = 1 - part
    return _Mean(code, name, mean, most, len(there), part, is_scale, is_turned)


def _score(scale: Scale) -> npt.NDArray[np.float64]:
    """The mean of the items of each person, reversed ones turned; ``nan`` where an item is missing."""
    columns = [
        (item.least or 0) + (item.most or 0) - item.values if item.reversed else item.values
        for item in scale.items
    ]
    found: npt.NDArray[np.float64] = np.mean(columns, axis=0)
    return found


def _differences(
    answer_set: AnswerSet, everybody: Answers, slug: str, *, day: str, smallest: int
) -> list[Proposal]:
    """Scales in which one institution differs from the others, or (without ``slug``) institutions differ at all.

    The p values of all scales of the set are adjusted together (Holm), so that many scales find no more by chance.
    """
    places = everybody.variables.get(surveys.INSTITUTION)
    if places is None:
        return []
    where = places.values
    groups = (
        [where == [option.code for option in places.options].index(slug)]
        if slug
        else [where == place for place in range(len(places.options))]
    )
    if slug:
        groups.append(~np.isnan(where) & ~groups[0])
    tested: list[tuple[Scale, samples.Finding, list[float]]] = []
    for scale in everybody.scales.values():
        scores = _score(scale)
        split = [scores[group & ~np.isnan(scores)] for group in groups]
        split = [one for one in split if len(one) >= smallest]
        if len(split) < 2:
            continue
        try:
            finding = samples.welch_t(*split) if slug else samples.welch_anova(split)
        except TooFewAnswers:
            continue
        tested.append((scale, finding, [float(one.mean()) for one in split]))
    if not tested:
        return []
    adjusted = samples.holm([finding.p for _scale, finding, _means in tested])
    return [
        _difference(answer_set, scale, means, float(p), is_one=bool(slug), day=day)
        for (scale, _finding, means), p in zip(tested, adjusted, strict=True)
        if p < SURE
    ]


def _difference(
    answer_set: AnswerSet, scale: Scale, means: list[float], p: float, *, is_one: bool, day: str
) -> Proposal:
    asked = Question(kind="compare", outcome=f"scale:{scale.code}", by=surveys.INSTITUTION)
    if is_one:
        side = Side.STRENGTH if means[0] > means[1] else Side.WEAKNESS
        words = (
            _("Higher here than at the others: “%(name)s”.")
            if side is Side.STRENGTH
            else _("Lower here than at the others: “%(name)s”.")
        )
        value = _("mean %(own)s, the others %(others)s, %(chance)s") % {
            "own": wording.figure(means[0]),
            "others": wording.figure(means[1]),
            "chance": wording.chance(p),
        }
    else:
        side = Side.WEAKNESS
        words = _("The institutions differ: “%(name)s”.")
        value = _("means from %(low)s to %(high)s, %(chance)s") % {
            "low": wording.figure(min(means)),
            "high": wording.figure(max(means)),
            "chance": wording.chance(p),
        }
    return Proposal(
        side=side,
        text=words % {"name": scale.name},
        origin=f"answers:{answer_set.pk}:{scale.code}:differs",
        figure=Figure(
            value=value,
            source=answer_set.title,
            day=day,
            url=f"{reverse('situation:ask', args=[answer_set.pk])}?{asked.as_address()}",
            number=round(means[0], 4),
        ),
    )
