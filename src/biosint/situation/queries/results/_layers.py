"""The same question within each group of a further column: what holds for all need not hold for any."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from django.utils.translation import gettext as _

from biosint.situation import wording
from biosint.situation.queries.results._shared import CannotAnswer, Line, Result, category_of
from biosint.situation.queries.tables import Answers
from biosint.situation.questions import Question

MOST_LAYERS = 20


class WorkOut(Protocol):
    def __call__(self, answers: Answers, question: Question, *, smallest: int, source: str) -> Result: ...


def in_layers(
    result: Result, answers: Answers, question: Question, *, smallest: int, work_out: WorkOut
) -> Result:
    """Return the result with the same question answered within each group of ``question.layer``.

    Raises:
        CannotAnswer: the column has too many groups, or is part of the question itself.
    """
    layer = category_of(answers, question.layer, what=_("Separately for each"))
    if layer.code in {question.rows, question.columns, question.by, question.outcome}:
        raise CannotAnswer(_("Choose another column for “Separately for each”: this one is in the question."))
    groups = np.unique(layer.values[~np.isnan(layer.values)])
    if len(groups) > MOST_LAYERS:
        raise CannotAnswer(
            _("“%(name)s” has too many groups to look at each separately.") % {"name": layer.name}
        )
    lines = []
    tests = list(result.tests)
    for group in groups:
        part = answers.only(layer.values == group)
        cells: tuple[str, ...] = (_("too few"), "–", "–", "")
        if not smallest or part.n >= smallest:
            with contextlib.suppress(CannotAnswer):
                found = work_out(part, question, smallest=smallest, source="")
                cells = _cells(found.exact)
                tests.extend(
                    replace(test, name=f"{test.name} ({layer.label_of(group)})") for test in found.tests
                )
        lines.append(Line(layer.label_of(group), cells))
    return replace(
        result,
        layers=tuple(lines),
        tests=tuple(tests),
        layer_head=(layer.name, _("People"), _("Chance"), _("Size of the link or difference"), _("Shares")),
    )


def _cells(exact: dict[str, Any]) -> tuple[str, ...]:
    finding = exact["findings"][0] if "findings" in exact else exact
    name = wording.EFFECTS.get(finding["effect"], finding["effect"])
    return (
        wording.figure(finding["n"], digits=0),
        wording.chance(finding["p"]),
        f"{name} {wording.figure(finding['value'])} ({wording.interval(finding['low'], finding['high'])})",
        finding.get("shares", ""),
    )
