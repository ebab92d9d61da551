from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from biosint.audit import api as audit
from biosint.evidence import api as evidence
from biosint.indicators import api as indicators
from biosint.indicators.api import Indicator, Reading
from biosint.people.api import Person
from biosint.shared.verdicts import Fault, require
from biosint.situation.models import Participation, Round, Value
from biosint.situation.operations.rounds import locked_round
from biosint.situation.queries import index
from biosint.situation.queries.reviews import Progress, progress_of_round
from biosint.situation.queries.rounds import values_of
from biosint.situation.rules import rounds as rules
from biosint.situation.states import RoundState
from iahcalc.maturity import Disputed

CLOSED = "situation.index_round_closed"


class PeriodRuns(Fault):
    """The period of the round has not ended: evidence can still come."""


class WordsNeeded(Fault):
    """Something is still disputed or not reviewed, and the board has not said why it closes all the same."""


@transaction.atomic
def close_round(*, round_id: int, by: Person, at: datetime, words: str = "") -> Round:
    """Close a round: count the evidence once more, compute every index, and never change it again.

    Args:
        words: what the board says about what is still missing or disputed; it stays with the round.

    Raises:
        PeriodRuns: the period has not ended.
        WordsNeeded: something is disputed or was not reviewed, and ``words`` says nothing.
    """
    one = locked_round(round_id)
    parts = list(one.participations.select_for_update(of=["self"]).select_related("institution"))
    require(rules.may_close(by, one))
    ended = rules.has_ended(one, at)
    if not ended:
        raise PeriodRuns(str(ended.reason))
    asked = list(indicators.indicators_of(one.bank))
    progress = progress_of_round(one, asked)
    if not words.strip() and any(not own.is_settled for own in progress.values()):
        raise WordsNeeded(
            _(
                "Some values are disputed or not reviewed. Say in a few words why the round is closed all the same."
            )
        )
    for participation in parts:
        participation.round = one
        _conclude(participation, asked, progress.get(participation.pk), at=at)
        evidence.record(
            kind=CLOSED,
            subject=one,
            institution=participation.institution,
            occurred_at=at,
            proof=reverse("situation:participation", args=[one.pk, participation.institution.slug]),
            by=by,
            title=one.title,
        )
    # Last of all: from here on the database itself refuses every change to the round.
    one.state = RoundState.CLOSED
    one.closing_words = words.strip()
    one.closed_at = at
    one.closed_by = by
    one.save(update_fields=["state", "closing_words", "closed_at", "closed_by"])
    audit.record(
        "situation.round.closed",
        one,
        by=by,
        at=at,
        institutions=len(parts),
        disputed=sum(len(own.disputed) for own in progress.values()),
    )
    return one


def _conclude(
    participation: Participation, asked: Sequence[Indicator], progress: Progress | None, *, at: datetime
) -> None:
    """Write what was counted and the resulting index of one institution."""
    values = values_of(participation)
    found = index.readings(participation, asked, values, index.counted_at(participation))
    for indicator in asked:
        if indicator.is_counted:
            _keep_count(participation, indicator, values.get(indicator.pk), found[indicator.pk], at=at)
    formula = participation.round.formula.formula
    participation.disputed = list(progress.disputed) if progress else []
    participation.unreviewed = list(progress.unseen) if progress else []
    without: Collection[str] = participation.disputed if formula.disputed is Disputed.MISSING else ()
    result = index.index_of(asked, found, formula=formula, without=without)
    participation.index = result.value
    participation.low = result.low
    participation.high = result.high
    participation.answered = sum(dimension.answered for dimension in result.dimensions)
    participation.dimensions = [
        {**asdict(dimension), "missing": list(dimension.missing)} for dimension in result.dimensions
    ]
    participation.save(
        update_fields=["index", "low", "high", "answered", "dimensions", "disputed", "unreviewed"]
    )


def _keep_count(
    participation: Participation, indicator: Indicator, value: Value | None, reading: Reading, *, at: datetime
) -> None:
    one = participation.round
    kept = value or Value(participation=participation, indicator=indicator, edition=0)
    kept.answer = None if indicator.has_base else reading.figure
    kept.numerator = reading.numerator
    kept.denominator = reading.denominator
    kept.evidence_url = evidence.list_url(
        kind=indicator.counted_kind, institution=participation.institution, since=one.since, until=one.until
    )
    kept.edition += 1
    kept.filled_at = at
    kept.save()
