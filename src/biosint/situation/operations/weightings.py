from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.shared.verdicts import require
from biosint.situation.models import Weighting
from biosint.situation.queries import weightings as queries
from biosint.situation.queries.tables import answers_of
from biosint.situation.queries.weightings import CannotWeight, Margin
from biosint.situation.rules.weightings import may_weight
from biosint.surveys import api as surveys

if TYPE_CHECKING:
    from biosint.people.models import Person
    from biosint.surveys.models import AnswerSet


def _locked(answer_set_id: int) -> AnswerSet:
    return (
        surveys.AnswerSet.objects.select_for_update(of=["self"])
        .select_related("owner", "version")
        .get(pk=answer_set_id)
    )


@transaction.atomic
def weight(
    *,
    answer_set_id: int,
    margins: Sequence[Margin],
    source: str,
    limit: float | None,
    by: Person,
    at: datetime,
) -> Weighting:
    """Weight the answers of a set by the shares of the population; an earlier weighting ends.

    Args:
        margins: shares or numbers of people, per column and answer.
        source: where they are from, in words; shown beside every result.
        limit: no weight may pass this many times the mean; None: no limit.

    Raises:
        CannotWeight: the shares do not fit the answers, or nothing says where they are from.
    """
    answer_set = _locked(answer_set_id)
    require(may_weight(by, answer_set, at=at))
    if not source.strip():
        raise CannotWeight(_("Say where the shares are from."))
    if limit is not None and not limit > 1:
        raise CannotWeight(_("The largest weight is a number above 1, or nothing."))
    found = queries.worked_out(answers_of(answer_set), margins, limit=limit)
    _end(answer_set, by=by, at=at)
    last = Weighting.objects.filter(answer_set=answer_set).order_by("-number").first()
    weighting = Weighting.objects.create(
        answer_set=answer_set,
        number=last.number + 1 if last else 1,
        margins=[{"column": margin.column, "shares": dict(margin.shares)} for margin in margins],
        source=source.strip(),
        limit=limit,
        answers=len(found.values),
        effective_n=found.effective_n,
        created_by=by,
        created_at=at,
    )
    audit.record("situation.weighting.begun", weighting, by=by, at=at)
    return weighting


@transaction.atomic
def stop_weighting(*, answer_set_id: int, by: Person, at: datetime) -> None:
    """Show the answers without weights from now on. Results kept with weights keep them."""
    answer_set = _locked(answer_set_id)
    require(may_weight(by, answer_set, at=at))
    _end(answer_set, by=by, at=at)


def _end(answer_set: AnswerSet, *, by: Person, at: datetime) -> None:
    current = queries.in_force(answer_set)
    if current is None:
        return
    current.ended_by = by
    current.ended_at = at
    current.save(update_fields=["ended_by", "ended_at"])
    audit.record("situation.weighting.ended", current, by=by, at=at)
