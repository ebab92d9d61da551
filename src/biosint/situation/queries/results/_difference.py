"""Change against a comparison group: difference in differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.results._outcomes import number_of
from biosint.situation.queries.results._paired import times_of
from biosint.situation.queries.results._shared import (
    CannotAnswer,
    Line,
    Result,
    Test,
    assumed,
    category_of,
    exact_of,
    figures_of,
    too_few,
)
from biosint.situation.queries.tables import Answers, Variable
from biosint.situation.questions import Question
from iahcalc import samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.api import Pairs
    from biosint.surveys.models import AnswerSet

# With fewer people who can be followed, all answers of both times are compared instead.
FEW_PAIRS = 10


def difference(
    before: Answers,
    after: Answers,
    question: Question,
    pairs: Pairs,
    *,
    sets: tuple[AnswerSet, AnswerSet],
    smallest: int,
    source: str,
) -> Result:
    """Compare the change of one group with that of all others; the same people where enough can be followed.

    Raises:
        CannotAnswer: with a sentence that says what to choose instead.
    """
    first, second = number_of(before, question.outcome), number_of(after, question.outcome)
    by_before = category_of(before, question.by, what=_("Groups"))
    by_after = category_of(after, question.by, what=_("Groups"))
    treated_before, treated_after = (_takes_part(by, question.treated) for by in (by_before, by_after))
    others_before, others_after = by_before.answered & ~treated_before, by_after.answered & ~treated_after
    cells, is_paired = _paired_cells(
        first.values, second.values, pairs, treated_after, others_after, smallest=smallest
    )
    if not is_paired:
        cells = [
            first.values[treated_before],
            second.values[treated_after],
            first.values[others_before],
            second.values[others_after],
        ]
    sizes = [int((~np.isnan(cell)).sum()) for cell in cells]
    if min(sizes) < max(smallest, 2):
        raise CannotAnswer(
            _(
                "One of the two groups has too few answers at one of the two times. Choose another group, or all institutions."
            )
        )
    try:
        found = samples.difference_in_differences(*cells, paired=is_paired)
    except Undefined as fault:
        raise too_few() from fault
    group = next(option for option in by_after.options if option.code == question.treated)
    names = (by_after.label_of(by_after.options.index(group)), _("all others"))
    means = [float(np.nanmean(cell)) for cell in cells]
    sentence = wording.more_than_others(found, outcome=second.name, group=names[0])
    changes = (found.treated_change, found.control_change)
    return Result(
        question=question,
        title=_("Change of “%(outcome)s”: “%(group)s” and all others")
        % {"outcome": second.name, "group": names[0]},
        sentence=sentence,
        head=(
            by_after.name,
            _("People before"),
            _("People after"),
            _("Before"),
            _("After"),
            _("Change"),
            _("95 % interval"),
        ),
        lines=tuple(
            Line(
                name,
                (
                    *(wording.figure(size, digits=0) for size in sizes[2 * place : 2 * place + 2]),
                    *(wording.figure(mean) for mean in means[2 * place : 2 * place + 2]),
                    "–" if change is None else wording.signed(change.value),
                    "–" if change is None else wording.interval(change.low, change.high),
                ),
            )
            for place, (name, change) in enumerate(zip(names, changes, strict=True))
        ),
        figures=figures_of(found, sign="t"),
        assumptions=assumed(found),
        notes=(
            _("The same people answered both times and were matched by their code.")
            if is_paired
            else _(
                "Too few people can be followed by their code, so all answers of both times are compared: who answered may differ, not only what."
            ),
        ),
        n=found.n,
        missing=found.missing,
        chart=charts.slopes(
            title=sentence,
            source=source,
            rows=[(name, means[2 * place], means[2 * place + 1]) for place, name in enumerate(names)],
            description=times_of(sets),
            before_label=_("Before"),
            after_label=_("After"),
            digits=2,
        ),
        compared_with=sets[0].title,
        tests=(
            Test(
                _("Change of “%(outcome)s”: “%(group)s”") % {"outcome": second.name, "group": names[0]},
                found.p,
            ),
        ),
        exact=exact_of(found),
    )


def _takes_part(by: Variable, code: str) -> npt.NDArray[np.bool_]:
    codes = [option.code for option in by.options]
    if code not in codes:
        raise CannotAnswer(
            _("Choose which group of “%(name)s” took part; it must be there both times.") % {"name": by.name}
        )
    found: npt.NDArray[np.bool_] = by.stored == codes.index(code)
    return found


def _paired_cells(
    first: npt.NDArray[np.float64],
    second: npt.NDArray[np.float64],
    pairs: Pairs,
    treated: npt.NDArray[np.bool_],
    others: npt.NDArray[np.bool_],
    *,
    smallest: int,
) -> tuple[list[npt.NDArray[np.float64]], bool]:
    """Both groups before and after, the same people in the same order; False where too few can be followed."""
    earlier, later = first[pairs.before], second[pairs.after]
    complete = ~(np.isnan(earlier) | np.isnan(later))
    cells = []
    for group in (treated[pairs.after] & complete, others[pairs.after] & complete):
        if int(group.sum()) < max(smallest, FEW_PAIRS):
            return [], False
        cells += [earlier[group], later[group]]
    return cells, True
