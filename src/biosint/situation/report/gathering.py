"""What a report is made of, gathered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from biosint.consortium import api as consortia
from biosint.indicators import api as indicators
from biosint.situation import questions
from biosint.situation.queries import campaigns, results, rounds, standing
from biosint.situation.queries.index import Comparison, comparison
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.indicators.api import Dimension, Indicator
    from biosint.institutions.api import Institution
    from biosint.situation.models import Analysis, Participation, SituationReport
    from biosint.situation.queries.results import Result
    from biosint.surveys.models import AnswerSet


@dataclass(frozen=True, slots=True)
class Shown:
    """One result of an analysis, or why there is none. ``code`` names it in the paper and in the bundle."""

    code: str
    analysis: Analysis
    question: questions.Question
    remark: str
    result: Result | None
    hindrance: str = ""
    # The same question over all institutions, where the report is about one.
    everybody: Result | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One set of answers that the report speaks of."""

    answer_set: AnswerSet
    turnout: tuple[campaigns.Turnout, ...]
    people: int

    @property
    def invited(self) -> int | None:
        """How many were asked; None unless every institution's number is known."""
        known = [one.invited for one in self.turnout]
        if not known or any(each is None for each in known):
            return None
        return sum(each or 0 for each in known)


@dataclass(frozen=True, slots=True)
class IndexTold:
    """The rounds of the index that the report speaks of."""

    participations: tuple[Participation, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    comparison: Comparison | None
    # What would raise the institution most, and where it stands among unnamed others: in its own report only.
    raising: standing.RaisingFound | None = None
    benchmark: standing.Benchmark | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the paper says, before it is put into words."""

    report: SituationReport
    members: tuple[Institution, ...]
    asked: tuple[Asked, ...]
    shown: tuple[Shown, ...]
    index: IndexTold | None
    at: datetime
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def results(self) -> list[tuple[Shown, Result]]:
        """The questions that could be answered, with their results."""
        return [(one, one.result) for one in self.shown if one.result is not None]


def gather(report: SituationReport, *, at: datetime, told: Callable[[float], None]) -> Told:
    """Work out everything that a report shows.

    Args:
        told: called with the share of the work that is done, 0 to 1; what it raises stops the work.
    """
    analyses = list(report.analyses.select_related("answer_set__owner", "answer_set__version").order_by("pk"))
    wanted = [
        (f"R{number}.{place}", analysis, entry)
        for number, analysis in enumerate(analyses, 1)
        for place, entry in enumerate(analysis.results, 1)
    ]
    shown = []
    for number, (code, analysis, entry) in enumerate(wanted):
        shown.append(_shown(code, analysis, entry, report.institution))
        told((number + 1) / (len(wanted) + 1))
    shown = _among_all(shown)
    sets = {analysis.answer_set_id: analysis.answer_set for analysis in analyses}
    return Told(
        report=report,
        members=tuple(consortia.members_of(report.consortium)),
        asked=tuple(_asked(answer_set) for answer_set in sets.values()),
        shown=tuple(shown),
        index=_index(report),
        at=at,
    )


def _among_all(shown: list[Shown]) -> list[Shown]:
    """See every test among all tests of its analysis."""
    found = []
    for _analysis, group in groupby(shown, key=lambda one: one.analysis.pk):
        part = list(group)
        controlled = iter(results.controlled([one.result for one in part if one.result is not None]))
        found += [replace(one, result=next(controlled)) if one.result is not None else one for one in part]
    return found


def _shown(code: str, analysis: Analysis, entry: dict[str, Any], institution: Institution | None) -> Shown:
    question = questions.from_json(entry["question"])
    everybody, hindrance = _worked_out(analysis.answer_set, question)
    if institution is None or question.institution:
        return Shown(code, analysis, question, entry["remark"], everybody, hindrance)
    own_question = replace(question, institution=institution.slug)
    own, hindrance = _worked_out(analysis.answer_set, own_question)
    return Shown(code, analysis, own_question, entry["remark"], own, hindrance, everybody)


def _worked_out(answer_set: AnswerSet, question: questions.Question) -> tuple[Result | None, str]:
    try:
        return results.work_out(answer_set, question), ""
    except results.CannotAnswer as fault:
        return None, str(fault)


def _asked(answer_set: AnswerSet) -> Asked:
    turnout = tuple(campaigns.turnout(answer_set))
    people = sum(surveys.counts_by_institution(answer_set).values())
    return Asked(answer_set, turnout, people)


def _index(report: SituationReport) -> IndexTold | None:
    if report.round is None:
        return None
    participations = tuple(rounds.participations_of(report.round))
    own = next((part for part in participations if part.institution_id == report.institution_id), None)
    return IndexTold(
        participations=participations,
        dimensions=tuple(indicators.dimensions_of(report.round.bank)),
        indicators=tuple(indicators.indicators_of(report.round.bank)),
        comparison=comparison(report.earlier_round, report.round) if report.earlier_round else None,
        raising=standing.raisers_of(own) if own else None,
        benchmark=standing.benchmark(own) if own else None,
    )
