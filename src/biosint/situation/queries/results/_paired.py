"""Before and after: the same people in two answer sets, matched by the code that only they know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from biosint.shared import charts
from biosint.situation import wording
from biosint.situation.queries.results._outcomes import Outcome, outcome_of
from biosint.situation.queries.results._shared import (
    CannotAnswer,
    Line,
    Part,
    Result,
    Test,
    assumed,
    blurred,
    blurred_note,
    exact_of,
    few_note,
    figures_of,
    too_few,
)
from biosint.situation.queries.tables import Answers
from biosint.situation.questions import Question
from biosint.situation.suppression import hidden_cells
from biosint.surveys import api as surveys
from iahcalc import samples
from iahcalc.faults import Undefined

if TYPE_CHECKING:
    import numpy.typing as npt

    from biosint.surveys.api import Pairs
    from biosint.surveys.models import AnswerSet


# With more lines nobody tells them apart.
MOST_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """The mean change of the people of one institution."""

    name: str
    before: float
    after: float
    change: samples.Description


def paired(
    before: Answers,
    after: Answers,
    question: Question,
    pairs: Pairs,
    *,
    sets: tuple[AnswerSet, AnswerSet],
    smallest: int,
    source: str,
) -> Result:
    """Compare the answers of the same people at two times.

    Args:
        before: all answers of the earlier set; ``after`` those of the later, both in the order of their keys.
        sets: the earlier and the later set.
        smallest: fewer pairs than this are not shown.

    Raises:
        CannotAnswer: with a sentence that says what to choose instead.
    """
    first = outcome_of(before, question.outcome)
    second = outcome_of(after, question.outcome)
    kept = _kept(after, question, pairs)
    earlier, later = first.values[pairs.before[kept]], second.values[pairs.after[kept]]
    complete = ~(np.isnan(earlier) | np.isnan(later))
    if int(complete.sum()) < max(smallest, 2):
        raise CannotAnswer(
            _(
                "Only %(pairs)s people can be followed from the first time to the second. That is too few for a result; compare all answers of both times instead (“Change against a comparison group”)."
            )
            % {"pairs": wording.figure(float(complete.sum()), digits=0)}
        )
    places = _places(after, pairs, kept, earlier, later, smallest=smallest) if second.variable is None else []
    made = (
        _numbers(question, second, earlier, later, places, sets=sets, source=source)
        if second.variable is None
        else _choices(question, first, second, earlier, later, sets=sets, smallest=smallest, source=source)
    )
    return _with_pairing(made, pairs, sets, _in_places(places))


def times_of(sets: tuple[AnswerSet, AnswerSet]) -> str:
    """Say which answers are from before and which from after."""
    return _("Before: %(before)s. After: %(after)s.") % {"before": sets[0].title, "after": sets[1].title}


def _kept(after: Answers, question: Question, pairs: Pairs) -> npt.NDArray[np.bool_]:
    kept = np.ones(len(pairs.after), dtype=np.bool_)
    if question.institution:
        places = after.variables.get(surveys.INSTITUTION)
        codes = [option.code for option in places.options] if places else []
        if places is None or question.institution not in codes:
            raise CannotAnswer(_("No answers of this institution are here."))
        kept = places.stored[pairs.after] == codes.index(question.institution)
    return kept


def _numbers(
    question: Question,
    outcome: Outcome,
    earlier: npt.NDArray[np.float64],
    later: npt.NDArray[np.float64],
    places: list[Place],
    *,
    sets: tuple[AnswerSet, AnswerSet],
    source: str,
) -> Result:
    findings = []
    for test in (samples.paired_t, samples.wilcoxon_signed_rank):
        try:
            findings.append(test(earlier, later))
        except Undefined:
            continue
    if not findings:
        raise too_few()
    main = findings[0]
    complete = ~(np.isnan(earlier) | np.isnan(later))
    described = [samples.describe(values[complete]) for values in (earlier, later)]
    name = outcome.name
    sentence = wording.change(main, outcome=name, before=described[0].mean, after=described[1].mean)
    return Result(
        question=question,
        title=_("%(outcome)s, before and after") % {"outcome": name},
        sentence=sentence,
        head=(_("When"), _("People"), _("Mean"), _("95 % interval"), _("Standard deviation"), _("Median")),
        lines=tuple(
            Line(
                one.title,
                (
                    wording.figure(found.n, digits=0),
                    wording.figure(found.mean),
                    "–"
                    if found.low is None or found.high is None
                    else wording.interval(found.low, found.high),
                    "–" if found.sd is None else wording.figure(found.sd),
                    wording.figure(found.median),
                ),
            )
            for one, found in zip(sets, described, strict=True)
        ),
        figures=tuple(
            row for finding in findings for row in figures_of(finding, sign=finding.statistic_name)
        ),
        assumptions=assumed(*findings),
        notes=(),
        n=main.n,
        missing=main.missing,
        chart=charts.slopes(
            title=sentence,
            source=source,
            rows=[
                (_("All together"), described[0].mean, described[1].mean),
                *((place.name, place.before, place.after) for place in places[:MOST_DRAWN]),
            ],
            description=times_of(sets),
            before_label=_("Before"),
            after_label=_("After"),
            digits=2,
        ),
        tests=(Test(_("%(outcome)s, before and after") % {"outcome": name}, main.p),),
        exact={"findings": [exact_of(finding) for finding in findings]},
    )


def _choices(
    question: Question,
    first: Outcome,
    second: Outcome,
    earlier: npt.NDArray[np.float64],
    later: npt.NDArray[np.float64],
    *,
    sets: tuple[AnswerSet, AnswerSet],
    smallest: int,
    source: str,
) -> Result:
    known, known_before = second.variable, first.variable
    if known is None or known_before is None or known.options != known_before.options:
        raise CannotAnswer(
            _("“%(name)s” had other answers to choose from the first time.") % {"name": second.name}
        )
    try:
        finding = samples.mcnemar(earlier, later)
    except Undefined as fault:
        raise CannotAnswer(_("Nobody changed this answer, so there is no change to test.")) from fault
    counts = finding.counts if finding.counts is not None else np.zeros((0, 0))
    names = [known.label_of(label) for label in finding.labels]
    hidden = hidden_cells(counts, smallest=smallest) if smallest else np.zeros(counts.shape, dtype=np.bool_)
    told = blurred(finding) if hidden.any() else finding
    shares = [counts.sum(axis=axis) / counts.sum() for axis in (1, 0)]
    if hidden.any():
        shares = []
    sentence = wording.changed_answers(told, outcome=second.name, answer=names[-1])
    return Result(
        question=question,
        title=_("%(outcome)s, before and after") % {"outcome": second.name},
        sentence=sentence,
        head=(_("Before: rows; after: columns"), *names, _("All together")),
        lines=tuple(
            Line(
                name,
                (
                    *(
                        _("few") if hidden[row, column] else wording.figure(count, digits=0)
                        for column, count in enumerate(counts[row])
                    ),
                    wording.figure(float(counts[row].sum()), digits=0),
                ),
            )
            for row, name in enumerate(names)
        ),
        figures=figures_of(told, sign=told.statistic_name),
        assumptions=assumed(told),
        notes=(few_note(smallest), blurred_note()) if hidden.any() else (),
        n=finding.n,
        missing=finding.missing,
        chart=charts.slopes(
            title=sentence,
            source=source,
            rows=[
                (name, 100 * float(share), 100 * float(later_share))
                for name, share, later_share in zip(names, *shares, strict=True)
            ],
            description=times_of(sets),
            before_label=_("Before"),
            after_label=_("After"),
            unit="%",
        )
        if shares
        else None,
        tests=(Test(_("%(outcome)s, before and after") % {"outcome": second.name}, told.p),),
        exact=exact_of(told),
    )


def _places(
    after: Answers,
    pairs: Pairs,
    kept: npt.NDArray[np.bool_],
    earlier: npt.NDArray[np.float64],
    later: npt.NDArray[np.float64],
    *,
    smallest: int,
) -> list[Place]:
    """The change at each institution that has enough pairs, where there are several."""
    places = after.variables.get(surveys.INSTITUTION)
    if places is None:
        return []
    stored = places.stored[pairs.after[kept]]
    found = []
    for place in range(len(places.options)):
        there = (stored == place) & ~(np.isnan(earlier) | np.isnan(later))
        if int(there.sum()) >= max(smallest, 2):
            first, second = earlier[there], later[there]
            found.append(
                Place(
                    places.label_of(place),
                    float(first.mean()),
                    float(second.mean()),
                    samples.describe(second - first),
                )
            )
    return found if len(found) > 1 else []


def _in_places(places: list[Place]) -> tuple[Part, ...]:
    if not places:
        return ()
    return (
        Part(
            title=_("The change at each institution"),
            head=(_("Institution"), _("People"), _("Before"), _("After"), _("Change"), _("95 % interval")),
            lines=tuple(
                Line(
                    place.name,
                    (
                        wording.figure(place.change.n, digits=0),
                        wording.figure(place.before),
                        wording.figure(place.after),
                        wording.signed(place.change.mean),
                        "–"
                        if place.change.low is None or place.change.high is None
                        else wording.interval(place.change.low, place.change.high),
                    ),
                )
                for place in places
            ),
        ),
    )


def _with_pairing(
    result: Result, pairs: Pairs, sets: tuple[AnswerSet, AnswerSet], parts: tuple[Part, ...]
) -> Result:
    left = Part(
        title=_("Who could be followed"),
        head=(_("Answers"), sets[0].title, sets[1].title),
        lines=tuple(
            Line(label, tuple(wording.figure(number, digits=0) for number in numbers))
            for label, numbers in (
                (_("matched by their code"), (len(pairs.before), len(pairs.after))),
                (
                    _("with a code that the other time does not have"),
                    (pairs.unmatched_before, pairs.unmatched_after),
                ),
                (_("with a code that several people gave"), (pairs.doubled_before, pairs.doubled_after)),
                (_("without a code"), (pairs.without_before, pairs.without_after)),
            )
        ),
        note=_(
            "Only people matched by their code are compared. If others changed differently, the result does not hold for them."
        ),
    )
    return replace(result, parts=(*parts, left), compared_with=sets[0].title)
