"""Who answered what: how much is missing, and whether some groups left out more than others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.situation import wording
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import samples

if TYPE_CHECKING:
    import numpy.typing as npt

MOST_GROUPS = 12
# A question that more than this share of people leave out is named.
MANY = 0.1


@dataclass(frozen=True, slots=True)
class Gap:
    """One question: how many left it out, as a share of all, and of each group (None where hidden)."""

    name: str
    missing: int
    share: float
    low: float
    high: float
    groups: tuple[float | None, ...]
    differs: bool
    # Asked only of people who answered an earlier question in a certain way.
    is_conditional: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """All questions in their order; ``groups`` name the columns, with the share of their people who answered everything."""

    sentence: str
    people: int
    complete: samples.Proportion
    empty: int
    groups: tuple[tuple[str, float | None], ...]
    questions: tuple[Gap, ...]


def gaps_of(answers: Answers, *, by: str, smallest: int, conditional: Collection[str] = ()) -> Gaps | None:
    """Return what is missing; None where nothing was asked or nobody answered.

    Args:
        by: code of the column whose groups are compared, or nothing.
        conditional: codes of columns that are asked only of some; they do not count for “answered everything”.
        smallest: shares that would tell of fewer people than this are hidden.
    """
    asked = _questions(answers)
    if not asked or not answers.n:
        return None
    grouping = answers.variables.get(by)
    matrix = np.column_stack([~variable.answered for _name, variable in asked])
    groups = _groups(grouping, smallest=smallest) if grouping is not None and grouping.options else []
    member = None if grouping is None or not groups else grouping.values
    if grouping is not None and member is not None:
        shown = {place for place, _label in groups}
        member = np.where(np.isin(member, list(shown)), member, np.nan)
    found = samples.missingness(matrix, member)
    own = [place for place, (_name, variable) in enumerate(asked) if not _is_among(variable, conditional)]
    of_all = samples.missingness(matrix[:, own], member) if own else found
    questions = [
        _gap(
            name,
            item,
            _shares(matrix[:, item.position], grouping, groups, smallest=smallest),
            is_conditional=_is_among(variable, conditional),
        )
        for (name, variable), item in zip(asked, found.items, strict=True)
    ]
    whole: npt.NDArray[np.bool_] = np.logical_not(np.asarray(matrix[:, own].any(axis=1)))
    complete = dict(
        zip(
            (place for place, _label in groups),
            _shares(whole, grouping, groups, smallest=smallest),
            strict=False,
        )
    )
    return Gaps(
        sentence=_sentence(of_all, questions, grouping),
        people=found.respondents,
        complete=of_all.complete,
        empty=found.empty,
        groups=tuple((label, complete.get(place)) for place, label in groups),
        questions=tuple(questions),
    )


def _questions(answers: Answers) -> list[tuple[str, Variable]]:
    """One column per question: of several answers to one question, the first stands for all."""
    beside = {surveys.INSTITUTION, surveys.GROUP, surveys.LANGUAGE}
    found: dict[str, tuple[str, Variable]] = {}
    for code, variable in answers.variables.items():
        if code in beside or (":" in code and not variable.scale):
            # Scores and their bands follow from their items.
            continue
        group = variable.scale if variable.scale not in answers.scales else ""
        name = variable.name.rpartition(" – ")[0] or variable.name if group else variable.name
        found.setdefault(group or code, (name, variable))
    return list(found.values())


def _groups(grouping: Variable, *, smallest: int) -> list[tuple[int, str]]:
    sizes = np.bincount(grouping.stored[grouping.answered].astype(np.intp), minlength=len(grouping.options))
    large = [place for place in range(len(grouping.options)) if sizes[place] >= max(smallest, 1)]
    return [(place, grouping.label_of(place)) for place in large[:MOST_GROUPS]]


def _shares(
    flags: npt.NDArray[np.bool_],
    grouping: Variable | None,
    groups: list[tuple[int, str]],
    *,
    smallest: int,
) -> list[float | None]:
    """The share of each group whose flag is set; None where it would tell of too few people."""
    if grouping is None or not groups:
        return []
    counts = np.array(
        [
            [float(flags[grouping.stored == place].sum()), float((~flags[grouping.stored == place]).sum())]
            for place, _label in groups
        ]
    )
    hidden = hidden_cells(counts, smallest=smallest) if smallest else np.zeros(counts.shape, dtype=np.bool_)
    return [
        None if hidden[row].any() else float(counts[row, 0] / counts[row].sum()) for row in range(len(groups))
    ]


def _gap(name: str, item: samples.ItemMissing, groups: list[float | None], *, is_conditional: bool) -> Gap:
    return Gap(
        name=name,
        missing=item.missing,
        share=item.share.share,
        low=item.share.low,
        high=item.share.high,
        groups=tuple(groups),
        differs=item.adjusted_p is not None and item.adjusted_p < wording.SURE and not is_conditional,
        is_conditional=is_conditional,
    )


def _is_among(variable: Variable, codes: Collection[str]) -> bool:
    return variable.code in codes or variable.code.partition(":")[0] in codes


def _sentence(found: samples.Missingness, questions: list[Gap], grouping: Variable | None) -> str:
    told = [
        _("%(share)s of people answered every question that is asked of all.")
        % {"share": wording.percent(found.complete.share)}
    ]
    most = max((gap for gap in questions if not gap.is_conditional), key=lambda gap: gap.share, default=None)
    if most is not None and most.share > MANY:
        told.append(
            _("Left out most often: “%(name)s” (%(share)s).")
            % {"name": most.name, "share": wording.percent(most.share)}
        )
    else:
        told.append(_("No question was left out by more than %(share)s.") % {"share": wording.percent(MANY)})
    if grouping is not None and found.test is not None:
        told.append(
            _("The groups of “%(name)s” left out differently much: their figures may be bent by it.")
            % {"name": grouping.name}
            if found.test.p < wording.SURE
            else _(
                "No difference between the groups of “%(name)s” was found in how many answered everything."
            )
            % {"name": grouping.name}
        )
    return " ".join(told)
