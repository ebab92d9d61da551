from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biosint.shared.verdicts import ALLOWED, Verdict, refused
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.people.models import Person
    from biosint.situation.models import Analysis
    from biosint.surveys.models import AnswerSet


def may_analyse(person: Person, answer_set: AnswerSet) -> Verdict:
    """Whoever reads the results may put together an analysis of them."""
    return surveys.may_read_results(person, answer_set)


def may_change(person: Person, analysis: Analysis) -> Verdict:
    """Who began an analysis, and the keepers of its answers, change it until it is published."""
    if analysis.is_published:
        return refused(_("This analysis is published and stays as it is. Begin a new one to add results."))
    if person.pk == analysis.created_by_id:
        return ALLOWED
    return surveys.may_keep(person, analysis.answer_set.owner_id)


def may_publish(person: Person, analysis: Analysis, *, at: datetime) -> Verdict:
    """Keepers of the answers publish an analysis that holds results, once the collection has ended."""
    if analysis.is_published:
        return refused(_("This analysis is published already."))
    verdict = surveys.may_keep(person, analysis.answer_set.owner_id)
    if not verdict:
        return verdict
    if analysis.answer_set.phase_at(at) != surveys.Phase.CLOSED:
        return refused(_("Answers still come in. Publish after the campaign has closed."))
    if not analysis.results:
        return refused(_("Add a result first."))
    return ALLOWED


def may_view(person: Person | None, analysis: Analysis) -> Verdict:
    """A published analysis is open to everybody; a draft to those who may read the results."""
    if analysis.is_published:
        return ALLOWED
    if person is None:
        return refused(_("This analysis is not published."))
    return surveys.may_read_results(person, analysis.answer_set)


def viewable_by(person: Person | None) -> Q:
    """The same sentence as ``may_view``, for lists."""
    published = Q(published_at__isnull=False)
    if person is None:
        return published
    readable = surveys.AnswerSet.objects.filter(surveys.results_readable_by(person)).values("pk")
    return published | Q(answer_set__in=readable)
