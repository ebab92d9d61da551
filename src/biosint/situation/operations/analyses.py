from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.institutions.api import Institution
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Analysis
from biosint.situation.operations.campaigns import ANALYSIS_PUBLISHED
from biosint.situation.rules import campaigns as rules
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.people.models import Person
    from biosint.situation.questions import Question
    from biosint.surveys.models import AnswerSet

MOST_RESULTS = 40


class TooManyResults(Fault):
    """An analysis holds so many results that nobody would read it."""


@transaction.atomic
def begin_analysis(*, answer_set: AnswerSet, title: str, by: Person, at: datetime) -> Analysis:
    """Begin to put results together."""
    require(rules.may_analyse(by, answer_set))
    analysis = Analysis.objects.create(answer_set=answer_set, title=title, created_by=by, created_at=at)
    audit.record("situation.analysis.begun", analysis, by=by, at=at)
    return analysis


def _locked(analysis_id: int) -> Analysis:
    return (
        Analysis.objects.select_for_update(of=["self"])
        .select_related("answer_set", "answer_set__owner")
        .get(pk=analysis_id)
    )


@transaction.atomic
def keep_result(*, analysis_id: int, question: Question, remark: str, by: Person, at: datetime) -> Analysis:
    """Put one result into an analysis.

    Raises:
        TooManyResults: it is full.
    """
    analysis = _locked(analysis_id)
    require(rules.may_change(by, analysis))
    if len(analysis.results) >= MOST_RESULTS:
        raise TooManyResults(
            _("This analysis is full (limit: %(most)s). Begin another one.") % {"most": MOST_RESULTS}
        )
    analysis.results = [*analysis.results, {"question": question.as_json(), "remark": remark}]
    analysis.save(update_fields=["results"])
    audit.record("situation.analysis.result_kept", analysis, by=by, at=at)
    return analysis


@transaction.atomic
def drop_result(*, analysis_id: int, place: int, by: Person, at: datetime) -> Analysis:
    """Take one result (counted from 0) out of a draft. A place that is empty changes nothing."""
    analysis = _locked(analysis_id)
    require(rules.may_change(by, analysis))
    analysis.results = [entry for number, entry in enumerate(analysis.results) if number != place]
    analysis.save(update_fields=["results"])
    audit.record("situation.analysis.result_dropped", analysis, by=by, at=at)
    return analysis


@transaction.atomic
def describe_analysis(*, analysis_id: int, title: str, summary: str, by: Person, at: datetime) -> Analysis:
    """Write the words around the results."""
    analysis = _locked(analysis_id)
    require(rules.may_change(by, analysis))
    analysis.title = title
    analysis.summary = summary
    analysis.save(update_fields=["title", "summary"])
    audit.record("situation.analysis.described", analysis, by=by, at=at)
    return analysis


@transaction.atomic
def publish_analysis(*, analysis_id: int, by: Person, at: datetime) -> Analysis:
    """Show an analysis to everybody. It counts as evidence for every institution whose people answered."""
    analysis = _locked(analysis_id)
    require(rules.may_publish(by, analysis, at=at))
    analysis.published_by = by
    analysis.published_at = at
    analysis.save(update_fields=["published_by", "published_at"])
    answered = [pk for pk in surveys.counts_by_institution(analysis.answer_set) if pk is not None]
    concerned = answered or [analysis.answer_set.owner_id]
    for institution in Institution.objects.filter(pk__in=concerned):
        evidence.record(
            kind=ANALYSIS_PUBLISHED,
            subject=analysis,
            institution=institution,
            occurred_at=at,
            proof=reverse("situation:analysis", args=[analysis.public_id]),
            by=by,
            title=analysis.title,
        )
    audit.record("situation.analysis.published", analysis, by=by, at=at)
    return analysis
